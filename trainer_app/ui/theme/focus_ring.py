"""The ring round what has the keyboard: 2 px, 2 px outside the control, above everything, click-through."""

from __future__ import annotations

from typing import Protocol, cast, runtime_checkable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPaintEvent, QRegion
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look

_GAP = 2
_TEXT_FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox)
_TOUCHED = {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress}
_FOLLOWED = {
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.LayoutRequest,
}


@runtime_checkable
class HasFocusRect(Protocol):
    """A widget in which a part has the keyboard: it says which, in its own coordinates."""

    def focus_rect(self) -> QRect:
        """The part with the keyboard; an empty one for none."""


class FocusRing(QWidget):
    """Lies over a window and draws the ring of what has the keyboard in it."""

    def __init__(self, window: QWidget, look: Look) -> None:
        super().__init__(window)
        self._window = window
        self._look = look
        self._target: QWidget | None = None
        self._watched: list[QObject] = []
        self._by_keyboard = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._connect(look)
        window.installEventFilter(self)
        self._cover()

    def target(self) -> QWidget | None:
        """What has the ring."""
        return self._target if self._target is not None and isValid(self._target) else None

    @property
    def by_keyboard(self) -> bool:
        """The last thing this window's user touched was the keyboard, not the mouse."""
        return self._by_keyboard

    def hush(self) -> None:
        """Leave out the ring of what the program itself gave the keyboard; the next one is drawn again."""
        if not isinstance(self.target(), _TEXT_FIELDS):
            self.follow(None)

    def follow(self, widget: QWidget | None) -> None:
        """Draw the ring round this widget; None for none."""
        for watched in self._watched:
            if isValid(watched):  # a page that went away took its widgets with it
                watched.removeEventFilter(self)
        self._target = widget
        self._watched = list(_chain(widget, self._window)) if widget else []
        for watched in self._watched:
            watched.installEventFilter(self)
        self._cover()

    def _connect(self, look: Look) -> None:
        look.changed.connect(self.update)
        app = cast(QApplication, QApplication.instance())
        app.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if not isValid(self._window):
            return  # it is being destroyed, and takes the focus with it
        inside = new is not None and self._window.isAncestorOf(new)
        self.follow(new if inside and new is not None and _wants_ring(new) else None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay above the window and with the target, wherever these move; notice what the user touches."""
        window = getattr(self, "_window", None)  # Qt still calls when Python has begun to take the ring down
        if window is None or not isValid(window):
            return False
        if event.type() in _FOLLOWED:
            self._cover()
        elif event.type() in _TOUCHED:
            self._by_keyboard = event.type() == QEvent.Type.KeyPress
        if watched is self._window and event.type() == QEvent.Type.Show:
            # All that is pressed passes here first; widgets only see what is meant for them.
            self._window.windowHandle().installEventFilter(self)
        return False

    def _cover(self) -> None:
        self.setGeometry(self._window.rect())
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring, inside what scrolls only."""
        target = self.target()
        if target is None or not target.isVisibleTo(self._window):
            return
        part = self._box(target)
        if part.isEmpty():
            return
        with Ink(self, self._look) as ink:
            ink.painter.setClipRegion(self._visible())
            width = self._look.theme.stroke("focus")
            out = _GAP + width
            box = QRectF(part.adjusted(-out, -out, out, out))
            ink.box(
                box,
                self._look.theme.radius("control") + out,
                line=self._look.colour("focus"),
                width=width,
            )

    def _box(self, target: QWidget) -> QRect:
        part = target.focus_rect() if isinstance(target, HasFocusRect) else target.rect()
        return QRect(target.mapTo(self._window, part.topLeft()), part.size())

    def _visible(self) -> QRegion:
        region = QRegion(self.rect())
        for each in self._watched:
            if isinstance(each, QAbstractScrollArea) and isValid(each) and each is not self._target:
                view = each.viewport()
                corner = view.mapTo(self._window, QPoint(0, 0))
                region &= QRegion(QRect(corner, view.size()))
        return region


def _wants_ring(widget: QWidget) -> bool:
    """Text fields always; all else only when the keyboard brought the focus there.

    A page takes no focus; Qt gives it one all the same when it is turned to and nothing in it had it before.
    """
    if widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
        return False
    return isinstance(widget, _TEXT_FIELDS) or QApplication.mouseButtons() == Qt.MouseButton.NoButton


def _chain(widget: QWidget, window: QWidget) -> list[QWidget]:
    found = [widget]
    while (parent := found[-1].parentWidget()) is not None and parent is not window:
        found.append(parent)
    return found
