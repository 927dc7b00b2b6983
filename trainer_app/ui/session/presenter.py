"""Which session is open, in which step; without one, the sessions that can be prepared, run or closed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from trainer_app.domain.local_time import local_of
from trainer_app.domain.sessions import Session, SessionId, SessionState
from trainer_app.runtime.changes import Topic
from trainer_app.ui.office import Office, Target
from trainer_app.ui.session.step_names import CLOSE, PREPARE, RUN, step_for
from trainer_app.ui.session.when import short_day_words, span_words

_TO_PREPARE = (SessionState.PLANNED, SessionState.READY)
_TO_CLOSE = (SessionState.HELD, SessionState.ABORTED)
_MOST_AHEAD = 8
"""Sessions after today in the list; the others are found in the plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """A session of the list. ``day``, ``time``: in a column of their own."""

    session_id: SessionId
    day: str
    time: str
    title: str
    second: str
    state: SessionState


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Sessions under a heading."""

    heading: str
    rows: tuple[SessionRow, ...]


class SessionPageView(Protocol):
    """What the page can show."""

    def show_step(self, step: str, session_id: SessionId, detail: str) -> None:
        """Open a step."""

    def show_list(self, sections: Sequence[Section]) -> None:
        """Show the sessions; none: the empty state."""


class SessionPagePresenter:
    """Knows no Qt."""

    def __init__(self, office: Office, view: SessionPageView, steps: Collection[str]) -> None:
        """Make it; ``steps`` are those that can be opened."""
        self._office, self._view, self._steps = office, view, frozenset(steps)
        self._tasks = office.tasks.page()
        self._open: SessionId | None = None
        self._away = True
        self._forget = office.changes.on({Topic.SESSIONS, Topic.PLACES}, self._on_changes)

    def enter(self, session_id: SessionId | None, detail: str = "") -> None:
        """The page is shown: with this session, with the one it was left with, or with the list."""
        came_back, self._away = self._away, False
        if session_id is None and came_back:
            session_id = self._open
        if session_id is None:
            self.show_list()
        else:
            self._load(session_id, detail)

    def carry_on(self, session_id: SessionId) -> None:
        """The page is new in the middle of this session, which is being held; it may be hidden."""
        self._open = session_id
        self._view.show_step(RUN, session_id, "")

    def leave(self) -> None:
        """The page is hidden."""
        self._away = True

    def go_to_step(self, step: str) -> None:
        """Go to a step of the open session; "": to the list."""
        if step and self._open is not None:
            self._load(self._open, step)
        else:
            self.show_list()

    def show_list(self) -> None:
        """Let go of the open session."""
        self._open = None
        self._tasks.stored(self._read_sections, self._on_sections)

    def plan_new(self) -> None:
        """Book a session."""
        self._office.go(Target(place="plan", detail="new"))

    def end(self) -> None:
        """The page goes away."""
        self._forget()
        self._tasks.close()

    # --- inside ------------------------------------------------------------------------------------------

    def _load(self, session_id: SessionId, detail: str) -> None:
        self._open = session_id
        sessions = self._office.services.stored.sessions
        self._tasks.stored(lambda: sessions.by_id(session_id), lambda found: self._on_session(found, detail))

    def _on_session(self, session: Session | None, detail: str) -> None:
        step = "" if session is None else step_for(session.state, detail)
        if session is None or step not in self._steps:
            self.show_list()
        elif not self._away and session.id == self._open:
            self._view.show_step(step, session.id, detail)

    def _on_changes(self) -> None:
        if self._open is None and not self._away:
            self.show_list()

    def _on_sections(self, sections: list[Section]) -> None:
        if self._open is None:
            self._view.show_list(sections)

    def _read_sections(self) -> list[Section]:
        stored, say = self._office.services.stored.sessions, self._office.texts
        today = self._office.local_now().date()
        coming = [each for each in stored.in_state(*_TO_PREPARE) if not self._is_past(each)]
        groups = (
            (RUN, "running", stored.in_state(SessionState.IN_PROGRESS)),
            (PREPARE, "today", [each for each in coming if _day(each) == today]),
            (PREPARE, "ahead", [each for each in coming if _day(each) != today][:_MOST_AHEAD]),
            (CLOSE, "close", list(reversed(stored.in_state(*_TO_CLOSE)))),
        )
        return [
            Section(
                heading=say(f"session_page.list.{name}"), rows=tuple(self._row(each) for each in sessions)
            )
            for step, name, sessions in groups
            if sessions and step in self._steps
        ]

    def _is_past(self, session: Session) -> bool:
        """Its day is over: it is registered afterwards, from the plan."""
        return _day(session) < local_of(self._office.now(), session.zone).date()

    def _row(self, session: Session) -> SessionRow:
        office, stored = self._office, self._office.services.stored
        room = None if session.room_id is None else stored.rooms.get(session.room_id)
        people = office.texts("session_page.list.participants", count=session.participants)
        return SessionRow(
            session_id=session.id,
            day=short_day_words(_day(session), office.local_now().date(), office.texts),
            time=span_words(session, office.texts),
            title=session.title,
            second=" · ".join(part for part in (room.name if room else "", people) if part),
            state=session.state,
        )


def _day(session: Session) -> date:
    """The day it is planned for; a session that is planned has one."""
    return session.planned_start.date() if session.planned_start is not None else date.min
