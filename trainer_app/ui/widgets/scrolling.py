"""A part that scrolls up and down where it does not fit; never sideways, and Tab goes past it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget

from trainer_app.ui.theme.look import Look

_BAR = 12
"""Width of a scroll bar; it does not grow with the text."""


def scrolling(content: QWidget) -> QScrollArea:
    """Let a part of a page scroll in small windows and with large text."""
    content.setProperty("role", "scrolled")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    return area


class BarInMargin(QObject):
    """What scrolls keeps its right edge; the bar, where there is one, lies in the margin of the page.

    The area reaches to the edge of the page, and the layout of its content has the margin.
    """

    def __init__(self, look: Look, area: QScrollArea, content: QLayout, margin: int = 24) -> None:
        """``margin``: at the right of the content, in pixels at 100 % text size."""
        super().__init__(area)
        self._look, self._area, self._content, self._margin = look, area, content, margin
        area.verticalScrollBar().rangeChanged.connect(self._apply)
        look.changed.connect(self._apply)
        self._apply()

    def _apply(self) -> None:
        margins = self._content.contentsMargins()
        bar = _BAR if self._area.verticalScrollBar().maximum() else 0
        margins.setRight(self._look.px(self._margin) - bar)
        self._content.setContentsMargins(margins)
