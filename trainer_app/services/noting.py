"""Notes while a session is held, learning points and actions after it, and the end of raw notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from trainer_app.domain.notes import (
    ActionId,
    ActionItem,
    LearningPoint,
    LearningPointId,
    Note,
    NoteId,
    NoteKind,
    promoted,
)
from trainer_app.domain.sessions import SessionId
from trainer_app.domain.typed_texts import LINE_LIMIT, TEXT_LIMIT, clean_line, clean_text
from trainer_app.services.ports import NoteRepository, Records

ACTION_LIMIT = 1000
"""Characters of what is to be done."""


class Noting:
    """Writes down what the group learns. A text is saved each time it is called with, also half typed."""

    def __init__(
        self,
        notes: NoteRepository,
        learning_points: Records[LearningPoint],
        actions: Records[ActionItem],
        now: Callable[[], datetime],
    ) -> None:
        self._notes = notes
        self._points = learning_points
        self._actions = actions
        self._now = now

    def begin_note(
        self,
        session_id: SessionId,
        kind: NoteKind,
        *,
        at: datetime | None = None,
        phase_seq: int | None = None,
        film_s: float | None = None,
        stop_point: str | None = None,
    ) -> Note:
        """Save an empty note of a moment of the session; its text follows with :meth:`retype`.

        ``at``: UTC, when it was noticed; None: now.
        """
        note = Note(
            id=NoteId(uuid4()),
            session_id=session_id,
            at=at or self._now(),
            kind=kind,
            phase_seq=phase_seq,
            film_s=film_s,
            stop_point=stop_point,
        )
        self._notes.save(note)
        return note

    def retype(self, note: Note, text: str) -> Note:
        """Save what stands in the field now.

        Raises:
            TextTooLong: what was saved before stays.
        """
        typed = replace(note, text=clean_text(text, "note"))
        self._notes.save(typed)
        return typed

    def drop(self, note: Note) -> None:
        """Delete a note."""
        self._notes.delete(note.id)

    def notes_of(self, session_id: SessionId) -> Sequence[Note]:
        """Return a session's notes, the oldest first."""
        return self._notes.where(session_id=session_id)

    def count_of(self, session_id: SessionId) -> int:
        """Return how much was written: notes, learning points and actions, each once."""
        points = self.points_of(session_id)
        known = {point.id for point in points}
        plain = sum(note.is_plain(known) for note in self.notes_of(session_id))
        return plain + len(points) + len(self.actions_of(session_id))

    def promote(self, note: Note) -> LearningPoint:
        """Make a learning point of a note; once only, the second time it is the same point.

        Raises:
            TextMissing: the note has no text.
        """
        if note.promoted_to is not None and (known := self._points.get(note.promoted_to)) is not None:
            return known
        clean_line(note.text, "note", limit=len(note.text) + 1)
        marked, point = promoted(note, LearningPointId(uuid4()), self._next_point(note.session_id))
        self._notes.promote(marked, point)
        return point

    def conclude(self, note: Note) -> LearningPoint:
        """Put a learning point in the place of the note as which it was typed: both, or nothing."""
        _marked, point = promoted(note, LearningPointId(uuid4()), self._next_point(note.session_id))
        self._notes.conclude(note, point)
        return point

    def add_action(self, session_id: SessionId, what: str, **details: object) -> ActionItem:
        """Add an action at the end of the list; ``details`` are further fields of :class:`ActionItem`.

        Raises:
            TextMissing: nothing but spaces.
            TextTooLong: more than an action holds.
        """
        action = ActionItem(
            id=ActionId(uuid4()),
            session_id=session_id,
            seq=1 + max((known.seq for known in self._actions.where(session_id=session_id)), default=0),
            what=clean_line(what, "what", limit=ACTION_LIMIT),
        )
        action = replace(action, **details)  # type: ignore[arg-type]  # the dataclass refuses unknown fields
        self._actions.save(action)
        return action

    def put_back(self, note: Note) -> None:
        """Save a note again that was deleted by mistake."""
        self._notes.save(note)

    def points_of(self, session_id: SessionId) -> Sequence[LearningPoint]:
        """Return a session's learning points, in order."""
        return self._points.where(session_id=session_id)

    def change_point(self, point: LearningPoint) -> LearningPoint:
        """Save a learning point as it is now, also one that was deleted by mistake.

        Raises:
            TextMissing: nothing but spaces.
            TextTooLong: more than a note holds, of which it may be made.
        """
        clean_line(point.text, "learning_point", limit=TEXT_LIMIT)
        changed = replace(point, text=clean_text(point.text, "learning_point"))
        self._points.save(changed)
        return changed

    def drop_point(self, point: LearningPoint) -> None:
        """Delete a learning point; the note it was made of is a plain note again."""
        self._points.delete(point.id)

    def actions_of(self, session_id: SessionId) -> Sequence[ActionItem]:
        """Return a session's actions, in order."""
        return self._actions.where(session_id=session_id)

    def change_action(self, action: ActionItem) -> ActionItem:
        """Save an action as it is now, also one that was deleted by mistake.

        Raises:
            TextMissing: it does not say what.
            TextTooLong: more than an action, or the name of its owner, holds.
        """
        changed = replace(
            action,
            what=clean_line(action.what, "what", limit=ACTION_LIMIT),
            owner_role=clean_text(action.owner_role, "owner_role", limit=LINE_LIMIT),
        )
        self._actions.save(changed)
        return changed

    def drop_action(self, action: ActionItem) -> None:
        """Delete an action."""
        self._actions.delete(action.id)

    def _next_point(self, session_id: SessionId) -> int:
        return 1 + max((point.seq for point in self._points.where(session_id=session_id)), default=0)
