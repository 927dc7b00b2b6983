"""Klargjøring by keyboard and by eye: every word is whole, focus stays, problems stand in the page."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.preparing import FILM, Prepared, a_headset, told
from tests.fakes.records import KIT
from tests.gui.painting import cut_texts, nameless
from tests.gui.session.conftest import OpenPrepared
from trainer_app.domain.headset_state import HeadsetState as S
from trainer_app.domain.kits import HeadsetCondition
from trainer_app.domain.link_errors import AddressMalformed, HeadsetUnreachable
from trainer_app.domain.playback_errors import HeadsetStorageFault, HeadsetStorageFull
from trainer_app.looks.theme import Theme
from trainer_app.looks.tokens import ThemeName
from trainer_app.ui.office import Target
from trainer_app.ui.session.page import SessionPage
from trainer_app.ui.session.prepare.view import PrepareView
from trainer_app.ui.session.step_view import PREPARE
from trainer_app.ui.shell.window import Window
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.button import Button
from trainer_app.ui.widgets.headset_tile import HeadsetTile

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Shown:
    """Klargjøring in its window."""

    def __init__(self, prepared: Prepared, look: Look) -> None:
        self.prepared, self.made = prepared, prepared.made
        self.page = SessionPage(self.made.office, look, {PREPARE: PrepareView})
        self.window = Window(look, self.made.office.texts)
        makers = {"session": lambda: self.page}
        self.window.show_pages(self.made.office.texts, makers, Target(place="session"))

    def open(self) -> PrepareView:
        self.window.show()
        self.window.activateWindow()
        assert QTest.qWaitForWindowActive(self.window)
        self.window.go(Target(place="session", session_id=self.prepared.session.id))
        self.settle()
        # A part that is shown before it has its place would have been a window of its own for a moment.
        assert QApplication.activeWindow() is self.window
        return self.view

    @property
    def view(self) -> PrepareView:
        view = self.page.findChild(PrepareView)
        assert isinstance(view, PrepareView)
        return view

    @property
    def focus(self) -> QWidget | None:
        return self.window.focusWidget()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.focus or self.window, key, modifier)

    def asked(self, what: str) -> list[tuple[object, ...]]:
        return [asked for asked in self.made.live.asked if asked[0] == what]

    def settle(self) -> None:
        """Let layouts come to rest."""
        for _ in range(4):
            QApplication.processEvents()


@pytest.fixture
def shown(qtbot: QtBot, open_prepared: OpenPrepared, look: Look) -> Shown:
    shown = Shown(open_prepared(), look)
    qtbot.addWidget(shown.window)
    shown.prepared.kit_of_the_picture()
    shown.open()
    return shown


def mistyped(prepared: Prepared) -> None:
    """Nothing is at the addresses somebody typed; the second is as long as one can be."""
    typed = {"facts": None, "has_film": False, "address_is_new": True, "last_contact": None}
    unreached = HeadsetUnreachable(headset="192.168.100.124:55555")
    prepared.kit_is(
        a_headset(1, S.NOT_CONNECTED, address="192.168.100.124:55555", problem=unreached, **typed),
        a_headset(2, S.NOT_CONNECTED, address=f"{'brille-' * 36}:5555", problem=unreached, **typed),
        *(a_headset(number) for number in (3, 4, 5)),
    )


def all_states(prepared: Prepared) -> None:
    full = HeadsetStorageFull(headset="3", film=FILM.title, needed=FILM.size_bytes, free=800_000_000)
    fault = HeadsetStorageFault(headset="4", film=FILM.title, detail="EIO")
    prepared.kit_is(
        a_headset(1, S.NOT_CONNECTED, facts=None, has_film=False),
        a_headset(2, facts=told(2, 19)),
        a_headset(3, S.STORAGE_FULL, facts=told(3, free_bytes=800_000_000), problem=full, has_film=False),
        a_headset(4, S.FAULT, problem=fault, has_film=False),
        a_headset(5, S.ASLEEP, facts=told(5, 99), set_aside=True),
    )


def set_aside_in_all_states(prepared: Prepared) -> None:
    """What failed, and what is out of reach."""
    fault = HeadsetStorageFault(headset="4", film=FILM.title, detail="EIO")
    unreached = HeadsetUnreachable(headset="192.168.1.21:5555")
    prepared.kit_is(
        a_headset(1, S.NOT_CONNECTED, facts=None, problem=unreached, address_is_new=True, set_aside=True),
        *(a_headset(number) for number in (2, 3)),
        a_headset(4, S.FAULT, problem=fault, has_film=False, set_aside=True),
        a_headset(5),
    )


@pytest.mark.parametrize("scale", [1.0, 1.25])
@pytest.mark.parametrize("lang", ["nb", "en"])
def test_every_word_is_whole_and_everything_has_a_name(
    qtbot: QtBot, open_prepared: OpenPrepared, look: Look, lang: str, scale: float
) -> None:
    look.set_theme(Theme(ThemeName.LIGHT, scale))
    shown = Shown(open_prepared(lang=lang), look)
    qtbot.addWidget(shown.window)
    shown.prepared.kit_of_the_picture()
    view = shown.open()
    view.presenter.get_ready()
    for size in ((1366, 736), (1280, 680)):
        shown.window.resize(*size)
        for change in (
            shown.prepared.kit_of_the_picture,
            lambda: all_states(shown.prepared),
            lambda: mistyped(shown.prepared),
        ):
            change()
            shown.settle()
            assert cut_texts(shown.page) == []
    view.presenter.show_details(4)
    shown.settle()
    assert cut_texts(shown.page) == []
    set_aside_in_all_states(shown.prepared)
    for number in (1, 4):
        view.presenter.show_details(number)
        shown.settle()
        assert cut_texts(shown.page) == []
    view.show_add()
    shown.settle()
    assert cut_texts(shown.page) == []
    assert [each for each in nameless(shown.page) if each != "QScrollArea"] == []


def test_with_a_taskbar_tiles_shrink_before_anything_scrolls(shown: Shown) -> None:
    heights = {}
    for height in (736, 650):
        shown.window.resize(1366, height)
        shown.settle()
        heights[height] = shown.view.body.tiles.height()
        scroll = shown.view.findChild(QScrollArea)
        assert scroll is not None
        assert not scroll.verticalScrollBar().isVisible()
    assert heights[736] == 336
    assert 280 <= heights[650] < 336
    tile = shown.view.body.tiles.tiles[4]
    assert tile.button.isVisible()
    QTest.mouseClick(tile.button, Qt.MouseButton.LeftButton)
    assert shown.view.body.details.isVisible()


def test_the_first_focus_is_the_first_tile_that_needs_somebody(shown: Shown) -> None:
    assert shown.focus is shown.view.body.tiles.tiles[4]


def test_live_updates_never_move_the_focus_or_the_tiles(shown: Shown) -> None:
    shown.key(Qt.Key.Key_2, ALT)
    tiles = shown.view.body.tiles.tiles
    assert shown.focus is tiles[2]
    all_states(shown.prepared)
    shown.prepared.kit_of_the_picture()
    assert shown.focus is tiles[2]
    assert shown.view.body.tiles.tiles == tiles


def test_details_open_on_enter_and_close_on_escape_with_the_focus_back_on_the_tile(shown: Shown) -> None:
    shown.key(Qt.Key.Key_1, ALT)
    shown.key(Qt.Key.Key_Return)
    details = shown.view.body.details
    assert details.isVisible()
    assert details.details is not None
    assert ("Adresse", "192.168.1.21:5555") in details.details.lines
    assert shown.view.body.room.isHidden()
    shown.key(Qt.Key.Key_Escape)
    assert shown.view.body.room.isVisible()
    assert shown.focus is shown.view.body.tiles.tiles[1]


def test_the_keys_of_the_page_do_what_its_buttons_do(shown: Shown) -> None:
    shown.key(Qt.Key.Key_K, CTRL)
    assert shown.asked("get_ready") == [("get_ready", 90)]
    shown.key(Qt.Key.Key_I, CTRL)
    assert shown.asked("identify") == [("identify",)]
    steps: list[str] = []
    shown.view.step_wanted.connect(steps.append)
    shown.key(Qt.Key.Key_Return, CTRL)
    assert steps == ["run"]
    assert [key.key for key in shown.view.key_help()][-1] == "Ctrl+Enter"


def test_the_big_button_is_pressed_by_alt_and_its_letter_but_not_while_locked(
    qtbot: QtBot, shown: Shown
) -> None:
    shown.view.presenter.get_ready()
    hero = shown.view.body.start.hero
    steps: list[str] = []
    shown.view.step_wanted.connect(steps.append)
    letters = [each.letter for each in shown.view.findChildren(Button) if each.isVisible() and each.letter]
    assert (hero.text(), hero.letter) == ("Start med fire", "S")
    assert len(set(letters)) == len(letters) > 4
    shown.key(Qt.Key.Key_L, CTRL)
    shown.key(Qt.Key.Key_S, ALT)
    assert not hero.isDown()
    shown.key(Qt.Key.Key_L, CTRL)
    shown.key(Qt.Key.Key_S, ALT)
    qtbot.waitUntil(lambda: steps == ["run"])


def test_help_with_one_headset_stands_beside_the_start(shown: Shown) -> None:
    shown.view.presenter.get_ready()
    start = shown.view.body.start
    assert (start.hero.text(), start.retry.text()) == ("Start med fire", "Prøv brille 4 igjen")
    QTest.mouseClick(start.retry, Qt.MouseButton.LeftButton)
    QTest.mouseClick(start.aside, Qt.MouseButton.LeftButton)
    assert shown.made.live.asked[-2:] == [("retry", 4), ("set_aside", 4, True)]


def test_lines_of_the_room_are_ticked_by_keyboard_and_stay(shown: Shown) -> None:
    row = shown.view.body.room.rows["RO-1"]
    row.setFocus()
    shown.key(Qt.Key.Key_Space)
    assert row.isChecked()
    assert shown.focus is row
    shown.window.go(Target(place="session", session_id=shown.prepared.session.id))
    assert shown.view.body.room.rows["RO-1"].isChecked()


def test_what_to_think_of_stands_below_the_room_not_in_its_place(shown: Shown) -> None:
    body = shown.view.body
    assert body.room.findings.isVisibleTo(shown.view)
    body.room.findings.setFocus()
    shown.key(Qt.Key.Key_Space)
    shown.settle()
    assert body.room.isVisible()
    assert body.choice.isVisible()
    seen = body.findings.visibleRegion().boundingRect()
    assert seen.height() == body.findings.height()
    assert body.findings.y() >= body.room.y() + body.room.height()
    assert cut_texts(shown.window) == []
    shown.key(Qt.Key.Key_Escape)
    assert body.findings.isHidden()
    assert shown.focus is body.room.findings


def test_who_waits_is_chosen_by_keyboard(shown: Shown) -> None:
    shown.view.presenter.get_ready()
    choice = shown.view.body.choice
    assert choice.watch_row.isChecked()
    choice.waves_row.setFocus()
    shown.key(Qt.Key.Key_Space)
    assert choice.waves_row.isChecked()
    assert not choice.watch_row.isChecked()
    shown.prepared.kit_of_the_picture()
    assert choice.waves_row.isChecked()


def test_a_wrong_address_is_said_beside_the_field_and_stays_as_typed(shown: Shown) -> None:
    view = shown.view
    QTest.mouseClick(view.body.bar.add, Qt.MouseButton.LeftButton)
    assert shown.focus is view.body.add.line
    shown.made.live.refuses = AddressMalformed(address="xx yy")
    QTest.keyClicks(view.body.add.line, "xx yy")
    shown.key(Qt.Key.Key_Return)
    assert "«xx yy» er ikke en adresse." in view.body.add.field.error()
    assert view.body.add.line.text() == "xx yy"
    assert [words.rpartition(": ")[2] for words in view.unsaved()] == ["xx yy"]
    shown.made.live.refuses = None
    shown.key(Qt.Key.Key_Return)
    assert (view.body.add.field.error(), view.body.add.line.text()) == ("", "")
    assert shown.made.notices.said == ["Leter etter brillen på xx yy."]


def test_a_mistyped_address_is_corrected_by_keyboard_with_the_focus_back_on_the_tile(shown: Shown) -> None:
    problem = HeadsetUnreachable(headset="192.168.1.24:5555")
    shown.prepared.kit_is(
        a_headset(4, S.NOT_CONNECTED, facts=None, address_is_new=True, has_film=False, problem=problem)
    )
    view = shown.view
    shown.key(Qt.Key.Key_4, ALT)
    shown.key(Qt.Key.Key_Return)
    QTest.mouseClick(view.body.details.correct, Qt.MouseButton.LeftButton)
    card = view.body.add
    assert (card.title.text(), card.line.text()) == ("Adressen til brille 4", "192.168.1.24")
    assert card.line.hasFocus()
    shown.made.live.refuses = AddressMalformed(address="x y")
    QTest.keyClicks(card.line, "x y")
    shown.key(Qt.Key.Key_Return)
    assert "«x y» er ikke en adresse." in card.field.error()
    shown.made.live.refuses = None
    card.line.setText("192.168.1.34")
    shown.key(Qt.Key.Key_Return)
    assert shown.asked("change_address") == [("change_address", 4, "192.168.1.34")]
    assert card.isHidden()
    assert shown.focus is view.body.tiles.tiles[4]
    QTest.mouseClick(view.body.bar.add, Qt.MouseButton.LeftButton)
    assert (card.title.text(), card.line.text(), card.field.error()) == ("Legg til brille", "", "")


def test_one_that_failed_is_marked_as_defective_from_its_details(shown: Shown) -> None:
    set_aside_in_all_states(shown.prepared)
    shown.key(Qt.Key.Key_4, ALT)
    shown.key(Qt.Key.Key_Return)
    button = shown.view.body.details.defective
    assert button.isVisible()
    button.setFocus()
    shown.key(Qt.Key.Key_Space)
    assert not button.isVisible()
    conditions = [each.condition for each in shown.made.stored.headsets.of_kit(KIT.id)]
    assert conditions[3] is HeadsetCondition.DEFECTIVE
    assert "merket som defekt" in shown.view.body.tiles.tiles[4].accessibleName()


def test_an_empty_suitcase_leads_to_the_address(
    qtbot: QtBot, open_prepared: OpenPrepared, look: Look
) -> None:
    shown = Shown(open_prepared(headsets=0), look)
    qtbot.addWidget(shown.window)
    nobody = {"headset_id": None, "address": None, "facts": None, "last_contact": None}
    shown.prepared.kit_is(*(a_headset(number, S.NOT_CONNECTED, **nobody) for number in range(1, 6)))
    view = shown.open()
    focus = shown.focus
    assert focus is not None
    assert focus.accessibleName() == "Legg til brille"
    assert not view.findChildren(HeadsetTile)
    assert not view.body.start.hero.isEnabled()
    shown.key(Qt.Key.Key_Return)
    assert shown.focus is view.body.add.line
    # The first headset is there: the button that opened the card is gone with the empty suitcase.
    shown.prepared.kit_of_the_picture()
    shown.settle()
    close = next(each for each in view.body.add.findChildren(Button) if each.text() == "Lukk")
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not view.body.add.isVisible()


def test_a_missing_film_is_said_with_the_way_to_the_library(
    qtbot: QtBot, open_prepared: OpenPrepared, look: Look
) -> None:
    shown = Shown(open_prepared(films=()), look)
    qtbot.addWidget(shown.window)
    shown.prepared.kit_of_the_picture()
    view = shown.open()
    banner = view._banner
    assert banner is not None
    assert "ingen film om vold og trusler" in banner.accessibleName()
    QTest.mouseClick(banner.buttons[0], Qt.MouseButton.LeftButton)
    assert shown.made.went == [Target(place="library", detail="films", item="VOT")]


def test_a_new_state_is_announced_politely(shown: Shown) -> None:
    all_states(shown.prepared)
    assert shown.view._announcer.said == "Fire trenger deg, én satt til side"
    shown.prepared.kit_of_the_picture()
    assert shown.view._announcer.said == "Fire trenger deg, én satt til side"
    shown.view._announcer._on_pause_over()
    assert shown.view._announcer.said == "Tre klare, én på vei, én trenger deg"
    shown.view.leave()


def test_f1_on_a_tile_asks_for_its_own_card(shown: Shown) -> None:
    shown.prepared.kit_is(a_headset(1), a_headset(4, S.NOT_AUTHORISED, facts=None, has_film=False))
    shown.settle()
    shown.key(Qt.Key.Key_4, ALT)
    assert shown.page.help_topic() == "not_authorised"
    shown.key(Qt.Key.Key_1, ALT)
    assert shown.page.help_topic() == ""


def test_the_details_lead_to_the_help(shown: Shown) -> None:
    full = HeadsetStorageFull(headset="4", film="Innkomst", needed=2_000_000_000, free=800_000_000)
    shown.prepared.kit_is(a_headset(1), a_headset(4, S.FAULT, has_film=False, problem=full))
    shown.settle()
    shown.key(Qt.Key.Key_4, ALT)
    shown.key(Qt.Key.Key_Return)
    assert shown.page.help_topic() == "storage_full"
    assert cut_texts(shown.window) == []
    QTest.keyClick(shown.view.body.details.help, Qt.Key.Key_Space)
    assert shown.made.went[-1] == Target(place="help", detail="storage_full", item="session")


def test_where_nothing_is_wrong_no_help_is_offered(shown: Shown) -> None:
    shown.prepared.kit_is(a_headset(1))
    shown.settle()
    shown.key(Qt.Key.Key_1, ALT)
    shown.key(Qt.Key.Key_Return)
    assert not shown.view.body.details.isHidden()
    assert shown.view.body.details.help.isHidden()
