"""When each of many headsets is asked about itself: one after the other, evenly over the period."""

from __future__ import annotations

from itertools import count

_GOLDEN = (5**0.5 - 1) / 2
"""Multiples of it fill a period evenly, however many there are of them."""

_LEAST_SHARE = 0.2
"""Nobody is asked again before this part of the period is over."""


class Rota:
    """The seats of all headsets that one loop looks after; each has its own moment in every period.

    A headset's answer is a dozen small programs over there. Those that are asked together keep everything
    else waiting, on the air and here, and a pause that begins with the answer brings them together: whoever
    is slowed down by the others ends with them, and begins with them the next time. So a moment is one of
    the clock, whatever the former answer took.
    """

    def __init__(self) -> None:
        self._taken: set[int] = set()

    def take(self) -> int:
        """Take the first seat that is free, until :meth:`leave`."""
        seat = next(number for number in count() if number not in self._taken)
        self._taken.add(seat)
        return seat

    def leave(self, seat: int) -> None:
        """Let somebody else have a seat."""
        self._taken.remove(seat)

    @staticmethod
    def wait_s(seat: int, period_s: float, now_s: float) -> float:
        """From ``now_s`` to a seat's next moment; not to one that is just now."""
        least_s = _LEAST_SHARE * period_s
        return least_s + (seat * _GOLDEN % 1 * period_s - now_s - least_s) % period_s
