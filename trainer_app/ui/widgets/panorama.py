"""Where a head direction lies on a panorama. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class GazeDot:
    """Where a headset looks.

    Attributes:
        yaw_deg: 0 is the middle of the film, positive to the right.
        pitch_deg: 0 is the horizon, positive up.
        is_off: It was taken off; this is where it last looked.
    """

    number: int
    yaw_deg: float
    pitch_deg: float
    is_off: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A panorama that fills a width; where the box is flatter than 2:1 its poles are outside.

    Attributes:
        width: Of the box, in pixels.
        height: Of the box, in pixels.
    """

    width: float
    height: float

    @property
    def picture_height(self) -> float:
        """Height of the whole panorama at this width; at least the box's."""
        return max(self.width / 2, self.height)

    @property
    def top(self) -> float:
        """Where the picture begins, relative to the box; negative when it is cut."""
        return (self.height - self.picture_height) / 2

    def place(self, yaw_deg: float, pitch_deg: float, margin: float = 0.0) -> tuple[float, float]:
        """The pixel of a direction; one at a pole that is outside lies at the edge, ``margin`` inside."""
        turned = (yaw_deg + 180) % 360
        x = turned / 360 * self.width
        y = self.top + (90 - min(90.0, max(-90.0, pitch_deg))) / 180 * self.picture_height
        return min(max(x, margin), self.width - margin), min(max(y, margin), self.height - margin)
