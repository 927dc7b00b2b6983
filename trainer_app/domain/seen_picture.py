"""What the eye got to see of the film, as far as a headset's browser tells."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import Enum

_FAR_MS = 10_000.0
"""No picture is further from its film; whoever says so is noted with this."""


class PictureWay(Enum):
    """How the film is shown in VR; the values are those of the page's reports."""

    LAYER = "layer"
    """The browser lays it around the wearer by itself."""
    SPHERE = "sphere"
    """The page draws it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPicture:
    """How a headset showed the film, and how its picture was timed.

    Attributes:
        ways: In the order they were used; a second one tells that the first has failed. Empty: not in VR.
        behind_ms: Frames that the browser said it had presented, less the position it said the film had:
            above nil the picture comes after it. None: the browser tells of no frames, and what is known of
            the picture is the film's position only.
    """

    ways: tuple[PictureWay, ...] = ()
    behind_ms: float | None = None


@dataclass(slots=True)
class PictureLog:
    """The reports of one headset on its picture, during a playback."""

    ways: list[PictureWay] = field(default_factory=list)
    # How often each tenth of a millisecond was told: a long film has tens of thousands of reports.
    _behind: Counter[int] = field(default_factory=Counter)

    def note(self, way: PictureWay | None, behind_ms: float | None) -> None:
        """It reports; None: it tells nothing of the kind."""
        if way is not None and way not in self.ways:
            self.ways.append(way)
        if behind_ms is not None:
            self._behind[round(max(-_FAR_MS, min(behind_ms, _FAR_MS)) * 10)] += 1

    def summary(self) -> SeenPicture:
        """What is kept of it."""
        return SeenPicture(ways=tuple(self.ways), behind_ms=self._median_ms())

    def _median_ms(self) -> float | None:
        left = self._behind.total() / 2
        for tenths, times in sorted(self._behind.items()):
            left -= times
            if left <= 0:
                return tenths / 10
        return None
