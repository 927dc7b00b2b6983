"""The help as people use it: from F1 on a page to the answer, by keyboard, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.office import TestOffice, make_office
from tests.gui.painting import cut_texts, nameless
from trainer_app.domain.usb_access import install_line
from trainer_app.looks.theme import Theme
from trainer_app.looks.tokens import ThemeName
from trainer_app.services.ports import Repositories
from trainer_app.ui.help.page import HelpPage
from trainer_app.ui.help.steps import CommandPart
from trainer_app.ui.help.topics import TOPICS
from trainer_app.ui.office import Target
from trainer_app.ui.page import Page
from trainer_app.ui.shell.window import Window
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.rail import Rail

KEY = Qt.Key


class TilePage(Page):
    """A page on which somebody looks at a headset that is not authorised, or at nothing in particular."""

    def __init__(self, look: Look, topic: str) -> None:
        super().__init__(look, "Plan")
        self.topic = topic
        self.field = QLineEdit(self)
        self.field.setAccessibleName("Plan")

    def help_topic(self) -> str:
        return self.topic

    def first_focus(self) -> QWidget:
        return self.field


class Opened:
    """The window with the help, and a page to come from."""

    def __init__(self, window: Window, desk: TestOffice, page: HelpPage) -> None:
        self.window, self.desk, self.page = window, desk, page

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.window, key, modifier)

    def shown(self) -> str:
        """All words of the open topic."""
        assert self.page.topic is not None
        return " ".join(label.text() for label in self.page.topic.findChildren(Label))

    def found(self) -> list[str]:
        return [key for key, row in self.page.list.rows.items() if not row.isHidden()]


Open = Callable[..., Opened]


@pytest.fixture
def opened(qtbot: QtBot, bare_look: Look, empty_stored: Repositories, tmp_path: Path) -> Iterator[Open]:
    def open_at(target: Target, lang: str = "nb", topic: str = "") -> Opened:
        desk = make_office(empty_stored, tmp_path, lang=lang)
        window = Window(bare_look, desk.office.texts)
        qtbot.addWidget(window)
        page = HelpPage(desk.office, bare_look)
        makers: dict[str, Callable[[], Page]] = {
            "plan": lambda: TilePage(bare_look, topic),
            "help": lambda: page,
        }
        window.show_pages(desk.office.texts, makers, target)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return Opened(window, desk, page)

    yield open_at
    bare_look.set_theme(Theme())


def test_f1_where_a_headset_is_looked_at_opens_its_card_and_esc_goes_back(opened: Open) -> None:
    seen = opened(Target(place="plan"), topic="not_authorised")
    seen.press(KEY.Key_F1)
    assert seen.window.place == "help"
    assert seen.page.title.text() == "Ikke godkjent"
    assert "Tillat alltid fra denne maskinen" in seen.shown()
    assert seen.page.topic is not None
    assert seen.page.topic.picture is not None
    assert "Tillat USB-feilsøking?" in seen.page.topic.picture.accessibleName()
    seen.press(KEY.Key_Escape)
    assert seen.desk.went == [Target(place="plan")]


def test_f1_elsewhere_shows_the_keys_of_that_page_first(opened: Open) -> None:
    seen = opened(Target(place="plan"))
    seen.press(KEY.Key_F1)
    texts = seen.desk.office.texts
    assert seen.page.title.text() == texts("help.keys.title")
    words = seen.shown()
    places = [words.index(texts(key)) for key in ("plan.keys.move", "shell.keys.lock", "run.keys.pause")]
    assert places == sorted(places)


def test_help_in_the_rail_is_a_page_and_f1_on_it_changes_nothing(opened: Open) -> None:
    seen = opened(Target(place="plan"), topic="boundary")
    rail = seen.window.findChild(Rail)
    assert rail is not None
    QTest.keyClick(rail.items["help"], KEY.Key_Space)
    assert rail.items["help"].isChecked()
    assert seen.page.title.text() == "Brillen spør om grense"
    seen.press(KEY.Key_F1)
    assert seen.page.title.text() == "Brillen spør om grense"


def test_arrows_choose_and_page_keys_scroll(opened: Open) -> None:
    seen = opened(Target(place="help", detail="developer_mode"))
    seen.window.resize(1280, 680)
    QApplication.processEvents()
    assert QApplication.focusWidget() is seen.page.list.rows["developer_mode"]
    assert seen.page.area is not None
    bar = seen.page.area.verticalScrollBar()
    assert bar.maximum() > 0
    seen.press(KEY.Key_PageDown)
    assert bar.value() > 0
    QTest.keyClick(seen.page.list.rows["developer_mode"], KEY.Key_Down)
    assert seen.page.title.text() == seen.desk.office.texts("help.winusb.title")


def test_what_is_typed_narrows_the_list_and_opens_the_first_answer(opened: Open) -> None:
    seen = opened(Target(place="help", detail="keys"))
    seen.press(KEY.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is seen.page.list.field
    QTest.keyClicks(seen.page.list.field, "UDEV 2d40")
    assert seen.found() == ["udev"]
    assert seen.page.title.text() == seen.desk.office.texts("help.udev.title")
    seen.press(KEY.Key_Escape)
    assert len(seen.found()) == len(TOPICS)
    assert seen.desk.went == []


def test_nothing_found_says_so_and_offers_all(opened: Open) -> None:
    seen = opened(Target(place="help", detail="keys"))
    QTest.keyClicks(seen.page.list.field, "enhjørning")
    assert seen.found() == []
    assert seen.page.nothing.isVisible()
    assert cut_texts(seen.window) == []
    QTest.mouseClick(seen.page.nothing.primary, Qt.MouseButton.LeftButton)
    assert len(seen.found()) == len(TOPICS)
    assert not seen.page.nothing.isVisible()


def test_the_line_for_the_terminal_is_copied_as_it_is(opened: Open) -> None:
    seen = opened(Target(place="help", detail="udev"))
    copied: list[str] = []
    seen.page.copy = copied.append
    assert seen.page.topic is not None
    line, rule = seen.page.topic.findChildren(CommandPart)
    QTest.mouseClick(line.copy, Qt.MouseButton.LeftButton)
    assert copied == [install_line()]
    assert seen.desk.notices.said == [seen.desk.office.texts("help.copied")]
    assert not hasattr(rule, "copy")


def _longest_line(page: HelpPage) -> int:
    """How wide what is read may become, pixels."""
    assert page.topic is not None
    return min(label.maximumWidth() for label in page.topic.findChildren(Label))


def test_larger_text_lays_out_what_is_read_anew(opened: Open, bare_look: Look) -> None:
    seen = opened(Target(place="help", detail="accept"))
    narrow = _longest_line(seen.page)
    bare_look.set_theme(Theme(ThemeName.LIGHT, 1.5))
    QApplication.processEvents()
    assert _longest_line(seen.page) == round(narrow * 1.5)
    assert cut_texts(seen.page) == []


def test_the_cards_are_printed_where_reports_are(opened: Open) -> None:
    seen = opened(Target(place="help", detail="asleep"))
    seen.press(KEY.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert seen.desk.went == [Target(place="reports", detail="fix_cards")]


def _room_below(page: HelpPage) -> int:
    """What can be scrolled to behind the last word, pixels."""
    assert page.topic is not None
    assert page.area is not None
    layout = page.topic.layout()
    assert layout is not None
    needed = max(page.area.viewport().height(), layout.heightForWidth(page.topic.width()))
    return page.topic.height() - needed


@pytest.mark.parametrize(("lang", "scale"), [("nb", 1.25), ("en", 1.0)])
def test_no_topic_has_a_cut_word_or_a_part_without_a_name(
    opened: Open, bare_look: Look, lang: str, scale: float
) -> None:
    bare_look.set_theme(Theme(ThemeName.DARK, scale))
    seen = opened(Target(place="help"), lang=lang)
    seen.window.resize(1280, 680)
    for topic in TOPICS:
        seen.page.presenter.choose(topic.key)
        QApplication.processEvents()
        assert _room_below(seen.page) == 0, topic.key
        assert cut_texts(seen.page) == [], topic.key
        assert nameless(seen.page) == [], topic.key
