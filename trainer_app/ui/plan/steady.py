"""Keeps a field where it is on the screen while words come and go above it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint
from PySide6.QtGui import QCursor, QWindow
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

_TOUCHED = {QEvent.Type.KeyPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress}


class Steady(QObject):
    """What has the keyboard stays where it is; while the mouse is in use, what lies under that.

    Who has chosen something and gone on with the mouse is about to press what lies under it.

    A warning that appears pushes what follows it. Scrolling by as much the other way keeps the place in which
    somebody types, or is about to press, under their hands.
    """

    def __init__(self, area: QScrollArea, content: QWidget, column: QVBoxLayout) -> None:
        """``column``: the layout of ``content``; where it is too short to be scrolled, room is added."""
        super().__init__(area)
        self._area, self._content = area, content
        self._room = QWidget()
        self._room.setFixedHeight(0)
        column.addWidget(self._room)
        self._by_mouse = False
        self._watched: QWindow | None = None

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Keep what is there while the content is changed."""
        self._watch()
        held = self._held() if self._area.isVisible() else None
        before = 0 if held is None else self._top(held)
        yield
        if held is not None:
            _settle()
            if held.isVisible():
                self._scroll_by(self._top(held) - before)

    def begin_at_top(self) -> None:
        """Something else is shown."""
        self._room.setFixedHeight(0)
        self._area.verticalScrollBar().setValue(0)

    def _scroll_by(self, moved: int) -> None:
        bar = self._area.verticalScrollBar()
        wanted = max(0, bar.value() + moved)
        room = max(0, self._room.height() + wanted - bar.maximum())
        if room != self._room.height():
            self._room.setFixedHeight(room)
            _settle()
        bar.setValue(wanted)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice what the user works with: all that is pressed in a window passes here first."""
        if event.type() in _TOUCHED:
            self._by_mouse = event.type() != QEvent.Type.KeyPress
        return False

    def _watch(self) -> None:
        window = self._area.window().windowHandle()
        if window is not self._watched and window is not None:
            window.installEventFilter(self)
            self._watched = window

    def _held(self) -> QWidget | None:
        focused, pointed = QApplication.focusWidget(), self._pointed()
        if focused is None or not self._shows(focused):
            return pointed
        return pointed if self._by_mouse and pointed is not None else focused

    def _pointed(self) -> QWidget | None:
        viewport = self._area.viewport()
        at = viewport.mapFromGlobal(QCursor.pos())
        if not viewport.rect().contains(at):
            return None
        return self._content.childAt(self._content.mapFrom(viewport, at))

    def _shows(self, widget: QWidget) -> bool:
        if not self._content.isAncestorOf(widget):
            return False
        top = self._top(widget)
        return top + widget.height() > 0 and top < self._area.viewport().height()

    def _top(self, widget: QWidget) -> int:
        return widget.mapTo(self._area.viewport(), QPoint(0, 0)).y()


def _settle() -> None:
    """Let everything find its place now, before it is painted."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
