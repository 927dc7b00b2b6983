"""Where the keyboard is on a screen whose parts come and go by themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import isValid


class KeptFocus(QObject):
    """Leaves the keyboard where the user has put it, and finds it a place where that has gone.

    When a widget with the keyboard is hidden, Qt hands the keyboard on to whatever comes next, often the
    first button of the window. What the user chose is therefore noted when everything has come to rest, so
    that what Qt did meanwhile can be told from it.
    """

    def __init__(self, view: QWidget, first: Callable[[], QWidget | None]) -> None:
        """Look after a view; ``first`` tells what of it has the keyboard first, None while that is open."""
        super().__init__(view)
        self._view, self._first = view, first
        self._kept: QWidget | None = None
        self._left: QWidget | None = None
        self._wants_first = False
        self._waits = False
        self._put_by_qt: QWidget | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(0)
        self._rest.timeout.connect(self.settle)
        cast(QApplication, QApplication.instance()).focusChanged.connect(self._on_focus_changed)

    def begin(self) -> None:
        """Something new is opened: the keyboard goes where that begins, as soon as it is known."""
        self._kept = self._left = None
        self._wants_first, self._waits = True, False
        self._rest.start()

    def ask(self) -> None:
        """A question fills the middle: the keyboard goes there, and goes back after it."""
        if self._kept is None or _can_have_it(self._kept):
            self._note()
        self._left = self._kept
        self._go_to_first()

    def answered(self) -> None:
        """The question has gone."""
        left, self._left = self._left, None
        if _can_have_it(left):
            self._give(left)

    def move(self) -> None:
        """The user has moved on to other content; who is writing goes on writing."""
        if not isinstance(self._kept, QLineEdit) or not _can_have_it(self._kept):
            self._go_to_first()

    def choose(self, widget: QWidget) -> None:
        """The user has gone here by a key of its own, even if what had the keyboard went at that moment."""
        self._kept = widget
        self._wants_first = self._waits = False

    def look_again(self) -> None:
        """Something has changed: see to it as soon as everything has come to rest."""
        self._rest.start()

    def settle(self) -> None:
        """Everything has come to rest."""
        if not self._view.isVisible() or QApplication.activeModalWidget() is not None:
            return
        focus = QApplication.focusWidget()
        elsewhere = focus is not None and not focus.isAncestorOf(self._view) and not self._is_inside(focus)
        lost = self._kept is not None and not _can_have_it(self._kept)
        if self._has_chosen(focus):
            self._wants_first = self._waits = False
            self._note()
        elif self._wants_first or self._is_nowhere() or (lost and not elsewhere):
            self._go_to_first()
            # Until that can have it; where Qt has put the keyboard meanwhile was nobody's choice.
            self._waits, self._put_by_qt = self._wants_first, QApplication.focusWidget()
        else:
            self._note()

    def stop(self) -> None:
        """The view goes away."""
        self._rest.stop()

    def _has_chosen(self, focus: QWidget | None) -> bool:
        """Whether the user has gone somewhere while the first place could not have the keyboard."""
        if focus is None or focus is self._put_by_qt:
            return False
        return self._waits and self._view.isAncestorOf(focus)

    def _is_nowhere(self) -> bool:
        """Somebody has let go of it, as the note line does when what had it before has gone."""
        return QApplication.focusWidget() is None and self._view.isActiveWindow()

    def _is_inside(self, widget: QWidget) -> bool:
        return widget is self._view or self._view.isAncestorOf(widget)

    def _note(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and self._view.isAncestorOf(focus):
            self._kept = focus

    def _go_to_first(self) -> None:
        first = self._first()
        self._wants_first = not _can_have_it(first)
        if _can_have_it(first):
            self._give(first)

    def _give(self, widget: QWidget | None) -> None:
        assert widget is not None
        self._kept = widget
        if self._view.isVisible():
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_focus_changed(self, _old: QWidget | None, _new: QWidget | None) -> None:
        self._rest.start()


def _can_have_it(widget: QWidget | None) -> bool:
    if widget is None or not isValid(widget):
        return False
    return widget.isVisible() and widget.isEnabled() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
