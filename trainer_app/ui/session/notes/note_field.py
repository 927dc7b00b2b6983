"""The line a note is written in: the sign of its kind before the text, what else is needed after it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.fields import LineEdit

_ICON, _LEFT, _INSIDE = 20, 12, 10
_FOR_A_WHILE = frozenset({Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason})


class WritingLine(LineEdit):
    """A line that has Esc for itself as long as it has the keyboard; else Esc is the window's."""

    def event(self, event: QEvent) -> bool:
        """Qt asks first whether a key that is a shortcut of the window is wanted here."""
        is_asked = event.type() is QEvent.Type.ShortcutOverride
        if is_asked and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)


class NoteField(WritingLine):
    """A line of text.

    Signals:
        entered: Enter.
        escaped: Esc.
        left: it has lost the keyboard; True: to another part of the window, so that nobody writes on here.
    """

    entered = Signal()
    escaped = Signal()
    left = Signal(bool)

    def __init__(self, look: Look, height: int, parent: QWidget | None = None) -> None:
        """Make a field; ``height`` in pixels at 100 % text size."""
        super().__init__(look, parent=parent)
        self._height = height
        self._icon = "note-pencil"
        self._after: QWidget | None = None
        look.changed.connect(self._place)
        self._place()

    def set_icon(self, name: str) -> None:
        """Show another sign before the text."""
        self._icon = name
        self.update()

    def put_after(self, widget: QWidget) -> None:
        """Put a widget at the right end, within the frame."""
        self._after = widget
        widget.setParent(self)
        self._place()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(super().sizeHint().width(), self.look.px(self._height))

    def minimumSizeHint(self) -> QSize:
        """As high as it should be; what stands at the right end makes way before the window grows."""
        width = super().minimumSizeHint().width()
        if self._after is not None and self._gives_way(self._after):
            width += self._words_width() - self.textMargins().right()
        return QSize(width, self.look.px(self._height))

    def make_room(self) -> None:
        """Measure anew what stands at the right end."""
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the end where it belongs."""
        super().resizeEvent(event)
        self._place()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the keyboard has gone; a menu or another window takes it for a while only."""
        super().focusOutEvent(event)
        self.left.emit(event.reason() not in _FOR_A_WHILE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc are told; all else is text."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style sheet's box and text, then the sign."""
        super().paintEvent(event)
        side = self.look.px(_ICON)
        box = QRectF(self.look.px(_LEFT), (self.height() - side) / 2, side, side)
        with Ink(self, self.look) as ink:
            ink.icon(self._icon, box, self.look.colour("accent_ink" if self.text() else "text_muted"))

    def _words_width(self) -> int:
        return self.fontMetrics().horizontalAdvance(self.placeholderText())

    @staticmethod
    def _gives_way(part: QWidget) -> bool:
        return part.sizePolicy().horizontalPolicy() is not QSizePolicy.Policy.Fixed

    def _room_after(self, part: QWidget) -> int:
        """What gives way leaves room for the words that ask for text, all else for a third of the line."""
        if not self._gives_way(part):
            return self.width() // 3 * 2
        return max(0, self.width() - self._words_width() - self.look.px(_ICON + _LEFT + 3 * _INSIDE))

    def _place(self) -> None:
        px = self.look.px
        right = 0
        if self._after is not None and not self._after.isHidden():
            width = min(self._after.sizeHint().width(), self._room_after(self._after))
            height = self._after.sizeHint().height()
            left = self.width() - width - px(_INSIDE)
            self._after.setGeometry(left, (self.height() - height) // 2, width, height)
            right = width + px(_INSIDE)
        self.setTextMargins(px(_ICON + _LEFT - 2), 0, right, 0)
