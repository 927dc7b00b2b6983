"""What laptop, agent and player page say to one another (msgspec structs; sans-IO).

Three conversations share this module:

* *control*: laptop <-> agent over an ADB ``tcp:`` stream, one JSON object a line. The first line of a
  connection is :class:`Hello`, which names the connection's role; the answer is :class:`Welcome` or
  :class:`Refused`. Times are integers of nanoseconds.
* *page*: agent <-> player page over a web socket, one JSON object a text frame. Times are floats of
  milliseconds (a double holds a monotonic millisecond clock to a few nanoseconds for years; integers of
  nanoseconds would leave JavaScript's exact range after 104 days).
* *plan*: the one thing both carry: which film, in which state, and the line that gives the media position
  at any instant of the agent's clock.

Every struct is tagged by ``type``. Unknown fields are ignored on receipt, unknown types are an error:
laptop and agent are always of one build (the agent is pushed by the laptop), so this is a check, not a
negotiation.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated, TypeVar

import msgspec

from headset_agent.protocol.care_messages import CareNow, KeepAwake, LetSleep

PROTOCOL_VERSION = 1
"""Raised with every change that an older peer would misread."""

CONTROL_PORT = 29360
"""The agent's control port on the headset's localhost."""

HTTP_PORT = 29361
"""Page, films and web socket. Fixed, because a headset's browser asks for VR consent once per origin."""

MAX_LINE = 1 << 20
"""Bytes of the longest control line; a longer one is a malformed peer."""

FILM_STEP = 2 << 20
"""Bytes of a film after which the agent says that they are stored."""

FILM_WINDOW = 6 << 20
"""Bytes of a film that may be on their way: what a cut costs, because they have to be sent again."""

FILM_ROOM = 8 << 20
"""Bytes that a film leaves free: a headset whose storage is full to the last byte misbehaves."""

MOST_CHARACTERS = 120
"""Of a text for the wearer: what can be read while a film goes on."""

WearerText = Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_CHARACTERS)]


class Role(Enum):
    """What a control connection is for; each kind has a stream of its own."""

    CONTROL = "control"
    """Commands and events. One controller at a time, by lease."""
    CLOCK = "clock"
    """Nothing but :class:`ClockPing`; so that no other traffic delays a time stamp."""
    STOP = "stop"
    """Nothing but :class:`StopNow`; needs the token, never the lease."""
    STORE = "store"
    """Films: what is there, what is to come. Needs no lease: filling never takes a group over."""
    FILM = "film"
    """One film's bytes: a :class:`FilmStream`, and once that is :class:`Done`, nothing but the bytes."""


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


class PlayMode(Enum):
    """How a headset plays; the foot of its tile says so."""

    VR = "vr"
    TETHERED = "tethered"
    MANUAL = "manual"


# --- the plan -----------------------------------------------------------------------------------------


class FilmRef(msgspec.Struct, frozen=True, kw_only=True):
    """A film as the page needs it. ``sha256`` is lower-case hex."""

    sha256: str
    duration_s: float
    projection: Projection = Projection.EQUIRECT
    stereo: Stereo = Stereo.MONO


class Plan(msgspec.Struct, frozen=True, kw_only=True, tag="plan"):
    """Which film is to be where, when, on this agent's clock.

    While ``action`` is ``play``, the media position at agent time *t* is
    ``position_s + (t - anchor_ns) * 1e-9 * rate``; before ``anchor_ns`` the page holds ``position_s``.
    With any other action the position is ``position_s`` and ``anchor_ns`` says when it takes effect
    (0: at once).

    Attributes:
        plan_id: Names one start of one film; a new one means "from the beginning: load, seek".
        revision: Counts up within a plan_id; an older one that arrives late is ignored.
        anchor_ns: Agent clock, nanoseconds.
        position_s: Media seconds at the anchor.
        rate: Media seconds per second *of the agent's clock*: 1 plus the drift of this agent's clock
            against the group's, about 1 +- 1e-4.
        film: None only for ``idle`` and ``stop``.
    """

    plan_id: str
    revision: int
    action: Action
    anchor_ns: int = 0
    position_s: float = 0.0
    rate: float = 1.0
    film: FilmRef | None = None


