"""What the library's page shows, in ready words."""

from __future__ import annotations

from dataclasses import dataclass

from trainer_app.domain.films import Sha256

FILMS = "films"
"""The entry of the list that is no theme."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of the list at the left: a theme, or all films."""

    key: str
    title: str
    second: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a section: what stands before the text, the text, and a remark after it."""

    lead: str
    text: str
    aside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Lines under a heading; without lines it is left out."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A tab of the scenario."""

    title: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmOfTheme:
    """The film that the theme shows: facts with their names, and the line with its stop-points."""

    facts: tuple[tuple[str, str], ...]
    length_s: float
    stops_s: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeShown:
    """A theme with its scenario.

    Attributes:
        approved: Whether the badge says so.
        usable: That it may be used all the same; nothing where it is approved.
        facts: Format, debrief model, duration, target groups.
        film: None: the theme has none yet.
    """

    key: str
    title: str
    intro: str
    scenario: str
    version: str
    badge: str
    approved: bool
    usable: str
    facts: tuple[tuple[str, str], ...]
    objectives: tuple[str, ...]
    film: FilmOfTheme | None
    tabs: tuple[Tab, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmRow:
    """A film of the table."""

    sha256: Sha256
    title: str
    theme_key: str
    theme: str
    length: str
    size: str
    resolution: str
    layout: str
    headsets: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryShown:
    """The list and the films.

    Attributes:
        current: Key of the entry that is open.
        found_nothing: What is said when the search has no result; empty: it has some.
    """

    entries: tuple[Entry, ...]
    current: str
    films: tuple[FilmRow, ...]
    themes: tuple[tuple[str, str], ...]
    films_total: str
    found_nothing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportShown:
    """What was found in a file, before it is taken in.

    Attributes:
        facts: With their names.
        layout_from: Where projection and eyes are known from; empty: they have to be confirmed.
        projection: What was concluded.
    """

    file_name: str
    facts: tuple[tuple[str, str], ...]
    title: str
    theme: str
    themes: tuple[tuple[str, str], ...]
    layout_from: str
    projection: str
    stereo: str
    projections: tuple[tuple[str, str], ...]
    stereos: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportTyped:
    """What the user says of the film that is taken in."""

    title: str
    theme: str
    projection: str
    stereo: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportProgress:
    """How far the copy is: 0 to 1, and words."""

    part: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveQuestion:
    """Asked before a film goes for good."""

    sha256: Sha256
    title: str
    cause: str
    yes: str
    no: str
