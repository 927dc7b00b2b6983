"""What is done with notes, learning points and actions, wherever they can be changed; no Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.notes import ActionItem, LearningPoint, Note, Verdict
from trainer_app.runtime.background import PageTasks
from trainer_app.runtime.changes import Topic
from trainer_app.ui.office import Office

Saved = Callable[[str], None]
"""Hears that a change is stored, or (a text) why it is not."""


class GatheredKeeping:
    """Saves, deletes and brings back."""

    def __init__(
        self,
        office: Office,
        tasks: PageTasks,
        *,
        reload: Callable[[], None],
        notes: Callable[[], Sequence[Note]],
    ) -> None:
        """Make it.

        Args:
            office: What its page works with.
            tasks: Of the page.
            reload: Reads the page anew; called after a change.
            notes: Those of the session, as last read.
        """
        self._office, self._tasks = office, tasks
        self._read_anew, self._known_notes = reload, notes

    def retype(self, note: Note, text: str, then: Saved) -> None:
        """Save a note as it stands in its field now."""
        noting = self._office.services.noting
        self._change(lambda: noting.retype(note, text), then)

    def rewrite_point(self, point: LearningPoint, text: str, verdict: Verdict | None, then: Saved) -> None:
        """Save a learning point as it stands in its fields now."""
        noting, changed = self._office.services.noting, replace(point, text=text, verdict=verdict)
        self._change(lambda: noting.change_point(changed), then)

    def rewrite_action(
        self, action: ActionItem, what: str, owner: str | None, due: date | None, then: Saved
    ) -> None:
        """Save an action as it stands in its fields now; ``owner`` None: nobody wrote another one."""
        noting = self._office.services.noting
        changed = replace(action, what=what, due=due)
        if owner is not None:
            changed = replace(changed, owner_role=owner, owner_id=None)
        self._change(lambda: noting.change_action(changed), then)

    def promote(self, note: Note) -> None:
        """Make a learning point of a note."""
        noting = self._office.services.noting
        self._change(lambda: noting.promote(_fresh(noting.notes_of(note.session_id), note)))

    def delete(self, source: Note | LearningPoint | ActionItem) -> None:
        """Delete something that was gathered; *Angre* brings it back."""
        noting = self._office.services.noting
        if isinstance(source, Note):
            self._change(lambda: noting.drop(source))
            self._offer_undo("debrief.deleted.note", lambda: noting.put_back(source))
        elif isinstance(source, LearningPoint):
            made_of = [note for note in self._known_notes() if note.promoted_to == source.id]
            self._change(lambda: noting.drop_point(source))
            self._offer_undo("debrief.deleted.point", lambda: self._put_back(source, made_of))
        else:
            self._change(lambda: noting.drop_action(source))
            self._offer_undo("debrief.deleted.action", lambda: noting.change_action(source))

    # --- inside ------------------------------------------------------------------------------------------

    def _offer_undo(self, key: str, back: Callable[[], object]) -> None:
        words = self._office.texts(key)
        self._office.notices.offer_undo(words, lambda: self._change(back))

    def _put_back(self, point: LearningPoint, made_of: Sequence[Note]) -> None:
        """A learning point, and what it was made of."""
        noting = self._office.services.noting
        noting.change_point(point)
        for note in made_of:
            noting.put_back(note)

    def _change(self, work: Callable[[], object], then: Saved | None = None) -> None:
        def done(_result: object) -> None:
            self._office.changes.announce(Topic.NOTES, by=self._read_anew)
            self._read_anew()
            if then is not None:
                then("")

        def refused(problem: TrainerError) -> None:
            if then is not None:
                then(self._office.texts.explain(problem).line())
            else:
                self._office.notices.problem(problem)

        self._tasks.stored(work, done, refused)


def _fresh(notes: Sequence[Note], note: Note) -> Note:
    """The note as it is stored now: it may have been typed on since it was shown."""
    return next((one for one in notes if one.id == note.id), note)
