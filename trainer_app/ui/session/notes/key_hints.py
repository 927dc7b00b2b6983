"""Keys of the note field, each with its word; pressed by mouse they do the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.notes.writing import KEYS, Writing
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import keycap_width, paint_keycap
from trainer_app.ui.widgets.painted import PaintedButton

_GAP, _BETWEEN, _HEIGHT = 4, 16, 32


class KeyHint(PaintedButton):
    """A key cap and what the key does."""

    def __init__(self, look: Look, key: str, word: str, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.key = key
        self._chosen = False
        self.setText(word)
        self.setAccessibleName(f"{word}, {key}")
        # The key itself is the keyboard's way; the focus stays where it is.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_chosen(self, *, chosen: bool) -> None:
        """Show that this is what is being written."""
        self._chosen = chosen
        self.update()

    def sizeHint(self) -> QSize:
        """Cap and word."""
        width = keycap_width(self.look, self.key) + self.look.px(_GAP) + self._word_width()
        return QSize(round(width + 1), self.look.px(_HEIGHT))

    def draw(self, ink: Ink) -> None:
        """Cap and word; the one in use in the accent."""
        name = "accent_ink" if self._chosen or self.underMouse() else "text"
        colour, cap = self.look.colour(name), keycap_width(self.look, self.key)
        paint_keycap(ink, QRectF(0, 0, cap, self.height()), self.key, colour)
        left = cap + self.look.px(_GAP)
        box = QRectF(left, 0, self.width() - left, self.height())
        ink.text(box, self.text(), self.look.font("small"), colour)

    def _word_width(self) -> float:
        return QFontMetricsF(self.look.font("small")).horizontalAdvance(self.text())


class KeyHints(QWidget):
    """A row of keys; the last ones are left out where there is no room.

    Signals:
        pressed: this was pressed by mouse.
    """

    pressed = Signal(Writing)

    def __init__(
        self,
        look: Look,
        texts: Texts,
        shown: Sequence[Writing] = tuple(Writing),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._hints: Mapping[Writing, KeyHint] = {
            each: KeyHint(look, KEYS[each], texts(f"notes.hint.{each.value}"), self) for each in shown
        }
        row = self._row = QHBoxLayout(self)
        Spacing(look, row, gap=_BETWEEN)
        for hint in self._hints.values():
            hint.clicked.connect(self._on_clicked)
            row.addWidget(hint)
        row.addStretch(1)
        look.changed.connect(self._choose_fitting)

    def show_writing(self, writing: Writing | None) -> None:
        """Show which of them is in use."""
        for each, hint in self._hints.items():
            hint.set_chosen(chosen=each is writing)

    def sizeHint(self) -> QSize:
        """All of them."""
        return QSize(self.width_of(len(self._hints)), self._look.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """None of them has to be there."""
        return QSize(0, self._look.px(_HEIGHT))

    def width_of(self, count: int) -> int:
        """The width of the first ``count`` of them."""
        widths = [hint.sizeHint().width() for hint in self._hints.values()][:count]
        return sum(widths) + self._look.px(_BETWEEN) * max(0, len(widths) - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many as there is room for."""
        super().resizeEvent(event)
        self._choose_fitting()

    def changeEvent(self, event: QEvent) -> None:
        """Another font has other widths."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._choose_fitting()

    def _choose_fitting(self) -> None:
        for count, hint in enumerate(self._hints.values(), start=1):
            hint.setVisible(self.width_of(count) <= self.width())
        self._row.activate()  # at once: those that are left are not to be painted cut meanwhile

    def _on_clicked(self) -> None:
        pressed: QObject = self.sender()
        self.pressed.emit(next(each for each, hint in self._hints.items() if hint is pressed))
