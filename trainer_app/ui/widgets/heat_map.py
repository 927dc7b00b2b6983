"""Where the whole group looked: a grey frame of the film, shades and lines over it, and their scale."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QLinearGradient,
    QPainterPath,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from trainer_app.domain.heat_density import LEVELS, Density
from trainer_app.looks.tokens import ThemeName
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.theme.ink import CENTRE, Ink
from trainer_app.ui.theme.look import Look, as_qt
from trainer_app.ui.widgets.heat_picture import heat_image, heat_lines
from trainer_app.ui.widgets.heat_words import HeatShown
from trainer_app.ui.widgets.painted import PaintedWidget
from trainer_app.ui.widgets.panorama import View

_MARGIN = 9
_DIMMED = 0.28
_LINE, _LINE_GROUND = 1.3, 3.2
_BAR = 120


class HeatMapView(PaintedWidget):
    """The picture."""

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._texts = texts
        self._frame: QImage | None = None
        self._drawn: tuple[QImage, list[list[QLineF]]] | None = None
        self._shown: HeatShown | None = None
        self._waits = True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_moment(self, shown: HeatShown) -> None:
        """Show a moment of the film; its frame comes by :meth:`show_frame`."""
        if shown.density != (self._shown.density if self._shown else None):
            self._drawn = None
        self._shown = shown
        self.setAccessibleName(shown.said)
        self.update()

    def show_frame(self, frame: QImage | None) -> None:
        """Show what the film shows then; None: it cannot be decoded here."""
        self._waits = False
        self._frame = None if frame is None else frame.convertToFormat(QImage.Format.Format_Grayscale8)
        self.update()

    def await_frame(self) -> None:
        """Another film: its frame comes soon."""
        self._frame, self._waits = None, True
        self.update()

    def sizeHint(self) -> QSize:
        """What it has at 1366 x 768, beside the notes."""
        return QSize(528, 198)

    def minimumSizeHint(self) -> QSize:
        """People can still be told apart, and a small window does not grow."""
        return QSize(240, 84)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A panorama is at most half as high as it is wide."""
        self._drawn = None
        self.setMaximumHeight(max(self.minimumSizeHint().height(), self.width() // 2))
        super().resizeEvent(event)

    def on_look_changed(self) -> None:
        """Another theme may have another scale."""
        self._drawn = None
        super().on_look_changed()

    def draw(self, ink: Ink) -> None:
        """Frame, shades, lines, label."""
        box = QRectF(self.rect())
        radius = self.look.theme.radius("card")
        shape = QPainterPath()
        shape.addRoundedRect(box, radius, radius)
        ink.painter.save()
        ink.painter.setClipPath(shape)
        view = View(width=box.width(), height=box.height())
        target = QRectF(0, view.top, box.width(), view.picture_height)
        self._draw_frame(ink, box, target)
        if self._shown is not None and self._shown.density is not None:
            self._draw_density(ink, self._shown.density, target)
        ink.painter.restore()
        ink.box(box, radius, None, self.look.colour("outline"))
        if self._shown is not None:
            self._draw_label(ink, box, self._shown)

    def _draw_frame(self, ink: Ink, box: QRectF, target: QRectF) -> None:
        overlay = self.look.theme.colours.overlay
        ink.painter.fillRect(box, as_qt(overlay.scrim_solid))
        if self._frame is None:
            if self._waits:
                font = self.look.font("body")
                ink.text(box, self._texts("looks.heat.coming"), font, as_qt(overlay.text_muted), CENTRE)
            return
        ink.painter.setRenderHint(ink.painter.RenderHint.SmoothPixmapTransform)
        ink.painter.drawImage(target, self._frame)
        if self.look.theme.name is not ThemeName.LIGHT:
            ink.painter.fillRect(box, QColor.fromRgbF(0.05, 0.07, 0.08, _DIMMED))

    def _draw_density(self, ink: Ink, density: Density, target: QRectF) -> None:
        if self._drawn is None:
            image = heat_image(density, self.look.theme.colours.heat, target.size().toSize())
            self._drawn = image, [heat_lines(density, level, target) for level in LEVELS]
        image, levels = self._drawn
        ink.painter.drawImage(target, image)
        overlay = self.look.theme.colours.overlay
        for lines in levels:
            for colour, width, opacity in (
                (overlay.dot_edge, _LINE_GROUND, 0.35),
                (overlay.dot_ring, _LINE, 0.9),
            ):
                drawn = as_qt(colour)
                drawn.setAlphaF(opacity)
                ink.painter.setPen(QPen(drawn, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
                ink.painter.drawLines(lines)

    def _draw_label(self, ink: Ink, box: QRectF, shown: HeatShown) -> None:
        px, overlay = self.look.px, self.look.theme.colours.overlay
        font, side = self.look.font("small", weight=500, tabular=True), px(18)
        width = QFontMetricsF(font).horizontalAdvance(shown.label) + side + px(28)
        height = px(26)
        label = QRectF(box.left() + _MARGIN, box.bottom() - _MARGIN - height, width, height)
        ink.box(label, 4, as_qt(overlay.scrim))
        sign = QRectF(label.x() + px(10), label.center().y() - side / 2, side, side)
        ink.icon("users-three" if shown.density else "info", sign, as_qt(overlay.text))
        ink.text(label.adjusted(px(17) + side, 0, -px(8), 0), shown.label, font, as_qt(overlay.text))


class HeatLegend(PaintedWidget):
    """What the shades mean, in words at both ends of them."""

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._little, self._much = texts("looks.heat.little"), texts("looks.heat.much")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(texts("looks.heat.scale"))

    def sizeHint(self) -> QSize:
        """Both words, and the scale between them."""
        px = self.look.px
        width = self._word(self._little) + self._word(self._much) + px(_BAR) + 2 * px(10)
        return QSize(round(width) + 2, px(20))

    def draw(self, ink: Ink) -> None:
        """Word, scale, word."""
        px, font, muted = self.look.px, self.look.font("small"), self.look.colour("text_muted")
        left = self._word(self._little)
        ink.text(QRectF(0, 0, left, self.height()), self._little, font, muted)
        bar = QRectF(left + px(10), (self.height() - px(10)) / 2, px(_BAR), px(10))
        gradient = QLinearGradient(bar.topLeft(), bar.topRight())
        colours = self.look.theme.colours.heat
        for place, colour in enumerate(colours):
            gradient.setColorAt(place / (len(colours) - 1), as_qt(colour))
        ink.painter.setPen(Qt.PenStyle.NoPen)
        ink.painter.setBrush(gradient)
        ink.painter.drawRoundedRect(bar, bar.height() / 2, bar.height() / 2)
        much = QRectF(bar.right() + px(10), 0, self._word(self._much), self.height())
        ink.text(much, self._much, font, muted)

    def _word(self, word: str) -> float:
        return QFontMetricsF(self.look.font("small")).horizontalAdvance(word) + 1
