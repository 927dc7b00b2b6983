"""Makes example sessions: planned, run and closed through the same rules as real ones."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from trainer_app.domain.films import Film
from trainer_app.domain.histories import History, history_of
from trainer_app.domain.inventory import (
    CheckId,
    CheckItem,
    CheckKind,
    InventoryCheck,
    LineResult,
    quick_questions,
    result_of,
)
from trainer_app.domain.kits import Headset, Kit
from trainer_app.domain.local_time import HOME_ZONE, instant_of
from trainer_app.domain.notes import (
    RAW_NOTES_DAYS,
    ActionId,
    ActionItem,
    ActionStatus,
    Dimension,
    LearningPoint,
    LearningPointId,
    Level,
    Note,
    NoteId,
    NoteKind,
    Verdict,
)
from trainer_app.domain.organisation import Department, Room, Unit
from trainer_app.domain.people import Person
from trainer_app.domain.phases import PhaseCode
from trainer_app.domain.playback import HeadsetReceipt, Receipt
from trainer_app.domain.playback_records import PlaybackHeadset, PlaybackId, PlaybackRecord
from trainer_app.domain.running import Run
from trainer_app.domain.scenarios import Content, Theme
from trainer_app.domain.session_phases import phases_of
from trainer_app.domain.session_states import Situation, stepped
from trainer_app.domain.sessions import (
    AbortReason,
    Arena,
    Attendance,
    AttendanceStatus,
    Objective,
    ObjectiveId,
    ParticipationMode,
    Reached,
    Session,
    SessionId,
    SessionState,
    TeamMember,
    TeamRole,
)
from trainer_app.domain.spread import Percentiles
from trainer_app.domain.waves import deal, propose_waves
from trainer_app.services import example_names as names
from trainer_app.services.planning import Plan, SessionPlanning
from trainer_app.services.ports import Repositories

C = TypeVar("C")

_STATUSES = (
    (AttendanceStatus.ATTENDED, 84),
    (AttendanceStatus.PARTLY, 7),
    (AttendanceStatus.ABSENT, 6),
    (AttendanceStatus.WITHDRAWN, 3),
)
_REACHED = ((Reached.YES, 6), (Reached.PARTLY, 3), (Reached.NOT_ASSESSED, 1))
_MODES = ((ParticipationMode.VR, 86), (ParticipationMode.SCREEN, 7), (ParticipationMode.OBSERVER, 7))
_LATE = timedelta(days=30)
"""An action that was due longer ago has been done."""

_FINAL = {SessionState.CLOSED, SessionState.ANONYMISED, SessionState.ABORTED, SessionState.HELD}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A department with all that a session needs."""

    department: Department
    units: tuple[Unit, ...]
    rooms: tuple[Room, ...]
    people: tuple[Person, ...]
    facilitators: tuple[Person, ...]
    kit: Kit
    headsets: tuple[Headset, ...]


