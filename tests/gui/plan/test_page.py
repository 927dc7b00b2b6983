"""Plan as it is seen and worked with: the whole way by keyboard, words whole, nothing typed lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.office import TestOffice, make_office
from tests.fakes.planned_week import PlannedWeek
from tests.gui.painting import cut_texts, nameless
from trainer_app.domain.people import Profession
from trainer_app.domain.sessions import SessionState
from trainer_app.looks.theme import Theme
from trainer_app.looks.tokens import ThemeName
from trainer_app.storage.repositories import SqlRepositories
from trainer_app.ui.office import Target
from trainer_app.ui.plan.cancel_dialog import CancelDialog
from trainer_app.ui.plan.page import PlanPage
from trainer_app.ui.theme.look import Look

# Pop-ups want more of a screen than the one that is painted into memory.
pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def office(empty_stored: SqlRepositories, tmp_path: Path) -> TestOffice:
    return make_office(empty_stored, tmp_path)


@pytest.fixture
def week(office: TestOffice) -> PlannedWeek:
    made = PlannedWeek(office)
    made.session("VOT", "2026-11-17T13:00", "2026-11-17T14:30")
    made.session("SAM", "2026-11-19T12:30", "2026-11-19T14:00", lead=1, room=1)
    return made


@pytest.fixture
def page(qtbot: QtBot, look: Look, office: TestOffice, week: PlannedWeek) -> Iterator[PlanPage]:
    made = _open(qtbot, look, office)
    yield made
    made.end()


def _open(qtbot: QtBot, look: Look, office: TestOffice, width: int = 1278) -> PlanPage:
    made = PlanPage(office.office, look)
    qtbot.addWidget(made)
    made.resize(width, 736)
    made.enter(Target(place="plan"))
    made.show()
    qtbot.waitActive(made)
    return made


def _type(qtbot: QtBot, page: PlanPage, name: str, text: str) -> None:
    line = page.panel.fields.lines[name]
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def _choose(qtbot: QtBot, page: PlanPage, name: str, words: str) -> None:
    choice = page.panel.fields.choices[name]
    choice.setFocus()
    qtbot.keyClicks(choice, words)


def _new(qtbot: QtBot, page: PlanPage) -> None:
    """A session that collides with Thursday's."""
    page.enter(Target(place="plan", detail="new"))
    _choose(qtbot, page, "theme", "Selv")
    for name, text in (("day", "tor"), ("start", "13"), ("end", "1430"), ("participants", "8")):
        _type(qtbot, page, name, text)


def test_an_end_that_is_proposed_late_is_typed_over(qtbot: QtBot, page: PlanPage) -> None:
    page.enter(Target(place="plan", detail="new"))
    end = page.panel.fields.lines["end"]
    end.setFocus(Qt.FocusReason.TabFocusReason)
    end.propose("14.30")  # the start was left, and its answer comes when the end has the keyboard
    qtbot.keyClicks(end, "1500")
    assert end.text() == "1500"
    end.propose("15.00")
    qtbot.keyClicks(end, "5")
    assert end.text() == "15.005"  # what somebody is typing is not taken from them


def test_a_session_is_planned_by_keyboard_alone(qtbot: QtBot, page: PlanPage, office: TestOffice) -> None:
    _new(qtbot, page)
    banner = page.panel.fields.banner
    assert banner is not None
    assert banner.accessibleName().startswith("Kofferten er opptatt 12.30–14.00")
    assert not page.panel.primary.isEnabled()
    assert page.panel.reason.words() == "Løs konflikten for å planlegge økten."
    qtbot.keyClick(banner.buttons[0], Qt.Key.Key_Return)
    assert page.panel.fields.lines["start"].text() == "14.15"
    assert page.panel.fields.banner is None
    qtbot.keyClick(page.panel.primary, Qt.Key.Key_Return)
    assert page.panel.isHidden()
    titles = [one.title for one in office.stored.sessions.in_state(SessionState.PLANNED)]
    assert "Selvmordsfare" in titles


