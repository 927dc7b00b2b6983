"""Two laptops never command one headset, and a laptop that is gone does not lock it for long."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from headset_agent.lease import LEASE_NS, Holder, Lease

ANNA = Holder("a", "Annas pc")
BERIT = Holder("b", "Berits pc")
MS = 1_000_000


def test_second_controller_waits_for_the_first() -> None:
    lease = Lease()
    assert lease.acquire(ANNA, 0)
    assert not lease.acquire(BERIT, 1)
    assert lease.holder(1) == ANNA


def test_silence_ends_the_lease() -> None:
    lease = Lease()
    lease.acquire(ANNA, 0)
    assert not lease.acquire(BERIT, LEASE_NS - 1)
    assert lease.acquire(BERIT, LEASE_NS)
    assert lease.epoch == 2


def test_heartbeats_keep_it() -> None:
    lease = Lease()
    lease.acquire(ANNA, 0)
    assert lease.renew("a", LEASE_NS - 1)
    assert not lease.acquire(BERIT, LEASE_NS)


def test_who_was_succeeded_cannot_renew() -> None:
    lease = Lease()
    lease.acquire(ANNA, 0)
    lease.acquire(BERIT, LEASE_NS)
    assert not lease.renew("a", LEASE_NS + 1)
    assert lease.holder(LEASE_NS + 1) == BERIT


def test_late_heartbeat_takes_a_free_lease_again_without_a_new_epoch() -> None:
    lease = Lease()
    lease.acquire(ANNA, 0)
    assert lease.renew("a", 2 * LEASE_NS)
    assert (lease.holder(2 * LEASE_NS), lease.epoch) == (ANNA, 1)


def test_given_back_is_free_at_once() -> None:
    lease = Lease()
    lease.acquire(ANNA, 0)
    lease.release("b")
    assert lease.holder(0) == ANNA
    lease.release("a")
    assert lease.acquire(BERIT, 0)


def test_the_rest_of_the_time_is_rounded_up() -> None:
    """0 means "they are there": less than a millisecond left must not look like that."""
    lease = Lease()
    lease.acquire(ANNA, 0)
    assert lease.left_ms(LEASE_NS - 1) == 1
    assert lease.left_ms(LEASE_NS - MS) == 1
    assert lease.left_ms(LEASE_NS) == 0
    assert lease.left_ms(2 * LEASE_NS) == 0


class LeaseMachine(RuleBasedStateMachine):
    """Against the plainest model: who holds it, until when, and how often that changed."""

    def __init__(self) -> None:
        super().__init__()
        self.lease = Lease()
        self.now = 0
        self.holder: str | None = None
        self.until = 0
        self.epoch = 0

    @rule(ns=st.integers(0, 2 * LEASE_NS))
    def time_passes(self, ns: int) -> None:
        self.now += ns

    @rule(who=st.sampled_from("abc"))
    def somebody_asks(self, who: str) -> None:
        free = self.now >= self.until or self.holder in (None, who)
        assert self.lease.acquire(Holder(who, who), self.now) == free
        if free:
            self._holds(who)

    @rule(who=st.sampled_from("abc"))
    def heartbeat(self, who: str) -> None:
        mine = self.holder == who
        assert self.lease.renew(who, self.now) == mine
        if mine:
            self._holds(who)

    @precondition(lambda self: self.holder is not None)
    @rule(who=st.sampled_from("abc"))
    def somebody_lets_go(self, who: str) -> None:
        self.lease.release(who)
        if self.holder == who:
            self.holder, self.until = None, 0

    @invariant()
    def agrees(self) -> None:
        there = self.lease.holder(self.now)
        assert (there.client if there else None) == (self.holder if self.now < self.until else None)
        assert self.lease.epoch == self.epoch
        assert (self.lease.left_ms(self.now) > 0) == (there is not None)

    def _holds(self, who: str) -> None:
        self.epoch += self.holder != who
        self.holder, self.until = who, self.now + LEASE_NS


TestLease = LeaseMachine.TestCase
