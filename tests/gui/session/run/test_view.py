"""The run screen through its widgets: what is read from the chair, pressed, and seen by the group."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.office import NoPictures, make_office
from tests.fakes.ready_session import NAMES, READY_ID
from tests.gui.painting import cut_texts
from tests.gui.session.run.room import MakeRoom, Room
from trainer_app.domain.headset_state import HeadsetState
from trainer_app.domain.live_kit import FilmStage
from trainer_app.domain.notes import NoteKind
from trainer_app.domain.phases import PhaseCode
from trainer_app.domain.sessions import AbortReason, SessionState
from trainer_app.looks.theme import Theme
from trainer_app.looks.tokens import ThemeName
from trainer_app.services.ports.pictures import FilmPicture
from trainer_app.ui.gallery.__main__ import render
from trainer_app.ui.session.run.abort_dialog import AbortDialog
from trainer_app.ui.session.run.view import RunView
from trainer_app.ui.theme.look import Look


def _stages(room: Room) -> Iterator[str]:
    """Go through the whole session, and say where we are."""
    for code in PhaseCode:
        if code is PhaseCode.SCENARIO:
            continue  # format B has none
        room.to(code)
        yield code.value
        if code is PhaseCode.ANALYSIS:
            room.view.presenter.toggle_notes()
            yield "debrief, notes shown"
            room.view.presenter.toggle_notes()
        if code is PhaseCode.SAFETY_CONTRACT:
            room.view.presenter.next_phase()
            yield "not ticked off"
        if code is PhaseCode.FILM:
            room.view.start.wearers.toggle()
            yield "names before the start"
            room.play()
            room.kit(FilmStage.PLAYING, 100.0)
            yield "film"
            room.view.presenter.toggle_notes()
            yield "film, notes shown"
            room.view.presenter.toggle_notes()
            room.kit(FilmStage.PLAYING, 100.0, states={4: HeadsetState.TAKEN_OFF, 5: HeadsetState.FAULT})
            yield "fault"
            room.view.presenter.desk.choose(30.0)
            yield "a chosen place"
            room.view.presenter.desk.choose(None)
            room.kit(FilmStage.STOPPED)
            yield "stopped"
            unanswered = (replace(each, not_dark=each.number > 2) for each in room.test.live.now.headsets)
            room.test.kit_is(replace(room.test.live.now, headsets=tuple(unanswered)))
            yield "not all dark"
            room.view.presenter.desk.choose(30.0)
            yield "not all dark, and a chosen place"
            room.view.presenter.desk.choose(None)
            room.kit(FilmStage.ENDED)
            room.view.change.wearers.toggle()
            yield "change"
            room.view.presenter.next_wave()
            room.play()
            room.kit(FilmStage.ENDED)
            yield "over"
    room.view.presenter.ask_to_end()
    yield "end"


def test_the_phase_can_be_read_at_three_metres_in_every_phase(make_room: MakeRoom) -> None:
    room = make_room(people=7)
    heights = {}
    for where in _stages(room):
        render(room.view)
        heights[where] = room.view.column.ring.digits_height()
    assert {where: height for where, height in heights.items() if height < 75} == {}


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize(("scale", "size"), [(1.0, (1366, 768)), (1.25, (1366, 768)), (1.0, (1280, 680))])
def test_no_words_are_cut_and_all_fits_the_window(
    make_room: MakeRoom, lang: str, scale: float, size: tuple[int, int]
) -> None:
    room = make_room(lang=lang, people=7)
    room.look.set_theme(Theme(ThemeName.LIGHT, scale))
    room.view.resize(*size)
    cut = {}
    for where in _stages(room):
        QApplication.processEvents()
        cut[where] = cut_texts(room.view)
        if where == PhaseCode.SAFETY_CONTRACT.value and (scale, size[0]) == (1.0, 1366):
            assert room.view.script._lines.verticalScrollBar().maximum() == 0  # read out as a whole
        assert (room.view.width(), room.view.height()) == size, where
    assert {where: words for where, words in cut.items() if words} == {}


def test_everything_with_the_keyboard_says_its_name(make_room: MakeRoom) -> None:
    room = make_room(people=7)
    for where in _stages(room):
        shown = [each for each in room.view.findChildren(QWidget) if each.isVisibleTo(room.view)]
        reached = [each for each in shown if each.focusPolicy() != Qt.FocusPolicy.NoFocus]
        assert [type(each).__name__ for each in reached if not each.accessibleName()] == [], where


@pytest.mark.parametrize(("lang", "size"), [("nb", (1366, 768)), ("en", (1280, 680))])
def test_the_summary_has_the_learning_points_unless_notes_are_hidden(
    make_room: MakeRoom, lang: str, size: tuple[int, int]
) -> None:
    room = make_room(lang=lang)
    room.view.resize(*size)
    noting = room.test.office.services.noting
    said = ("Gi tid til svar før neste spørsmål", "Øve på signalet")
    noting.conclude(noting.retype(noting.begin_note(READY_ID, NoteKind.LEARNING_POINT), said[0]))
    noting.add_action(READY_ID, said[1], owner_role="teamleder")
    room.to(PhaseCode.SUMMARY)
    assert not any(text in room.words() for text in said)
    room.press(Qt.Key.Key_F9)
    assert all(text in room.words() for text in (*said, "teamleder"))
    room.press(Qt.Key.Key_F2)
    QTest.keyClicks(room.view.notes.entry.field, "Avtale roller")
    room.press(Qt.Key.Key_Return)
    assert "Avtale roller" in room.words()
    QApplication.processEvents()
    assert cut_texts(room.view) == []
    assert (room.view.width(), room.view.height()) == size
    room.press(Qt.Key.Key_F9)
    assert not any(text in room.words() for text in (*said, "Avtale roller"))
    assert cut_texts(room.view) == []
    room.press(Qt.Key.Key_F9)
    room.to(PhaseCode.EVALUATION)
    assert said[0] not in room.words()


def test_the_tick_for_clean_headsets_can_be_taken_back(make_room: MakeRoom) -> None:
    room = make_room(people=7)
    room.to(PhaseCode.FILM)
    room.play()
    room.kit(FilmStage.ENDED)
    for _ in range(3):
        clean = not room.view.change.clean.isChecked()
        room.view.change.clean.click()
        seats = room.test.office.services.assigning.seats_of(READY_ID).of_wave(1)
        assert all(seat.cleaned_after is clean for seat in seats)
        assert room.view.change.clean.isChecked() is clean


def test_keys_lead_through_the_session(room: Room) -> None:
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    room.press(Qt.Key.Key_PageDown, control)
    assert room.phase() is PhaseCode.SAFETY_CONTRACT
    room.press(Qt.Key.Key_PageUp, control)
    assert room.phase() is PhaseCode.WELCOME
    room.press(Qt.Key.Key_F8)
    assert room.view.column.pause.text() == "Fortsett"
    room.press(Qt.Key.Key_F8)
    room.press(Qt.Key.Key_E, control)
    room.press(Qt.Key.Key_E, control, shift)
    assert "12.00" in room.view.column.ring.accessibleName()
    room.press(Qt.Key.Key_F9)
    assert room.view.top.notes.text() == "Skjul notater"
    assert room.view.notes.count.words == "0 notater, vises i debriefen"
    assert room.view.notes.entry.field.placeholderText() == "Skriv et notat"
    room.to(PhaseCode.FILM)
    room.press(Qt.Key.Key_Return, control)
    assert ("start_film", 0.0) in room.test.live.asked
    room.play()
    for key, held, asked in (
        (Qt.Key.Key_F12, (), "pause"),
        (Qt.Key.Key_R, (control,), "recentre"),
        (Qt.Key.Key_Up, (control,), "set_volume"),
        (Qt.Key.Key_Escape, (shift,), "stop_all"),
    ):
        room.press(key, *held)
        assert room.test.live.asked[-1][0] == asked


def test_the_keyboard_begins_where_the_session_leads_on(room: Room) -> None:
    assert room.view.first_focus() is room.view.column.next
    room.to(PhaseCode.FILM)
    assert room.view.first_focus() is room.view.start.hero
    room.play()
    assert room.view.first_focus() is room.view.column.pause
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.isVisible()


def test_before_the_film_its_start_is_all_that_is_asked(room: Room) -> None:
    room.to(PhaseCode.FILM)
    view = room.view
    besides = (view.column.pause, view.column.next_beside, view.column.session_time, view.tools, view.notes)
    assert [part for part in besides if part.isVisible()] == []
    assert view.strip.stop.isVisible()
    for words, asked in (("Vis nummer", "identify"), ("Lyd høyere", "set_volume")):
        _choose(view, words)
        assert room.test.live.asked[-1][0] == asked
    _choose(view, "Melding i brillene")
    assert view.message.is_open
    _choose(view, "Neste fase")
    assert room.phase() is PhaseCode.LANDING
    room.view.presenter.previous_phase()
    room.kit(FilmStage.STARTING, starts_in_s=2.0)
    assert [part for part in (view.column.more, view.tools) if part.isVisible()] == []
    assert view.column.pause.isVisible()
    assert view.notes.isVisible()  # who writes already loses nothing


def _choose(view: RunView, words: str) -> None:
    """Of what stands behind the one button."""
    view.column.more.click()
    (menu,) = [each for each in view.column.more.findChildren(QMenu) if each.isVisible()]
    next(each for each in menu.actions() if each.text().startswith(words)).trigger()
    menu.close()
    QApplication.processEvents()


def test_a_film_that_is_over_can_be_shown_again(room: Room) -> None:
    room.to(PhaseCode.FILM)
    room.play()
    room.kit(FilmStage.ENDED, 400.0)
    room.view.change.again.click()
    QApplication.processEvents()
    assert room.view.start.hero.isVisible()


def test_updates_of_the_suitcase_leave_the_keyboard_where_it_is(room: Room) -> None:
    room.to(PhaseCode.FILM)
    room.play()
    item = room.view.strip.items[3]
    item.setFocus()
    for state in (HeadsetState.TAKEN_OFF, HeadsetState.FAULT, HeadsetState.PLAYING):
        room.kit(FilmStage.PLAYING, 20.0, states={3: state})
        assert QApplication.focusWidget() is item


def test_the_group_never_sees_a_name_unasked(make_room: MakeRoom) -> None:
    room = make_room(people=7)
    assert not room.view.wants_rail  # the window is then called SimKoffert, and nothing more
    for where in _stages(room):
        if where in ("names before the start", "change"):
            assert NAMES[0] in room.words() or NAMES[4] in room.words()
            room.view.escape()
        assert not any(name in room.words() for name in NAMES), where


def test_the_list_of_names_closes_itself(room: Room, qtbot: QtBot) -> None:
    room.to(PhaseCode.FILM)
    names = room.view.start.wearers
    names._timer.setInterval(1)
    names.toggle()
    qtbot.waitUntil(lambda: not names.is_open)
    assert NAMES[0] not in room.words()


def test_dots_have_numbers_as_long_as_the_key_is_held(room: Room) -> None:
    room.to(PhaseCode.FILM)
    room.play()
    preview = room.view.film.preview
    focus = QApplication.focusWidget() or room.view
    QTest.keyPress(focus, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert preview._numbers
    QTest.keyRelease(focus, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert not preview._numbers


def test_the_film_is_decoded_only_while_it_is_looked_at(room: Room, qtbot: QtBot) -> None:
    pictures = room.test.office.services.pictures
    assert isinstance(pictures, NoPictures)
    room.to(PhaseCode.FILM)
    assert pictures.open == 0
    room.play()
    room.kit(FilmStage.PLAYING, 5.0)
    room.view.presenter.desk.film = room.ready.film
    assert pictures.open == 1
    blue = bytes((200, 30, 20, 0)) * (1280 * 640)
    assert pictures.shown is not None
    pictures.shown(
        FilmPicture(
            position_s=5.0,
            width=1280,
            height=640,
            stride=5120,
            pixels=blue,
            projection=room.ready.film.projection,
        )
    )
    shown: list[QImage] = []
    room.view.follower.shown.connect(shown.append)
    qtbot.waitUntil(lambda: bool(shown))
    assert shown[0].pixelColor(640, 320) == QColor(20, 30, 200)
    room.view.leave()
    assert pictures.open == 0


def test_the_room_goes_dark_at_once(room: Room) -> None:
    theme = room.view.top.theme
    before = theme.geometry()
    theme.click()
    QApplication.processEvents()
    assert theme.geometry() == before  # its neighbours stay where they are
    assert room.look.theme.name is ThemeName.DARK
    assert room.view.top.theme.text() == "Lys"
    assert room.test.office.own().theme == "dark"


def test_long_texts_are_moved_by_page_keys(room: Room) -> None:
    room.look.set_theme(Theme(ThemeName.LIGHT, 1.5))
    room.to(PhaseCode.SAFETY_CONTRACT)
    script = room.view.script
    bar = script._lines.verticalScrollBar()
    assert (script._up.isEnabled(), script._down.isEnabled()) == (False, True)  # there is more below
    room.press(Qt.Key.Key_PageDown)
    assert bar.value() > 0
    room.press(Qt.Key.Key_PageUp)
    assert bar.value() == 0
    room.view.script.tick.click()
    session = room.test.stored.sessions.by_id(READY_ID)
    assert session is not None
    assert session.contract_reviewed


def test_a_note_is_written_by_key_during_the_film(room: Room) -> None:
    room.to(PhaseCode.FILM)
    room.play()
    room.kit(FilmStage.PLAYING, 61.0)
    room.press(Qt.Key.Key_F3)
    QTest.keyClicks(QApplication.focusWidget() or room.view, "To snakket samtidig")
    room.press(Qt.Key.Key_Return)
    (note,) = room.test.stored.notes.where(session_id=READY_ID)
    assert note.text == "To snakket samtidig"
    assert note.film_s == pytest.approx(61.0, abs=5)
    assert "To snakket samtidig" not in room.words()


def test_breaking_off_asks_for_a_reason_with_the_safe_answer_first(room: Room) -> None:
    room.view.presenter.ask_to_end()
    room.view.ending.abort.click()
    dialog = next(each for each in room.view.findChildren(QDialog) if isinstance(each, AbortDialog))
    assert dialog.focusWidget() is dialog.stay
    assert not dialog.abort.isEnabled()
    dialog.reasons[AbortReason.EQUIPMENT].click()
    dialog.abort.click()
    session = room.test.stored.sessions.by_id(READY_ID)
    assert session is not None
    assert (session.state, session.abort_reason) == (SessionState.ABORTED, AbortReason.EQUIPMENT)
    assert room.went == ["close"]


def test_after_a_crash_one_button_goes_on(make_room: MakeRoom, look: Look, qtbot: QtBot) -> None:
    room = make_room()
    room.to(PhaseCode.EQUIPMENT_BRIEF)
    room.view.presenter.on_heartbeat()
    test = make_office(room.test.stored, room.test.office.services.data_folder)
    test.at(room.test.clock[0] + timedelta(minutes=4))
    view = RunView(test.office, look)
    qtbot.addWidget(view)
    view.resize(1366, 768)
    view.show()
    view.open(READY_ID)
    QApplication.processEvents()
    assert cut_texts(view) == []
    assert view.first_focus() is view.question.waited
    view.question.waited.click()
    assert "Utstyr: 5.00" in view.column.ring.accessibleName()
    view.end()


def test_pressing_a_headset_offers_to_go_on_without_it(room: Room) -> None:
    room.to(PhaseCode.FILM)
    room.kit(FilmStage.READY, states={2: HeadsetState.FAULT})
    banner = room.view.trouble.banner
    assert banner is not None
    banner.buttons[1].click()
    assert ("set_aside", 2, True) in room.test.live.asked
    assert isinstance(room.view, QWidget)