def test_head_and_foot_are_pressed_by_alt_and_a_letter(qtbot: QtBot, page: PlanPage) -> None:
    qtbot.keyClick(page.calendar, Qt.Key.Key_N, ALT)
    qtbot.waitUntil(lambda: not page.panel.isHidden())
    foot = [page.panel.primary, page.panel.second, page.panel.discard]
    letters = [page.new.letter, *(button.letter for button in foot)]
    assert letters[0] == "N"
    assert "" not in letters
    assert len(set(letters)) == len(letters)
    discard = Qt.Key(ord(page.panel.discard.letter))
    qtbot.keyClick(page.panel.fields.control("theme"), discard, ALT)
    qtbot.waitUntil(page.panel.isHidden)


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize("scale", [1.0, 1.25])
def test_no_word_is_cut(
    qtbot: QtBot, look: Look, empty_stored: SqlRepositories, tmp_path: Path, lang: str, scale: float
) -> None:
    look.set_theme(Theme(ThemeName.LIGHT, scale))
    office = make_office(empty_stored, tmp_path, lang=lang)
    PlannedWeek(office).session("SAM", "2026-11-19T12:30", "2026-11-19T14:00", lead=1, room=1)
    # High enough for all fields: what is scrolled out of sight is not painted whole.
    page = _open(qtbot, look, office)
    page.resize(look.px(1278), 3000)
    page.presenter.new_session()
    page.presenter.choose("theme", "SEL")
    for name, text in (("day", "19.11"), ("start", "13"), ("end", "1430"), ("participants", "14")):
        page.presenter.type(name, text)
        page.presenter.commit(name)
    QApplication.processEvents()
    assert page.panel.fields.banner is not None
    assert cut_texts(page) == []
    assert nameless(page) == []
    page.end()


@pytest.mark.parametrize("height", [736, 1600])
def test_a_warning_moves_nothing_under_the_hands(qtbot: QtBot, page: PlanPage, height: int) -> None:
    page.resize(page.width(), height)
    page.enter(Target(place="plan", detail="new"))
    fields = page.panel.fields
    _type(qtbot, page, "day", "tor")
    fields.lines["start"].setFocus()
    qtbot.keyClicks(fields.lines["start"], "13")
    room = fields.choices["room"]
    before = room.mapTo(page, QPoint(0, 0))
    assert fields.banner is None
    room.setFocus()  # leaving the field is what says that the suitcase is taken
    assert fields.banner is not None
    assert room.mapTo(page, QPoint(0, 0)) == before
    fields.lines["participants"].setFocus()
    qtbot.keyClicks(fields.lines["participants"], "14")
    assert room.mapTo(page, QPoint(0, 0)) == before


def test_what_is_wrong_stands_beside_the_field_and_has_the_keyboard(qtbot: QtBot, page: PlanPage) -> None:
    _new(qtbot, page)
    _type(qtbot, page, "end", "halv tre")
    assert page.panel.fields.fields["end"].error() == "Skriv 13, 1300 eller 13.00."
    page.panel.fields.choices["room"].setFocus()
    page.save()
    assert QApplication.focusWidget() is page.panel.fields.lines["end"]
    assert page.panel.fields.lines["end"].text() == "halv tre"


def test_escape_keeps_the_draft_and_gives_the_keyboard_back(
    qtbot: QtBot, page: PlanPage, office: TestOffice
) -> None:
    page.calendar.setFocus()
    _new(qtbot, page)
    page.escape()
    assert page.panel.isHidden()
    assert QApplication.focusWidget() is page.calendar
    assert [one.title for one in office.stored.sessions.in_state(SessionState.DRAFT)] == ["Selvmordsfare"]


def test_the_calendar_moves_and_stretches_a_session_by_keys(
    qtbot: QtBot, page: PlanPage, office: TestOffice
) -> None:
    page.calendar.setFocus()
    qtbot.keyClick(page.calendar, Qt.Key.Key_Down)
    qtbot.keyClick(page.calendar, Qt.Key.Key_Right, CTRL)
    qtbot.keyClick(page.calendar, Qt.Key.Key_Down, CTRL)
    qtbot.keyClick(page.calendar, Qt.Key.Key_Down, SHIFT)
    lines = page.panel.fields.lines
    assert [lines[name].text() for name in ("day", "start", "end")] == ["ons. 18. nov.", "13.15", "15.00"]
    assert QApplication.focusWidget() is page.calendar
    page.save()
    starts = [one.planned_start for one in office.stored.sessions.in_state(SessionState.PLANNED)]
    assert date(2026, 11, 18) in [start.date() for start in starts if start is not None]


def test_weeks_go_by_page_keys_and_home(qtbot: QtBot, page: PlanPage) -> None:
    page.calendar.setFocus()
    qtbot.keyClick(page.calendar, Qt.Key.Key_PageDown)
    assert page.heading() == "Uke 48"
    qtbot.keyClick(page.calendar, Qt.Key.Key_PageUp)
    qtbot.keyClick(page.calendar, Qt.Key.Key_PageUp)
    assert page.heading() == "Uke 46"
    qtbot.keyClick(page.calendar, Qt.Key.Key_Home)
    assert page.heading() == "Uke 47"


