"""The density of the group's looks as a picture that is laid over a panorama."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QImage

from trainer_app.domain.heat_density import FINE_COLUMNS, FINE_ROWS, Density, lines_of
from trainer_app.looks.colours import Colour
from trainer_app.looks.heat_scale import ramp

_AROUND = 3
"""Columns beyond either edge: the panorama goes on there, and its picture has no seam."""


def heat_image(density: Density, colours: Sequence[Colour], size: QSize) -> QImage:
    """Paint a density for a panorama of this size; clear where nobody looked."""
    across = FINE_COLUMNS + 2 * _AROUND
    small = QImage(across, FINE_ROWS, QImage.Format.Format_Grayscale8)
    for row in range(FINE_ROWS):
        shades = bytes(round(255 * value) for value in density.row(row))
        line = shades[-_AROUND:] + shades + shades[:_AROUND]
        small.scanLine(row)[:across] = line  # type: ignore[index]  # PySide's stubs know no writable buffer
    edge = round(size.width() * _AROUND / FINE_COLUMNS)
    whole = small.scaled(
        QSize(size.width() + 2 * edge, size.height()),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    coloured = QImage(
        whole.constBits(),
        whole.width(),
        whole.height(),
        whole.bytesPerLine(),
        QImage.Format.Format_Indexed8,
    )
    coloured.setColorTable([_argb(colour) for colour in ramp(colours)])
    cut = coloured.copy(edge, 0, size.width(), size.height())
    return cut.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


def heat_lines(density: Density, level: float, target: QRectF) -> list[QLineF]:
    """The line of one level, on a panorama that fills ``target``."""
    x, y, width, height = target.x(), target.y(), target.width(), target.height()
    return [
        QLineF(x + one[0] * width, y + one[1] * height, x + other[0] * width, y + other[1] * height)
        for one, other in lines_of(density, level)
    ]


def _argb(colour: Colour) -> int:
    return round(colour.alpha * 255) << 24 | colour.red << 16 | colour.green << 8 | colour.blue
