"""The debrief on the run screen: prompts in the middle, what is gathered at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.domain.notes import ActionItem
from trainer_app.domain.session_phases import SessionPhase
from trainer_app.domain.sessions import SessionId
from trainer_app.ui.office import Office
from trainer_app.ui.session.debrief.film_card import FilmCard
from trainer_app.ui.session.debrief.gathered_column import GatheredColumn, HiddenColumn
from trainer_app.ui.session.debrief.presenter import DebriefPresenter, FilmShown, Gathered, PromptsShown
from trainer_app.ui.session.debrief.prompt_card import PromptCard
from trainer_app.ui.session.notes.note_entry import NoteEntry
from trainer_app.ui.session.notes.writing import Writing
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing


class DebriefContent(QWidget):
    """Middle and right column of the run screen in the phases with talk.

    ``PgUp``, ``PgDn`` and ``F9`` are keys of the run screen, which calls :meth:`previous_prompt`,
    :meth:`next_prompt` and :meth:`set_notes_hidden`. The keys of notes (F2 to F7) work while this is shown.
    """

    def __init__(self, office: Office, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        texts = office.texts
        self._film_s: Callable[[], float | None] = lambda: None
        self._to_open: UUID | None = None
        self._presenter = DebriefPresenter(office, self)
        self.prompts = PromptCard(look, texts)
        self.film = FilmCard(look, texts, office.services.pictures)
        self.gathered = GatheredColumn(look, texts, self._presenter, lambda: office.local_now().date())
        self.hidden = HiddenColumn(look, texts)
        # Two fields, so that a half-written note never moves to where the group could read it.
        self.entry = NoteEntry(office, look, film_s=self._film_time, roomy=True, keys_on=self.gathered)
        self.hidden_entry = NoteEntry(office, look, film_s=self._film_time, keys_on=self.hidden)
        self.gathered.put_entry(self.entry)
        self._lay_out(look)
        self._connect()
        self.set_notes_hidden(True)

    # --- what the run screen does with it ----------------------------------------------------------------

    def show_phase(self, session_id: SessionId, phase: SessionPhase) -> None:
        """Show a phase of a session."""
        for entry in self._entries():
            entry.show_session(session_id, phase.seq)
        self._presenter.show_phase(session_id, phase)

    def set_notes_hidden(self, hidden: bool) -> None:
        """Hide all that was written, or show it."""
        self.leave()
        if hidden:
            self.entry.finish()
        else:
            self.hidden_entry.finish()
        # The one goes first: both at once would make a small window grow.
        column, other = (self.hidden, self.gathered) if hidden else (self.gathered, self.hidden)
        other.hide()
        column.show()
        self.hidden_entry.setVisible(hidden and self.hidden_entry.is_writing)
        self.film.set_notes_hidden(hidden=hidden)

    def next_prompt(self) -> None:
        """Go to the next prompt; after the last one, stay."""
        self._presenter.step(1)

    def previous_prompt(self) -> None:
        """Go back to the prompt before; before the first one, stay."""
        self._presenter.step(-1)

    def set_film_time(self, film_s: Callable[[], float | None]) -> None:
        """Say where to ask for the film's time: seconds while one shows, else None."""
        self._film_s = film_s

    def first_focus(self) -> QWidget:
        """The prompt, to be read aloud; PgUp and PgDn change it."""
        return self.prompts

    def leave(self) -> None:
        """It is hidden, or the app closes: what is typed is saved now."""
        for entry in self._entries():
            entry.leave()
        self.gathered.close_editors()

    def unsaved(self) -> Sequence[str]:
        """What was typed and is not stored."""
        written = [text for entry in self._entries() for text in entry.unsaved()]
        return [*written, *self.gathered.unsaved()]

    def end(self) -> None:
        """It goes away for good."""
        self.gathered.close_editors()
        for entry in self._entries():
            entry.end()
        self.film.end()
        self._presenter.end()

    # --- what the presenter shows ------------------------------------------------------------------------

    def show_prompts(self, shown: PromptsShown) -> None:
        """Show the prompt in focus."""
        self.prompts.show_prompts(shown)

    def show_film(self, film: FilmShown | None) -> None:
        """Show where in the film notes were written."""
        self.film.show_film(film)
        self._middle.setStretchFactor(self.film, int(self.film.has_heat))

    def show_gathered(self, gathered: Gathered) -> None:
        """Show notes, learning points and actions, or how many there are."""
        self.gathered.show_gathered(gathered)
        self.hidden.show_gathered(gathered)
        if self._to_open in self.gathered.action_items.rows and self._to_open is not None:
            self._open_action(self._to_open)

    # --- inside ------------------------------------------------------------------------------------------

    def _entries(self) -> tuple[NoteEntry, NoteEntry]:
        return self.entry, self.hidden_entry

    def _film_time(self) -> float | None:
        return self._film_s()

    def _lay_out(self, look: Look) -> None:
        row = QHBoxLayout(self)
        Spacing(look, row, gap=16)
        middle = QVBoxLayout()
        Spacing(look, middle, gap=16)
        middle.addWidget(self.prompts, 1)
        middle.addWidget(self.film)
        self._middle = middle
        middle.addWidget(self.hidden_entry)
        row.addLayout(middle, 1)
        row.addWidget(self.gathered)
        row.addWidget(self.hidden)

    def _connect(self) -> None:
        self.prompts.step_wanted.connect(self._presenter.step)
        self.gathered.action_wanted.connect(lambda: self.entry.begin(Writing.ACTION))
        self.hidden.note_wanted.connect(lambda: self.hidden_entry.begin(Writing.OBSERVATION))
        self.hidden_entry.opened.connect(self.hidden_entry.show)
        self.hidden_entry.closed.connect(self.hidden_entry.hide)
        self.entry.noted.connect(self._on_noted)

    def _on_noted(self, written: object) -> None:
        """Who does it by when is agreed while the action is talked about: its fields open by themselves."""
        if isinstance(written, ActionItem):
            self._to_open = written.id
            if written.id in self.gathered.action_items.rows:
                self._open_action(written.id)

    def _open_action(self, action_id: UUID) -> None:
        self._to_open = None
        # Whoever writes on already keeps the keyboard.
        if not self.entry.is_writing and self.gathered.isVisible():
            self.gathered.action_items.open(action_id)