class PagePlan(msgspec.Struct, frozen=True, kw_only=True, tag="plan"):
    """:class:`Plan` for the page: the anchor in milliseconds of the agent's clock, the film with its path."""

    plan_id: str
    revision: int
    action: Action
    anchor_ms: float = 0.0
    position_s: float = 0.0
    rate: float = 1.0
    film: FilmRef | None = None
    film_url: str | None = None


# --- agent -> page ------------------------------------------------------------------------------------


class PageWelcome(msgspec.Struct, frozen=True, kw_only=True, tag="welcome"):
    """First frame to the page, and again when something of it changes.

    ``texts`` maps catalogue keys to ready sentences of ``lang``; ``colour`` and ``ink`` are the fill and
    text colour (``#RRGGBB``) of the headset's number chip.
    """

    version: int
    lang: str
    number: int
    colour: str
    ink: str
    texts: dict[str, str]


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
    """What the page does, ten times a second while a film is prepared or plays, else once a second.

    Attributes:
        at_ms: Agent clock (the page's own estimate of it) at which ``position_s`` held.
        at_uncertainty_ms: Largest possible error of ``at_ms``.
        position_s: Media position.
        playback_rate: What the drift control has set.
        immersive: An immersive session runs.
        visible: XRSession.visibilityState ("visible", "visible-blurred", "hidden"), or None outside one.
        yaw_deg: Head direction, degrees; 0 is the centre of the film, positive to the right.
        pitch_deg: Positive upwards.
        presented_ms: Agent clock of the last presented video frame, where the browser tells.
        presented_s: Media time of that frame.
        rate_changes: Corrections by rate since the plan began (a stretch of one rate is one).
        seeks: Corrections by seek since the plan began.
        stalls: Times the decoder ran dry since the plan began.
        dropped_frames: Of VideoPlaybackQuality.
        started_ms: Agent clock at which the position passed the plan's first position + 100 ms, or None.
        dark: The picture is black.
        silent: No sound comes out.
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


class PageStopped(msgspec.Struct, frozen=True, kw_only=True, tag="stopped"):
    """The page is silent and dark; ``seq`` of the stop it answers."""

    seq: int
    at_ms: float


class PageProblem(msgspec.Struct, frozen=True, kw_only=True, tag="problem"):
    """Something failed in the page.

    ``code`` is one of: ``film_not_found``, ``film_not_playable``, ``xr_unsupported``, ``xr_refused``,
    ``xr_gesture``, ``xr_ended``, ``graphics``, ``internal``. ``detail`` is the browser's own text,
    for the log.
    """

    code: str
    detail: str = ""


AgentToPage = (
    PageWelcome | PagePlan | PagePong | PageStop | PageIdentify | PageText | PageRecentre | PageVolume
)
PageToAgent = PageHello | PagePing | PageReport | PageStopped | PageProblem


# --- laptop -> agent ----------------------------------------------------------------------------------


class Hello(msgspec.Struct, frozen=True, kw_only=True, tag="hello"):
    """First line of every control connection.

    Attributes:
        protocol: :data:`PROTOCOL_VERSION` of the laptop.
        build: Content hash of the agent program the laptop would push; another one is refused.
        token: The secret this start of the agent was given.
        client: Random id of this laptop program's run; the lease belongs to it.
        holder: Who it is, for people ("kommandolinjen på pc-042").
    """

    protocol: int
    build: str
    token: str
    role: Role
    client: str
    holder: str = ""


class Configure(msgspec.Struct, frozen=True, kw_only=True, tag="configure"):
    """Tell the agent which headset it is and what its page says."""

    id: int
    number: int
    lang: str
    colour: str
    ink: str
    texts: dict[str, str]


class OpenPlayer(msgspec.Struct, frozen=True, kw_only=True, tag="open_player"):
    """Open the page in the headset's browser and enter immersive VR; answered when that is so."""

    id: int
    timeout_s: float = 30.0


class SetPlan(msgspec.Struct, frozen=True, kw_only=True, tag="set_plan"):
    """Hand the plan over; answered when the agent has it (not when the page has done it)."""

    id: int
    plan: Plan


class Identify(msgspec.Struct, frozen=True, kw_only=True, tag="identify"):
    """Show the number and sound a tone."""

    id: int
    seconds: float = 5.0


