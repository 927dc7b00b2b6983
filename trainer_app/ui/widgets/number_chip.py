"""The number and colour of a headset, as on its sticker."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from trainer_app.looks.colours import contrast, parse
from trainer_app.looks.tokens import ThemeName
from trainer_app.ui.theme.ink import CENTRE, Ink
from trainer_app.ui.theme.look import Look, as_qt
from trainer_app.ui.widgets.painted import PaintedWidget

_DIGIT = 0.6
"""Height of the type, as a part of the chip's side."""
_BIGGEST_PLAIN_RADIUS = 10


class NumberChip(PaintedWidget):
    """A chip with a headset's number.

    Attributes:
        number: 1, 2, ...; colours begin again after the last.
    """

    def __init__(self, look: Look, number: int, side: int = 44, parent: QWidget | None = None) -> None:
        """Make a chip.

        Args:
            look: Theme in use.
            number: Of the headset.
            side: In pixels at 100 % text size.
            parent: Qt's.
        """
        super().__init__(look, parent)
        self.number = number
        self._side = side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(str(number))

    def sizeHint(self) -> QSize:
        """Square."""
        return QSize(self.look.px(self._side), self.look.px(self._side))

    def draw(self, ink: Ink) -> None:
        """A rounded square with the number."""
        paint_chip(ink, QRectF(self.rect()), self.number)


def paint_chip(ink: Ink, box: QRectF, number: int) -> None:
    """Draw a chip into a square box."""
    colours = ink.look.theme.colours
    chip = colours.chip(number)
    radius = min(_BIGGEST_PLAIN_RADIUS, max(5.0, box.width() * 0.23))
    edge = _edge(ink.look) if needs_edge(ink.look, number) else None
    ink.box(box, radius, QColor(chip.fill), edge)
    font = ink.look.sized_font(round(box.width() * _DIGIT), 700)
    ink.text(box, str(number), font, QColor(chip.ink), CENTRE)


def paint_dot(ink: Ink, centre: QPointF, radius: float, number: int | None, fill_of: int) -> None:
    """Draw a headset's round dot on a film, with its number only where one is given."""
    overlay = ink.look.theme.colours.overlay
    chip = ink.look.theme.colours.chip(fill_of)
    ink.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink.disc(centre, radius + 1, as_qt(overlay.dot_edge))
    ink.disc(centre, radius, as_qt(overlay.dot_ring))
    ink.disc(centre, radius - 2, QColor(chip.fill))
    if number is not None:
        box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        ink.text(box, str(number), ink.look.sized_font(round(radius * 1.05), 700), QColor(chip.ink), CENTRE)


def _edge(look: Look) -> QColor:
    edge = as_qt(look.theme.colours.chip_edge)
    if look.theme.name is ThemeName.LIGHT:
        edge.setAlphaF(0.75)  # a dark line on a light fill looks heavier than the reverse
    return edge


def needs_edge(look: Look, number: int) -> bool:
    """Whether a chip needs a line to stand out from the card it lies on."""
    fill = parse(look.theme.colours.chip(number).fill)
    return contrast(fill, look.theme.palette.surface_raised) < 3 or look.theme.name is not ThemeName.LIGHT
