"""What a packet suffers on its way through the air; no I/O.

Each direction of each link has its own :class:`Air`. What a packet takes wanders between the least and the
most, all of it equally likely in the long run, and never so fast that one packet would overtake another:
packets that leave together suffer alike, and the order is kept, as a radio keeps it (a station that misses a
frame holds back those behind it). With ``reorders`` each packet takes a time of its own instead, as across a
network of several ways.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

_STEEPEST = 0.5
"""Seconds that the delay changes by in a second, at the most: at 1 packets would overtake one another."""

_TURNS_PER_S = 10.0
_FORGOTTEN_S = 2.0
"""After such a pause the delay may be anywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weather:
    """How bad it is.

    Attributes:
        delay_ms: What a packet takes on the average.
        jitter_ms: It takes so much more or less at the most, all of it equally likely.
        loss: Share of the packets that are lost.
        reorders: Packets may overtake one another.
    """

    delay_ms: float = 0.0
    jitter_ms: float = 0.0
    loss: float = 0.0
    reorders: bool = False


CLEAR = Weather()
BAD_WIFI = Weather(delay_ms=20.0, jitter_ms=10.0, loss=0.01)


@dataclass(slots=True)
class Count:
    """Packets so far."""

    carried: int = 0
    lost: int = 0


class Air:
    """One direction of one link."""

    def __init__(self, dice: random.Random) -> None:
        self.weather = CLEAR
        self.cut = False
        self.count = Count()
        self._dice = dice
        self._at_s = float("-inf")
        self._turns_at_s = float("-inf")
        self._place = 0.0
        self._heading = 1.0

    def arrival(self, now_s: float) -> float | None:
        """When a packet that is sent now arrives, seconds; None: never. Instants never go back."""
        weather = self.weather
        if self.cut or self._dice.random() < weather.loss:
            self.count.lost += 1
            return None
        self.count.carried += 1
        if weather.jitter_ms == 0.0:
            return now_s + weather.delay_ms / 1e3
        share = self._dice.uniform(-1.0, 1.0) if weather.reorders else self._wander(now_s)
        return now_s + max(0.0, weather.delay_ms + weather.jitter_ms * share) / 1e3

    def _wander(self, now_s: float) -> float:
        """Where between the least (-1) and the most (1) the delay is by now."""
        if now_s - self._at_s > _FORGOTTEN_S:
            self._at_s = self._turns_at_s = now_s
            self._place = self._dice.uniform(0.0, 4.0)
        speed = _STEEPEST * 1e3 / self.weather.jitter_ms
        while self._turns_at_s < now_s:
            self._go(self._turns_at_s, speed)
            self._heading = self._dice.choice((-1.0, 1.0))
            self._turns_at_s += self._dice.expovariate(_TURNS_PER_S)
        self._go(now_s, speed)
        # To and fro between two walls is a way round a circle, seen from the side.
        return 1.0 - abs(self._place % 4.0 - 2.0)

    def _go(self, until_s: float, speed: float) -> None:
        self._place += self._heading * speed * (until_s - self._at_s)
        self._at_s = until_s
