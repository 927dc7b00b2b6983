"""Keeps a player beside the group's film: when it is to begin, stand, run a little faster, or leap. No I/O.

VLC keeps its pace to the laptop's clock by itself, so after a start only a constant distance is left. It is
judged by a few words of where the film is (some four a second), made good in one go by rate, and judged anew:
nothing swings. A start is ordered early by what earlier starts have taken.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from statistics import median

from trainer_app.services.ports.film_course import FilmMoment

DEAD_BAND_S = 0.012
"""Nearer than this it is left alone."""

FAR_S = 1.0
"""Further away it leaps."""

_STRONGEST = 0.05
_LEAST_S = 0.2
_USUAL_S = 1.0
"""How long a correction takes, unless it would have to be too strong."""

_QUEUED_S = 0.33
"""So much of the film had its time before a change of rate, and gets the new one too (measured, VLC 3)."""

_SHOWN_AFTER_S = 0.008
"""From where VLC says the film is to the picture on the screen (measured: 6 to 12 ms)."""

_STANDS_AFTER_S = 0.15
"""A leap that is ordered sooner after the order to hold shows another picture than the one that was meant."""

_SETTLES_S = 0.45
_WORDS = 3
_SAME_PLACE_S = 0.005
_LEAP_REST_S = 2.0
_LATEST_START_S = 0.5
_NS = 1_000_000_000


class Act(Enum):
    """What the player is asked to do."""

    HOLD = "hold"
    LEAP = "leap"
    RUN = "run"
    RATE = "rate"


@dataclass(frozen=True, slots=True)
class Order:
    """One thing to do now. ``value``: seconds of film for ``LEAP``, the rate for ``RATE``."""

    act: Act
    value: float = 0.0


@dataclass(slots=True)
class Learned:
    """What this laptop takes, in seconds; kept from film to film.

    Attributes:
        start_s: From the order to run to a film that moves.
        leap_s: From the order to leap, while it runs, to a film that moves there.
    """

    start_s: float = 0.03
    leap_s: float = 0.1


@dataclass(slots=True)
class Steering:
    """Of one film that is open in a player; it stands at its beginning at first."""

    learned: Learned = field(default_factory=Learned)
    _runs: bool = False
    _held_at_s: float | None = None
    _calm_from_ns: int = 0
    _errors: list[float] = field(default_factory=list)
    _rate_until_ns: int | None = None
    _next_leap_ns: int = 0
    _stands_from_ns: int = 0
    _teaches: str = ""

    def step(self, now_ns: int, moment: FilmMoment) -> list[Order]:
        """What is to be done now; asked at least every 20 ms, and at :meth:`due_ns`."""
        if moment.moves:
            return self._keep_up(now_ns, moment) if self._runs else self._join(now_ns, moment)
        orders = self._stand(now_ns, moment)
        begins_ns = moment.moves_at_ns
        if not self._runs and begins_ns is not None and now_ns >= self._start_ns(begins_ns):
            orders.append(self._run(now_ns))
        return orders

    def opened(self, now_ns: int) -> None:
        """The film has just been opened, and was told to stand."""
        self._stands_from_ns = now_ns + round(_STANDS_AFTER_S * _NS)

    def due_ns(self, moment: FilmMoment) -> int | None:
        """The instant at which the next step is due, where it has to be met."""
        if self._rate_until_ns is not None:
            return self._rate_until_ns
        return None if moment.moves_at_ns is None or self._runs else self._start_ns(moment.moves_at_ns)

    def hear(self, heard_ns: int, said_s: float, should_s: float) -> None:
        """The player says where it is; ``should_s``: where it ought to be at that instant."""
        if self._runs and self._rate_until_ns is None and heard_ns >= self._calm_from_ns:
            self._errors = [*self._errors[1 - _WORDS :], said_s - _SHOWN_AFTER_S - should_s]

    @property
    def error_s(self) -> float | None:
        """How far ahead of the group it is, as of its last words; None: not known yet."""
        return median(self._errors) if len(self._errors) >= _WORDS else None

    # --- inside ------------------------------------------------------------------------------------------

    def _start_ns(self, moves_at_ns: int) -> int:
        return moves_at_ns - round(self.learned.start_s * _NS)

    def _stand(self, now_ns: int, moment: FilmMoment) -> list[Order]:
        if self._runs and moment.moves_at_ns is not None and self._held_at_s == moment.position_s:
            return []  # it has begun, early by what a start takes
        orders = []
        if self._runs:
            orders.append(Order(Act.HOLD))
            self._runs, self._held_at_s = False, None
            self._stands_from_ns = now_ns + round(_STANDS_AFTER_S * _NS)
            orders += self._to_usual_rate()
        elsewhere = self._held_at_s is None or abs(self._held_at_s - moment.position_s) > _SAME_PLACE_S
        if elsewhere and now_ns >= self._stands_from_ns:
            orders.append(Order(Act.LEAP, moment.position_s))
            self._held_at_s = moment.position_s
        return orders

    def _join(self, now_ns: int, moment: FilmMoment) -> list[Order]:
        """It stands, and the group moves: it was opened late."""
        begins = self._held_at_s is not None and abs(moment.position_s - self._held_at_s) < DEAD_BAND_S
        if begins:
            return [self._run(now_ns)]
        return [self._leap(now_ns, moment), self._run(now_ns, teaches="leap")]

    def _keep_up(self, now_ns: int, moment: FilmMoment) -> list[Order]:
        if self._rate_until_ns is not None:
            return self._end_correction(now_ns) if now_ns >= self._rate_until_ns else []
        error_s = self.error_s
        if error_s is None:
            return []
        self._learn(error_s)
        if abs(error_s) <= DEAD_BAND_S:
            return []
        if abs(error_s) <= FAR_S:
            return [self._correct(now_ns, error_s)]
        if now_ns < self._next_leap_ns:
            return []
        return [self._leap(now_ns, moment)]

    def _run(self, now_ns: int, teaches: str = "start") -> Order:
        self._runs, self._teaches = True, teaches
        self._calm(now_ns)
        return Order(Act.RUN)

    def _leap(self, now_ns: int, moment: FilmMoment) -> Order:
        self._teaches = "leap"
        self._next_leap_ns = now_ns + round(_LEAP_REST_S * _NS)
        self._calm(now_ns)
        self._held_at_s = None
        return Order(Act.LEAP, moment.position_s + self.learned.leap_s)

    def _correct(self, now_ns: int, error_s: float) -> Order:
        part = -error_s / (_USUAL_S + _QUEUED_S)
        part = max(-_STRONGEST, min(_STRONGEST, part))
        lasts_s = max(_LEAST_S, -error_s / part - _QUEUED_S)
        self._rate_until_ns = now_ns + round(lasts_s * _NS)
        return Order(Act.RATE, 1 + part)

    def _end_correction(self, now_ns: int) -> list[Order]:
        orders = self._to_usual_rate()
        self._calm(now_ns)
        return orders

    def _to_usual_rate(self) -> list[Order]:
        if self._rate_until_ns is None:
            return []
        self._rate_until_ns = None
        return [Order(Act.RATE, 1.0)]

    def _calm(self, now_ns: int) -> None:
        self._errors = []
        self._calm_from_ns = now_ns + round(_SETTLES_S * _NS)

    def _learn(self, error_s: float) -> None:
        """The first error after a start or leap says what that has taken; of it half is believed."""
        what, self._teaches = self._teaches, ""
        if what == "start":
            self.learned.start_s = _bounded(self.learned.start_s - error_s / 2)
        elif what == "leap":
            self.learned.leap_s = _bounded(self.learned.leap_s - error_s / 2)


def _bounded(seconds: float) -> float:
    return min(_LATEST_START_S, max(0.0, seconds))
