"""What is played: the plan, which both conversations carry, and the terms of films and pages (sans-IO).

A plan says which film, in which state, and the line that gives the media position at any instant of the
agent's clock.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import msgspec

MOST_CHARACTERS = 120
"""Of a text for the wearer: what can be read while a film goes on."""

CHANGE_S = 3.0
"""From the end of a film to the start of the next: time for every page to load it."""

WearerText = Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_CHARACTERS)]


class Action(Enum):
    """What a plan asks of the page."""

    IDLE = "idle"
    PREPARE = "prepare"
    PLAY = "play"
    PAUSE = "pause"
    STOP = "stop"


class PageState(Enum):
    """What the page says it does."""

    WAITING = "waiting"
    """The calm screen with the headset's number."""
    LOADING = "loading"
    READY = "ready"
    """Film loaded and at the plan's position; it can play through."""
    PLAYING = "playing"
    PAUSED = "paused"
    STALLED = "stalled"
    """Should play, but the decoder has no data."""
    ENDED = "ended"
    STOPPED = "stopped"
    """Silent and dark."""
    FAILED = "failed"


class Projection(Enum):
    """How the picture lies on the sphere; named as in the film library."""

    EQUIRECT = "equirect"
    EQUIRECT_180 = "equirect180"
    FLAT = "flat"


class Stereo(Enum):
    """Where the picture of each eye lies in the frame."""

    MONO = "mono"
    TOP_BOTTOM = "top-bottom"
    LEFT_RIGHT = "left-right"


class Picture(Enum):
    """How the wearer gets to see the film in VR."""

    LAYER = "layer"
    """The browser lays it around the wearer by itself, at the rate of the display."""
    SPHERE = "sphere"
    """The page draws it, frame by frame."""


class PlayMode(Enum):
    """How a headset plays; the foot of its tile says so."""

    VR = "vr"
    TETHERED = "tethered"
    MANUAL = "manual"
    NONE = "none"


class FilmRef(msgspec.Struct, frozen=True, kw_only=True):
    """A film as the page needs it.

    Attributes:
        sha256: Lower-case hex.
        stops_s: Stop-points, ascending: a line that comes to one stands still there until a newer word.
    """

    sha256: str
    duration_s: float
    projection: Projection = Projection.EQUIRECT
    stereo: Stereo = Stereo.MONO
    stops_s: tuple[float, ...] = ()


class Plan(msgspec.Struct, frozen=True, kw_only=True, tag="plan"):
    """Which film is to be where, when, on this agent's clock.

    While ``action`` is ``play``, the media position at agent time *t* is
    ``position_s + (t - anchor_ns) * 1e-9 * rate``; before ``anchor_ns`` the page holds ``position_s``.
    With any other action the position is ``position_s`` and ``anchor_ns`` says when it takes effect
    (0: at once). At a stop-point and at the film's end the line turns by itself: see ``timeline.turned``.

    Attributes:
        plan_id: Names one start of one film; a new one means "from the beginning: load, seek".
        revision: Counts up within a plan_id; an older one that arrives late is ignored.
        anchor_ns: Agent clock, nanoseconds.
        position_s: Media seconds at the anchor.
        rate: Media seconds per second *of the agent's clock*: 1 plus the drift of this agent's clock
            against the group's, about 1 +- 1e-4.
        film: None only for ``idle`` and ``stop``.
        then: Films that follow, each from its beginning, :data:`CHANGE_S` after the end of the one before.
        loops: After the last of them ``film`` comes again, and so on.
    """

    plan_id: str
    revision: int
    action: Action
    anchor_ns: int = 0
    position_s: float = 0.0
    rate: float = 1.0
    film: FilmRef | None = None
    then: tuple[FilmRef, ...] = ()
    loops: bool = False
