"""What the services need of headsets."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.filling import FilmToSend, Sent
from trainer_app.domain.films import Film
from trainer_app.domain.headset_state import Awaited, HeadsetFacts, Showing
from trainer_app.domain.playback_errors import HeadsetProblem

if TYPE_CHECKING:
    from trainer_app.domain.live_kit import Gaze
    from trainer_app.domain.playback import Course, Receipt
    from trainer_app.services.ports.film_course import FilmCourse

ACCEPT_S = 60.0
"""Somebody has to put the headset on and read."""

Waiting = Callable[[str], None]
"""Called with an address whose headset waits for somebody to accept this computer."""

FilmProgress = Callable[[FilmToSend, int], None]
"""Called with a film and how many of its bytes are on the headset."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outfitting:
    """The program that the agent needs is on its way to a headset, which happens once. Bytes."""

    there: int
    whole: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Greeting:
    """How a headset's page greets its wearer: language, chip colours, texts by key."""

    lang: str
    fill: str
    ink: str
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a headset shows, whoever has started it.

    Attributes:
        position_s: Seconds of film, as it was asked.
        plan_id: By which the start of that film is known again; empty: it has none.
    """

    showing: Showing = Showing.NOTHING
    position_s: float = 0.0
    plan_id: str = ""


class ConnectedHeadset(Protocol):
    """A headset that has been reached and accepts this computer.

    Attributes:
        on_outfitting: Called while the program that it needs is brought; with None when that is over.
    """

    on_outfitting: Callable[[Outfitting | None], None]

    @property
    def address(self) -> str:
        """Where it was reached; see ``domain.headset_address``."""

    @property
    def serial(self) -> str:
        """Its own serial number."""

    @property
    def model(self) -> str:
        """Its model, or "" where it does not tell."""

    async def facts(self) -> HeadsetFacts:
        """Ask it about itself.

        Raises:
            HeadsetProblem: it vanished.
        """

    async def showing(self) -> Found:
        """What it shows right now; asks a running agent, starts none.

        Raises:
            TrainerError: it does not tell.
        """

    async def fill(
        self,
        films: Sequence[FilmToSend],
        *,
        keep: AbstractSet[str] | None,
        label: str,
        progress: FilmProgress,
    ) -> list[Sent | TrainerError]:
        """Bring the films there, one after the other.

        Half-sent films whose sha256 is not in ``keep`` are cleared away; None: none of them is.

        Raises:
            HeadsetProblem: the headset cannot take anything.
        """

    async def remove_films(self, films: Collection[str], *, label: str) -> None:
        """Remove films, or what there is of them, by sha256; nothing but files of the film folder is touched.

        Raises:
            HeadsetPlays: it shows a film.
            TrainerError: the headset cannot be asked, or cannot remove one.
        """

    async def wake(self) -> None:
        """Turn its screen on.

        Raises:
            HeadsetProblem: it vanished.
        """

    async def keep_awake(self) -> None:
        """Keep it awake for a session; has to be said again and again.

        Raises:
            TrainerError: it cannot be kept awake, or vanished.
        """

    async def let_sleep(self) -> None:
        """The session is over: put back what keeping it awake has changed; returns when that is done.

        Raises:
            TrainerError: it is not known to be as it was.
        """

    async def darken(self, *, by: str) -> bool:
        """*Stopp alt* for this one, whoever leads it; True when it is known to be silent and dark.

        Its page has said so, or its browser has been ended, or no agent runs there that could show something.

        Raises:
            TrainerError: it was not reached.
        """

    async def wait_lost(self) -> TrainerError:
        """Wait until the connection is gone; gives the reason."""

    async def close(self) -> None:
        """Let go of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A connected headset and the number on it."""

    headset: ConnectedHeadset
    number: int

    @property
    def label(self) -> str:
        """How people know it: the number first, the serial second."""
        return f"{self.number} ({self.headset.serial})"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerNow:
    """What the player of one headset last told.

    Attributes:
        worn: Somebody sees its picture; None: not known.
        heard: It has told something since it joined.
        in_vr: Its page fills the wearer's view; False: it is there, and VR has been left.
        awaited: What whoever wears it has to do before it is in VR.
        synchronised: It keeps to the group's line; False: its own player shows the film by itself.
    """

    showing: Showing = Showing.NOTHING
    position_s: float = 0.0
    worn: bool | None = None
    gaze: Gaze | None = None
    heard: bool = False
    in_vr: bool = True
    awaited: Awaited | None = None
    synchronised: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupNow:
    """Where a group is with its film.

    Attributes:
        starts_in_s: Until the common start that was ordered; 0 when it is over or none was ordered.
        spread_ms: Largest distance between two headsets that play; None: fewer than two do.
        at_stop_s: The stop-point at which the film stands by itself, seconds of film; None: at none.
    """

    moving: bool = False
    position_s: float = 0.0
    starts_in_s: float = 0.0
    spread_ms: float | None = None
    at_stop_s: float | None = None


class PlaybackGroup(Protocol):
    """Headsets that play together. One that fails drops out; the others go on.

    Attributes:
        on_change: Called after every problem, and when a player does something else than before.
        on_move: Called after every other word of a player: no more has changed than where its film is, and
            where its wearer looks.
        on_dark: Called with the serial of a headset as soon as *Stopp alt* is known to have made it dark.
    """

    on_change: Callable[[], None]
    on_move: Callable[[], None]
    on_dark: Callable[[str], None]

    @property
    def problems(self) -> Mapping[str, HeadsetProblem]:
        """By serial: those that dropped out, and why."""

    @property
    def size(self) -> int:
        """How many can go on."""

    @property
    def under_way(self) -> bool:
        """A film is being prepared, plays or is paused."""

    def now(self) -> GroupNow:
        """Where the group's film is."""

    def film_course(self) -> FilmCourse | None:
        """Where its film is at any instant, as things stand; None: it shows none, or was stopped."""

    def players(self) -> Mapping[str, PlayerNow]:
        """By serial: those that can go on, and what they do."""

    async def open(self, timeout_s: float) -> None:
        """Bring the players up."""

    async def admit(self, place: Place, timeout_s: float) -> None:
        """Take a headset in, also in the middle of the film; one that cannot join is among the problems.

        One that was in before goes on with what it has contributed.
        """

    async def reopen(self, serial: str, timeout_s: float) -> None:
        """Bring the player of one that has left VR up again; one that refuses is among the problems."""

    async def dismiss(self, serial: str) -> bool:
        """Go on without a headset, forgetting its problem; False: it is not known to be dark."""

    async def prepare(
        self,
        film: Film,
        position_s: float,
        timeout_s: float,
        *,
        patience_s: float | None = None,
        course: Course | None = None,
    ) -> None:
        """Load the film everywhere and wait until all can play through.

        With ``patience_s`` no longer than that after the first is ready: the others follow by themselves.
        ``course``: how it goes on by itself; None: to its end.
        """

    def take_over(self, plan_id: str, running_s: float) -> None:
        """Lead on what a former run of this program has started so many seconds ago.

        Headsets that are taken in next keep what they show; the first that follows that plan tells the line.
        """

    async def start(self) -> int:
        """Start all at one instant; return it (laptop clock, ns)."""

    async def keep(self, until_ns: int) -> None:
        """Keep them together until an instant, or until nobody is left."""

    async def pause(self) -> float:
        """Pause all; return the position, seconds."""

    async def resume(self) -> int:
        """Go on together; return the instant."""

    async def seek(self, position_s: float, course: Course | None = None) -> None:
        """Go on together from another place of the film that is on: a start of its own.

        Who has not got there in time catches up. ``course``: how it goes on by itself; None: as before.
        """

    async def set_stops(self, stops_s: Iterable[float]) -> None:
        """Let the film that is on stand still at these places, seconds, from now on, and at no others."""

    async def stop(self) -> dict[str, bool]:
        """*Stopp alt*; by serial, who is known to be silent and dark; see :meth:`ConnectedHeadset.darken`."""

    async def stop_one(self, serial: str) -> bool:
        """The same for one of them."""

    async def identify(self, seconds: float) -> None:
        """Every headset shows its number and sounds a tone."""

    async def show_text(self, text: str, seconds: float, serials: Collection[str]) -> AbstractSet[str]:
        """Show words to these wearers; gives the serials of those that have them before their eyes."""

    async def recentre(self) -> None:
        """Let the film's centre be where each wearer looks now."""

    async def set_volume(self, percent: int) -> None:
        """Set the film's loudness, for those that join later as well."""

    def receipt(self) -> Receipt:
        """How well they played together."""

    async def close(self) -> None:
        """Leave them to themselves."""


