"""What klargjøring shows, in ready words. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from trainer_app.domain.films import Sha256
from trainer_app.looks.tokens import Tone
from trainer_app.ui.clearing import ClearQuestion
from trainer_app.ui.widgets.tile_words import TileFacts, TileWords


class TileAction(Enum):
    """What the one button of a tile does."""

    RETRY = "retry"
    SET_ASIDE = "set_aside"
    TAKE_BACK = "take_back"
    SHOW_HOW = "show_how"
    ADD = "add"
    CORRECT = "correct"
    CLEAR = "clear"


class Standing(Enum):
    """Where a headset stands on the way to the start; the sentence of counts is made of these."""

    READY = "ready"
    COMING = "coming"
    NEEDS = "needs"
    WAITING = "waiting"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class TileFace:
    """One way to show a tile."""

    words: TileWords
    facts: TileFacts
    action: TileAction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TileModel:
    """A headset.

    Attributes:
        small: How it is shown where there is no room for all of ``face``.
        help_topic: What of the help belongs to it; empty where nothing is to be mended.
    """

    number: int
    standing: Standing
    face: TileFace
    small: TileFace
    help_topic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomLine:
    """A line of the room's check list."""

    id: str
    words: str
    ticked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomModel:
    """The room's check list.

    Attributes:
        count: How much of it is done.
        findings: What the rules say should be thought of before the start.
    """

    lines: tuple[RoomLine, ...]
    count: str
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceModel:
    """Who waits, where headsets are fewer than participants."""

    heading: str
    screen: tuple[str, str]
    waves: tuple[str, str]
    on_screen: bool


class Hero(Enum):
    """What the big button does."""

    GET_READY = "get_ready"
    START = "start"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class StartModel:
    """The big button, why it says so, and help with one headset.

    Attributes:
        helps: The headset that can be tried again or set aside.
    """

    hero: Hero
    words: str
    why: str
    helps: int | None = None


class Way(Enum):
    """Where the button of a banner or of the empty state leads."""

    LIBRARY = "library"
    PLAN = "plan"
    ADD = "add"
    HELD = "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class BannerModel:
    """What stands in the way, and the way out."""

    tone: Tone
    fact: str
    cause: str
    button: str = ""
    way: Way | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyModel:
    """What is shown instead of tiles."""

    heading: str
    sentence: str
    button: str
    way: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmOption:
    """A film that can be chosen."""

    sha256: Sha256
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepareModel:
    """The whole page.

    Attributes:
        facts: The session in one line.
        sentence: How the headsets stand, in one sentence.
        total: How far all are together, while something is sent to them.
        films: To choose from; empty where there is nothing to choose.
        film: The chosen one.
        can_identify: Somebody is there to show a number.
        can_repeat: *Klargjør på nytt* makes sense.
    """

    facts: str
    sentence: str
    tiles: tuple[TileModel, ...]
    room: RoomModel
    start: StartModel
    choice: ChoiceModel | None = None
    banner: BannerModel | None = None
    empty: EmptyModel | None = None
    films: tuple[FilmOption, ...] = ()
    film: Sha256 | None = None
    can_identify: bool = False
    can_repeat: bool = False
    total: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailsModel:
    """What is known of one headset.

    Attributes:
        lines: Name and value.
        problem: The last fault in words, one a line; empty when there is none.
        technical: What another program said of it.
        shows_how: With the picture of what the headset asks.
        can_correct: Its address can be put right.
        can_mark_defective: It was set aside, and nobody has said yet that it is defective.
        help_topic: What of the help belongs to it; empty where nothing is to be mended.
    """

    number: int
    title: str
    lines: tuple[tuple[str, str], ...]
    problem: tuple[str, ...] = ()
    technical: str = ""
    is_aside: bool = False
    shows_how: bool = False
    can_correct: bool = False
    can_mark_defective: bool = False
    help_topic: str = ""


class PrepareViewing(Protocol):
    """What the view can do."""

    def show_page(self, model: PrepareModel) -> None:
        """Show the page; what has not changed is not touched."""

    def show_details(self, details: DetailsModel | None) -> None:
        """Show what is known of a headset; None: no longer."""

    def show_add(self) -> None:
        """Ask for the address of a headset."""

    def show_correction(self, number: int, address: str) -> None:
        """Ask for the right address of a headset that was not reached at this one."""

    def ask_clearing(self, question: ClearQuestion) -> None:
        """Ask whether films are to go from a headset that is full."""

    def address_corrected(self) -> None:
        """The headset is looked for there."""

    def address_added(self) -> None:
        """The address was taken."""

    def address_refused(self, words: str) -> None:
        """Say beside the field what is wrong with the address."""

    def go_on(self) -> None:
        """The session is ready: on to the run."""
