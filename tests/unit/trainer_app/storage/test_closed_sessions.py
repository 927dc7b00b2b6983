"""A closed session is read only, in every table that belongs to it; its actions can still be followed up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.fakes.films import a_film
from tests.fakes.records import ANNE, KARI, KIT, NOON, a_session, phases_for
from trainer_app.domain.closing import Reopening
from trainer_app.domain.heat_map import KeptHeatMap
from trainer_app.domain.inventory import CheckId, CheckKind, InventoryCheck
from trainer_app.domain.kits import HeadsetId, Serial
from trainer_app.domain.notes import (
    ActionId,
    ActionItem,
    ActionStatus,
    LearningPoint,
    LearningPointId,
    Note,
    NoteId,
    NoteKind,
    PdsaStep,
)
from trainer_app.domain.playback_records import PlaybackHeadset, PlaybackId, PlaybackRecord
from trainer_app.domain.running import Run
from trainer_app.domain.session_errors import SessionClosed
from trainer_app.domain.sessions import (
    Attendance,
    HeadsetAssignment,
    Objective,
    ObjectiveId,
    Session,
    SessionState,
    TeamMember,
    TeamRole,
)
from trainer_app.storage.repositories import SqlRepositories
from trainer_app.storage.tables import Base

PLAYBACK = PlaybackId(uuid4())
POINT = LearningPointId(uuid4())
ACTION = ActionId(uuid4())


@dataclass
class Held:
    """A session that was held, and a headset."""

    stored: SqlRepositories
    session: Session
    headset: HeadsetId

    def close(self) -> None:
        self.session = self.stored.sessions.save(
            replace(self.session, state=SessionState.CLOSED, closed_at=NOON)
        )

    def action(self) -> ActionItem:
        return ActionItem(id=ACTION, session_id=self.session.id, seq=1, what="Roller avtales")

    def playback(self) -> PlaybackRecord:
        return PlaybackRecord(
            id=PLAYBACK,
            session_id=self.session.id,
            film_sha256=a_film().sha256,
            wave=1,
            started_at=NOON,
        )

    def point(self) -> LearningPoint:
        return LearningPoint(id=POINT, session_id=self.session.id, seq=1, text="Behold ro")

    def run(self) -> Run:
        return Run(phases=phases_for(self.session.id)).start(NOON)


Write = Callable[[Held], object]


def _objective(held: Held) -> None:
    held.stored.objectives.save(
        Objective(id=ObjectiveId(uuid4()), session_id=held.session.id, seq=1, text="Mål")
    )


def _note(held: Held) -> None:
    note = Note(id=NoteId(uuid4()), session_id=held.session.id, at=NOON, kind=NoteKind.OBSERVATION)
    held.stored.notes.save(note)


def _team(held: Held) -> None:
    held.stored.team.save(TeamMember(session_id=held.session.id, person_id=KARI.id, role=TeamRole.LEAD))


def _assignment(held: Held) -> None:
    held.stored.assignments.save(
        HeadsetAssignment(session_id=held.session.id, wave=1, headset_id=held.headset)
    )


def _playback_headset(held: Held) -> None:
    held.stored.playback_headsets.save(
        PlaybackHeadset(playback_id=PLAYBACK, headset_id=held.headset, number=1)
    )


WRITES: dict[str, Write] = {
    "session": lambda held: held.stored.sessions.save(replace(held.session, title="Annen tittel")),
    "session_objective": _objective,
    "session_phase": lambda held: held.stored.phases.save(*phases_for(held.session.id)),
    "session_team": _team,
    "attendance": lambda held: held.stored.attendance.save(
        Attendance(session_id=held.session.id, person_id=ANNE.id)
    ),
    "headset_assignment": _assignment,
    "run_event": lambda held: held.stored.journal.record(held.session.id, held.run()),
    "heartbeat": lambda held: held.stored.journal.heartbeat(held.session.id, NOON),
    "note": _note,
    "learning_point": lambda held: held.stored.learning_points.save(held.point()),
    "action_item": lambda held: held.stored.actions.save(held.action()),
    "playback": lambda held: held.stored.playbacks.save(held.playback()),
    "playback_headset": _playback_headset,
    "heat_map": lambda held: held.stored.heat_maps.save(KeptHeatMap(playback_id=PLAYBACK, encoded=b"\1")),
    "session_reopening": lambda held: held.stored.reopenings.save(
        Reopening(session_id=held.session.id, at=NOON, reason="Feil navn")
    ),
}


@pytest.fixture
def held(stored: SqlRepositories) -> Held:
    stored.films.add(a_film())
    headset = stored.headsets.remember(Serial("S1"), "Quest 3", None, NOON)
    session = stored.sessions.save(a_session(state=SessionState.HELD, actual_start=NOON, actual_end=NOON))
    held = Held(stored, session, headset.id)
    stored.playbacks.save(held.playback())
    return held


def test_all_tables_that_belong_to_a_session_are_tried() -> None:
    """A table that is added later has to be added here too."""
    belonging, found = {"session"}, True
    while found:
        found = False
        for table in Base.metadata.tables.values():
            owners = {key.column.table.name for key in table.foreign_keys if key.ondelete == "CASCADE"}
            if table.name not in belonging and owners & belonging:
                belonging.add(table.name)
                found = True
    assert belonging == WRITES.keys()


@pytest.mark.parametrize("table", WRITES)
def test_an_open_session_is_written_to_and_a_closed_one_is_not(held: Held, table: str) -> None:
    held.close()
    with pytest.raises(SessionClosed):
        WRITES[table](held)
    opened = held.stored.sessions.save(replace(held.session, state=SessionState.HELD, closed_at=None))
    held.session = opened
    WRITES[table](held)


def test_nothing_of_a_closed_session_is_changed_replaced_or_deleted(held: Held) -> None:
    row = Attendance(session_id=held.session.id, person_id=ANNE.id)
    held.stored.attendance.save(row)
    held.stored.phases.save(*phases_for(held.session.id))
    held.close()
    with pytest.raises(SessionClosed):
        held.stored.attendance.save(replace(row, signed_on_paper=True))
    with pytest.raises(SessionClosed):
        held.stored.attendance.delete(held.session.id, ANNE.id)
    with pytest.raises(SessionClosed):
        held.stored.phases.replace((), session_id=held.session.id)
    with pytest.raises(SessionClosed):
        held.stored.playbacks.delete(PLAYBACK)
    assert held.stored.attendance.where() == [row]
    assert len(held.stored.phases.where(session_id=held.session.id)) == len(phases_for(held.session.id))


def test_one_row_of_a_closed_session_among_others_saves_none(held: Held) -> None:
    other = held.stored.sessions.save(a_session())
    held.close()
    with pytest.raises(SessionClosed):
        held.stored.attendance.save(
            Attendance(session_id=other.id, person_id=ANNE.id),
            Attendance(session_id=held.session.id, person_id=ANNE.id),
        )
    assert held.stored.attendance.where() == []


def test_an_action_is_followed_up_after_closing_but_not_rewritten(held: Held) -> None:
    held.stored.actions.save(held.action())
    held.close()
    tried = replace(
        held.action(),
        status=ActionStatus.CLOSED_KEPT,
        pdsa_step=PdsaStep.ACT,
        outcome="Virker.",
        closed_at=NOON + timedelta(days=40),
    )
    held.stored.actions.save(tried)
    assert held.stored.actions.get(ACTION) == tried
    with pytest.raises(SessionClosed):
        held.stored.actions.save(replace(tried, what="Noe annet"))
    with pytest.raises(SessionClosed):
        held.stored.actions.delete(ACTION)


def test_the_suitcase_is_checked_after_a_session_was_closed(held: Held) -> None:
    held.close()
    check = InventoryCheck(
        id=CheckId(uuid4()),
        kit_id=KIT.id,
        kind=CheckKind.QUICK_AFTER,
        started_at=NOON,
        session_id=held.session.id,
    )
    held.stored.checks.save(check)
    assert held.stored.checks.get(check.id) == check


def test_what_is_written_together_is_written_whole_or_not_at_all(held: Held) -> None:
    def write() -> None:
        with held.stored.together():
            held.stored.sessions.save(replace(held.session, title="Annen tittel"))
            assert _title(held) == "Annen tittel"
            raise LookupError

    with pytest.raises(LookupError):
        write()
    assert _title(held) == held.session.title
    with held.stored.together(), held.stored.together():
        held.stored.sessions.save(replace(held.session, title="Annen tittel"))
    assert _title(held) == "Annen tittel"


def _title(held: Held) -> str:
    session = held.stored.sessions.by_id(held.session.id)
    assert session is not None
    return session.title
