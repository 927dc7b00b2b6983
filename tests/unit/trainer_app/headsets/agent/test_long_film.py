"""A film of 40 minutes: what is kept of it does not grow, and its receipt is that of all its minutes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import cast

import pytest

from headset_agent.protocol.clock import ClockEstimate
from tests.fakes.agents import SECOND, a_plan, a_report
from tests.fakes.groups import identity
from tests.fakes.held import held_bytes
from trainer_app.domain.headset_state import PlayMode
from trainer_app.headsets.agent.chronicle import Chronicle
from trainer_app.headsets.agent.follower import Follower
from trainer_app.headsets.agent.hindsight import Hindsight, KnownClock
from trainer_app.headsets.agent.member import Member

MS = SECOND // 1000
START_NS = 1000 * SECOND
MINUTE_NS = 60 * SECOND
REPORTS_NS = 200 * MS


class Player:
    """One headset of the group, as far as the receipt looks at it; its clock is an hour ahead of ours."""

    def __init__(self, number: int, ahead_ms: float) -> None:
        self.identity = identity(number)
        self.serial = self.identity.serial
        self.joined = True
        self.play_mode = PlayMode.VR
        self.follower = Follower()
        self.ahead_ms = self._ahead_at_first_ms = ahead_ms
        self._hindsight = Hindsight()
        self.follower.is_given(a_plan(), late=False)

    def clock(self, at_ns: int) -> ClockEstimate:
        return ClockEstimate(at_ns=at_ns, offset_ns=3600.0 * SECOND, uncertainty_ns=0, drift=0, rtt_ns=0)

    def surest_clock(self) -> ClockEstimate:
        return self.clock(START_NS)

    def reports(self, at_ns: int) -> None:
        now = self.clock(at_ns)
        if self._hindsight.wants(at_ns):
            self._hindsight.note(now)
        report = a_report(
            at_ms=now.to_remote(at_ns) / MS,
            position_s=(at_ns - START_NS) / SECOND + self.ahead_ms / 1000,
            started_ms=now.to_remote(START_NS + round(100 - self._ahead_at_first_ms) * MS) / MS,
            immersive=True,
            visible="visible",
        )
        self.follower.takes(report, partial(KnownClock, now, self._hindsight))


def minutes(players: list[Player], chronicle: Chronicle, count: int) -> Iterator[int]:
    """Let the film go on, minute after minute; it is settled once a second, as a group does."""
    members = cast("list[Member]", players)
    for minute in range(count):
        begin_ns = START_NS + minute * MINUTE_NS
        yield minute
        for at_ns in range(begin_ns, begin_ns + MINUTE_NS, REPORTS_NS):
            for player in players:
                player.reports(at_ns)
            if at_ns % SECOND == 0:
                chronicle.settle("p", members, at_ns)


def test_what_is_kept_of_a_film_does_not_grow_with_it() -> None:
    players = [Player(1, ahead_ms=2.0), Player(2, ahead_ms=-3.0)]
    chronicle = Chronicle()
    chronicle.starts(START_NS)
    held = {}
    for minute in minutes(players, chronicle, 41):
        held[minute] = held_bytes(chronicle, *(player.follower for player in players))
        # For one minute they are further apart than before and after.
        players[0].ahead_ms = 32.0 if minute == 20 else 2.0
    assert held[40] - held[5] < 200
    assert max(held.values()) < 250_000

    chronicle.ends(START_NS + 41 * MINUTE_NS)
    receipt = chronicle.receipt("p", "ab", cast("list[Member]", players))
    assert receipt.instants == pytest.approx(41 * 600, abs=3)
    assert receipt.start_spread_ms == pytest.approx(5.0, abs=0.01)
    found = receipt.spread_ms
    assert found is not None
    assert (found.p50, found.p95, found.p99, found.max) == pytest.approx((5.0, 5.0, 35.0, 35.0), abs=0.011)
    over_time, ahead = receipt.spread, receipt.headsets[0].ahead
    assert over_time is not None
    assert ahead is not None
    wide = {step * over_time.step_s for step, high in enumerate(over_time.high_ms) if high and high > 30}
    assert 20 * 60 - over_time.step_s <= min(wide) <= 20 * 60 + over_time.step_s
    assert 21 * 60 - over_time.step_s <= max(wide) <= 21 * 60 + over_time.step_s
    assert ahead.largest_ms == 17.5
    assert all(headset.absences == () for headset in receipt.headsets)
