"""What reports can be about, read at once, and the words for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from trainer_app.domain.content_snapshots import ThemeEntry
from trainer_app.domain.films import ThemeCode
from trainer_app.domain.organisation import Department, DepartmentId
from trainer_app.domain.protocol import PRINTED_STATES
from trainer_app.domain.sessions import Session, SessionId
from trainer_app.services.heat_maps import sessions_with_heat
from trainer_app.services.ports import Repositories
from trainer_app.texts.catalogue import LANGUAGES, Texts
from trainer_app.texts.day_words import day_in_figures
from trainer_app.ui.choice import Choice
from trainer_app.ui.reports.periods import Days, Period, days_of
from trainer_app.ui.reports.shown import Report

ALL = "all"
"""Key of the choice that narrows nothing."""

WITHOUT, WITH = "without", "with"
"""Keys of the choice of pictures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked for.

    Attributes:
        days: The chosen ones, as last understood; used where they are ``Period.CHOSEN``.
        session_id: None until there is a session.
        heat: The protocol is to have pictures of where the group looked; not unless somebody wants them.
    """

    lang: str
    report: Report = Report.PARTICIPATION
    period: Period = Period.THIS_YEAR
    days: Days = (None, None)
    department_id: DepartmentId | None = None
    theme: ThemeCode | None = None
    session_id: SessionId | None = None
    heat: bool = False

    @property
    def is_narrowed(self) -> bool:
        """Something is there to be reset."""
        return (self.period, self.department_id, self.theme) != (Period.THIS_YEAR, None, None)

    def days_on(self, today: date) -> Days:
        """First and last day, both included."""
        return self.days if self.period is Period.CHOSEN else days_of(self.period, today)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportsRead:
    """What there is.

    Attributes:
        sessions: Those with a protocol, the newest first, and the one that was asked for.
        with_heat: Those of which it is kept where the group looked.
    """

    departments: tuple[Department, ...]
    themes: tuple[ThemeEntry, ...]
    sessions: tuple[Session, ...]
    with_heat: frozenset[SessionId] = frozenset()

    def session(self, session_id: SessionId | None) -> Session | None:
        """The session with this id."""
        return next((one for one in self.sessions if one.id == session_id), None)


def read_all(stored: Repositories, asked: SessionId | None) -> ReportsRead:
    """Read; on the database worker."""
    held = [one for one in stored.sessions.in_state(*PRINTED_STATES) if one.number]
    wanted = stored.sessions.by_id(asked) if asked is not None else None
    if wanted is not None and all(one.id != wanted.id for one in held):
        held.append(wanted)
    return ReportsRead(
        departments=tuple(stored.departments.where()),
        themes=tuple(stored.themes.where()),
        sessions=tuple(reversed(held)),
        with_heat=sessions_with_heat(stored),
    )


def department_choices(read: ReportsRead, texts: Texts) -> tuple[Choice, ...]:
    """All, or one."""
    ones = (Choice(str(one.id), one.name, one.short_name) for one in read.departments)
    return (Choice(ALL, texts("reports.departments.all"), texts("reports.all")), *ones)


def theme_choices(read: ReportsRead, texts: Texts) -> tuple[Choice, ...]:
    """All, or one."""
    ones = (Choice(one.code, one.title_nb if texts.lang == "nb" else one.title_en) for one in read.themes)
    return (Choice(ALL, texts("reports.themes.all"), texts("reports.all")), *ones)


def language_choices(texts: Texts) -> tuple[Choice, ...]:
    """Each language in its own words."""
    return tuple(Choice(lang, texts(f"settings.language.{lang}")) for lang in LANGUAGES)


def heat_choices(texts: Texts) -> tuple[Choice, ...]:
    """Without the pictures, or with them."""
    return tuple(Choice(key, texts(f"reports.heat.{key}")) for key in (WITHOUT, WITH))


def session_choices(read: ReportsRead, texts: Texts) -> tuple[Choice, ...]:
    """Number, day and title; in the box number and day."""
    return tuple(_session(one, texts) for one in read.sessions)


def _session(session: Session, texts: Texts) -> Choice:
    number = session.number or texts("reports.session.draft")
    when = "" if session.day is None else day_in_figures(session.day, texts)
    short = ", ".join(part for part in (number, when) if part)
    return Choice(str(session.id), f"{short} · {session.title}" if session.title else short, short)