def test_a_room_and_a_person_are_entered_where_they_are_needed(
    qtbot: QtBot, page: PlanPage, office: TestOffice
) -> None:
    _new(qtbot, page)
    fields = page.panel.fields
    _pick_last(qtbot, fields.choices["room"])
    line = QApplication.focusWidget()
    assert line is not None
    qtbot.keyClicks(line, "   ")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is line
    qtbot.keyClicks(line, "Møterom Rogn")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert fields.choices["room"].currentText() == "Møterom Rogn"
    fields.people.line.setFocus()
    qtbot.keyClicks(fields.people.line, "Mia Eventyr")
    qtbot.keyClick(fields.people.line, Qt.Key.Key_Return)
    assert fields.people.new.isVisibleTo(page)
    qtbot.keyClicks(fields.people.new.choice, "Syke")
    qtbot.keyClick(fields.people.new.line, Qt.Key.Key_Return)
    assert "Mia Eventyr" in {one.full_name for one in office.stored.people.where()}
    assert fields.people.new.isHidden()


def test_a_name_that_nobody_added_is_asked_about_until_the_panel_is_another_s(
    qtbot: QtBot, page: PlanPage
) -> None:
    _new(qtbot, page)
    fields = page.panel.fields
    _pick_last(qtbot, fields.choices["room"])
    qtbot.keyClicks(QApplication.focusWidget(), "Møterom Rogn")
    qtbot.keyClicks(fields.objectives.line, "Si ifra tidlig")
    page.escape()  # the draft is stored, what stands in these lines is not
    names = ["Navn på rommet: Møterom Rogn", "Eget læringsmål: Si ifra tidlig"]
    assert list(page.unsaved()) == names
    qtbot.keyClick(page.calendar, Qt.Key.Key_Home)
    page.presenter.open_session(page.calendar.events()[0].key)
    assert list(page.unsaved()) == []
    assert fields.objectives.line.text() == ""


def test_the_facilitators_stand_side_by_side(page: PlanPage) -> None:
    page.enter(Target(place="plan", detail="new"))
    lead, co = (page.panel.fields.choices[name].mapTo(page, QPoint(0, 0)) for name in ("lead", "co"))
    assert lead.y() == co.y()
    assert lead.x() < co.x()


def _pick_last(qtbot: QtBot, choice: QWidget) -> None:
    choice.setFocus()
    qtbot.keyClick(choice, Qt.Key.Key_End)


def test_who_enters_somebody_new_sees_the_list_they_add_to(
    qtbot: QtBot, page: PlanPage, office: TestOffice
) -> None:
    page.enter(Target(place="plan", detail="new"))
    people = page.panel.fields.people
    for name, leave in (("Mia Eventyr", "button"), ("Pål Nyby", "away")):
        page.panel._scroll.ensureWidgetVisible(people.line)
        people.line.setFocus()
        people.line.setText(name)
        qtbot.keyClick(people.line, Qt.Key.Key_Return)
        assert QApplication.focusWidget() is people.new.choice
        qtbot.keyClick(people.new.line, Qt.Key.Key_Return)
        assert people.new.error() == "Profesjonen er ikke valgt."
        qtbot.keyClicks(people.new.choice, "Over")
        button = getattr(people.new, leave)
        button.setFocus()
        qtbot.keyClick(button, Qt.Key.Key_Space)
        assert people.new.isHidden()
        assert QApplication.focusWidget() is people.line
        viewport = page.panel._scroll.viewport()
        QApplication.processEvents()
        assert viewport.rect().contains(people.line.mapTo(viewport, people.line.rect().center()))
    found = {one.full_name: one.profession for one in office.stored.people.where()}
    assert found["Mia Eventyr"] is Profession.CONSULTANT
    assert "Pål Nyby" not in found


def test_of_several_who_match_one_is_chosen(qtbot: QtBot, page: PlanPage, office: TestOffice) -> None:
    page.enter(Target(place="plan", detail="new"))
    people = page.panel.fields.people
    known = [one.words for one in people._options if "a" in one.words.casefold()]
    assert len(known) > 1
    people.line.setText("a")
    qtbot.keyClick(people.line, Qt.Key.Key_Return)
    assert people.new.isHidden()
    assert people.field.error() == "Flere passer. Velg én i listen."
    assert [row.title for row in people.matches] == [*known, "Legg til «a» som ny"]
    people.matches[0].setFocus()
    qtbot.keyClick(people.matches[0], Qt.Key.Key_Space)
    assert [one.words for one in people._named] == [known[0]]
    assert (people.matches, people.field.error(), people.line.text()) == ([], "", "")
    assert QApplication.focusWidget() is people.line


