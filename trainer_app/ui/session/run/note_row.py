"""The note field below the content, and how many notes there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from trainer_app.domain.sessions import SessionId
from trainer_app.ui.office import Office
from trainer_app.ui.session.notes.note_count import NoteCount
from trainer_app.ui.session.notes.note_entry import NoteEntry
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing


class NoteRow(QWidget):
    """Notes are written here in every phase but the debrief, which has its own place for them."""

    def __init__(
        self,
        office: Office,
        look: Look,
        film_s: Callable[[], float | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.entry = NoteEntry(office, look, film_s=film_s, keys_on=self)
        self.count = NoteCount(office, look)
        row = QHBoxLayout(self)
        Spacing(look, row, (0, 0, 0, 0), 8)
        row.addWidget(self.entry, 1)
        row.addWidget(self.count, 0, Qt.AlignmentFlag.AlignTop)

    def show_session(self, session_id: SessionId, phase_seq: int) -> None:
        """Say where notes belong."""
        self.entry.show_session(session_id, phase_seq)
        self.count.show_session(session_id)

    def set_hidden(self, *, hidden: bool) -> None:
        """Say in the same words as everywhere whether notes are hidden."""
        self.entry.set_hidden(hidden=hidden)
        self.count.set_hidden(hidden=hidden)

    def leave(self) -> None:
        """What is typed is saved now."""
        self.entry.leave()

    def unsaved(self) -> Sequence[str]:
        """What was typed and is not stored."""
        return self.entry.unsaved()

    def end(self) -> None:
        """The row goes away for good."""
        self.entry.end()
        self.count.end()
