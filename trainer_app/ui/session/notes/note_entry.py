"""The note field with its keys: one press, some words, Enter, and the keyboard is back where it was."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import shiboken6
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from trainer_app.domain.sessions import SessionId
from trainer_app.services.running import HEARTBEAT_S
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.office import Office
from trainer_app.ui.page import KeyHelp
from trainer_app.ui.session.notes.key_hints import KeyHint, KeyHints
from trainer_app.ui.session.notes.note_field import NoteField
from trainer_app.ui.session.notes.presenter import FilmTime, NotePresenter
from trainer_app.ui.session.notes.writing import KEYS, Writing, Written
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.label import Label

SAVED_WITHIN_MS = 700
"""What is typed is stored so soon; a crash loses no more than that."""

ICONS = {
    Writing.LEARNING_POINT: "lightbulb",
    Writing.OBSERVATION: "eye",
    Writing.QUESTION: "question",
    Writing.ACTION: "flag-banner",
    Writing.TIME_MARK: "bookmark-simple",
}
_ROOMY_HINTS = (Writing.LEARNING_POINT, Writing.OBSERVATION, Writing.QUESTION)
_HEIGHT, _ROOMY_HEIGHT = 44, 40


class NoteEntry(QWidget):
    """A line in which notes are written by key.

    Signals:
        opened: something is being written.
        closed: nothing is being written any more.
        noted: something was written down (a Note, LearningPoint or ActionItem).
    """

    opened = Signal()
    closed = Signal()
    noted = Signal(object)

    def __init__(
        self,
        office: Office,
        look: Look,
        *,
        film_s: FilmTime = lambda: None,
        roomy: bool = False,
        keys_on: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Make a field that waits for :meth:`show_session`.

        Args:
            office: Services and words.
            look: Theme in use.
            film_s: Seconds of film while one shows, else None.
            roomy: With the reminder above and the keys below, for the debrief; else all in one line.
            keys_on: While this widget is shown, the keys work; None: while the field itself is.
            parent: Qt's.
        """
        super().__init__(parent)
        self._texts, self._roomy = office.texts, roomy
        self._free = "notes.free" if roomy else "notes.free_hidden"
        self._back: QWidget | None = None
        self._presenter = NotePresenter(office, self, film_s)
        self.field = NoteField(look, _ROOMY_HEIGHT if roomy else _HEIGHT, self)
        self.hints = KeyHints(look, office.texts, _ROOMY_HINTS if roomy else tuple(Writing), self)
        self._enter = KeyHint(look, "Enter", office.texts("notes.hint.save"), self)
        self._error = Label(look, "", "micro", "danger_ink", weight=400, wrap=True)
        self._error.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVED_WITHIN_MS)
        self._heartbeat = QTimer(self)
        self._heartbeat.setInterval(round(HEARTBEAT_S * 1_000))
        self._lay_out(look, office)
        self._connect(keys_on or self)
        self.show_writing(None)

    # --- what others do with it --------------------------------------------------------------------------

    def show_session(self, session_id: SessionId, phase_seq: int | None) -> None:
        """Say where notes belong, and in which phase the session is."""
        self._presenter.show_session(session_id, phase_seq)
        self._heartbeat.start()

    def begin(self, writing: Writing) -> None:
        """Begin to write something down; the keyboard comes here, and goes back after Enter."""
        within = self.field.hasFocus()
        if not within:
            self._back = QApplication.focusWidget()
        self._presenter.begin(writing, within=within)
        self.opened.emit()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_hidden(self, *, hidden: bool) -> None:
        """Say in the empty field whether what is written there will be hidden."""
        self._free = "notes.free_hidden" if hidden else "notes.free"
        self.show_writing(self._presenter.writing)

    def finish(self) -> bool:
        """Write down what was begun; False while it cannot be stored."""
        if not self._presenter.finish():
            return False
        self._timer.stop()
        self.closed.emit()
        return True

    def leave(self) -> None:
        """The page is hidden, or the app closes: what is typed is stored now."""
        self._presenter.save()

    def end(self) -> None:
        """The field goes away for good."""
        self._timer.stop()
        self._heartbeat.stop()
        self._presenter.end()

    def unsaved(self) -> Sequence[str]:
        """What was typed and is not stored."""
        return [self._presenter.unsaved] if self._presenter.unsaved else []

    @property
    def is_writing(self) -> bool:
        """Something is being written."""
        return self._presenter.writing is not None

    # --- what the presenter shows ------------------------------------------------------------------------

    def show_writing(self, writing: Writing | None) -> None:
        """Say what is being written."""
        self.hints.show_writing(writing)
        if writing is None:
            words = self._texts(self._free)
            self.field.set_icon("note-pencil")
        else:
            words = self._texts(f"notes.kind.{writing.value}")
            self.field.set_icon(ICONS[writing])
        self.field.setPlaceholderText(words)
        self.field.setAccessibleName(words)
        self._show_end()

    def show_text(self, text: str) -> None:
        """Put a text into the field."""
        self.field.setText(text)
        self._show_end()

    def show_error(self, words: str) -> None:
        """Say what is wrong beside the field."""
        if words == self._error.text():
            return
        self._error.setText(words)
        self._error.setVisible(bool(words))
        self.field.setProperty("state", "error" if words else "")
        self.field.setAccessibleDescription(words)
        self.field.style().unpolish(self.field)
        self.field.style().polish(self.field)

    def on_finished(self, written: Written) -> None:
        """Something was written down."""
        self.noted.emit(written)

    # --- inside ------------------------------------------------------------------------------------------

    def _lay_out(self, look: Look, office: Office) -> None:
        column = QVBoxLayout(self)
        Spacing(look, column, gap=6)
        if self._roomy:
            reminder = office.services.content.texts.free_text_reminder.words
            words = reminder.in_language(office.texts.lang)
            column.addWidget(Label(look, words, "small", "text_muted", wrap=True))
        column.addWidget(self.field)
        column.addWidget(self._error)
        if self._roomy:
            column.addWidget(self.hints)
            self.field.put_after(self._enter)
        else:
            self.field.put_after(self.hints)

    def _connect(self, keys_on: QWidget) -> None:
        self.field.textEdited.connect(self._on_edited)
        self.field.entered.connect(self._on_entered)
        self.field.escaped.connect(self._on_entered)
        self.field.left.connect(self._on_left)
        self._timer.timeout.connect(self._presenter.save)
        self._heartbeat.timeout.connect(self._presenter.on_heartbeat)
        self._enter.clicked.connect(self._on_entered)
        self.hints.pressed.connect(self.begin)
        for writing, key in KEYS.items():
            shortcut = QShortcut(QKeySequence(key), keys_on)
            shortcut.activated.connect(partial(self.begin, writing))

    def _show_end(self) -> None:
        """While there is text, its room is its own: the keys make way for the one that saves."""
        writing = self._presenter.writing is not None
        after, other = (self._enter, self.hints) if writing else (self.hints, self._enter)
        if self._roomy:
            self._enter.setVisible(writing)
        else:
            other.hide()
            self.field.put_after(after)
            after.show()
        self.field.make_room()

    def _on_edited(self, text: str) -> None:
        was_free = not self.is_writing
        self._presenter.typed(text)
        if was_free and self.is_writing:
            self.opened.emit()
        if not self._timer.isActive():
            self._timer.start()

    def _on_left(self, for_good: bool) -> None:
        """What was typed is stored; what has no words yet is over, a mark as well as a note."""
        if for_good and self.is_writing and not self.field.text().strip():
            self._back = None
            self.finish()
        else:
            self._presenter.save()

    def _on_entered(self) -> None:
        back, self._back = self._back, None
        if not self.finish():
            self._back = back
            return
        if not self.field.hasFocus():
            return
        if back is not None and shiboken6.isValid(back) and back.isVisible():
            back.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.field.clearFocus()


def note_keys(texts: Texts) -> list[KeyHelp]:
    """The keys of the note field, for F1."""
    keys = [KeyHelp(key, texts(f"notes.keys.{writing.value}")) for writing, key in KEYS.items()]
    return [*keys, KeyHelp("Enter", texts("notes.keys.enter"))]
