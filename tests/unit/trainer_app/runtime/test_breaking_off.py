"""Ctrl-C while a program gets ready is heard, also where it lands in somebody else's work."""

from __future__ import annotations

import contextlib
import signal

import pytest

from trainer_app.domain.errors import UserCancelled
from trainer_app.runtime.breaking_off import BreakingOff

either = pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])


@either
def test_it_breaks_off_what_is_under_way(number: signal.Signals) -> None:
    with BreakingOff(), pytest.raises(UserCancelled):
        signal.raise_signal(number)


@either
def test_what_swallowed_it_is_broken_off_at_the_next_look(number: signal.Signals) -> None:
    with BreakingOff() as breaking:
        breaking.look()
        with contextlib.suppress(Exception):  # as a library's callback does
            signal.raise_signal(number)
        with pytest.raises(UserCancelled):
            breaking.look()


@either
def test_afterwards_all_is_as_before(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with BreakingOff():
        assert signal.getsignal(number) != before
    assert signal.getsignal(number) == before
