"""Keeps a field where it is on the screen while words come and go above it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QVBoxLayout, QWidget


class Steady(QObject):
    """What is being typed in stays where it is; else what lies under the mouse where that is in use.

    Where somebody has chosen something and gone on with the mouse, the next they press lies under it.

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
        self._mouse_then = QCursor.pos()
        cast(QApplication, QApplication.instance()).focusChanged.connect(self._on_focus)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Keep what is there while the content is changed."""
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

    def _on_focus(self, _old: QWidget | None, _new: QWidget | None) -> None:
        self._mouse_then = QCursor.pos()

    def _held(self) -> QWidget | None:
        focused, pointed = QApplication.focusWidget(), self._pointed()
        if focused is None or not self._shows(focused):
            return pointed
        has_moved = QCursor.pos() != self._mouse_then and not isinstance(focused, QLineEdit)
        return pointed if has_moved and pointed is not None else focused

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
