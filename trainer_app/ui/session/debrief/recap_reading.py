"""Reads what is repeated in the summary, learning points and actions; no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from trainer_app.domain.sessions import SessionId
from trainer_app.runtime.changes import Topic
from trainer_app.ui.office import Office
from trainer_app.ui.session.debrief.lines import GatheredLine, action_line, point_line
from trainer_app.ui.session.debrief.owners import names_of_owners, owner_of


@dataclass(frozen=True, slots=True, kw_only=True)
class RecapLines:
    """What the group takes out of the room."""

    points: tuple[GatheredLine, ...] = ()
    actions: tuple[GatheredLine, ...] = ()


class RecapView(Protocol):
    """Where it is read."""

    def show_lines(self, lines: RecapLines) -> None:
        """Show these."""


class RecapReading:
    """Follows the learning points and actions of one session."""

    def __init__(self, office: Office, view: RecapView) -> None:
        """Nothing is read before :meth:`show_session`."""
        self._office, self._view = office, view
        self._tasks = office.tasks.page()
        self._session_id: SessionId | None = None
        self._forget = office.changes.on({Topic.NOTES}, self.reload)

    def show_session(self, session_id: SessionId | None) -> None:
        """Follow this session; None: nobody looks at the moment."""
        if session_id != self._session_id:
            self._view.show_lines(RecapLines())  # another group may be in the room
        self._session_id = session_id
        self.reload()

    def reload(self) -> None:
        """Read it anew."""
        own = self._session_id
        if own is not None:
            self._tasks.stored(lambda: self._read(own), lambda lines: self._on_read(own, lines))

    def end(self) -> None:
        """Nobody looks any more."""
        self._forget()
        self._tasks.close()

    def _on_read(self, own: SessionId, lines: RecapLines) -> None:
        if own == self._session_id:
            self._view.show_lines(lines)

    def _read(self, own: SessionId) -> RecapLines:
        services, texts = self._office.services, self._office.texts
        actions = services.noting.actions_of(own)
        names = names_of_owners(actions, services.stored)
        return RecapLines(
            points=tuple(point_line(point, texts) for point in services.noting.points_of(own)),
            actions=tuple(action_line(action, owner_of(action, names), texts) for action in actions),
        )
