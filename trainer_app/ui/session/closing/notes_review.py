"""Going through the raw notes: each becomes a learning point, is deleted now, or is left to be deleted."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.closing.shown import NoteToReview
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import Button, Kind, Scale, by_letter
from trainer_app.ui.widgets.card import Card
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.painted import PaintedWidget
from trainer_app.ui.widgets.scrolling import scrolling


class ReviewRow(PaintedWidget):
    """A note and what can be done with it."""

    def __init__(self, look: Look, texts: Texts, note: NoteToReview, parent: QWidget) -> None:
        super().__init__(look, parent)
        self.note = note
        self.keep = Button(look, texts("closing.review.keep"), scale=Scale.ROW, icon="lightbulb")
        self.let_go = Button(look, texts("closing.review.let_go"), scale=Scale.ROW)
        self.keep.setAccessibleName(texts("closing.review.keep_name", note=note.text))
        self.let_go.setAccessibleName(texts("closing.review.let_go_name", note=note.text))
        words = QVBoxLayout()
        Spacing(look, words, gap=0)
        self._about = Label(look, note.about, "small", "text_muted", wrap=True)
        self._text = Label(look, note.text, "body", wrap=True)
        words.addWidget(self._about)
        words.addWidget(self._text)
        row = QHBoxLayout(self)
        Spacing(look, row, (44, 8, 16, 9), 8)
        row.addLayout(words, 1)
        row.addWidget(self.keep)
        row.addWidget(self.let_go)

    def show_note(self, note: NoteToReview) -> None:
        """Show what is stored."""
        self.note = note
        self._about.setText(note.about)
        self._text.setText(note.text)
        self.keep.setVisible(note.can_keep)

    def first(self) -> Button:
        """What has the keyboard first."""
        return self.keep if self.note.can_keep else self.let_go

    def draw(self, ink: Ink) -> None:
        """The sign of its kind, a hairline above all but the first."""
        px, side = self.look.px, self.look.px(18)
        sign = QRectF(px(16), (self.height() - side) / 2, side, side)
        ink.icon(self.note.icon, sign, self.look.colour("accent_ink"))
        if self.y() > px(8):
            ink.painter.fillRect(QRectF(0, 0, self.width(), 1), self.look.colour("outline"))


class NotesReview(QWidget):
    """All raw notes of the session.

    Signals:
        kept: this note becomes a learning point.
        let_go: this note is deleted.
        done: back to closing.
    """

    kept = Signal(object)
    let_go = Signal(object)
    done = Signal()

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._texts = look, texts
        self.rows: dict[UUID, ReviewRow] = {}
        self.back = Button(look, texts("closing.review.back"), Kind.PRIMARY, icon="arrow-left")
        self.back.clicked.connect(self.done)
        by_letter(self.back)
        self._until = Label(look, "", "body", "text_muted", wrap=True)
        self._empty = Label(look, texts("closing.review.empty"), "body", "text_muted", wrap=True)
        self._card = Card(look, padding=0)
        self._card.setAccessibleName(texts("closing.notes"))
        Spacing(look, self._card.body, (1, 4, 1, 4), 0)
        self._rows = QVBoxLayout()
        Spacing(look, self._rows, gap=0)
        self._lay_out(look)

    def show_notes(self, notes: Sequence[NoteToReview], until: str) -> None:
        """Show them; rows that stay are kept."""
        wanted = {note.id for note in notes}
        for gone in [each for each in self.rows if each not in wanted]:
            self._take_away(gone)
        for place, note in enumerate(notes):
            if note.id not in self.rows:
                self._add(note, place)
            self.rows[note.id].show_note(note)
        self._until.setText(self._texts("closing.review.until", day=until) if until else "")
        self._empty.setVisible(not notes)
        self._card.setVisible(bool(notes))

    def first_focus(self) -> QWidget:
        """The first note, or the way back."""
        first = next(iter(self.rows.values()), None)
        return self.back if first is None else first.first()

    def _lay_out(self, look: Look) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        Spacing(look, column, gap=12)
        column.addWidget(self._until)
        self._card.body.addLayout(self._rows)
        column.addWidget(self._card)
        column.addWidget(self._empty)
        column.addStretch(1)
        scroll = scrolling(inside)
        outer = QVBoxLayout(self)
        Spacing(look, outer, gap=16)
        outer.addWidget(scroll, 1)
        foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        foot.addWidget(self.back)
        foot.addStretch(1)
        outer.addLayout(foot)

    def _add(self, note: NoteToReview, place: int) -> None:
        row = self.rows[note.id] = ReviewRow(self._look, self._texts, note, self._card)
        row.keep.clicked.connect(lambda: self.kept.emit(note.id))
        row.let_go.clicked.connect(lambda: self.let_go.emit(note.id))
        self._rows.insertWidget(place, row)
        row.show()

    def _take_away(self, note_id: UUID) -> None:
        row = self.rows.pop(note_id)
        had_keyboard = row.isAncestorOf(self.focusWidget() or self)
        self._rows.removeWidget(row)
        row.hide()
        row.deleteLater()
        if had_keyboard:
            self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
