"""Closing: each answer is stored when it is given, and what stands in the way is said in words."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from tests.fakes.evening import ELI, FRIDA, PEOPLE, SESSION_ID, at, store_evening
from tests.fakes.full_disk import full_disk
from tests.fakes.office import InlineTasks, LateTasks, TestOffice, make_office
from tests.fakes.records import wall
from trainer_app.domain.absences import Absence, AbsenceCause
from trainer_app.domain.closing import Printout
from trainer_app.domain.histories import History
from trainer_app.domain.notes import ActionItem, NoteKind
from trainer_app.domain.participation import Scope
from trainer_app.domain.people import PersonId, Profession
from trainer_app.domain.playback_records import PlaybackId
from trainer_app.domain.report_errors import ReportUnwritable
from trainer_app.domain.session_errors import StepBlocked
from trainer_app.domain.sessions import (
    AttendanceStatus,
    ParticipationMode,
    Reached,
    SessionId,
    SessionState,
)
from trainer_app.domain.spread import Percentiles
from trainer_app.domain.storage_errors import DatabaseFull
from trainer_app.services.own_settings import OwnSettings
from trainer_app.storage.repositories import SqlRepositories
from trainer_app.ui.office import Target
from trainer_app.ui.session.closing.presenter import ClosingPresenter
from trainer_app.ui.session.closing.shown import (
    AttendanceLine,
    ClosingShown,
    LostPaper,
    NewcomerTyped,
    NoteToReview,
    PersonToAdd,
)

ANNE, DAVID = PEOPLE[0], PEOPLE[3]
ANOTHER_ID = SessionId(UUID(int=999))


class Screen:
    """Remembers what it shows."""

    def __init__(self, folder: Path) -> None:
        self.shown: ClosingShown | None = None
        self.minutes_errors: dict[PersonId, str] = {}
        self.reason_error = self.until = ""
        self.notes: tuple[NoteToReview, ...] = ()
        self.to_add: tuple[PersonToAdd, ...] = ()
        self.asked: list[str] = []
        self.newcomer_errors: dict[str, str] = {}
        self.added_newcomers = 0
        self.opened_action: UUID | None = None
        self.action_error = ""
        self.saved: tuple[Path, ...] = ()
        self.lost: tuple[LostPaper, ...] = ()
        self.folder: Path | None = folder

    def show_record(self, shown: ClosingShown) -> None:
        self.shown = shown

    def show_minutes_error(self, person_id: PersonId, words: str) -> None:
        self.minutes_errors[person_id] = words

    def show_reason_error(self, words: str) -> None:
        self.reason_error = words

    def show_notes_to_review(self, notes: tuple[NoteToReview, ...], until: str) -> None:
        self.notes, self.until = notes, until

    def show_people_to_add(self, people: tuple[PersonToAdd, ...]) -> None:
        self.to_add = people

    def choose_file(self, name: str) -> Path | None:
        self.asked.append(name)
        return None if self.folder is None else self.folder / name

    def show_newcomer_error(self, field: str, words: str) -> None:
        self.newcomer_errors[field] = words

    def newcomer_added(self) -> None:
        self.added_newcomers += 1

    def open_action(self, action_id: UUID) -> None:
        self.opened_action = action_id

    def show_action_error(self, words: str) -> None:
        self.action_error = words

    def show_papers(self, saved: tuple[Path, ...], lost: tuple[LostPaper, ...]) -> None:
        self.saved, self.lost = saved, lost


class Desk:
    """A presenter with its screen, at a session that was held."""

    def __init__(self, test: TestOffice, folder: Path) -> None:
        self.test, self.screen = test, Screen(folder)
        self.presenter = ClosingPresenter(test.office, self.screen)
        self.presenter.open(SESSION_ID)

    @property
    def shown(self) -> ClosingShown:
        assert self.screen.shown is not None
        return self.screen.shown

    def save(self, printouts: Collection[Printout]) -> None:
        session = self.test.stored.sessions.by_id(SESSION_ID)
        assert session is not None
        self.presenter.papers.save(session, printouts)

    def line(self, person_id: PersonId) -> AttendanceLine:
        return next(line for line in self.shown.people if line.person_id == person_id)

    def status(self, person_id: PersonId) -> tuple[AttendanceStatus, ParticipationMode, int | None]:
        row = self.test.stored.attendance.get(SESSION_ID, person_id)
        assert row is not None
        return row.status, row.mode, row.minutes_present


MakeDesk = Callable[..., Desk]


@pytest.fixture
def make_desk(empty_stored: SqlRepositories, tmp_path: Path) -> MakeDesk:
    def make(state: SessionState = SessionState.HELD, *, tasks: InlineTasks | None = None) -> Desk:
        own = OwnSettings(person_id=ANNE.id)
        test = make_office(empty_stored, tmp_path, own=own, tasks=tasks)
        store_evening(empty_stored, test.office.services.content, state=state)
        test.at(at("14:40"))
        return Desk(test, tmp_path)

    return make


@pytest.fixture
def desk(make_desk: MakeDesk) -> Desk:
    return make_desk()


def test_who_is_missing_stands_in_the_way_by_name(desk: Desk) -> None:
    assert desk.shown.missing == "Eli Fiktivsen mangler"
    assert desk.line(ELI.id).is_missing
    assert desk.line(ELI.id).mode is None
    assert (desk.shown.state.fact, desk.shown.state.cause) == (
        "Oppmøte mangler for én",
        "Velg oppmøte for Eli Fiktivsen i listen.",
    )
    assert not desk.shown.state.can_close
    desk.presenter.set_status(ELI.id, 2)
    assert desk.status(ELI.id)[0] is AttendanceStatus.ABSENT
    assert (desk.shown.missing, desk.shown.state.fact, desk.shown.state.can_close) == ("", "", True)


def test_a_group_booked_as_a_number_is_asked_for_its_names(desk: Desk) -> None:
    session = desk.test.stored.sessions.by_id(SESSION_ID)
    assert session is not None
    desk.test.stored.sessions.save(replace(session, participants=7))
    desk.test.stored.people.save(replace(FRIDA, id=PersonId(UUID(int=99)), full_name="Gry Innbilt"))
    desk.presenter.set_status(ELI.id, 0)
    assert desk.shown.missing == "Oppmøte føres på navn. 5 av 7 har navn. Legg til dem som kom."
    # It is a reminder: two of the seven may have stayed away.
    assert desk.shown.state.can_close
    desk.presenter.adding.add(FRIDA.id)
    assert "6 av 7" in desk.shown.missing
    assert [one.words for one in desk.screen.to_add] == ["Gry Innbilt, Sykepleier, Poliklinikk Sør"]


def test_whoever_took_part_in_some_way_was_there(desk: Desk) -> None:
    desk.presenter.set_mode(ELI.id, 2)
    assert desk.status(ELI.id)[:2] == (AttendanceStatus.ATTENDED, ParticipationMode.OBSERVER)
    desk.presenter.set_mode(DAVID.id, 1)
    assert desk.status(DAVID.id)[:2] == (AttendanceStatus.PARTLY, ParticipationMode.SCREEN)


@pytest.mark.parametrize("typed", ["900", "-3", "en time", "4,5"])
def test_impossible_minutes_are_refused_beside_their_field(desk: Desk, typed: str) -> None:
    desk.presenter.set_minutes(DAVID.id, typed)
    assert desk.screen.minutes_errors[DAVID.id]
    assert desk.status(DAVID.id)[2] is None
    desk.presenter.set_minutes(DAVID.id, " 45 ")
    assert desk.screen.minutes_errors[DAVID.id] == ""
    assert desk.status(DAVID.id)[2] == 45


def test_somebody_who_came_uninvited_is_added_and_taken_off_by_angre(desk: Desk) -> None:
    desk.presenter.adding.look_for_people()
    assert [person.words for person in desk.screen.to_add] == ["Frida Tenktberg, Sykepleier, Poliklinikk Sør"]
    desk.presenter.adding.add(FRIDA.id)
    assert desk.line(FRIDA.id).status == 0
    assert desk.test.notices.said == ["Frida Tenktberg er lagt til som møtt."]
    assert desk.test.notices.undo is not None
    desk.test.notices.undo()
    assert FRIDA.id not in {line.person_id for line in desk.shown.people}


def test_a_guest_who_came_is_on_the_list_and_in_both_reports(desk: Desk) -> None:
    reporting, own = desk.test.office.services.reporting, "EV-2026-A031"
    before = reporting.protocol(own).participants.total
    gry = NewcomerTyped(name="Gry Innbilt", profession=Profession.STUDENT, external_org="Høyskolen", mode=2)
    desk.presenter.adding.add_newcomer(gry)
    (line,) = [line for line in desk.shown.people if line.name == "Gry Innbilt"]
    assert (line.about, line.status, line.mode) == ("Student, Høyskolen", 0, 2)
    assert desk.screen.added_newcomers == 1
    assert reporting.protocol(own).participants.total == before + 1
    (counted,) = [
        line.counts
        for line in reporting.participation(Scope(), "nb").lines
        if line.profession is Profession.STUDENT
    ]
    assert (counted.unique, counted.observer, counted.vr) == (1, 1, 0)
    assert desk.test.notices.undo is not None
    desk.test.notices.undo()
    assert reporting.protocol(own).participants.total == before


def test_what_is_wrong_with_a_newcomer_is_said_of_the_field(desk: Desk) -> None:
    desk.presenter.adding.add_newcomer(
        NewcomerTyped(name=ELI.full_name, profession=Profession.DOCTOR, external_org="", mode=None)
    )
    assert desk.screen.newcomer_errors["person"].startswith("Eli Fiktivsen står i listen allerede.")
    desk.presenter.adding.add_newcomer(
        NewcomerTyped(name="Gry", profession=Profession.DOCTOR, external_org="å" * 201, mode=None)
    )
    assert "201" in desk.screen.newcomer_errors["external_org"]
    assert (desk.screen.added_newcomers, len(desk.shown.people)) == (0, 5)


def test_a_newcomer_stays_typed_while_the_disk_is_full(desk: Desk) -> None:
    gry = NewcomerTyped(name="Gry Innbilt", profession=Profession.STUDENT, external_org="", mode=None)
    with full_disk(desk.test.stored):
        desk.presenter.adding.add_newcomer(gry)
    assert (desk.screen.added_newcomers, list(desk.screen.newcomer_errors)) == (0, ["person"])
    desk.presenter.adding.add_newcomer(gry)
    assert desk.screen.added_newcomers == 1


def test_the_card_says_when_nothing_is_missing(desk: Desk) -> None:
    assert desk.shown.state.ready == ("", "")
    desk.presenter.confirm_the_rest()
    assert desk.shown.state.ready == ("Økten kan lukkes", "Oppmøtet er ført for alle.")
    session = desk.test.stored.sessions.by_id(SESSION_ID)
    assert session is not None
    desk.test.stored.sessions.save(replace(session, participants=7))
    desk.presenter.reload()
    assert desk.shown.state.ready == ("Økten kan lukkes", "")  # two of the seven have no name yet
    desk.presenter.close([])
    assert desk.shown.state.ready == ("", "")


def test_an_owner_who_is_cleared_is_nobody_and_one_left_alone_stays(desk: Desk) -> None:
    desk.presenter.add_action("Øve på signalet")
    added = desk.shown.actions[-1].source
    assert isinstance(added, ActionItem)
    owned = desk.test.office.services.noting.change_action(replace(added, owner_id=ANNE.id))
    keeping = desk.presenter.keeping
    keeping.rewrite_action(owned, "Øve oftere", None, date(2026, 12, 8), lambda _: None)
    assert desk.shown.actions[-1].about == "Eier: Anne Påhittmo  ·  frist 8. desember"
    keeping.rewrite_action(owned, "Øve oftere", "", date(2026, 12, 8), lambda _: None)
    (kept,) = [one for one in desk.test.stored.actions.where(session_id=SESSION_ID) if one.id == owned.id]
    assert (kept.what, kept.owner_id, kept.owner_role, kept.is_agreed) == ("Øve oftere", None, "", False)


def test_objectives_care_and_clean_headsets_are_kept_at_once(desk: Desk) -> None:
    desk.presenter.assess(desk.shown.objectives[1].source, 0)
    desk.presenter.set_aftercare(True)
    desk.presenter.set_contract(False)
    desk.presenter.set_safety(False)
    desk.presenter.set_cleaned(True)
    stored = desk.test.stored
    assert [one.reached for one in stored.objectives.where(session_id=SESSION_ID)][1] is Reached.YES
    assert desk.shown.objectives[1].reached == 0
    care = desk.shown.care
    assert (care.aftercare, care.contract, care.safety) == (True, False, False)
    assert desk.shown.equipment.cleaned is True
    assert all(one.cleaned_after for one in stored.assignments.where(session_id=SESSION_ID))


def test_actions_are_seen_with_who_and_when_and_one_can_be_added(desk: Desk) -> None:
    (point, *_), (action,) = desk.shown.points, desk.shown.actions
    assert (point.about, point.text) == ("Prøv", "Én snakker, de andre rydder rommet.")
    assert (action.text, action.about) == (
        "Roller og signal avtales ved vaktstart",
        "Eier: vaktansvarlig  ·  frist 1. desember",
    )
    desk.presenter.add_action("   ")
    assert desk.screen.action_error
    desk.presenter.add_action("Øve på signalet")
    added = desk.shown.actions[-1]
    assert (added.text, added.needs_care, desk.screen.opened_action) == ("Øve på signalet", True, added.id)
    assert any("eier" in warning for warning in desk.shown.state.warnings)
    assert isinstance(added.source, ActionItem)
    due = date(2026, 12, 8)
    desk.presenter.keeping.rewrite_action(added.source, "Øve på signalet", "teamleder", due, lambda _: None)
    assert desk.shown.actions[-1].about == "Eier: teamleder  ·  frist 8. desember"
    assert not any("eier" in warning for warning in desk.shown.state.warnings)


def test_how_the_film_was_kept_together_is_said_in_words(desk: Desk) -> None:
    assert list(desk.shown.equipment.facts) == ["5 briller i takt, største forskjell 14 ms."]
    (first,) = desk.test.stored.playbacks.where(session_id=SESSION_ID)
    assert first.receipt is not None
    spread = Percentiles(p50=4.0, p95=9.0, p99=11.0, max=15.0)
    again = replace(first.receipt, spread_ms=spread)
    desk.test.stored.playbacks.save(replace(first, id=PlaybackId(UUID(int=51)), wave=2, receipt=again))
    desk.presenter.reload()
    spread_over_time = History(step_s=1, low_ms=(1.0,), high_ms=(15.0,))
    away = Absence(begin_s=60.0, end_s=118.0, cause=AbsenceCause.TAKEN_OFF)
    one, *others = again.headsets
    again = replace(again, spread=spread_over_time, headsets=(replace(one, absences=(away,)), *others))
    desk.test.stored.playbacks.save(replace(first, id=PlaybackId(UUID(int=51)), wave=2, receipt=again))
    desk.presenter.reload()
    assert "Pulje 2: Brille 1 var tatt av i 58 s." in desk.shown.equipment.facts
    assert desk.shown.equipment.charts[-1].title == "Pulje 2: Største forskjell mellom brillene"
    assert [lane.number for lane in desk.shown.equipment.charts[-1].lanes] == [1]
    assert list(desk.shown.equipment.facts)[:2] == [
        "Pulje 1: 5 briller i takt, største forskjell 14 ms.",
        "Pulje 2: 5 briller i takt, største forskjell 15 ms.",
    ]


def test_notes_are_kept_or_let_go(desk: Desk) -> None:
    assert desk.shown.notes.facts == (
        "2 læringspunkter er skrevet.",
        "4 notater slettes av seg selv 24. november.",
    )
    first, second, *_ = desk.screen.notes
    desk.presenter.keep_note(first.id)
    desk.presenter.let_note_go(second.id)
    assert "3 læringspunkter er skrevet." in desk.shown.notes.facts
    assert len(desk.screen.notes) == 2
    assert desk.test.notices.undo is not None
    desk.test.notices.undo()
    assert second.id in {note.id for note in desk.screen.notes}
    mark = desk.test.office.services.noting.begin_note(SESSION_ID, NoteKind.TIME_MARK)
    desk.presenter.reload()
    assert {note.id: note.can_keep for note in desk.screen.notes}[mark.id] is False
    assert all(note.can_keep for note in desk.screen.notes if note.id != mark.id)


def test_closing_saves_what_is_wanted_where_the_user_says(desk: Desk) -> None:
    desk.presenter.confirm_the_rest()
    desk.presenter.close([Printout.PROTOCOL])
    assert desk.test.notices.said == ["Økten er lukket."]
    (paper,) = desk.screen.saved
    assert paper.name == "Øktprotokoll EV-2026-A031.pdf"
    assert paper.read_bytes() == b"protocol EV-2026-A031 nb"
    assert not desk.shown.is_open
    assert desk.shown.state.cause == "Lukket 17. november kl. 14.40 av Anne Påhittmo."
    assert not desk.shown.notes.can_review


def test_a_paper_that_cannot_be_saved_is_saved_elsewhere(desk: Desk) -> None:
    desk.test.papers.refusal = ReportUnwritable(file="Øktprotokoll.pdf")
    desk.save([Printout.PROTOCOL])
    (lost,) = desk.screen.lost
    assert "kan ikke skrives" in lost.fact
    assert not desk.screen.saved
    desk.test.papers.refusal = None
    desk.screen.folder, folder = None, desk.screen.folder
    desk.presenter.papers.save_elsewhere(lost)
    desk.presenter.open(SESSION_ID)
    assert desk.screen.lost == (lost,)  # nobody said where to: it is still nowhere
    desk.screen.folder, desk.screen.asked = folder, desk.screen.asked[1:]
    desk.presenter.papers.save_elsewhere(lost)
    assert desk.screen.asked[0] == desk.screen.asked[1]
    assert not desk.screen.lost
    assert desk.screen.saved[0].read_bytes() == b"protocol EV-2026-A031 nb"
    desk.presenter.open(SESSION_ID)
    assert not desk.screen.saved


def test_what_becomes_of_papers_is_said_with_their_own_session(make_desk: MakeDesk) -> None:
    tasks = LateTasks()
    desk = make_desk(tasks=tasks)
    tasks.finish()
    desk.save([Printout.PROTOCOL])
    desk.presenter.open(ANOTHER_ID)
    tasks.finish()
    assert (desk.screen.saved, len(desk.test.papers.saved)) == ((), 1)
    desk.presenter.open(SESSION_ID)
    desk.test.papers.refusal = ReportUnwritable(file="Øktprotokoll.pdf")
    desk.save([Printout.PROTOCOL])
    desk.presenter.open(ANOTHER_ID)
    tasks.finish()
    assert desk.screen.lost == ()
    assert desk.test.notices.problems == [desk.test.papers.refusal]


def test_a_record_whose_closing_is_pressed_twice_is_closed_once(make_desk: MakeDesk) -> None:
    tasks = LateTasks()
    desk = make_desk(tasks=tasks)
    tasks.finish()
    desk.presenter.confirm_the_rest()
    tasks.finish()
    desk.presenter.close([Printout.PROTOCOL])
    desk.presenter.close([Printout.PROTOCOL])
    tasks.finish()
    assert (desk.test.notices.said, desk.test.notices.problems, tasks.problems) == (
        ["Økten er lukket."],
        [],
        [],
    )
    assert len(desk.screen.saved) == 1


def test_nobody_is_made_to_save_a_paper(desk: Desk) -> None:
    desk.screen.folder = None
    desk.presenter.confirm_the_rest()
    desk.presenter.close([Printout.PROTOCOL, Printout.PARTICIPATION])
    assert len(desk.screen.asked) == 2
    assert not desk.screen.saved
    assert not desk.shown.is_open


def test_opening_again_needs_a_reason(desk: Desk) -> None:
    desk.presenter.confirm_the_rest()
    desk.presenter.close([])
    desk.presenter.reopen("   ")
    assert desk.screen.reason_error
    assert not desk.shown.is_open
    desk.presenter.reopen("Feil oppmøte")
    assert desk.shown.is_open
    (kept,) = desk.test.stored.reopenings.where(session_id=SESSION_ID)
    assert (kept.reason, kept.reopened_by) == ("Feil oppmøte", ANNE.id)


def test_a_full_disk_leaves_the_record_open_and_it_is_closed_when_there_is_room(desk: Desk) -> None:
    with full_disk(desk.test.stored):
        desk.presenter.confirm_the_rest()
        desk.presenter.close([])
    assert {type(problem) for problem in desk.test.tasks.problems} == {DatabaseFull, StepBlocked}
    assert desk.shown.is_open
    desk.presenter.confirm_the_rest()
    desk.presenter.close([])
    assert not desk.shown.is_open


def test_a_plan_that_was_held_without_the_program_is_registered(make_desk: MakeDesk) -> None:
    desk = make_desk(SessionState.PLANNED)
    assert (desk.shown.is_open, desk.shown.state.can_register) == (False, True)
    desk.presenter.register_held()
    assert (desk.shown.is_open, desk.shown.state.can_register) == (True, False)
    assert desk.shown.missing == "Eli Fiktivsen mangler"


def test_a_plan_that_is_to_come_cannot_be_registered(make_desk: MakeDesk) -> None:
    desk = make_desk(SessionState.PLANNED)
    desk.test.at(at("12:00"))
    desk.presenter.reload()
    assert not desk.shown.state.can_register


def test_keys_of_notes_that_are_gone_do_nothing(desk: Desk) -> None:
    desk.presenter.keep_note(UUID(int=999))
    desk.presenter.let_note_go(UUID(int=999))
    assert (len(desk.screen.notes), desk.test.tasks.problems) == (4, [])


def test_a_session_held_on_another_day_is_reported_on_the_day_it_was_held(make_desk: MakeDesk) -> None:
    desk = make_desk()
    assert desk.shown.printouts[1].words == "Deltakelsesrapport 17. november"
    stored = desk.test.stored
    session = stored.sessions.by_id(SESSION_ID)
    assert session is not None
    start, end = wall("2026-11-25T13:00"), wall("2026-11-25T14:30")
    stored.sessions.save(replace(session, planned_start=start, planned_end=end))
    desk.presenter.reload()
    assert "17. november · 13.00–14.28 · planlagt 25. november · Møterom Lauv" in desk.shown.about
    words = [line.words for line in desk.shown.printouts]
    assert words == ["Øktprotokoll", "Deltakelsesrapport 17. november"]
    assert desk.shown.print_note == (
        "Økten var planlagt 25. november. Deltakelsen telles den dagen økten ble holdt."
    )
    desk.save([Printout.PARTICIPATION])
    assert desk.screen.asked == ["Deltakelse 2026-11-17.pdf"]
    assert b"datetime.date(2026, 11, 17)" in desk.screen.saved[0].read_bytes()


def test_the_protocol_is_shown_without_being_saved(desk: Desk) -> None:
    desk.presenter.show_protocol()
    assert desk.test.went == [Target(place="reports", session_id=SESSION_ID, detail="protocol")]
    assert desk.screen.asked == []
