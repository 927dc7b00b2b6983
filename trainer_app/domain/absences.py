"""When a wearer did not see the film, and why: spans of one headset in a playback, seconds from its start."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

SHORTEST_S = 1.0
"""What is shorter nobody remembers: a glance at the floor, a hand at the strap."""

_NEXT_REPORT_NS = 1_500_000_000
"""Between two reports further apart than this, nothing is known of the wearer."""


class AbsenceCause(Enum):
    """Why a wearer did not see the film."""

    LOST = "lost"
    """Nothing was heard of the headset; it may have played on by itself."""
    TAKEN_OFF = "taken_off"
    """Nobody looked into it."""
    NOT_IN_VR = "not_in_vr"
    """It did not show the film around the wearer, but flat, if at all."""
    ASLEEP = "asleep"
    """Its screen was off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """A span in which a wearer did not see the film, seconds from the start."""

    begin_s: float
    end_s: float
    cause: AbsenceCause

    @property
    def length_s(self) -> float:
        """How long it lasted, seconds."""
        return self.end_s - self.begin_s


@dataclass(slots=True)
class Attendance:
    """What the reports of one headset tell of its wearer; instants are nanoseconds."""

    spans: list[tuple[int, int, AbsenceCause]] = field(default_factory=list)

    def note(self, at_ns: int, cause: AbsenceCause | None) -> None:
        """The headset reports; ``cause``: why its wearer does not see the film, None: it is seen."""
        last = self.spans[-1] if self.spans else None
        if cause is None:
            return
        if last and last[2] is cause and 0 <= at_ns - last[1] <= _NEXT_REPORT_NS:
            self.spans[-1] = (last[0], at_ns, cause)
        elif last is None or at_ns > last[1]:
            self.spans.append((at_ns, at_ns, cause))

    def absences(self, start_ns: int, end_ns: int) -> list[Absence]:
        """The spans between two instants that were long enough to count."""
        cut = ((max(a, start_ns), min(b, end_ns), cause) for a, b, cause in self.spans)
        found = (
            Absence(begin_s=(a - start_ns) * 1e-9, end_s=(b - start_ns) * 1e-9, cause=cause)
            for a, b, cause in cut
        )
        return [one for one in found if one.length_s >= SHORTEST_S]


def lost(spans_s: Iterable[tuple[float, float]]) -> list[Absence]:
    """Spans in which nothing was heard, as absences."""
    return [Absence(begin_s=a, end_s=b, cause=AbsenceCause.LOST) for a, b in spans_s]


def in_order(*parts: Iterable[Absence]) -> tuple[Absence, ...]:
    """All of them, the earliest first."""
    return tuple(sorted((one for part in parts for one in part), key=lambda one: (one.begin_s, one.end_s)))


def explained(absences: Iterable[Absence], asleep_s: Sequence[float]) -> tuple[Absence, ...]:
    """The same, where the headset itself has said meanwhile that its screen was off.

    Args:
        absences: Of one headset.
        asleep_s: The instants at which it said so, seconds from the start.
    """
    return tuple(
        replace(one, cause=AbsenceCause.ASLEEP)
        if any(one.begin_s <= at_s <= one.end_s for at_s in asleep_s)
        else one
        for one in absences
    )