class ShowText(msgspec.Struct, frozen=True, kw_only=True, tag="show_text"):
    """Show the facilitator's words to the wearer for so many seconds; kept and logged by nobody."""

    id: int
    text: WearerText
    seconds: float


class Recentre(msgspec.Struct, frozen=True, kw_only=True, tag="recentre"):
    """Let the film's centre be where the wearer's head points now."""

    id: int


class SetVolume(msgspec.Struct, frozen=True, kw_only=True, tag="set_volume"):
    """Loudness of the film, 0 to 1."""

    id: int
    level: float


class Heartbeat(msgspec.Struct, frozen=True, kw_only=True, tag="heartbeat"):
    """Keeps the lease; sent at least every two seconds on the control connection."""

    id: int


class Release(msgspec.Struct, frozen=True, kw_only=True, tag="release"):
    """Give the lease back."""

    id: int


class Shutdown(msgspec.Struct, frozen=True, kw_only=True, tag="shutdown"):
    """Restore the headset and exit."""

    id: int


class ClockPing(msgspec.Struct, frozen=True, kw_only=True, tag="ping"):
    """Clock exchange, laptop -> agent; t1 is the laptop's monotonic clock."""

    seq: int
    t1: int


class StopNow(msgspec.Struct, frozen=True, kw_only=True, tag="stop_now"):
    """*Stopp alt*: silent and dark, now."""

    id: int


class FilmBegin(msgspec.Struct, frozen=True, kw_only=True, tag="film_begin"):
    """A film is about to arrive; answered by :class:`FilmOffset`."""

    id: int
    sha256: str
    size: int
    title: str = ""
    suffix: str = ".mp4"


class FilmStream(msgspec.Struct, frozen=True, kw_only=True, tag="film_stream"):
    """The film's bytes from ``offset`` on follow as soon as this is :class:`Done`.

    :class:`FilmStored` tells how many of them are stored.
    """

    id: int
    sha256: str
    offset: int


class FilmCommit(msgspec.Struct, frozen=True, kw_only=True, tag="film_commit"):
    """All is there: verify, rename; answered by :class:`Done`, or :class:`Failed` with ``film_corrupt``."""

    id: int
    sha256: str


class FilmList(msgspec.Struct, frozen=True, kw_only=True, tag="film_list"):
    """Ask for :class:`Films`."""

    id: int


class FilmRemove(msgspec.Struct, frozen=True, kw_only=True, tag="film_remove"):
    """Remove a film, or what there is of it."""

    id: int
    sha256: str


class AskStatus(msgspec.Struct, frozen=True, kw_only=True, tag="ask_status"):
    """Ask for :class:`Status`; on a store connection, so that anybody may look without leading."""

    id: int


Request = (
    AskStatus
    | Configure
    | OpenPlayer
    | SetPlan
    | Identify
    | ShowText
    | Recentre
    | SetVolume
    | Heartbeat
    | Release
    | Shutdown
    | ClockPing
    | StopNow
    | FilmBegin
    | FilmStream
    | FilmCommit
    | FilmList
    | FilmRemove
    | KeepAwake
    | LetSleep
)


# --- agent -> laptop ----------------------------------------------------------------------------------


class Welcome(msgspec.Struct, frozen=True, kw_only=True, tag="welcome"):
    """The agent accepts the connection."""

    protocol: int
    build: str
    pid: int
    lease_epoch: int = 0


class Refused(msgspec.Struct, frozen=True, kw_only=True, tag="refused"):
    """The agent does not accept the connection and closes it.

    ``code``: ``version``, ``token``, ``lease`` or ``malformed``. The shape of this message never changes, so
    that a laptop of any version can read why an agent of any other version refuses it.

    Attributes:
        holder: Who holds the lease, if anybody does.
        retry_ms: With ``lease``: the holder's connection is gone, and so long its lease still lasts.
    """

    code: str
    holder: str = ""
    retry_ms: int = 0
    detail: str = ""


class Done(msgspec.Struct, frozen=True, kw_only=True, tag="done"):
    """The request is carried out."""

    id: int