class ExampleSessions:
    """Makes one session after the other."""

    def __init__(
        self,
        stored: Repositories,
        content: Content,
        films: dict[str, Film],
        chance: random.Random,
        lang: str,
        now: datetime,
    ) -> None:
        """Nothing is written yet; ``films`` by theme. ``now``: UTC, later than which nothing has happened."""
        self._stored = stored
        self._content = content
        self._films = films
        self._chance = chance
        self._lang = lang
        self._today = now
        self._clock = datetime.min.replace(tzinfo=UTC)
        self._planning = SessionPlanning(stored, lambda: self._clock)
        self._made = 0

    def make(self, place: Place, state: SessionState, start: datetime) -> None:
        """Make a session that begins at this wall time and has come to this state."""
        theme = self._content.themes[self._made % len(self._content.themes)]
        self._made += 1
        plan = self._draft(place, theme, start)
        begins = instant_of(start, HOME_ZONE)
        self._clock = begins - timedelta(days=28)
        plan = self._planning.save(plan)
        if state is SessionState.DRAFT:
            return
        plan = self._numbered(plan, place)
        if state is SessionState.CANCELLED:
            self._clock = begins - timedelta(days=3)
            self._planning.cancel(plan.session.id, names.CANCELLED_BECAUSE.in_language(self._lang))
        if state in (SessionState.PLANNED, SessionState.CANCELLED):
            return
        self._clock = min(begins - timedelta(minutes=40), self._today - timedelta(minutes=10))
        self._check(place, plan.session, CheckKind.QUICK_BEFORE)
        plan = self._planning.make_ready(plan, None, headsets_ready=len(place.headsets))
        if state in _FINAL:
            self._hold(place, theme, plan, state, begins)

    # --- planning ----------------------------------------------------------------------------------------

    def _id(self) -> UUID:
        return UUID(int=self._chance.getrandbits(128), version=4)

    def _draft(self, place: Place, theme: Theme, start: datetime) -> Plan:
        own = SessionId(self._id())
        scenario = theme.scenario
        unit = self._chance.choice(place.units)
        group = self._group(place, unit)
        session = Session(
            id=own,
            department_id=place.department.id,
            unit_id=unit.id,
            kit_id=place.kit.id,
            room_id=self._chance.choice(place.rooms).id,
            arena=self._chance.choice((Arena.SECTION_MEETING, Arena.STAFF_MEETING, Arena.DEVELOPMENT_DAY)),
            theme=theme.code,
            scenario_code=scenario.code,
            scenario_version=scenario.version,
            title=theme.title.words.in_language(self._lang),
            planned_start=start,
            planned_end=start + timedelta(minutes=scenario.plan.minutes),
            participants=len(group),
            format=scenario.format,
            debrief_model=scenario.debrief_model,
            content_lang=self._lang,
            aftercare_contact=names.AFTERCARE_CONTACT,
        )
        lead, co = self._chance.sample(place.facilitators, 2)
        return Plan(
            session=session,
            team=(
                TeamMember(session_id=own, person_id=lead.id, role=TeamRole.LEAD),
                TeamMember(session_id=own, person_id=co.id, role=TeamRole.CO),
            ),
            objectives=tuple(
                Objective(
                    id=ObjectiveId(self._id()),
                    session_id=own,
                    seq=seq,
                    text=text.words.in_language(self._lang),
                    source=text.id,
                )
                for seq, text in enumerate(scenario.objectives[:3], start=1)
            ),
            phases=phases_of(own, scenario.plan),
            attendance=tuple(Attendance(session_id=own, person_id=person.id) for person in group),
        )

    def _group(self, place: Place, unit: Unit) -> list[Person]:
        """Mostly from the unit, filled up from the others."""
        size = self._chance.randint(4, 10)
        ours = [person for person in place.people if person.unit_id == unit.id]
        others = [person for person in place.people if person.unit_id != unit.id]
        chosen = self._chance.sample(ours, min(size, len(ours)))
        return chosen + self._chance.sample(others, min(size - len(chosen), len(others)))

    def _numbered(self, plan: Plan, place: Place) -> Plan:
        planned = stepped(
            Situation(session=plan.session, now=self._clock, team=plan.team), SessionState.PLANNED
        )
        prefix = place.department.short_name
        saved = self._stored.sessions.save_numbered(planned, prefix=prefix, laptop="A")
        return replace(plan, session=saved)

    def _check(self, place: Place, session: Session, kind: CheckKind) -> None:
        check = InventoryCheck(
            id=CheckId(self._id()),
            kit_id=place.kit.id,
            kind=kind,
            started_at=self._clock,
            finished_at=self._clock + timedelta(minutes=6),
            session_id=session.id,
        )
        dirty = self._chance.randrange(4 * len(place.headsets)) if self._chance.random() < 0.25 else None
        lines = [
            replace(
                line,
                result=LineResult.LOW_STOCK
                if line.item is CheckItem.BATTERY and line.seq // 4 == dirty
                else LineResult.IN_ORDER,
                battery_percent=self._chance.randint(64, 100) if line.item is CheckItem.BATTERY else None,
            )
            for line in quick_questions(check.id, place.headsets)
        ]
        lines = [
            replace(line, battery_percent=self._chance.randint(31, 55))
            if line.result is LineResult.LOW_STOCK
            else line
            for line in lines
        ]
        self._stored.checks.save(replace(check, result=result_of(lines)))
        self._stored.check_lines.save(*lines)

    # --- the day -----------------------------------------------------------------------------------------

    def _hold(self, place: Place, theme: Theme, plan: Plan, state: SessionState, begins: datetime) -> None:
        at = begins + timedelta(seconds=self._chance.randint(-60, 400))
        aborted = state is SessionState.ABORTED
        session = stepped(Situation(session=plan.session, now=at), SessionState.IN_PROGRESS)
        run = Run(phases=plan.phases).start(at)
        session = self._stored.journal.record_step(session, run)
        attendance = self._attendance(plan, aborted=aborted)
        vr = [row.person_id for row in attendance if row.mode is ParticipationMode.VR]
        waves = propose_waves(len(vr), len(place.headsets)).waves
        run, films_at = self._walk(run, len(waves), aborted=aborted)
        ends = run.events[-1].at + timedelta(minutes=3)
        session = self._ended(session, run, ends, state)
        self._clock = ends
        self._stored.attendance.save(*attendance)
        self._stored.objectives.save(*self._judged(plan.objectives))
        headsets = [headset.id for headset in place.headsets]
        self._stored.assignments.save(*deal(session.id, waves, headsets, vr))
        self._show(place, theme, session, waves, films_at)
        self._check(place, session, CheckKind.QUICK_AFTER)
        self._learn(session, theme, place, keeps_notes=state is SessionState.HELD, ends=ends)
        if state in (SessionState.CLOSED, SessionState.ANONYMISED):
            self._close(session, plan, attendance, state, ends)

    def _attendance(self, plan: Plan, *, aborted: bool) -> list[Attendance]:
        rows = []
        for row in plan.attendance:
            status = self._one_of(_STATUSES)
            minutes = None
            if status is AttendanceStatus.PARTLY:
                minutes = 15 if aborted else self._chance.randrange(25, 75, 5)
            mode = self._mode() if status.participated else ParticipationMode.NOT_APPLICABLE
            rows.append(replace(row, status=status, mode=mode, minutes_present=minutes))
        return rows

    def _mode(self) -> ParticipationMode:
        return self._one_of(_MODES)

    def _one_of(self, weighed: Sequence[tuple[C, int]]) -> C:
        return self._chance.choices([code for code, _ in weighed], [weight for _, weight in weighed])[0]

    def _walk(self, run: Run, waves: int, *, aborted: bool) -> tuple[Run, list[datetime]]:
        """Go through the phases, some longer and some shorter than planned; when each film began."""
        films_at: list[datetime] = []
        at = run.events[-1].at
        while True:
            spent = timedelta(minutes=run.phase.planned_min) * self._chance.uniform(0.8, 1.22)
            if run.phase.code is PhaseCode.FILM:
                films_at = [
                    at + spent * wave / max(1, waves) + timedelta(seconds=40) for wave in range(waves)
                ]
                for wave in range(1, waves):
                    run = run.switch_wave(at + spent * wave / waves)
            at += spent
            if run.phase.code is PhaseCode.ANALYSIS and self._chance.random() < 0.3:
                run = run.pause(at).resume(at + timedelta(minutes=4))
                at += timedelta(minutes=4)
            if run.following is None or (aborted and run.phase.code is PhaseCode.FILM):
                return run, films_at
            run = run.next_phase(at)

    def _ended(self, session: Session, run: Run, ends: datetime, state: SessionState) -> Session:
        ticked = replace(session, contract_reviewed=True, safety_info_given=True, aftercare_offered=True)
        wanted = SessionState.HELD
        if state is SessionState.ABORTED:
            ticked, wanted = replace(ticked, abort_reason=AbortReason.EQUIPMENT), SessionState.ABORTED
        ended = stepped(Situation(session=ticked, now=ends), wanted)
        return self._stored.journal.record_step(ended, run.end(ends))

    def _judged(self, objectives: Sequence[Objective]) -> list[Objective]:
        return [replace(one, reached=self._one_of(_REACHED)) for one in objectives]

    def _close(
        self,
        session: Session,
        plan: Plan,
        attendance: Sequence[Attendance],
        state: SessionState,
        ends: datetime,
    ) -> None:
        later = ends + timedelta(minutes=20)
        closed = stepped(Situation(session=session, now=later, attendance=attendance), SessionState.CLOSED)
        saved = self._stored.sessions.save(replace(closed, closed_by=plan.team[0].person_id))
        if state is SessionState.ANONYMISED:
            reason = names.ANONYMISED_BECAUSE.in_language(self._lang)
            after = later + timedelta(days=30)
            situation = Situation(session=saved, now=after, reason=reason)
            self._stored.sessions.save(stepped(situation, SessionState.ANONYMISED))

    # --- the film ----------------------------------------------------------------------------------------

    def _show(
        self, place: Place, theme: Theme, session: Session, waves: Sequence[int], films_at: Sequence[datetime]
    ) -> None:
        film = self._films[theme.code]
        for wave, (size, began) in enumerate(zip(waves, films_at, strict=True), start=1):
            headsets = place.headsets[:size]
            playback = PlaybackRecord(
                id=PlaybackId(self._id()),
                session_id=session.id,
                film_sha256=film.sha256,
                wave=wave,
                started_at=began,
                ended_at=began + timedelta(seconds=film.probe.duration_s),
                receipt=self._receipt(film, headsets),
            )
            self._stored.playbacks.save(playback)
            self._stored.playback_headsets.save(
                *(
                    PlaybackHeadset(playback_id=playback.id, headset_id=one.id, number=one.number)
                    for one in headsets
                )
            )

    def _receipt(self, film: Film, headsets: Sequence[Headset]) -> Receipt:
        chance = self._chance
        shares = [
            HeadsetReceipt(
                serial=headset.serial,
                number=headset.number,
                clock_offset_ms=round(chance.uniform(-4000, 4000), 3),
                clock_uncertainty_ms=round(chance.uniform(0.8, 2.6), 3),
                clock_drift_ppm=round(chance.uniform(-18, 18), 2),
                clock_at_ns=0,
                start_error_ms=round(chance.uniform(-7, 9), 2),
                corrections=chance.randint(0, 9),
                seeks=0,
                stalls=0,
            )
            for headset in headsets
        ]
        errors = [share.start_error_ms for share in shares if share.start_error_ms is not None]
        p50, p95 = chance.uniform(3, 7), chance.uniform(8, 13)
        spread = Percentiles(
            p50=round(p50, 2), p95=round(p95, 2), p99=round(p95 + 3, 2), max=round(p95 + 9, 2)
        )
        together = len(headsets) > 1
        return Receipt(
            film_sha256=film.sha256,
            start_spread_ms=round(max(errors) - min(errors), 2) if together else None,
            spread_ms=spread if together else None,
            instants=round(film.probe.duration_s * 10) if together else 0,
            headsets=tuple(shares),
            spread=_spread_over(film.probe.duration_s, spread) if together else None,
        )

    # --- what came of it ---------------------------------------------------------------------------------

    def _learn(
        self, session: Session, theme: Theme, place: Place, *, keeps_notes: bool, ends: datetime
    ) -> None:
        """Learning points and actions; raw notes only where their days are not over."""
        points = [
            LearningPoint(
                id=LearningPointId(self._id()),
                session_id=session.id,
                seq=seq,
                text=words.in_language(self._lang),
                level=self._chance.choice(list(Level)),
                dimension=self._chance.choice(list(Dimension)),
                verdict=self._chance.choice(list(Verdict)),
            )
            for seq, words in enumerate(
                self._chance.sample(names.LEARNING_POINTS, self._chance.randint(2, 4)), 1
            )
        ]
        self._stored.learning_points.save(*points)
        self._stored.actions.save(*self._actions(session, theme, points))
        if keeps_notes and ends > self._clock - timedelta(days=RAW_NOTES_DAYS):
            self._stored.notes.save(*self._notes(session, ends))

    def _actions(self, session: Session, theme: Theme, points: Sequence[LearningPoint]) -> list[ActionItem]:
        suggested = theme.scenario.action_points
        chosen = self._chance.sample(suggested, min(len(suggested), self._chance.randint(1, 3)))
        held = session.planned_start or self._clock
        made = [
            ActionItem(
                id=ActionId(self._id()),
                session_id=session.id,
                seq=seq,
                what=text.words.in_language(self._lang),
                learning_point_id=points[0].id,
                owner_role=self._chance.choice(names.OWNER_ROLES).in_language(self._lang),
                due=(held + timedelta(days=self._chance.choice((28, 42, 56)))).date(),
                status=self._chance.choice(
                    (ActionStatus.OPEN, ActionStatus.UNDER_WAY, ActionStatus.CLOSED_KEPT)
                ),
            )
            for seq, text in enumerate(chosen, start=1)
        ]
        return [self._followed_up(one) for one in made]

    def _followed_up(self, action: ActionItem) -> ActionItem:
        """Departments do what they have agreed; some of it a little late."""
        long_due = self._today.date() - _LATE
        if action.due is None or action.due > long_due:
            return action
        return replace(action, status=ActionStatus.CLOSED_KEPT)

    def _notes(self, session: Session, ends: datetime) -> list[Note]:
        kinds = (NoteKind.OBSERVATION, NoteKind.QUESTION, NoteKind.PARKED)
        return [
            Note(
                id=NoteId(self._id()),
                session_id=session.id,
                at=ends - timedelta(minutes=50 - 6 * place),
                kind=self._chance.choice(kinds),
                text=words.in_language(self._lang),
            )
            for place, words in enumerate(names.NOTES)
        ]


def _spread_over(duration_s: float, spread: Percentiles) -> History | None:
    """A spread that is largest at the start and swings about its middle afterwards."""

    def at(second: int) -> float:
        settling = (spread.max - spread.p95) * math.exp(-second)
        swing = (spread.p95 - spread.p50) * (1 + math.sin(second / 7) * math.sin(second / 3)) / 2
        return spread.p50 / 2 + swing + settling

    points = ((float(second), at(second)) for second in range(round(duration_s)))
    return history_of([(0.0, spread.max), *points])
