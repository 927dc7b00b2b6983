"""Made-up wearers of virtual headsets: where each looks at a moment of the film.

They mostly follow what happens in the film, which is somewhere else every now and then; one is quicker than
another, each sits a little differently, and some look away for a moment. The same wearer at the same moment
always looks the same way, so that a test or a demo can be repeated.
"""

from __future__ import annotations

import math

from headset_agent.protocol.gaze import HeadDirection

_SCENE_S = 12.0
"""So long something goes on in one place."""

_SCENES = ((-24.0, 2.0), (38.0, -4.0), (-24.0, 2.0), (62.0, 6.0), (8.0, -8.0), (-78.0, 0.0))
"""Where: yaw and pitch, degrees."""

_TURN_S = 0.8
"""A head takes about so long to arrive."""

_GLANCE_EVERY, _GLANCE_S, _GLANCE_DEG = 17.0, 2.5, 70.0
"""Now and then each looks at something of their own."""


def looks_at(wearer: int, position_s: float) -> HeadDirection:
    """Where a wearer (counted from 1) looks, ``position_s`` into the film; 0 is a head that is held still."""
    if not wearer:
        return HeadDirection(yaw_deg=0.0, pitch_deg=0.0)
    late_s = 0.4 + 0.35 * (wearer % 5)
    yaw, pitch = _followed(position_s - late_s)
    # Five are told apart: three degrees are less than one looks at, and more than a dot is wide.
    yaw += 3.0 * ((wearer * 2) % 5 - 2) + 2.0 * math.sin(position_s / 1.7 + wearer)
    pitch += 1.5 * math.sin(position_s / 2.3 + 2 * wearer)
    yaw += _GLANCE_DEG * _glance(position_s + wearer * 3.7) * (1 if wearer % 2 else -1)
    return HeadDirection(yaw_deg=round(yaw, 1), pitch_deg=round(pitch, 1))


def _followed(at_s: float) -> tuple[float, float]:
    """On the way from one scene to the next, or there."""
    number = math.floor(at_s / _SCENE_S)
    share = min(1.0, (at_s - number * _SCENE_S) / _TURN_S)
    eased = share * share * (3.0 - 2.0 * share)
    before, there = _scene(number - 1), _scene(number)
    return (
        before[0] + (there[0] - before[0]) * eased,
        before[1] + (there[1] - before[1]) * eased,
    )


def _scene(number: int) -> tuple[float, float]:
    return _SCENES[max(0, number) % len(_SCENES)]


def _glance(at_s: float) -> float:
    """How far away somebody looks: 0, or for a moment up to 1."""
    within = at_s % _GLANCE_EVERY
    return math.sin(math.pi * within / _GLANCE_S) ** 2 if within < _GLANCE_S else 0.0