class Failed(msgspec.Struct, frozen=True, kw_only=True, tag="failed"):
    """The request could not be carried out.

    ``code``: ``not_allowed``, ``lease_lost``, ``stopped``, ``no_page``, ``film_missing``, ``film_corrupt``,
    ``film_offset``, ``storage_full``, ``storage_error``, ``care_busy``, ``malformed``; of the browser
    ``no_browser``, ``browser_closed`` (it does not open), ``headset_asleep``, ``browser_silent`` (no page
    in time), ``page_blocked``, ``page_gone``, ``no_devtools``, ``devtools_refused``,
    ``several_browsers``; of VR ``xr_unsupported``, ``xr_refused``, ``consent_unanswered``,
    ``button_unpressed``, ``graphics``.
    """

    id: int
    code: str
    detail: str = ""


class ClockPong(msgspec.Struct, frozen=True, kw_only=True, tag="pong"):
    """t1 given back; t2 received and t3 sent, agent clock."""

    seq: int
    t1: int
    t2: int
    t3: int


class PlayerOpen(msgspec.Struct, frozen=True, kw_only=True, tag="player_open"):
    """Answer to :class:`OpenPlayer`."""

    id: int
    mode: PlayMode
    immersive: bool
    user_agent: str = ""


class Stopped(msgspec.Struct, frozen=True, kw_only=True, tag="stopped"):
    """Answer to :class:`StopNow`. ``page``: a page was there and has said that it is silent and dark."""

    id: int
    page: bool


class FilmOffset(msgspec.Struct, frozen=True, kw_only=True, tag="film_offset"):
    """Answer to :class:`FilmBegin`: how much of the film is there.

    ``verified``: all of it, nothing to send.
    """

    id: int
    offset: int
    verified: bool
    free_bytes: int


class Status(msgspec.Struct, frozen=True, kw_only=True, tag="status"):
    """Answer to :class:`AskStatus`: what the page does, None without a page, and who leads, if anybody."""

    id: int
    state: PageState | None
    film: str | None
    position_s: float
    holder: str


class FilmEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A film on the headset."""

    sha256: str
    size: int
    verified: bool
    title: str = ""


class Films(msgspec.Struct, frozen=True, kw_only=True, tag="films"):
    """Answer to :class:`FilmList`."""

    id: int
    films: list[FilmEntry]
    free_bytes: int


class Report(msgspec.Struct, frozen=True, kw_only=True, tag="report"):
    """A page's report, passed on as an event on the control connection; ``at_ns`` is agent clock."""

    at_ns: int
    page: PageReport


class PlayerGone(msgspec.Struct, frozen=True, kw_only=True, tag="player_gone"):
    """Event: the page's web socket closed."""


class Problem(msgspec.Struct, frozen=True, kw_only=True, tag="problem"):
    """Event: the page reported a problem.

    ``consent_awaited`` and ``button_awaited`` are none: VR waits for the wearer.
    """

    code: str
    detail: str = ""


class WasStopped(msgspec.Struct, frozen=True, kw_only=True, tag="was_stopped"):
    """Event: somebody used *Stopp alt*; the plan is over, a new one needs a new ``plan_id``."""

    plan_id: str | None
    by: str


class LeaseLost(msgspec.Struct, frozen=True, kw_only=True, tag="lease_lost"):
    """Event: somebody else has taken over."""

    holder: str


class FilmStored(msgspec.Struct, frozen=True, kw_only=True, tag="film_stored"):
    """Event on a film's own connection: its bytes up to ``offset`` are in the file on the headset.

    Said every :data:`FILM_STEP` bytes and at the film's end.
    """

    offset: int


class FilmBroken(msgspec.Struct, frozen=True, kw_only=True, tag="film_broken"):
    """Event on a film's own connection, and its last: no more can be taken. ``code``: see :class:`Failed`."""

    code: str
    detail: str = ""


Reply = (
    Welcome
    | Refused
    | Done
    | Failed
    | ClockPong
    | PlayerOpen
    | Stopped
    | Status
    | FilmOffset
    | Films
    | CareNow
)
Event = Report | PlayerGone | Problem | WasStopped | LeaseLost | FilmStored | FilmBroken
FromAgent = Reply | Event

T = TypeVar("T")


def encode(message: msgspec.Struct) -> bytes:
    """Return the message as one JSON object, without a line end."""
    return _ENCODER.encode(message)


_ENCODER = msgspec.json.Encoder()
