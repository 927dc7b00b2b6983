"""The run of a session, as events; all times are computed from them.

A run knows no clock: every event carries its UTC time. So the same events give the same phase and the same
minutes after a crash as before it. A run is a chain of *visits*: each begins where the one before it ended,
so that no second is lost and none counted twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from functools import cached_property

from trainer_app.domain.session_errors import PhaseRequired
from trainer_app.domain.session_phases import SessionPhase
from trainer_app.domain.sessions import SessionId

_NONE = timedelta(0)


class RunEventKind(Enum):
    """What can happen in a run; what ``value`` means stands beside it."""

    STARTED = "startet"  # -
    ENTERED = "fase"  # seq of the phase
    SKIPPED = "hoppet_over"  # seq of the phase
    ADJUSTED = "justert"  # minutes, may be negative
    PAUSED = "pause"  # -
    RESUMED = "fortsatt"  # -
    WAVE = "pulje"  # number of the wave that now begins
    STOPPED_ALL = "stopp_alt"  # -; the films stop, the clock of the session goes on
    ENDED = "avsluttet"  # -


@dataclass(frozen=True, slots=True, kw_only=True)
class RunEvent:
    """Something that happened at ``at`` (UTC)."""

    at: datetime
    kind: RunEventKind
    value: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A stretch spent in one phase with one wave. ``ended_at`` is None while it lasts."""

    seq: int
    wave: int
    started_at: datetime
    ended_at: datetime | None = None
    paused: timedelta = _NONE
    paused_since: datetime | None = None

    def active_until(self, now: datetime) -> timedelta:
        """Time spent here without pauses."""
        return self.length_until(now) - self.paused_until(now)

    def length_until(self, now: datetime) -> timedelta:
        """Time spent here, pauses included."""
        return (self.ended_at or max(now, self.started_at)) - self.started_at

    def paused_until(self, now: datetime) -> timedelta:
        """Pauses in it."""
        if self.paused_since is None:
            return self.paused
        return self.paused + max(now, self.paused_since) - self.paused_since