def test_a_warning_does_not_push_the_field_the_mouse_is_on(qtbot: QtBot, page: PlanPage) -> None:
    page.enter(Target(place="plan", detail="new"))
    theme, day = page.panel.fields.control("theme"), page.panel.fields.lines["day"]
    assert QApplication.focusWidget() is theme
    QApplication.processEvents()
    before = day.mapToGlobal(day.rect().center())
    QCursor.setPos(before)
    QTest.mouseMove(page.windowHandle(), page.mapFromGlobal(before))
    page.presenter.choose("theme", "SEL")
    for _ in range(3):
        QApplication.processEvents()
    assert page.panel.fields.remarks["scenario"].isVisible()
    assert day.mapToGlobal(day.rect().center()) == before


def test_people_are_found_while_typing(qtbot: QtBot, page: PlanPage) -> None:
    _new(qtbot, page)
    people = page.panel.fields.people
    people.line.setFocus()
    people.line.setText("lise")
    qtbot.keyClick(people.line, Qt.Key.Key_Return)
    assert page.panel.shown is not None
    assert [one.words for one in page.panel.shown.named] == ["Lise Tenkt"]
    assert people.line.text() == ""


def test_a_day_is_chosen_in_the_calendar(qtbot: QtBot, page: PlanPage) -> None:
    _new(qtbot, page)
    day = page.panel.fields.day
    day.setFocus()
    qtbot.keyClick(day, Qt.Key.Key_F4)
    assert day.popup is not None
    days = day.popup.calendar.findChild(QTableView)
    assert days is not None
    qtbot.keyClick(days, Qt.Key.Key_Right)
    qtbot.keyClick(days, Qt.Key.Key_Return)
    assert day.text() == "fre. 20. nov."


def test_cancelling_asks_why_and_the_safe_choice_has_the_keyboard(
    qtbot: QtBot, page: PlanPage, office: TestOffice
) -> None:
    page.calendar.setFocus()
    qtbot.keyClick(page.calendar, Qt.Key.Key_Down)
    qtbot.keyClick(page.calendar, Qt.Key.Key_Return)
    qtbot.keyClick(page.panel.fields.removal, Qt.Key.Key_Return)
    (dialog,) = page.findChildren(CancelDialog)
    qtbot.waitActive(dialog)
    assert dialog.focusWidget() is dialog.keep
    qtbot.keyClick(dialog.cancel, Qt.Key.Key_Return)
    assert dialog.field.error() == "Skriv minst ett tegn som ikke er mellomrom."
    qtbot.keyClicks(dialog.reason, "Sykdom")
    qtbot.keyClick(dialog.cancel, Qt.Key.Key_Return)
    cancelled = office.stored.sessions.in_state(SessionState.CANCELLED)
    assert [one.cancel_reason for one in cancelled] == ["Sykdom"]


def test_a_narrow_window_shows_the_panel_alone(qtbot: QtBot, look: Look, office: TestOffice) -> None:
    PlannedWeek(office)
    page = _open(qtbot, look, office, width=1000)
    page.presenter.new_session()
    assert not page.calendar.isVisible()
    assert page.panel.width() == page.width()
    page.escape()
    assert page.calendar.isVisible()
    page.end()


def test_a_pressed_place_and_a_pressed_event_open_the_panel(qtbot: QtBot, page: PlanPage) -> None:
    calendar = page.calendar
    event = next(one for one in calendar.events() if one.title == "Vold og trusler")
    box = calendar.event_box(event.key)
    qtbot.mouseClick(calendar, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    assert page.panel.shown is not None
    assert page.panel.shown.form.theme == "VOT"
    page.escape()
    below = box.bottomLeft().toPoint()
    below.setX(below.x() + 20)
    below.setY(below.y() + 40)
    qtbot.mouseClick(calendar, Qt.MouseButton.LeftButton, pos=below)
    assert page.panel.shown is not None
    assert page.panel.shown.form.day == "tir. 17. nov."


def test_a_proposal_taken_with_enter_is_one_person(qtbot: QtBot, page: PlanPage) -> None:
    # Qt tells of Enter in the list twice; the list itself is shorter by one in between.
    _new(qtbot, page)
    people = page.panel.fields.people
    people.line.setFocus()
    qtbot.keyClicks(people.line, "e")
    completer = people.line.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    assert popup.model().rowCount() > 1
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: people.line.text() == "")
    assert page.panel.shown is not None
    assert len(page.panel.shown.named) == 1
