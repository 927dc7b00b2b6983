"""Keeps what is typed into the note field; knows no Qt.

What the database refuses comes back into the field; where that writes on, or is gone, it waits with the app.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.sessions import SessionId
from trainer_app.runtime.changes import Topic
from trainer_app.ui.office import Office
from trainer_app.ui.session.notes.writing import Draft, Moment, Writing, Written, require_fitting

FilmTime = Callable[[], float | None]
"""Seconds of film while one shows, else None."""

Refused = Callable[[Draft, str, TrainerError], None]
"""Takes care of a text that the database has refused."""


class NoteView(Protocol):
    """What the field shows."""

    def show_writing(self, writing: Writing | None) -> None:
        """Say what is being written; None: nothing, the field is free."""

    def show_text(self, text: str) -> None:
        """Put a text into the field."""

    def show_error(self, words: str) -> None:
        """Say what is wrong beside the field; empty takes it back."""

    def on_finished(self, written: Written) -> None:
        """Something was written down."""


class NotePresenter:
    """One note, learning point or action at a time, stored while it is typed."""

    def __init__(self, office: Office, view: NoteView, film_s: FilmTime) -> None:
        """Nothing is written before :meth:`show_session`."""
        self._office, self._view = office, view
        self._film_s = film_s
        self._tasks = office.tasks.page()
        self._session_id: SessionId | None = None
        self._phase_seq: int | None = None
        self._draft: Draft | None = None
        self._text = self._given = self._stored = ""
        self._is_over = False

    @property
    def writing(self) -> Writing | None:
        """What is being written, or None."""
        return None if self._draft is None else self._draft.writing

    @property
    def unsaved(self) -> str:
        """What was typed, where more was typed than is stored."""
        return self._text if self._draft is not None and self._text != self._stored else ""

    def show_session(self, session_id: SessionId, phase_seq: int | None) -> None:
        """Say where notes belong from now on; what is being typed stays with its own session."""
        if self._session_id not in (None, session_id):
            self.finish()
        self._session_id, self._phase_seq = session_id, phase_seq

    def begin(self, writing: Writing, *, within: bool) -> None:
        """Begin to write something down, at this moment of the film.

        Args:
            writing: What it is.
            within: The field has the keyboard: what stands in it becomes this kind, and keeps its moment.
        """
        if self._session_id is None:
            return
        if within and self._text.strip() and writing is not Writing.TIME_MARK:
            self._change_kind(writing)
            return
        if self.finish():
            self._open(writing)

    def typed(self, text: str) -> None:
        """The field holds this text now."""
        self._text = text
        if self._draft is None and text and self._session_id is not None:
            self._open(Writing.OBSERVATION, text)
        self._judge()

    def save(self) -> None:
        """Store what stands in the field, if it can be stored."""
        if self._draft is None or self._text == self._given or not self._judge():
            return
        draft, text = self._draft, self._text
        self._store(draft, text)

    def finish(self) -> bool:
        """Store the text for good and free the field; False while it cannot be stored."""
        draft, text = self._draft, self._text
        if draft is None:
            return True
        if not self._judge():
            return False
        self._free()
        self._to_the_end(draft, text, self._give_back)
        return True

    def on_heartbeat(self) -> None:
        """Some seconds have passed: what the database has refused is tried again."""
        self._retry()

    def end(self) -> None:
        """The field goes away: what is typed is stored, or waits with the app until it can be."""
        draft, text = self._draft, self._text
        self._is_over = True
        if draft is not None:
            self._free()
            self._to_the_end(draft, text, self._wait)
        self._retry()
        self._tasks.close()

    # --- inside ------------------------------------------------------------------------------------------

    def _to_the_end(self, draft: Draft, text: str, refused: Refused) -> None:
        """Finish a text with the app's own tasks: the answer is heard when the field has gone as well."""
        arrived = self._office.unkept.send(self._name(draft, text))

        def written(what: Written | None) -> None:
            arrived()
            self._on_written(what)

        def not_stored(problem: TrainerError) -> None:
            arrived()
            refused(draft, text, problem)

        self._office.tasks.stored(lambda: draft.finish(text), written, not_stored)

    def _open(self, writing: Writing, text: str = "") -> None:
        assert self._session_id is not None, "begin() looks"
        moment = Moment(
            session_id=self._session_id,
            at=self._office.now(),
            phase_seq=self._phase_seq,
            film_s=self._film_s(),
        )
        draft = self._draft = Draft(self._office.services.noting, writing, moment)
        self._text, self._given, self._stored = text, "", ""
        self._view.show_writing(writing)
        if writing is Writing.TIME_MARK:
            # The moment is the note; words are welcome, and not needed.
            self._store(draft, "")

    def _change_kind(self, writing: Writing) -> None:
        old = self._draft
        if old is None or old.writing is writing:
            return
        self._draft = Draft(self._office.services.noting, writing, old.moment)
        office = self._office
        office.tasks.stored(old.drop, failed=lambda _problem: office.unkept.add("", old.drop))
        self._given = self._stored = ""
        self._view.show_writing(writing)
        self.save()

    def _judge(self) -> bool:
        if self._draft is None:
            return True
        try:
            require_fitting(self._draft.writing, self._text)
        except TrainerError as problem:
            self._show_problem(problem)
            return False
        self._view.show_error("")
        return True

    def _show_problem(self, problem: TrainerError) -> None:
        said = self._office.texts.explain(problem)
        self._view.show_error(f"{said.what} {said.why} {said.next_step}")

    def _free(self) -> None:
        self._draft = None
        self._text = self._given = self._stored = ""
        self._view.show_error("")
        self._view.show_text("")
        self._view.show_writing(None)

    def _store(self, draft: Draft, text: str) -> None:
        self._given = text

        def stored(_nothing: None) -> None:
            if self._draft is draft:
                self._stored = text

        def not_stored(problem: TrainerError) -> None:
            # Of a text that has been finished meanwhile, finishing says so.
            if self._draft is draft:
                self._given = self._stored
                self._show_problem(problem)

        self._tasks.stored(lambda: draft.write(text), stored, not_stored)

    def _give_back(self, draft: Draft, text: str, problem: TrainerError) -> None:
        """The text comes back; where something new is being written already, it waits until it is taken."""
        if self._draft is None and not self._is_over:
            self._draft, self._text = draft, text
            self._given = self._stored = ""
            self._view.show_writing(draft.writing)
            self._view.show_text(text)
            self._show_problem(problem)
        else:
            self._wait(draft, text, problem)

    def _wait(self, draft: Draft, text: str, problem: TrainerError) -> None:
        self._office.unkept.add(self._name(draft, text), lambda: draft.finish(text))
        self._office.notices.problem(problem)

    def _name(self, draft: Draft, text: str) -> str:
        """What is called unsaved: the text, or of a mark without words, that it is one."""
        is_mark = draft.writing is Writing.TIME_MARK
        return text or (self._office.texts("notes.mark") if is_mark else "")

    def _retry(self) -> None:
        office = self._office

        def kept() -> None:
            office.changes.announce(Topic.NOTES)
            if not office.unkept.refused:
                office.notices.say(office.texts("notes.saved_again"))

        office.unkept.retry(office.tasks, kept)

    def _on_written(self, written: Written | None) -> None:
        self._office.changes.announce(Topic.NOTES)
        if written is not None and not self._is_over:
            self._view.on_finished(written)
        self._retry()
