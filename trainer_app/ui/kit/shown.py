"""What the suitcase's page shows, in ready words."""

from __future__ import annotations

from dataclasses import dataclass

from trainer_app.domain.inventory import LineResult
from trainer_app.domain.kits import AccessoryId, HeadsetCondition, HeadsetId, KitId
from trainer_app.looks.tokens import Tone
from trainer_app.services.film_matrix import FilmMark


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of several, by its key."""

    key: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeColumn:
    """A column of the film matrix. ``short`` stands in its head, ``title`` in the tool tip."""

    short: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadsetRow:
    """A headset of the table.

    Attributes:
        state: In words, with ``icon`` and ``tone``.
        state_note: Where it is looked for in vain; empty where it is not.
        battery: None is "not known".
        films: A cell for each theme.
        film_words: The same for screen readers.
        checked: When it was last checked.
    """

    id: HeadsetId
    number: int
    state: str
    icon: str
    tone: Tone
    state_note: str
    battery: int | None
    charging: bool
    serial: str
    films: tuple[FilmMark, ...]
    film_words: tuple[str, ...]
    checked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessoryRow:
    """So many of one thing.

    Attributes:
        note: What to mind (one is missing, order more); with ``icon``, or empty.
        found: None was never counted.
        needed: How many belong there, or the number at which more is ordered.
        consumable: It is used up; ``needed`` is such a number.
    """

    id: AccessoryId
    name: str
    note: str
    icon: str
    found: int | None
    needed: int
    found_words: str
    needed_words: str
    consumable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckCard:
    """The last check and the next one. ``overdue``: it should have been made already."""

    last: str
    due: str
    overdue: bool
    under_way: str
    button: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KitShown:
    """The page without its panels.

    Attributes:
        kits: All suitcases, to choose from.
        films_count: How many films are where they should be.
        homeless: What is said of headsets that lie in no suitcase; empty: there are none.
        foreign: What is said of films on its headsets that the library does not have; empty: there are none.
        wired: What is said of headsets that are on a cable; empty: none is.
        can_arm: They can be made ready for Wi-Fi right now.
    """

    id: KitId
    kits: tuple[Choice, ...]
    title: str
    second: str
    themes: tuple[ThemeColumn, ...]
    headsets: tuple[HeadsetRow, ...]
    films_count: str
    accessories: tuple[AccessoryRow, ...]
    check: CheckCard
    homeless: str
    foreign: str
    wired: str = ""
    can_arm: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A possible answer, and the key for it. ``result`` None skips the question."""

    key: str
    result: LineResult | None
    word: str
    icon: str
    tone: Tone
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A question of the same headset, in the list below. ``aside``: how it was answered."""

    words: str
    icon: str
    tone: Tone
    is_current: bool
    aside: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckShown:
    """A check under way: its question, or when all were asked, what it comes to.

    Attributes:
        done: Answered questions.
        total: All questions.
        number: Of the headset asked about; None at the end.
        place: Which headset, which of its questions.
        answers: Empty at the end.
        points: The questions of this headset; at the end what was found.
    """

    done: int
    total: int
    progress: str
    number: int | None
    headset_id: HeadsetId | None
    place: str
    item: str
    question: str
    hint: str
    note: str
    answers: tuple[Answer, ...]
    points: tuple[Point, ...]
    can_go_back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmLine:
    """A film of a headset against the library. ``is_odd``: its place there needs somebody's eye."""

    name: str
    note: str
    is_odd: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmsShown:
    """The films of one headset.

    Attributes:
        lines: Empty: it has not told of them.
        hint: What becomes of those that are missing; empty: none is.
        clear: The words of the button that removes those the library does not have; empty: none are.
    """

    lines: tuple[FilmLine, ...] = ()
    hint: str = ""
    clear: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadsetShown:
    """One headset's panel.

    Attributes:
        address: To be put right; None where the headset is connected.
        unreached: That it is not reached there; empty while that is not known.
        films: What lies on it.
    """

    id: HeadsetId
    number: int
    title: str
    facts: tuple[tuple[str, str], ...]
    condition: HeadsetCondition
    note: str
    address: str | None = None
    unreached: str = ""
    films: FilmsShown = FilmsShown()


@dataclass(frozen=True, slots=True, kw_only=True)
class KitForm:
    """The fields of a suitcase; ``kit_id`` None: a new one."""

    kit_id: KitId | None
    label: str = ""
    location: str = ""
    asset_no: str = ""
    headsets: int = 5
    interval_days: int = 90
    department: str = ""
    responsible: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KitFormChoices:
    """What can be chosen in the form."""

    departments: tuple[Choice, ...]
    people: tuple[Choice, ...]
