"""What can be written down with a key, and what it becomes while it is typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from types import MappingProxyType

from trainer_app.domain.notes import ActionItem, LearningPoint, Note, NoteKind
from trainer_app.domain.sessions import SessionId
from trainer_app.domain.typed_texts import clean_line, clean_text
from trainer_app.services.noting import ACTION_LIMIT, Noting


class Writing(Enum):
    """What a key begins; the values name its texts."""

    LEARNING_POINT = "learning_point"
    OBSERVATION = "observation"
    QUESTION = "question"
    ACTION = "action"
    TIME_MARK = "time_mark"


KEYS: Mapping[Writing, str] = MappingProxyType(
    {
        Writing.LEARNING_POINT: "F2",
        Writing.OBSERVATION: "F3",
        Writing.QUESTION: "F4",
        Writing.ACTION: "F5",
        Writing.TIME_MARK: "F7",
    }
)

_KINDS: Mapping[Writing, NoteKind] = MappingProxyType(
    {
        Writing.LEARNING_POINT: NoteKind.LEARNING_POINT,
        Writing.OBSERVATION: NoteKind.OBSERVATION,
        Writing.QUESTION: NoteKind.QUESTION,
        Writing.TIME_MARK: NoteKind.TIME_MARK,
    }
)

Written = Note | LearningPoint | ActionItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When something was noticed. ``at``: UTC; ``film_s``: seconds of film while one shows."""

    session_id: SessionId
    at: datetime
    phase_seq: int | None = None
    film_s: float | None = None


def require_fitting(writing: Writing, text: str) -> None:
    """Raise when the text can never be saved.

    Raises:
        TextTooLong: it has more characters than its kind holds.
    """
    if writing is Writing.ACTION:
        if text.strip():
            clean_line(text, "what", limit=ACTION_LIMIT)
        return
    clean_text(text, "note")


class Draft:
    """What is being typed, stored from its first letter on. All methods run on the database's worker."""

    def __init__(self, noting: Noting, writing: Writing, moment: Moment) -> None:
        """Nothing is stored yet."""
        self.writing, self.moment = writing, moment
        self._noting = noting
        self._note: Note | None = None
        self._action: ActionItem | None = None

    def write(self, text: str) -> None:
        """Store what stands in the field now.

        Raises:
            TextTooLong: what was stored before stays.
        """
        if self.writing is Writing.ACTION:
            self._write_action(text)
        else:
            self._write_note(text)

    def finish(self, text: str) -> Written | None:
        """Store the whole text; return what it became, or None where there is nothing to keep.

        Raises:
            TextTooLong: what was stored before stays.
        """
        if not text.strip() and self.writing is not Writing.TIME_MARK:
            self.drop()
            return None
        self.write(text)
        if self.writing is Writing.LEARNING_POINT and self._note is not None:
            return self._noting.conclude(self._note)
        return self._note or self._action

    def drop(self) -> None:
        """Take back what was stored of it."""
        if self._note is not None:
            self._noting.drop(self._note)
        if self._action is not None:
            self._noting.drop_action(self._action)
        self._note = self._action = None

    def _write_note(self, text: str) -> None:
        if self._note is None:
            if not text.strip() and self.writing is not Writing.TIME_MARK:
                return
            moment = self.moment
            self._note = self._noting.begin_note(
                moment.session_id,
                _KINDS[self.writing],
                at=moment.at,
                phase_seq=moment.phase_seq,
                film_s=moment.film_s,
            )
        if text != self._note.text:
            self._note = self._noting.retype(self._note, text)

    def _write_action(self, text: str) -> None:
        if not text.strip():
            return
        if self._action is None:
            self._action = self._noting.add_action(self.moment.session_id, text, film_s=self.moment.film_s)
        else:
            self._action = self._noting.change_action(replace(self._action, what=text))