class HeadsetGateway(Protocol):
    """Where headsets come from."""

    async def connect(
        self, address: str, waiting: Waiting, *, accept_s: float = ACCEPT_S
    ) -> ConnectedHeadset:
        """Reach a headset, waiting ``accept_s`` while somebody accepts this computer in it.

        Raises:
            TrainerError: nothing is there, something else is, or nobody accepted.
        """

    async def group(
        self,
        places: Sequence[Place],
        *,
        greet: Callable[[int], Greeting],
        film_title: str,
        holder: str,
    ) -> PlaybackGroup:
        """Make a group of connected headsets; one that cannot join is among its problems."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A device that is there although nobody has typed its address.

    Attributes:
        address: The best way to it.
        serial: Empty: only the device itself can tell.
        is_headset: It looks like one; anything else is left alone unless its serial is known.
    """

    address: str
    serial: str
    is_headset: bool = True


@runtime_checkable
class NearbyHeadsets(Protocol):
    """A gateway that finds headsets by itself: on cables, and with a running adb server."""

    async def look(self) -> Sequence[Sighting]:
        """What is there right now, each device once. Never fails."""

    async def answers_on_wifi(self, headset: ConnectedHeadset, port: int) -> str | None:
        """Where a headset listens on its Wi-Fi already (``host:port``); None: it does not. Disturbs nothing.

        Raises:
            TrainerError: it has no Wi-Fi, or vanished.
        """

    async def arm(self, headset: ConnectedHeadset, port: int) -> str:
        """Let a headset listen on its Wi-Fi (until it restarts); gives the ``host:port`` at which it answers.

        The connection it is reached by may be lost by that.

        Raises:
            TrainerError: it has no Wi-Fi, or does not answer there.
        """
