"""Keeps a page, a dialog or another part of the window in the style sheet of the theme in use.

Each has a style sheet of its own instead of one for the whole app: Qt would dress every widget there is anew,
also those of pages nobody looks at.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from trainer_app.ui.theme.look import Look


class Dressed(QObject):
    """Dresses a widget with all that lies in it; what is hidden is dressed anew when it is shown."""

    def __init__(self, look: Look, widget: QWidget) -> None:
        """Dress it now, and again after each change of theme or text size; lives as long as the widget."""
        super().__init__(widget)
        self._look, self._widget = look, widget
        look.changed.connect(self._on_changed)
        widget.installEventFilter(self)
        self._put_on()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """It is shown: the theme may have changed meanwhile."""
        if event.type() == QEvent.Type.Show and isValid(self) and self._worn != self._look.sheet:
            self._put_on()
        return False

    def _on_changed(self) -> None:
        if self._widget.isVisible():
            self._put_on()

    def _put_on(self) -> None:
        self._worn = self._look.sheet
        self._widget.setStyleSheet(self._worn)
