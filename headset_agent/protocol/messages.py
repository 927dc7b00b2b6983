"""What laptop and agent say to one another (msgspec structs; sans-IO).

Over an ADB ``tcp:`` stream, one JSON object a line. The first line of a connection is :class:`Hello`, which
names the connection's role; the answer is :class:`Welcome` or :class:`Refused`. Times are integers of
nanoseconds. ``page_messages`` has what agent and page say, ``playing`` what both conversations carry.

Every struct is tagged by ``type``. Unknown fields are ignored on receipt, unknown types are an error:
laptop and agent are always of one build (the agent is pushed by the laptop), so this is a check, not a
negotiation.
"""

from __future__ import annotations

from enum import Enum
from typing import TypeVar

import msgspec

from headset_agent.protocol.care_messages import CareNow, KeepAwake, LetSleep
from headset_agent.protocol.page_messages import PageReport
from headset_agent.protocol.playing import PageState, Plan, PlayMode, WearerText

PROTOCOL_VERSION = 1
"""Raised with every change that an older peer would misread."""

CONTROL_PORT = 29360
"""The agent's control port on the headset's localhost."""

HTTP_PORT = 29361
"""Page, films and web socket. Fixed, because a headset's browser asks for VR consent once per origin."""

MAX_LINE = 1 << 20
"""Bytes of the longest control line; a longer one is a malformed peer."""

TAKEN_OVER = "film_taken_over"
"""Code of :class:`Failed` and :class:`FilmBroken`: somebody else brings this film now."""

FILM_STEP = 2 << 20
"""Bytes of a film after which the agent says that they are stored."""

FILM_WINDOW = 6 << 20
"""Bytes of a film that may be on their way: what a cut costs, because they have to be sent again."""

FILM_ROOM = 8 << 20
"""Bytes that a film leaves free: a headset whose storage is full to the last byte misbehaves."""


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
    """A film is about to arrive; answered by :class:`FilmOffset`.

    Attributes:
        sha256: Its name.
        blake3: The sum by which it is verified, 64 hexadecimal digits; empty: by its name.
    """

    id: int
    sha256: str
    size: int
    title: str = ""
    suffix: str = ".mp4"
    blake3: str = ""


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
    """Ask for :class:`Status`; also on a store connection, so that anybody may look without leading."""

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
    ``film_offset``, ``film_taken_over``, ``storage_full``, ``storage_error``, ``care_busy``, ``malformed``;
    of the browser ``no_browser``, ``browser_closed`` (it does not open), ``headset_asleep``,
    ``browser_silent`` (no page in time), ``page_blocked``, ``page_gone``, ``no_devtools``,
    ``devtools_refused``, ``several_browsers``; of VR ``xr_unsupported``, ``xr_refused``,
    ``consent_unanswered``, ``button_unpressed``, ``graphics``.
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
    """Answer to :class:`AskStatus`: what the page does, None without a page, and who leads, if anybody.

    ``plan``: as it was last told, whoever told it.
    """

    id: int
    state: PageState | None
    film: str | None
    position_s: float
    holder: str
    plan: Plan | None = None


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
