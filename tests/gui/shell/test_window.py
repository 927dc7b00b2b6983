"""The window round the pages: the rail, the keys that work everywhere, notices, the way from page to page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.gui.painting import cut_texts, nameless
from trainer_app.domain.app_errors import NoDisplay
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.office import Target
from trainer_app.ui.page import KeyHelp, Page
from trainer_app.ui.shell.start_problem import StartProblem
from trainer_app.ui.shell.window import Window
from trainer_app.ui.theme.focus_ring import FocusRing
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.rail import Rail


class NotePage(Page):
    """A page with one field; remembers what the window asked of it."""

    def __init__(self, look: Look, title: str, *, rail: bool = True) -> None:
        super().__init__(look, title)
        self.field = QLineEdit()
        self.field.setAccessibleName(title)
        self.column = QVBoxLayout(self)
        self.column.addWidget(self.field)
        self.asked: list[object] = []
        self.rail = rail

    @property
    def wants_rail(self) -> bool:
        return self.rail

    def enter(self, target: Target) -> None:
        self.asked.append(target)

    def leave(self) -> None:
        self.asked.append("leave")

    def end(self) -> None:
        self.asked.append("end")

    def search(self) -> None:
        self.asked.append("search")

    def undo(self) -> None:
        self.asked.append("undo")

    def key_help(self) -> list[KeyHelp]:
        return [KeyHelp("F8", "Pause")]

    def first_focus(self) -> QWidget:
        return self.field


Open = Callable[..., Window]


@pytest.fixture
def window(qtbot: QtBot, look: Look, texts: Texts) -> Window:
    made = Window(look, texts)
    qtbot.addWidget(made)
    makers = {
        "today": partial(NotePage, look, "I dag"),
        "plan": partial(NotePage, look, "Plan"),
        "session": partial(NotePage, look, "Økt", rail=False),
        "settings": partial(NotePage, look, "Innstillinger"),
    }
    made.show_pages(texts, makers, Target(place="today"))
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def page(window: Window, place: str) -> NotePage:
    found = window.pages[place]
    assert isinstance(found, NotePage)
    return found


def press(
    window: Window, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(window, key, modifier)


CTRL = Qt.KeyboardModifier.ControlModifier


def test_a_number_key_opens_a_page_after_the_old_one_has_saved(window: Window) -> None:
    press(window, Qt.Key.Key_2, CTRL)
    assert window.place == "plan"
    assert page(window, "today").asked == [Target(place="today"), "leave"]
    assert page(window, "plan").asked == [Target(place="plan")]
    assert window.focusWidget() is page(window, "plan").field
    assert window.windowTitle() == "Plan – SimKoffert"


def test_a_place_without_a_page_is_left_out(window: Window) -> None:
    press(window, Qt.Key.Key_4, CTRL)  # the suitcase, which this window has not
    assert window.place == "today"


def test_a_page_is_made_when_it_is_first_gone_to_and_only_then(window: Window) -> None:
    assert set(window.pages) == {"today"}
    press(window, Qt.Key.Key_2, CTRL)
    plan = page(window, "plan")
    press(window, Qt.Key.Key_1, CTRL)
    press(window, Qt.Key.Key_2, CTRL)
    assert window.page is plan
    assert set(window.pages) == {"today", "plan"}


def test_new_session_goes_to_the_plan_from_everywhere(window: Window) -> None:
    press(window, Qt.Key.Key_N, CTRL)
    assert page(window, "plan").asked == [Target(place="plan", detail="new")]


def test_the_run_screen_has_the_whole_window_and_a_title_that_tells_nothing(window: Window) -> None:
    press(window, Qt.Key.Key_3, CTRL)
    assert window.windowTitle() == "SimKoffert"
    rails = window.findChildren(QWidget, options=Qt.FindChildOption.FindChildrenRecursively)
    assert not any(type(each).__name__ == "Rail" and each.isVisible() for each in rails)
    press(window, Qt.Key.Key_1, CTRL)
    assert any(type(each).__name__ == "Rail" and each.isVisible() for each in rails)


def test_a_page_that_wants_the_rail_back_gets_it(window: Window) -> None:
    press(window, Qt.Key.Key_3, CTRL)
    page(window, "session").rail_wanted.emit(True)
    assert window.windowTitle() == "Økt – SimKoffert"


def test_undo_undoes_what_is_offered_else_it_is_the_pages(window: Window) -> None:
    undone: list[str] = []
    window.notices.offer_undo("Økten er avlyst.", lambda: undone.append("avlyst"))
    press(window, Qt.Key.Key_Z, CTRL)
    assert undone == ["avlyst"]
    assert "undo" not in page(window, "today").asked
    press(window, Qt.Key.Key_Z, CTRL)
    assert undone == ["avlyst"]
    assert page(window, "today").asked[-1] == "undo"


def test_a_problem_stays_until_it_is_put_away(window: Window, texts: Texts) -> None:
    window.notices.problem(NoDisplay())
    window.notices.say("Lagret.")
    assert texts.explain(NoDisplay()).what in window.notices.words
    window.notices.clear()
    window.notices.say("Lagret.")
    assert window.notices.words == "Lagret."


def test_a_notice_moves_nothing_and_lies_on_nothing_that_is_pressed(qtbot: QtBot, window: Window) -> None:
    today = page(window, "today")
    foot = QHBoxLayout()
    close, later = QPushButton("Lukk økten"), QPushButton("Lukk senere")
    foot.addWidget(close)
    foot.addWidget(later)
    today.column.addStretch(1)
    today.column.addLayout(foot)
    QApplication.processEvents()
    before = [each.geometry() for each in (today.field, close, later)]
    size = today.size()
    sayings: list[Callable[[], None]] = [
        lambda: window.notices.offer_undo("Per Simulund er lagt til som møtt.", lambda: None),
        lambda: window.notices.problem(NoDisplay()),
    ]
    for say in sayings:
        say()
        QApplication.processEvents()
        assert today.size() == size
        assert [each.geometry() for each in (today.field, close, later)] == before
        assert all(_apart(window.notices, each) for each in (today.field, close, later))
        assert cut_texts(window.notices) == []
    window.resize(1700, 900)
    QApplication.processEvents()
    assert all(_apart(window.notices, each) for each in (today.field, close, later))
    close.setFixedHeight(200)  # as when a page is scrolled: what is needed comes to lie below the notice
    QApplication.processEvents()
    assert not _apart(window.notices, close)
    qtbot.waitUntil(lambda: _apart(window.notices, close))


def test_the_keyboard_goes_back_to_where_it_was_when_a_notice_goes(window: Window) -> None:
    undone: list[str] = []
    window.notices.offer_undo("Tiltaket er slettet.", lambda: undone.append("tiltak"))
    press(window, Qt.Key.Key_Tab)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    assert undone == ["tiltak"]
    assert window.focusWidget() is page(window, "today").field


def _apart(one: QWidget, other: QWidget) -> bool:
    boxes = [QRect(each.mapToGlobal(QPoint(0, 0)), each.size()) for each in (one, other)]
    return not boxes[0].intersects(boxes[1])


def test_what_was_confirmed_goes_with_its_page_and_undo_stays(window: Window) -> None:
    window.notices.say("Økten er planlagt.")
    press(window, Qt.Key.Key_1, CTRL)
    assert window.notices.words == "Økten er planlagt."  # the page is the same
    press(window, Qt.Key.Key_2, CTRL)
    assert window.notices.words == ""
    window.notices.offer_undo("Utkastet er slettet.", lambda: None)
    press(window, Qt.Key.Key_1, CTRL)
    assert window.notices.words == "Utkastet er slettet."


def test_help_in_the_rail_shows_what_f1_shows(window: Window, texts: Texts) -> None:
    rail = window.findChild(Rail)
    assert rail is not None
    assert list(rail.items)[-2:] == ["help", "settings"]
    help_ = rail.items["help"]
    help_.setFocus()
    press(window, Qt.Key.Key_Tab)
    assert window.focusWidget() is rail.items["settings"]
    QTest.keyClick(help_, Qt.Key.Key_Space)
    sheet = next(each for each in window.findChildren(QDialog) if each.isVisible())
    assert sheet.windowTitle() == texts("shell.keys.title", page="I dag")
    assert window.place == "today"
    assert rail.items["today"].isChecked()
    sheet.close()


def test_f1_shows_the_keys_of_the_page(qtbot: QtBot, window: Window) -> None:
    press(window, Qt.Key.Key_F1)
    [sheet] = window.findChildren(QDialog)
    labels = [label.text() for label in sheet.findChildren(QWidget) if hasattr(label, "text")]
    assert "F8" in labels
    assert "Ctrl+N" in labels
    assert cut_texts(sheet) == []
    sheet.close()


def test_closing_the_window_saves_first(window: Window) -> None:
    order: list[str] = []
    window.closing.connect(lambda: order.append(str(page(window, "today").asked[-1])))
    window.close()
    assert order == ["leave"]


def test_text_size_keys_say_how_much(window: Window) -> None:
    steps: list[int] = []
    window.text_size_wanted.connect(steps.append)
    press(window, Qt.Key.Key_Plus, CTRL)
    press(window, Qt.Key.Key_Minus, CTRL)
    press(window, Qt.Key.Key_0, CTRL)
    assert steps == [1, -1, 0]


def test_f6_goes_to_the_rail_and_back(window: Window) -> None:
    press(window, Qt.Key.Key_F6)
    assert type(window.focusWidget()).__name__ == "RailItem"
    press(window, Qt.Key.Key_F6)
    assert window.focusWidget() is page(window, "today").field


def test_other_pages_end_the_old_ones(window: Window, look: Look, texts: Texts) -> None:
    old = page(window, "today")
    window.show_pages(texts, {"today": partial(NotePage, look, "Today")}, Target(place="today"))
    assert old.asked[-2:] == ["leave", "end"]
    assert window.windowTitle() == "Today – SimKoffert"


def test_nothing_is_cut_and_nothing_is_nameless(window: Window) -> None:
    assert cut_texts(window) == []
    assert nameless(window) == []


def test_the_start_problem_says_what_why_and_what_next(qtbot: QtBot, look: Look, texts: Texts) -> None:
    dialog = StartProblem(look, texts, NoDisplay())
    qtbot.addWidget(dialog)
    dialog.adjustSize()
    said = texts.explain(NoDisplay())
    shown = " ".join(label.text() for label in dialog.findChildren(QWidget) if hasattr(label, "text"))
    for part in (said.what, said.why, said.next_step):
        assert part in shown
    assert cut_texts(dialog) == []


class ButtonPage(NotePage):
    """A page whose first focus is a button."""

    def __init__(self, look: Look, title: str) -> None:
        super().__init__(look, title)
        self.button = QPushButton("Klargjør økten")
        self.column.addWidget(self.button)

    def first_focus(self) -> QWidget:
        return self.button


def test_the_ring_waits_for_the_keyboard(qtbot: QtBot, look: Look, nb: Texts) -> None:
    window = Window(look, nb)
    qtbot.addWidget(window)
    window.show_pages(nb, {"today": partial(ButtonPage, look, "I dag")}, Target(place="today"))
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    ring = window.findChild(FocusRing)
    assert isinstance(ring, FocusRing)
    window.go(Target(place="today"))
    assert isinstance(window.focusWidget(), QPushButton)
    assert ring.target() is None
    press(window, Qt.Key.Key_Tab)
    assert ring.target() is window.focusWidget()
    handle = window.windowHandle()
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton)
    assert not ring.by_keyboard
    QTest.keyClick(handle, Qt.Key.Key_Tab)
    assert ring.by_keyboard
    window.go(Target(place="today"))
    assert isinstance(ring.target(), QPushButton)
