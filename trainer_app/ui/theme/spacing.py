"""Margins and gaps of a layout that grow with the text."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLayout, QWidget

from trainer_app.ui.theme.look import Look

Margins = tuple[int, int, int, int]
"""Left, top, right, bottom, in pixels at 100 % text size."""


class Spacing(QObject):
    """Keeps the margins and gaps of a layout at a text size; lives as long as the layout."""

    def __init__(
        self, look: Look, layout: QLayout, margins: Margins = (0, 0, 0, 0), gap: int | None = None
    ) -> None:
        """Set them now, and again when the text size changes.

        Args:
            look: Theme and text size in use.
            layout: What to space.
            margins: Round the content.
            gap: Between the parts, in pixels at 100 %; None leaves the style's.
        """
        super().__init__(layout)
        self._look, self._layout, self._margins, self._gap = look, layout, margins, gap
        look.changed.connect(self._apply)
        self._apply()

    def _apply(self) -> None:
        px = self._look.px
        self._layout.setContentsMargins(*(px(margin) for margin in self._margins))
        if self._gap is not None:
            self._layout.setSpacing(px(self._gap))
        self._layout.invalidate()


class FixedSize(QObject):
    """Keeps a widget's fixed width or height at a text size; lives as long as the widget."""

    def __init__(
        self, look: Look, widget: QWidget, *, width: int | None = None, height: int | None = None
    ) -> None:
        super().__init__(widget)
        self._look, self._widget, self._width, self._height = look, widget, width, height
        look.changed.connect(self._apply)
        self._apply()

    def set_width(self, width: int) -> None:
        """Another width from now on, in pixels at 100 % text size."""
        self._width = width
        self._apply()

    def _apply(self) -> None:
        if self._width is not None:
            self._widget.setFixedWidth(self._look.px(self._width))
        if self._height is not None:
            self._widget.setFixedHeight(self._look.px(self._height))
