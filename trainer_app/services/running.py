"""Running a session: what the facilitator does reaches the database before it reaches the screen.

All of it is called on the database worker. A heartbeat at least every :data:`HEARTBEAT_S` seconds lets the
next start tell how long the program was away. A group cannot wait for a disk: what the database refuses is
kept here, said, and goes along with the next thing that is written.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from trainer_app.domain.findings import Finding
from trainer_app.domain.phases import PhaseCode
from trainer_app.domain.running import Recovery, Run
from trainer_app.domain.session_phases import SessionPhase
from trainer_app.domain.session_states import Situation, findings_for, stepped
from trainer_app.domain.sessions import AbortReason, Session, SessionState
from trainer_app.domain.storage_errors import DatabaseProblem
from trainer_app.services.ports import Records, RunJournal, SessionRepository

HEARTBEAT_S = 4.0
"""Seconds; a slow disk still keeps the promise of five."""

Now = Callable[[], datetime]


def steady_clock() -> Now:
    """Return a clock of UTC instants that no correction of the wall clock moves.

    A laptop that finds its time server in the middle of a session must not give or take minutes.
    """
    began, anchor_ns = datetime.now(UTC), time.perf_counter_ns()
    return lambda: began + timedelta(microseconds=(time.perf_counter_ns() - anchor_ns) / 1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunTimes:
    """What the run screen shows at one moment."""

    phase: SessionPhase
    wave: int
    is_paused: bool
    left_of_phase: timedelta
    left_of_session: timedelta
    following: int | None


class SessionRunning:
    """One session while it is held.

    What is done raises ``DatabaseProblem`` when it could not be written; it holds all the same.

    Attributes:
        session: As it is in the database, once all is saved.
        run: Likewise.
    """

    def __init__(self, session: Session, run: Run, *, journal: RunJournal, now: Now) -> None:
        """Use :meth:`begin` or :meth:`continue_after`."""
        self.session = session
        self.run = run
        self._saved = (session, run)
        self._journal = journal
        self._now = now

    @classmethod
    def begin(
        cls, situation: Situation, *, journal: RunJournal, phases: Records[SessionPhase], now: Now
    ) -> SessionRunning:
        """Start a session that is ready: its first phase begins.

        Raises:
            StepImpossible: it is not ready.
            SessionChangedElsewhere: it has been saved since it was read.
        """
        at = now()
        session = stepped(replace(situation, now=at), SessionState.IN_PROGRESS)
        run = Run(phases=tuple(phases.where(session_id=session.id))).start(at)
        return cls(journal.record_step(session, run), run, journal=journal, now=now)

    @classmethod
    def continue_after(
        cls,
        recovery: Recovery,
        *,
        gap_counts: bool,
        sessions: SessionRepository,
        journal: RunJournal,
        now: Now,
    ) -> SessionRunning:
        """Go on with a session the program left without a word; see :meth:`Recovery.continued`."""
        session = sessions.by_id(recovery.session_id)
        if session is None:
            raise LookupError(recovery.session_id)
        run = recovery.continued(now(), gap_counts=gap_counts)
        journal.record(session.id, run)
        return cls(session, run, journal=journal, now=now)

    # --- what the facilitator does -----------------------------------------------------------------------

    def pause(self) -> None:
        """Stop the phase's clock."""
        self._record(self.run.pause(self._now()))

    def resume(self) -> None:
        """Let the phase's clock go on."""
        self._record(self.run.resume(self._now()))

    def next_phase(self) -> None:
        """Go to the next phase that is not skipped."""
        self._record(self.run.next_phase(self._now()))

    def previous_phase(self) -> None:
        """Go back to the phase before."""
        self._record(self.run.previous_phase(self._now()))

    def enter(self, seq: int) -> None:
        """Go to a phase."""
        self._record(self.run.enter(self._now(), seq))

    def skip(self, seq: int) -> None:
        """Leave an optional phase out.

        Raises:
            PhaseRequired: it may not be left out.
        """
        self._record(self.run.skip(self._now(), seq))

    def adjust(self, minutes: int) -> None:
        """Give the current phase more minutes, or fewer."""
        self._record(self.run.adjust(self._now(), minutes))

    def switch_wave(self) -> None:
        """Begin the next wave."""
        self._record(self.run.switch_wave(self._now()))

    def note_stop_all(self) -> None:
        """Record that *Stopp alt* was pressed; the films are stopped elsewhere, and first."""
        self._record(self.run.stop_all(self._now()))

    def tick(
        self,
        *,
        contract_reviewed: bool | None = None,
        safety_info_given: bool | None = None,
        aftercare_offered: bool | None = None,
    ) -> None:
        """Tick off, or take back; None leaves a tick as it is.

        Raises:
            SessionChangedElsewhere: the session has been saved since it was read.
        """
        now = self.session
        ticked = replace(
            now,
            contract_reviewed=_either(contract_reviewed, now.contract_reviewed),
            safety_info_given=_either(safety_info_given, now.safety_info_given),
            aftercare_offered=_either(aftercare_offered, now.aftercare_offered),
        )
        self._save(ticked, self.run)

    def heartbeat(self) -> None:
        """Tell the database that the session is still going on, and what it has refused so far."""
        if not self.is_saved:
            self._save(self.session, self.run)
        self._journal.heartbeat(self.session.id, self._now())

    @property
    def present(self) -> datetime:
        """The run's own clock, UTC: no correction of the wall clock moves it."""
        return self._now()

    @property
    def is_saved(self) -> bool:
        """All that has happened is in the database."""
        return self._saved == (self.session, self.run)

    # --- the end -----------------------------------------------------------------------------------------

    def findings_at_end(self, situation: Situation) -> list[Finding]:
        """What should be said before the session is ended."""
        return findings_for(self._situation(situation), SessionState.HELD)

    def finish(self, situation: Situation) -> Session:
        """End the session: it was held."""
        return self._end(self._situation(situation), SessionState.HELD)

    def abort(self, situation: Situation, reason: AbortReason) -> Session:
        """Break the session off, with a neutral reason."""
        here = self._situation(situation)
        return self._end(
            replace(here, session=replace(here.session, abort_reason=reason)), SessionState.ABORTED
        )

    # --- what the screen shows ---------------------------------------------------------------------------

    def times(self) -> RunTimes:
        """Return what the run screen shows now."""
        now, run = self._now(), self.run
        return RunTimes(
            phase=run.phase,
            wave=run.wave,
            is_paused=run.is_paused,
            left_of_phase=run.left_of_phase(now),
            left_of_session=run.left_of_session(now),
            following=run.following,
        )

    # --- inside ------------------------------------------------------------------------------------------

    def _record(self, run: Run) -> None:
        self._save(self.session, run)

    def _save(self, session: Session, run: Run) -> None:
        try:
            if session == self._saved[0]:
                self._journal.record(session.id, run)
            else:
                session = self._journal.record_step(session, run)
        except DatabaseProblem:
            self.session, self.run = session, run
            raise
        self.session, self.run = session, run
        self._saved = (session, run)

    def _situation(self, situation: Situation) -> Situation:
        held = {phase.code for phase in self.run.phases if self.run.used(phase.seq, self._now())}
        return replace(
            situation,
            session=self.session,
            now=self._now(),
            application_held=PhaseCode.APPLICATION in held,
        )

    def _end(self, situation: Situation, state: SessionState) -> Session:
        session = stepped(situation, state)
        run = self.run.end(situation.now)
        self.session = self._journal.record_step(session, run)
        self.run = run
        self._saved = (self.session, run)
        return self.session


def _either(said: bool | None, otherwise: bool) -> bool:
    return otherwise if said is None else said