@dataclass(frozen=True, kw_only=True)  # without slots, so that the visits can be kept once they are computed
class Run:
    """What has happened so far. Every method returns a new run; a time before the last event counts as that.

    Attributes:
        phases: The plan, by ``seq``.
        events: In the order they happened; never changed, only added to.
    """

    phases: tuple[SessionPhase, ...]
    events: tuple[RunEvent, ...] = ()

    # --- what can be done --------------------------------------------------------------------------------

    def start(self, at: datetime) -> Run:
        """Begin with the first phase."""
        if self.events:
            raise ValueError("the run has started already")
        return replace(self, events=(RunEvent(at=at, kind=RunEventKind.STARTED),))

    def enter(self, at: datetime, seq: int) -> Run:
        """Go to a phase, forward or back."""
        self._planned(seq)
        return self._with(at, RunEventKind.ENTERED, seq)

    def next_phase(self, at: datetime) -> Run:
        """Go to the next phase that is not skipped; after the last one, stay."""
        following = self.following
        return self if following is None else self.enter(at, following)

    def previous_phase(self, at: datetime) -> Run:
        """Go back to the phase before; before the first one, stay."""
        before = [p.seq for p in self.phases if p.seq < self.seq and p.seq not in self.skipped]
        return self.enter(at, before[-1]) if before else self

    def skip(self, at: datetime, seq: int) -> Run:
        """Leave an optional phase out; when it is the current one, go on.

        Raises:
            PhaseRequired: it may not be left out.
        """
        phase = self._planned(seq)
        if phase.required:
            raise PhaseRequired(phase=phase.code.value)
        skipped = self._with(at, RunEventKind.SKIPPED, seq)
        return skipped.next_phase(at) if seq == self.seq else skipped

    def adjust(self, at: datetime, minutes: int) -> Run:
        """Give the current phase more minutes, or fewer."""
        return self._with(at, RunEventKind.ADJUSTED, minutes)

    def pause(self, at: datetime) -> Run:
        """Stop the phase's clock; when it stands still already, nothing."""
        return self if self.is_paused else self._with(at, RunEventKind.PAUSED)

    def resume(self, at: datetime) -> Run:
        """Let the phase's clock go on."""
        return self._with(at, RunEventKind.RESUMED) if self.is_paused else self

    def switch_wave(self, at: datetime) -> Run:
        """Begin the next wave in the same phase."""
        return self._with(at, RunEventKind.WAVE, self.wave + 1)

    def stop_all(self, at: datetime) -> Run:
        """Record that all films were stopped."""
        return self._with(at, RunEventKind.STOPPED_ALL)

    def end(self, at: datetime) -> Run:
        """End the session."""
        return self._with(at, RunEventKind.ENDED)

    # --- what can be asked -------------------------------------------------------------------------------

    @property
    def is_running(self) -> bool:
        """Started and not ended; a pause counts as running."""
        return bool(self.events) and self.events[-1].kind is not RunEventKind.ENDED

    @property
    def seq(self) -> int:
        """The current phase, or the last one."""
        return self.visits[-1].seq

    @property
    def phase(self) -> SessionPhase:
        """The current phase's plan."""
        return self._planned(self.seq)

    @property
    def wave(self) -> int:
        """The current wave, from 1."""
        return self.visits[-1].wave

    @property
    def is_paused(self) -> bool:
        """The phase's clock stands still."""
        return self.visits[-1].paused_since is not None

    @cached_property
    def skipped(self) -> frozenset[int]:
        """Phases left out, and not visited later all the same."""
        out: set[int] = set()
        for event in self.events:
            if event.kind is RunEventKind.SKIPPED:
                out.add(event.value)
            elif event.kind is RunEventKind.ENTERED:
                out.discard(event.value)
        return frozenset(out)

    @property
    def following(self) -> int | None:
        """The phase that comes next, or None after the last."""
        skipped = self.skipped
        return next((p.seq for p in self.phases if p.seq > self.seq and p.seq not in skipped), None)

    @cached_property
    def visits(self) -> tuple[Visit, ...]:
        """All stretches, in order, without a gap."""
        visits: list[Visit] = []
        for event in self.events:
            _apply(event, visits, self.phases[0].seq)
        return tuple(visits)

    def planned(self, seq: int) -> timedelta:
        """A phase's minutes with what was given or taken; never below zero."""
        minutes = self._planned(seq).planned_min
        current = self.phases[0].seq
        for event in self.events:
            if event.kind is RunEventKind.ENTERED:
                current = event.value
            elif event.kind is RunEventKind.ADJUSTED and current == seq:
                minutes = max(0, minutes + event.value)
        return timedelta(minutes=minutes)

    def used(self, seq: int, now: datetime) -> timedelta:
        """Time spent in a phase so far, all visits together, without pauses."""
        return sum((v.active_until(now) for v in self.visits if v.seq == seq), _NONE)

    def left_of_phase(self, now: datetime) -> timedelta:
        """What is left of the current phase; negative when it is overrun."""
        return self.planned(self.seq) - self.used(self.seq, now)

    def left_of_session(self, now: datetime) -> timedelta:
        """What is left of this phase (never less than nothing) and of all that are still to come."""
        coming = [p.seq for p in self.phases if p.seq > self.seq and p.seq not in self.skipped]
        still = (max(_NONE, self.planned(seq) - self.used(seq, now)) for seq in coming)
        return sum(still, max(_NONE, self.left_of_phase(now)))

    def elapsed(self, now: datetime) -> timedelta:
        """Since the start, pauses included."""
        return sum((visit.length_until(now) for visit in self.visits), _NONE)

    def paused(self, now: datetime) -> timedelta:
        """All pauses."""
        return sum((visit.paused_until(now) for visit in self.visits), _NONE)

    def without_gap(self, last_alive: datetime, now: datetime) -> Run:
        """Count the time from the last sign of life until now as a pause: the group has waited."""
        return self if self.is_paused else self.pause(last_alive).resume(now)

    # --- inside ------------------------------------------------------------------------------------------

    def _planned(self, seq: int) -> SessionPhase:
        return next(phase for phase in self.phases if phase.seq == seq)

    def _with(self, at: datetime, kind: RunEventKind, value: int = 0) -> Run:
        if not self.is_running:
            raise ValueError("the run is not going")
        # The clock of the wall may have been set back; the order of what happened stays.
        event = RunEvent(at=max(at, self.events[-1].at), kind=kind, value=value)
        return replace(self, events=(*self.events, event))


def _apply(event: RunEvent, visits: list[Visit], first: int) -> None:
    if event.kind is RunEventKind.STARTED:
        visits.append(Visit(seq=first, wave=1, started_at=event.at))
        return
    current = visits[-1]
    if event.kind is RunEventKind.PAUSED:
        visits[-1] = replace(current, paused_since=event.at)
    elif event.kind is RunEventKind.RESUMED:
        visits[-1] = _resumed(current, event.at)
    elif event.kind is RunEventKind.ENDED:
        visits[-1] = _ended(current, event.at)
    elif event.kind in (RunEventKind.ENTERED, RunEventKind.WAVE):
        # Who goes on to another phase goes on: a pause ends with it.
        visits[-1] = _ended(current, event.at)
        enters = event.kind is RunEventKind.ENTERED
        seq, wave = (event.value, current.wave) if enters else (current.seq, event.value)
        visits.append(Visit(seq=seq, wave=wave, started_at=event.at))


def _resumed(visit: Visit, at: datetime) -> Visit:
    return replace(visit, paused=visit.paused_until(at), paused_since=None)


def _ended(visit: Visit, at: datetime) -> Visit:
    return replace(_resumed(visit, at), ended_at=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """A session that was running when the program ended without a word.

    Attributes:
        last_alive: The last event or heartbeat, UTC.
    """

    session_id: SessionId
    run: Run
    last_alive: datetime

    def gap(self, now: datetime) -> timedelta:
        """How long nothing was recorded; never negative."""
        return max(_NONE, now - self.last_alive)

    def continued(self, now: datetime, *, gap_counts: bool) -> Run:
        """Go on; ``gap_counts``: the group has gone on meanwhile, so the phase's time has run."""
        return self.run if gap_counts else self.run.without_gap(self.last_alive, now)


def last_alive(events: Sequence[RunEvent], heartbeat: datetime | None) -> datetime:
    """The latest sign of life among events and heartbeat."""
    return events[-1].at if heartbeat is None else max(events[-1].at, heartbeat)
