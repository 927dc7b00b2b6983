"""The run of a session: whatever is pressed in whatever order, no second is lost and none is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.fakes.records import NOON, phases_for
from trainer_app.domain.phases import PhaseCode
from trainer_app.domain.running import Recovery, Run, RunEventKind, last_alive
from trainer_app.domain.session_errors import PhaseRequired
from trainer_app.domain.sessions import SessionId

SESSION = SessionId(UUID(int=9))
PHASES = phases_for(SESSION)
MINUTE = timedelta(minutes=1)
OPTIONAL = next(phase for phase in PHASES if phase.code is PhaseCode.LANDING)
REQUIRED = next(phase for phase in PHASES if phase.code is PhaseCode.FILM)


def _started() -> Run:
    return Run(phases=PHASES).start(NOON)


class RunMachine(RuleBasedStateMachine):
    """Beside the run goes a stop-watch that adds up every span as it passes."""

    @initialize()
    def start(self) -> None:
        self.run = _started()
        self.now = NOON
        self.seq = 1
        self.wave = 1
        self.paused = False
        self.ended = False
        self.used = {phase.seq: timedelta(0) for phase in PHASES}
        self.stood_still = timedelta(0)

    @rule(seconds=st.integers(0, 900), milliseconds=st.integers(0, 999))
    def time_passes(self, seconds: int, milliseconds: int) -> None:
        span = timedelta(seconds=seconds, milliseconds=milliseconds)
        self.now += span
        if self.ended:
            return
        if self.paused:
            self.stood_still += span
        else:
            self.used[self.seq] += span

    @precondition(lambda self: not self.ended)
    @rule()
    def pause(self) -> None:
        self.run, self.paused = self.run.pause(self.now), True

    @precondition(lambda self: not self.ended)
    @rule()
    def resume(self) -> None:
        self.run, self.paused = self.run.resume(self.now), False

    @precondition(lambda self: not self.ended)
    @rule(seq=st.integers(1, len(PHASES)))
    def go_to(self, seq: int) -> None:
        self.run, self.seq, self.paused = self.run.enter(self.now, seq), seq, False

    @precondition(lambda self: not self.ended)
    @rule()
    def switch_wave(self) -> None:
        self.run, self.wave, self.paused = self.run.switch_wave(self.now), self.wave + 1, False

    @precondition(lambda self: not self.ended)
    @rule(minutes=st.sampled_from([-5, -1, 1, 5]))
    def adjust(self, minutes: int) -> None:
        before = self.run.planned(self.seq)
        self.run = self.run.adjust(self.now, minutes)
        assert self.run.planned(self.seq) == max(timedelta(0), before + minutes * MINUTE)

    @precondition(lambda self: not self.ended)
    @rule()
    def stop_all(self) -> None:
        self.run = self.run.stop_all(self.now)

    @precondition(lambda self: not self.ended)
    @rule()
    def crash_and_come_back(self) -> None:
        self.run = Run(phases=PHASES, events=self.run.events)

    @rule()
    def end(self) -> None:
        if not self.ended:
            self.run, self.ended, self.paused = self.run.end(self.now), True, False

    @invariant()
    def every_span_is_counted_once(self) -> None:
        for seq, used in self.used.items():
            assert self.run.used(seq, self.now) == used
        assert self.run.paused(self.now) == self.stood_still
        assert self.run.elapsed(self.now) == sum(self.used.values(), self.stood_still)

    @invariant()
    def the_run_knows_where_it_is(self) -> None:
        assert (self.run.seq, self.run.wave, self.run.is_paused) == (self.seq, self.wave, self.paused)
        assert self.run.is_running is not self.ended

    @invariant()
    def visits_leave_no_gap(self) -> None:
        visits = self.run.visits
        assert visits[0].started_at == NOON
        assert all(one.ended_at == next_.started_at for one, next_ in pairwise(visits))

    @invariant()
    def what_is_left_never_goes_below_nothing_for_the_session(self) -> None:
        assert self.run.left_of_session(self.now) >= timedelta(0)


RunMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=40)
TestRunMachine = RunMachine.TestCase


def test_a_phase_that_takes_longer_is_overrun_and_does_not_eat_the_next() -> None:
    run = _started()
    later = NOON + 7 * MINUTE
    assert run.left_of_phase(later) == -2 * MINUTE
    assert run.left_of_session(later) == (len(PHASES) - 1) * 5 * MINUTE


def test_going_back_goes_on_with_what_was_left() -> None:
    run = _started().next_phase(NOON + 3 * MINUTE).previous_phase(NOON + 10 * MINUTE)
    assert run.seq == 1
    assert run.left_of_phase(NOON + 11 * MINUTE) == 1 * MINUTE


def test_an_optional_phase_is_left_out_of_way_and_time() -> None:
    run = _started()
    before = run.left_of_session(NOON)
    skipped = run.skip(NOON, OPTIONAL.seq).enter(NOON, OPTIONAL.seq - 1)
    assert skipped.following == OPTIONAL.seq + 1
    assert run.skip(NOON, OPTIONAL.seq).left_of_session(NOON) == before - 5 * MINUTE
    assert skipped.next_phase(NOON).previous_phase(NOON).seq == OPTIONAL.seq - 1


def test_skipping_the_current_phase_goes_on() -> None:
    run = _started().enter(NOON, OPTIONAL.seq).skip(NOON + MINUTE, OPTIONAL.seq)
    assert run.seq == OPTIONAL.seq + 1


def test_a_required_phase_cannot_be_skipped() -> None:
    with pytest.raises(PhaseRequired) as caught:
        _started().skip(NOON, REQUIRED.seq)
    assert caught.value.params == {"phase": "film"}


def test_a_skipped_phase_that_is_visited_counts_again() -> None:
    run = _started().skip(NOON, OPTIONAL.seq).enter(NOON, OPTIONAL.seq)
    assert run.skipped == frozenset()


def test_at_both_ends_one_stays() -> None:
    first = _started()
    assert first.previous_phase(NOON) == first
    last = first.enter(NOON, PHASES[-1].seq)
    assert last.next_phase(NOON) == last


def test_a_clock_that_is_set_back_does_not_turn_the_run_around() -> None:
    run = _started().next_phase(NOON + 3 * MINUTE).pause(NOON + MINUTE)
    assert run.events[-1].at == NOON + 3 * MINUTE
    assert run.used(2, NOON) == timedelta(0)


def test_after_the_end_nothing_can_be_done_and_time_stands_still() -> None:
    run = _started().end(NOON + MINUTE)
    with pytest.raises(ValueError, match="not going"):
        run.pause(NOON + 2 * MINUTE)
    assert run.elapsed(NOON + 60 * MINUTE) == MINUTE
    assert run.events[-1].kind is RunEventKind.ENDED


def test_the_gap_of_a_crash_counts_or_does_not_as_the_facilitator_says() -> None:
    run = _started()
    recovery = Recovery(session_id=SESSION, run=run, last_alive=NOON + MINUTE)
    back = NOON + 4 * MINUTE
    assert recovery.gap(back) == 3 * MINUTE
    assert recovery.continued(back, gap_counts=True).left_of_phase(back) == MINUTE
    assert recovery.continued(back, gap_counts=False).left_of_phase(back) == 4 * MINUTE
    assert recovery.gap(NOON) == timedelta(0)


def test_a_pause_survives_a_crash() -> None:
    run = _started().pause(NOON + MINUTE)
    recovery = Recovery(session_id=SESSION, run=run, last_alive=NOON + 2 * MINUTE)
    for counts in (True, False):
        run = recovery.continued(NOON + 9 * MINUTE, gap_counts=counts)
        assert run.is_paused
        assert run.left_of_phase(NOON + 9 * MINUTE) == 4 * MINUTE


def test_the_last_sign_of_life_is_the_later_of_event_and_heartbeat() -> None:
    events = _started().pause(NOON + MINUTE).events
    assert last_alive(events, None) == NOON + MINUTE
    assert last_alive(events, NOON) == NOON + MINUTE
    assert last_alive(events, NOON + 2 * MINUTE) == NOON + 2 * MINUTE


def test_minutes_belong_to_the_phase_they_were_given_in() -> None:
    run = _started().adjust(NOON, 5).next_phase(NOON).adjust(NOON, -1)
    assert run.planned(1) == 10 * MINUTE
    assert run.planned(2) == 4 * MINUTE
    assert replace(run, events=run.events[:1]).planned(1) == 5 * MINUTE
