"""What the run screen shows, as ready words. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from trainer_app.domain.headset_state import HeadsetState
from trainer_app.domain.phases import PhaseGroup
from trainer_app.domain.session_phases import SessionPhase
from trainer_app.ui.widgets.panorama import GazeDot
from trainer_app.ui.widgets.phase_words import BandPhase
from trainer_app.ui.widgets.tile_words import TileFacts


class Place(Enum):
    """What fills the middle of the screen."""

    NOTHING = auto()
    QUESTION = auto()
    SCRIPT = auto()
    START = auto()
    FILM = auto()
    CHANGE = auto()
    OVER = auto()
    DEBRIEF = auto()
    ENDING = auto()


class TickKind(Enum):
    """What the facilitator ticks off."""

    CONTRACT = auto()
    SAFETY = auto()
    AFTERCARE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The top bar."""

    title: str
    aside: str
    notes_hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """All that changes with every second.

    Attributes:
        name: Of the phase, in the ring.
        left_s: Of the phase; negative when it is overrun.
        count: 3, 2 or 1 while the film is about to start; None most of the time.
        session_min: Left of the session.
        clock: The wall clock.
    """

    name: str
    group: PhaseGroup
    left_s: float
    planned_s: float
    count: int | None
    session_min: int
    clock: str
    band: tuple[BandPhase, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The left column's buttons.

    Attributes:
        hint: What the facilitator does in this phase.
        next: The words that lead on.
        next_is_primary: Nothing else on the screen is more urgent.
        is_last: Leading on means to end the session.
        waits_for_start: The film has not begun, and its start is all that is asked.
    """

    hint: str
    pause: str
    is_paused: bool
    next: str
    next_is_primary: bool
    pause_is_primary: bool
    is_last: bool
    can_skip: bool
    can_go_back: bool
    waits_for_start: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptLine:
    """A paragraph. ``mark``: a number before it; ``is_heading``: it heads those that follow."""

    text: str
    mark: str = ""
    is_heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """Something to tick off below a script."""

    kind: TickKind
    words: str
    done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What is said in a phase, to be read from the chair."""

    heading: str
    lines: tuple[ScriptLine, ...]
    tick: Tick | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wearer:
    """A line of the list that tells who wears which headset."""

    number: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Before the film.

    Attributes:
        wave: "Pulje 1 av 2"; empty with one wave.
        say: The words of the start signal.
        hero: Of the one big button.
        can_start: Else ``state`` says why not.
        state: What the headsets are waiting for, or that they are ready.
        wearers: Of this wave; hidden until asked for.
        without: Those who have no headset.
    """

    wave: str
    say: str
    hero: str
    can_start: bool
    state: str
    wearers: tuple[Wearer, ...]
    without: str
    volume: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StopCard:
    """The next stop-point, or the one the film stands at."""

    caption: str
    digits: str
    prompt: str
    button: str
    is_at_stop: bool
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmLine:
    """The film from its start to its end, with its stop-points; all in seconds of film."""

    length_s: float
    position_s: float
    stops_s: tuple[float, ...]
    chosen_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmNow:
    """The film while it plays, is paused or was stopped.

    Attributes:
        together: How well the headsets play together, in words.
        is_stopped: By *Stopp alt*; it can be gone on with.
        stopped_cause: What that has done to the headsets.
    """

    wave: str
    together: str
    dots: tuple[GazeDot, ...]
    line: FilmLine
    stop: StopCard
    is_stopped: bool
    stopped_cause: str
    volume: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Between two waves, or after the last.

    Attributes:
        steps: What is done now.
        cleaned: The headsets of the wave that has finished are clean.
        go_on: The words of the one button; empty after the last wave.
        again: Of the button that shows the film once more; empty between two waves.
    """

    heading: str
    say: str
    steps: tuple[str, ...]
    cleaned: bool
    go_on: str
    again: str
    wearers: tuple[Wearer, ...]
    without: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StripHeadset:
    """A headset of the strip. ``details``: cause and next step, for who asks."""

    number: int
    state: HeadsetState
    facts: TileFacts
    details: tuple[str, ...]
    set_aside: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something is wrong and the session goes on.

    Attributes:
        number: Of the headset that the buttons are for.
        stays_locked: It is said on the locked screen as well, as *Stopp alt* is there.
    """

    fact: str
    cause: str
    is_danger: bool
    buttons: tuple[str, ...]
    number: int | None = None
    stays_locked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """How the time counts in which the program was away."""

    fact: str
    cause: str
    waited: str
    went_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What is said before the session is ended."""

    heading: str
    findings: tuple[str, ...]
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Which content fills the middle, and what of it the other parts need to know.

    Attributes:
        strip: There is something to stop.
        begins: The film was asked for and begins in a moment.
    """

    place: Place
    phase: SessionPhase | None = None
    strip: bool = False
    begins: bool = False
