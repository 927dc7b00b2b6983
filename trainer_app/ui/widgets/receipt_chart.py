"""How far apart the headsets of a playback were, and who was away when."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from trainer_app.looks.pictures.receipt_chart import ABOUT, ReceiptChart
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.painted import PaintedWidget
from trainer_app.ui.widgets.shapes import ShapePainter

_LEAST_WIDTH = 200


class ReceiptChartView(PaintedWidget):
    """Shows one chart, as wide as there is room."""

    def __init__(self, look: Look, texts: Texts, chart: ReceiptChart, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._texts, self._chart = texts, chart
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(texts(ABOUT, title=chart.title, most=chart.top, length=chart.end))

    def sizeHint(self) -> QSize:
        """Its own height, at the least width in which its words have room."""
        return QSize(self.look.px(_LEAST_WIDTH), self.look.px(self._chart.height))

    def minimumSizeHint(self) -> QSize:
        """Smaller its words could not be read."""
        return self.sizeHint()

    def draw(self, ink: Ink) -> None:
        """Draw it in the units of the text size in use."""
        scale = self.height() / self._chart.height
        ink.painter.scale(scale, scale)
        ShapePainter(ink, self.look, self._texts).draw(self._chart.drawing(self.width() / scale))
        ink.painter.resetTransform()
