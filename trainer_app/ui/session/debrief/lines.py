"""What was gathered, as ready words: a note, a learning point, an action, one line each."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from trainer_app.domain.local_time import local_of
from trainer_app.domain.notes import ActionItem, LearningPoint, Note, NoteKind, Verdict
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.day_words import clock, day_of_month

NOTE_ICONS = {
    NoteKind.OBSERVATION: "eye",
    NoteKind.LEARNING_POINT: "lightbulb",
    NoteKind.QUESTION: "question",
    NoteKind.PARKED: "clock",
    NoteKind.TIME_MARK: "bookmark-simple",
    NoteKind.TECHNICAL: "wrench",
}
_NOTE_KEYS = {
    NoteKind.OBSERVATION: "debrief.note.observation",
    NoteKind.LEARNING_POINT: "debrief.note.learning_point",
    NoteKind.QUESTION: "debrief.note.question",
    NoteKind.PARKED: "debrief.note.parked",
    NoteKind.TIME_MARK: "debrief.note.time_mark",
    NoteKind.TECHNICAL: "debrief.note.technical",
}
VERDICT_KEYS = {
    Verdict.KEEP: "debrief.verdict.keep",
    Verdict.TRY: "debrief.verdict.try",
    Verdict.CHANGE: "debrief.verdict.change",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheredLine:
    """One line of what was gathered.

    Attributes:
        about: Small words: above the text, for an action below it.
        needs_care: Something is missing that closing will ask for.
        source: What it shows.
    """

    id: UUID
    icon: str
    about: str
    text: str
    source: Note | LearningPoint | ActionItem
    about_below: bool = False
    needs_care: bool = False


def note_line(note: Note, texts: Texts, zone: str) -> GatheredLine:
    """A note with its kind, and its place in the film or its time."""
    if note.film_s is not None:
        where = texts("debrief.note.in_film", time=note.film_s)
    else:
        where = texts("debrief.note.at", time=clock(local_of(note.at, zone), texts))
    kind = texts(_NOTE_KEYS[note.kind])
    return GatheredLine(
        id=note.id,
        icon=NOTE_ICONS[note.kind],
        about=f"{kind}  ·  {where}",
        text=note.text or texts("debrief.note.wordless"),
        source=note,
    )


def point_line(point: LearningPoint, texts: Texts) -> GatheredLine:
    """A learning point with what the group wants with it."""
    key = "debrief.verdict.none" if point.verdict is None else VERDICT_KEYS[point.verdict]
    return GatheredLine(id=point.id, icon="lightbulb", about=texts(key), text=point.text, source=point)


def action_line(action: ActionItem, owner: str, texts: Texts) -> GatheredLine:
    """An action with its owner and due date, or what of them is missing."""
    if action.due is not None and owner:
        about = texts("debrief.action.agreed", owner=owner, due=day_of_month(action.due, texts))
    elif action.due is not None:
        about = texts("debrief.action.no_owner", due=day_of_month(action.due, texts))
    elif owner:
        about = texts("debrief.action.no_due", owner=owner)
    else:
        about = texts("debrief.action.neither")
    return GatheredLine(
        id=action.id,
        icon="flag-banner",
        about=about,
        text=action.what,
        source=action,
        about_below=True,
        needs_care=not action.is_agreed,
    )
