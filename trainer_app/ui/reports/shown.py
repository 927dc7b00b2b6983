"""What the reports' page shows, in ready words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from trainer_app.domain.printing import PagePicture
from trainer_app.ui.choice import Choice
from trainer_app.ui.reports.periods import Days, End, Typed


class Report(Enum):
    """The reports that exist."""

    PARTICIPATION = "participation"
    PROTOCOL = "protocol"
    FIX_CARDS = "fix_cards"


class Filter(Enum):
    """What a report can be narrowed to; which of them a report has, ``FiltersShown`` says."""

    PERIOD = "period"
    DEPARTMENT = "department"
    THEME = "theme"
    SESSION = "session"
    HEAT = "heat"
    LANGUAGE = "language"


class WayOut(Enum):
    """What the button beside an empty page does."""

    RESET = "reset"
    PLAN = "plan"
    SESSION = "session"
    AGAIN = "again"


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysShown:
    """The fields of chosen days: what stands in them, and what is wrong with which."""

    typed: Typed
    days: Days
    error: tuple[End, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FiltersShown:
    """What a report is narrowed to.

    Attributes:
        filters: Choices and chosen key of each filter the report has.
        changed: Something can be reset.
        days: Where the days are chosen one by one.
    """

    report: Report
    filters: dict[Filter, tuple[tuple[Choice, ...], str]]
    changed: bool
    days: DaysShown | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageShown:
    """A page, and where in the paper it is."""

    picture: PagePicture
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingShown:
    """Why there is no paper, and the way out."""

    heading: str
    sentence: str
    way_out: WayOut
    button: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemShown:
    """Why a file was not written. ``report`` is still there and can be saved elsewhere."""

    fact: str
    cause: str
