"""What agent and player page say to one another (msgspec structs; sans-IO).

Over a web socket, one JSON object a text frame. Times are floats of milliseconds (a double holds a monotonic
millisecond clock to a few nanoseconds for years; integers of nanoseconds would leave JavaScript's exact range
after 104 days). Every struct is tagged by ``type``; see ``messages``.
"""

from __future__ import annotations

import msgspec

from headset_agent.protocol.playing import Action, FilmRef, PageState, Picture, WearerText

# --- agent -> page ------------------------------------------------------------------------------------


class PagePlan(msgspec.Struct, frozen=True, kw_only=True, tag="plan"):
    """:class:`Plan` for the page: the anchor in milliseconds of the agent's clock, each film with its path.

    ``then_urls``: of the films in ``then``, in their order.
    """

    plan_id: str
    revision: int
    action: Action
    anchor_ms: float = 0.0
    position_s: float = 0.0
    rate: float = 1.0
    film: FilmRef | None = None
    film_url: str | None = None
    then: tuple[FilmRef, ...] = ()
    then_urls: tuple[str, ...] = ()
    loops: bool = False


class PageWelcome(msgspec.Struct, frozen=True, kw_only=True, tag="welcome"):
    """First frame to the page, and again when something of it changes.

    ``texts`` maps catalogue keys to ready sentences of ``lang``; ``colour`` and ``ink`` are the fill and
    text colour (``#RRGGBB``) of the headset's number chip. ``tethered``: the agent is at the other end of a
    cable, so a page that loses it is silent and dark until it is back.
    """

    version: int
    lang: str
    number: int
    colour: str
    ink: str
    texts: dict[str, str]
    tethered: bool = False


class PagePong(msgspec.Struct, frozen=True, kw_only=True, tag="pong"):
    """Answer to :class:`PagePing`: t1 of the page's clock given back, t2 and t3 of the agent's clock, ms."""

    seq: int
    t1: float
    t2: float
    t3: float


class PageStop(msgspec.Struct, frozen=True, kw_only=True, tag="stop"):
    """Silent and dark, now, whatever the plan says; answered by :class:`PageStopped`."""

    seq: int


class PageIdentify(msgspec.Struct, frozen=True, kw_only=True, tag="identify"):
    """Show the number large and sound a tone for so many seconds, also while a film plays."""

    seconds: float


class PageText(msgspec.Struct, frozen=True, kw_only=True, tag="text"):
    """Show the facilitator's words for so many seconds, also while a film plays; a newer text replaces it."""

    text: WearerText
    seconds: float


class PageRecentre(msgspec.Struct, frozen=True, kw_only=True, tag="recentre"):
    """Let the film's centre be where the wearer's head points now; up and down stay as they are."""


class PageVolume(msgspec.Struct, frozen=True, kw_only=True, tag="volume"):
    """Loudness of the film, 0 to 1."""

    level: float


# --- page -> agent ------------------------------------------------------------------------------------


class PageHello(msgspec.Struct, frozen=True, kw_only=True, tag="hello"):
    """First frame from the page: what this browser can do."""

    version: int
    user_agent: str
    xr: bool
    """``navigator.xr`` says that immersive-vr is supported."""
    layers: bool = False
    video_frame_callback: bool = False
    max_texture: int = 0


class PagePing(msgspec.Struct, frozen=True, kw_only=True, tag="ping"):
    """Clock exchange; t1 is the page's ``performance.now()``."""

    seq: int
    t1: float


class PageReport(msgspec.Struct, frozen=True, kw_only=True, tag="report"):
    """What the page does: at every change, and ten times a second while a film plays on its line.

    A film that is prepared or paused is told of four times a second, a page without one once.

    Attributes:
        at_ms: Agent clock (the page's own estimate of it) at which ``position_s`` held.
        at_uncertainty_ms: Largest possible error of ``at_ms``.
        position_s: Media position.
        playback_rate: What the drift control has set.
        immersive: An immersive session runs.
        visible: XRSession.visibilityState ("visible", "visible-blurred", "hidden"), or None outside one.
        yaw_deg: Head direction, degrees; 0 is the centre of the film, positive to the right.
        pitch_deg: Positive upwards.
        presented_ms: Agent clock of the last presented video frame; None where the browser does not tell.
        presented_s: Media time of that frame.
        rate_changes: Corrections by rate since the plan began (a stretch of one rate is one).
        seeks: Corrections by seek since the plan began.
        stalls: Times the decoder ran dry since the plan began.
        dropped_frames: Of VideoPlaybackQuality.
        started_ms: Agent clock at which the position passed the plan's first position + 100 ms, or None.
        dark: The picture is black.
        silent: No sound comes out.
        picture: How the film is shown in VR; None while it is not.
    """

    plan_id: str | None
    revision: int
    state: PageState
    at_ms: float
    at_uncertainty_ms: float
    position_s: float = 0.0
    playback_rate: float = 1.0
    immersive: bool = False
    visible: str | None = None
    yaw_deg: float | None = None
    pitch_deg: float | None = None
    presented_ms: float | None = None
    presented_s: float | None = None
    rate_changes: int = 0
    seeks: int = 0
    stalls: int = 0
    dropped_frames: int = 0
    started_ms: float | None = None
    dark: bool = False
    silent: bool = False
    picture: Picture | None = None


class PageStopped(msgspec.Struct, frozen=True, kw_only=True, tag="stopped"):
    """The page is silent and dark; ``seq`` of the stop it answers."""

    seq: int
    at_ms: float


class PageProblem(msgspec.Struct, frozen=True, kw_only=True, tag="problem"):
    """Something failed in the page.

    ``code`` is one of: ``film_not_found``, ``film_not_playable``, ``xr_unsupported``, ``xr_refused``,
    ``xr_gesture``, ``xr_ended``, ``graphics``, ``no_layer`` (the film is drawn by the page instead),
    ``internal``. ``detail`` is the browser's own text, for the log.
    """

    code: str
    detail: str = ""


AgentToPage = (
    PageWelcome | PagePlan | PagePong | PageStop | PageIdentify | PageText | PageRecentre | PageVolume
)
PageToAgent = PageHello | PagePing | PageReport | PageStopped | PageProblem
