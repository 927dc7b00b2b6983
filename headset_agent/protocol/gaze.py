"""Where a wearer looks: the one convention of page, agent and laptop (sans-IO).

A *head direction* is two angles, in degrees, as the film lies around the wearer after the last recentring:
``yaw`` is 0 at the film's centre and grows to the right, ``pitch`` is 0 at the horizon and grows upwards.
What is told lies in -180 <= yaw < 180 and -90 <= pitch <= 90. At the poles every yaw is the same direction.

In WebXR's axes (x to the right, y upwards, -z ahead) yaw 0, pitch 0 is (0, 0, -1) and yaw 90 is (1, 0, 0).
On the frame of a whole panorama (of one eye), yaw -180 is the left edge and pitch 90 the upper one.

``web/gaze.js`` is the same in the page; the golden vectors hold the two together.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

UNIT_DEG = 0.1
"""What a page tells is rounded to this: a head is never held more quietly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadDirection:
    """Degrees from the film's centre, positive to the right and upwards; see the module."""

    yaw_deg: float
    pitch_deg: float


def direction_of(yaw_deg: float, pitch_deg: float) -> HeadDirection | None:
    """Return any two angles as a direction that lies in the convention's ranges; None of what is none.

    A yaw turns round as often as it likes; a pitch beyond a pole is not a direction that a head can have.
    """
    if not (math.isfinite(yaw_deg) and math.isfinite(pitch_deg)) or abs(pitch_deg) > 90.0 + UNIT_DEG:
        return None
    turned = math.remainder(yaw_deg, 360.0)
    return HeadDirection(
        yaw_deg=-180.0 if turned >= 180.0 else turned, pitch_deg=max(-90.0, min(90.0, pitch_deg))
    )


def direction_along(x: float, y: float, z: float) -> HeadDirection | None:
    """Return the direction of a vector of WebXR's axes, of whatever length; None where it has none."""
    length = math.hypot(x, y, z)
    if not math.isfinite(length) or length == 0.0:
        return None
    pitch = math.asin(max(-1.0, min(1.0, y / length)))
    return direction_of(math.degrees(math.atan2(x, -z)), math.degrees(pitch))


def vector_of(direction: HeadDirection) -> tuple[float, float, float]:
    """Return the unit vector of a direction, in WebXR's axes."""
    yaw, pitch = math.radians(direction.yaw_deg), math.radians(direction.pitch_deg)
    return math.cos(pitch) * math.sin(yaw), math.sin(pitch), -math.cos(pitch) * math.cos(yaw)


def place_on_panorama(direction: HeadDirection) -> tuple[float, float]:
    """Return where a direction lies on a whole panorama: 0 to 1 from the left and from the top."""
    return (direction.yaw_deg + 180.0) / 360.0 % 1.0, (90.0 - direction.pitch_deg) / 180.0
