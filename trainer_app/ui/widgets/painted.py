"""What all painted widgets share: the look, one way to draw, and the memory of texts that did not fit."""

from __future__ import annotations

from abc import abstractmethod
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Painted:
    """Mixed into a QWidget: paints by :meth:`draw`, and anew when the look changes.

    Attributes:
        look: Theme, fonts and icons.
        cut_texts: What had to be elided at the last painting; empty in every language and size we support.
    """

    look: Look
    cut_texts: tuple[str, ...] = ()

    @abstractmethod
    def draw(self, ink: Ink) -> None:
        """Paint the whole widget."""

    def take_look(self, look: Look) -> None:
        """Begin to follow a look."""
        self.look = look
        look.changed.connect(self.on_look_changed)

    def on_look_changed(self) -> None:
        """Measure and paint anew."""
        widget = cast(QWidget, self)
        widget.updateGeometry()
        widget.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, and remember what was cut."""
        with Ink(cast(QWidget, self), self.look) as ink:
            self.draw(ink)
            self.cut_texts = tuple(ink.cut)


class PaintedWidget(Painted, QWidget):
    """A painted widget that is looked at."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.take_look(look)


class PaintedButton(Painted, QAbstractButton):
    """A painted widget that is pressed as a whole: by mouse, Space or Enter."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.take_look(look)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses as well as Space."""
        if event.key() in _ENTER:
            self.click()
        else:
            super().keyPressEvent(event)
