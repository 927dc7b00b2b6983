"""The whole panorama of the film with a dot where each headset looks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainterPath, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from trainer_app.looks.tokens import ThemeName
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.theme.ink import CENTRE, Ink
from trainer_app.ui.theme.look import Look, as_qt
from trainer_app.ui.widgets.number_chip import paint_dot
from trainer_app.ui.widgets.painted import PaintedWidget
from trainer_app.ui.widgets.panorama import GazeDot, View

_DOT_RADIUS = 15
_PLAIN_DOT_RADIUS = 9
_DIMMED = 0.42
"""The film is dimmed with the dark theme, so that it does not light up the room."""
_LABEL_MARGIN = 10
_WORDS_HEIGHT = 48


class GazePreview(PaintedWidget):
    """A frame of the film with dots.

    Dots are plain unless ``show_numbers`` was asked for: what the group sees must not point at a person.
    """

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._texts = texts
        self._frame: QImage | None = None
        self._dots: tuple[GazeDot, ...] = ()
        self._numbers = False
        self._together = ""
        self._is_awaited = True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, False)
        self._tell()

    def show_frame(self, frame: QImage | None) -> None:
        """Show a frame, a whole equirectangular picture; None: there will be none.

        Until it is called, it is said that the picture is on its way.
        """
        was_awaited, self._frame, self._is_awaited = self._is_awaited, frame, False
        if was_awaited:
            self._tell()
        self.update()

    def show_dots(self, dots: Sequence[GazeDot]) -> None:
        """Show where the headsets look; called at 4 to 10 Hz."""
        self._dots = tuple(dots)
        self._tell()
        self.update()

    def show_numbers(self, *, shown: bool) -> None:
        """Number the dots, as long as the facilitator holds the key."""
        self._numbers = shown
        self.update()

    def show_together(self, words: str) -> None:
        """How well the headsets play together, in words; empty for nothing."""
        self._together = words
        self.update()

    def sizeHint(self) -> QSize:
        """What it has at 1366 x 768."""
        return QSize(926, 306)

    def minimumSizeHint(self) -> QSize:
        """People can still be told apart."""
        return QSize(360, 150)

    def draw(self, ink: Ink) -> None:
        """The picture, the dots, the two labels."""
        box = QRectF(self.rect())
        shape = QPainterPath()
        shape.addRoundedRect(box, self.look.theme.radius("card"), self.look.theme.radius("card"))
        ink.painter.save()
        ink.painter.setClipPath(shape)
        self._draw_frame(ink, box)
        view = View(width=box.width(), height=box.height())
        for dot in self._dots:
            self._draw_dot(ink, dot, view)
        ink.painter.restore()
        ink.box(box, self.look.theme.radius("card"), None, self.look.colour("outline"))
        self._draw_labels(ink, box)

    def _draw_frame(self, ink: Ink, box: QRectF) -> None:
        ink.painter.fillRect(box, as_qt(self.look.theme.colours.overlay.scrim_solid))
        if self._frame is None:
            if self._is_awaited:
                words, colour = self._texts("looks.gaze.coming"), self.look.theme.colours.overlay.text_muted
                # Low, where hardly anybody looks: dots lie around the middle also while there is no picture.
                low = box.adjusted(0, box.height() - self.look.px(_WORDS_HEIGHT), 0, 0)
                ink.text(low, words, self.look.font("body"), as_qt(colour), CENTRE)
            return
        view = View(width=box.width(), height=box.height())
        target = QRectF(0, view.top, box.width(), view.picture_height)
        hint = ink.painter.RenderHint.SmoothPixmapTransform
        ink.painter.setRenderHint(hint)
        ink.painter.drawImage(target, self._frame)
        if self.look.theme.name is not ThemeName.LIGHT:
            ink.painter.fillRect(box, QColor.fromRgbF(0.05, 0.07, 0.08, _DIMMED))

    def _draw_dot(self, ink: Ink, dot: GazeDot, view: View) -> None:
        radius = self.look.px(_DOT_RADIUS if self._numbers or dot.is_off else _PLAIN_DOT_RADIUS)
        centre = QPointF(*view.place(dot.yaw_deg, dot.pitch_deg, radius + 2))
        if not dot.is_off:
            paint_dot(ink, centre, radius, dot.number if self._numbers else None, dot.number)
            return
        overlay = self.look.theme.colours.overlay
        ground = as_qt(overlay.scrim)
        ground.setAlphaF(0.35)
        ink.disc(centre, radius, ground)
        ink.painter.setBrush(Qt.BrushStyle.NoBrush)
        ink.painter.setPen(QPen(as_qt(overlay.dot_ring), 2, Qt.PenStyle.DashLine))
        ink.painter.drawEllipse(centre, radius, radius)
        if self._numbers:
            box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
            font = self.look.sized_font(round(radius * 1.05), 700)
            ink.text(box, str(dot.number), font, as_qt(overlay.text), CENTRE)

    def _draw_labels(self, ink: Ink, box: QRectF) -> None:
        self._draw_label(ink, box, "eye", self._texts("looks.gaze.here"), at_right=False)
        if self._together:
            self._draw_label(ink, box, "check-circle", self._together, at_right=True)

    def _draw_label(self, ink: Ink, box: QRectF, icon: str, words: str, *, at_right: bool) -> None:
        px, overlay = self.look.px, self.look.theme.colours.overlay
        font = self.look.font("small", weight=500)
        side = px(18)
        width = QFontMetricsF(font).horizontalAdvance(words) + side + px(28)
        left = box.right() - width - _LABEL_MARGIN if at_right else box.left() + _LABEL_MARGIN
        label = QRectF(left, box.top() + _LABEL_MARGIN, width, px(26))
        ink.box(label, 4, as_qt(overlay.scrim))
        colour = as_qt(overlay.text)
        sign = QRectF(label.x() + px(10), label.center().y() - side / 2, side, side)
        ink.icon(icon, sign, colour)
        ink.text(label.adjusted(px(17) + side, 0, -px(8), 0), words, font, colour)

    def _tell(self) -> None:
        looking = ", ".join(str(dot.number) for dot in self._dots if not dot.is_off)
        here = self._texts("looks.gaze.here")
        seen = self._texts("looks.gaze.looking", numbers=looking)
        said = f"{here}: {seen if looking else self._texts('looks.gaze.nobody')}"
        self.setAccessibleName(f"{self._texts('looks.gaze.coming')} {said}" if self._is_awaited else said)
