"""A message to the wearers, written with the keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.fakes.ready_session import READY_ID
from tests.fakes.slow_tasks import SlowHeadsets
from tests.gui.painting import cut_texts, nameless
from tests.gui.session.run.room import MakeRoom, Room
from trainer_app.domain.live_kit import FilmStage
from trainer_app.domain.phases import PhaseCode
from trainer_app.domain.wearer_text import Delivery
from trainer_app.looks.theme import Theme
from trainer_app.looks.tokens import ThemeName

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def write(words: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, words)


@pytest.fixture
def playing(room: Room) -> Room:
    room.to(PhaseCode.FILM)
    room.play()
    return room


def test_a_message_is_written_sent_and_gone(playing: Room, qtbot: QtBot) -> None:
    card = playing.view.message
    before = QApplication.focusWidget()
    playing.press(Qt.Key.Key_M, CTRL)
    assert card.line.hasFocus()
    write("Snart stopp. Æøå.")
    playing.press(Qt.Key.Key_Return)
    assert playing.test.live.asked[-1] == ("show_text", "Snart stopp. Æøå.", None)
    assert (card.below, card.line.text()) == ("Meldingen vises nå i 5 briller.", "")
    assert QApplication.focusWidget() is before
    card._timer.start(0)
    qtbot.waitUntil(lambda: not card.is_open)


def test_one_wearer_can_be_written_to(playing: Room) -> None:
    card = playing.view.message
    playing.press(Qt.Key.Key_M, CTRL)
    card.to.setFocus()
    for _ in range(2):
        playing.press(Qt.Key.Key_Down)
    card.line.setFocus()
    write("Se deg rundt.")
    playing.press(Qt.Key.Key_Return)
    assert playing.test.live.asked[-1] == ("show_text", "Se deg rundt.", (2,))


def test_a_headset_of_the_strip_offers_to_write_to_it(playing: Room) -> None:
    playing.press(Qt.Key.Key_4, ALT)
    (menu,) = [each for each in playing.view.strip.findChildren(QMenu) if each.isVisible()]
    action = next(each for each in menu.actions() if each.text() == "Skriv til brille 4")
    action.trigger()
    menu.close()
    assert playing.view.message.to.currentText() == "Brille 4"
    assert playing.view.message.line.hasFocus()


def test_what_is_wrong_stands_below_and_nothing_typed_is_lost(playing: Room) -> None:
    card = playing.view.message
    playing.press(Qt.Key.Key_M, CTRL)
    playing.press(Qt.Key.Key_Return)
    assert card.below == "Skriv en melding først."
    card.line.setText("å" * 121)
    playing.press(Qt.Key.Key_Return)
    assert card.below == "Meldingen er 121 tegn. Skriv høyst 120."
    assert (len(card.line.text()), card.line.hasFocus()) == (121, True)
    assert not any(each[0] == "show_text" for each in playing.test.live.asked)
    playing.press(Qt.Key.Key_Escape)
    playing.view.escape()  # the window's key
    assert not card.is_open
    assert QApplication.focusWidget() is playing.view.column.pause
    playing.press(Qt.Key.Key_M, CTRL)
    assert len(card.line.text()) == 121


def test_what_reached_nobody_stays_to_be_sent_again(playing: Room) -> None:
    playing.test.live.delivery = Delivery(seconds=0, reached=(), missed=(1, 2, 3, 4, 5))
    playing.press(Qt.Key.Key_M, CTRL)
    write("Snart stopp.")
    playing.press(Qt.Key.Key_Return)
    card = playing.view.message
    assert card.below.startswith("Meldingen kom ikke frem.")
    assert (card.line.text(), card.line.hasFocus()) == ("Snart stopp.", True)


def test_what_is_typed_while_the_last_words_are_on_their_way_is_kept(make_room: MakeRoom) -> None:
    headsets = SlowHeadsets()
    room = make_room(tasks=headsets)
    room.to(PhaseCode.FILM)
    room.play()
    headsets.finish()
    card = room.view.message
    room.press(Qt.Key.Key_M, CTRL)
    write("Snart stopp.")
    room.press(Qt.Key.Key_Return)
    write(" Bli sittende.")
    headsets.finish()
    assert card.below == "Meldingen vises nå i 5 briller."
    assert (card.line.text(), card.line.hasFocus()) == ("Snart stopp. Bli sittende.", True)
    room.press(Qt.Key.Key_Return)
    room.view.escape()
    headsets.finish()
    assert not card.is_open
    room.press(Qt.Key.Key_M, CTRL)
    assert card.below == ""


def test_where_nobody_wears_a_headset_there_is_nobody_to_write_to(room: Room) -> None:
    room.press(Qt.Key.Key_M, CTRL)
    assert not room.view.message.is_open
    room.to(PhaseCode.FILM)
    room.press(Qt.Key.Key_M, CTRL)
    assert room.view.message.is_open
    write("Til dem som venter")
    room.play()
    room.kit(FilmStage.ENDED)
    assert not room.view.message.is_open
    room.view.open(READY_ID)
    assert room.view.message.line.text() == ""


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize(("scale", "size"), [(1.0, (1366, 768)), (1.25, (1366, 768)), (1.0, (1280, 680))])
def test_all_words_have_room(make_room: MakeRoom, lang: str, scale: float, size: tuple[int, int]) -> None:
    room = make_room(lang=lang)
    room.look.set_theme(Theme(ThemeName.LIGHT, scale))
    room.view.resize(*size)
    room.to(PhaseCode.FILM)
    room.test.live.delivery = Delivery(seconds=0, reached=(1, 2, 3), missed=(4, 5))
    for stage in (FilmStage.READY, FilmStage.PLAYING):
        room.kit(stage, 61.0)
        room.press(Qt.Key.Key_M, CTRL)
        for words in ("", "Snart stopp.", "å" * 121):
            room.view.message.line.setText(words)
            room.press(Qt.Key.Key_Return)
            QApplication.processEvents()
            assert cut_texts(room.view) == []
            assert (room.view.width(), room.view.height()) == size
            assert nameless(room.view.message) == []
            room.view.message.line.setFocus()
