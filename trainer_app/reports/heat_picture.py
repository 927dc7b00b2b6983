"""A moment of the heat map on paper: a grey frame of the film, shades, and lines that read without colour."""

from __future__ import annotations

from PIL import Image
from reportlab.lib.colors import Color, black, white
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable

from trainer_app.domain.films import Projection
from trainer_app.domain.heat_density import (
    FINE_COLUMNS,
    FINE_ROWS,
    LEVELS,
    Density,
    Point,
    density_of,
    lines_of,
)
from trainer_app.domain.heat_map import HeatMoment
from trainer_app.looks.heat_scale import ramp
from trainer_app.looks.tokens import ThemeName, tokens
from trainer_app.services.ports.pictures import FilmPicture

_SIZE = (840, 420)
"""Pixels: about 240 an inch at half a page's width."""

_PLAIN = 150
"""Grey where the film cannot be decoded."""

_AROUND = 4
"""Columns beyond either edge, so that the picture has no seam."""

_LINES: tuple[tuple[float, Color], ...] = ((1.6, Color(0, 0, 0, alpha=0.4)), (0.7, white))


class HeatPicturePrinted(Flowable):
    """The picture, as wide as it is told and half as high."""

    def __init__(self, moment: HeatMoment, frame: FilmPicture | None, width: float) -> None:
        super().__init__()
        self.width, self.height = width, width / 2
        self._density = density_of(moment.looks)
        self._frame = frame

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # the library's names
        """Take its own size whatever room there is."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw frame and shades, then the lines, cut at the picture's edges."""
        picture = _frame_of(self._frame)
        if self._density is not None:
            picture.paste(shades := _shades(self._density), mask=shades.getchannel("A"))
        self.canv.drawImage(ImageReader(picture), 0, 0, self.width, self.height)
        if self._density is not None:
            self._draw_lines(self._density)
        self.canv.setStrokeColor(black)
        self.canv.setLineWidth(0.4)
        self.canv.rect(0, 0, self.width, self.height)

    def _draw_lines(self, density: Density) -> None:
        self.canv.saveState()
        edge = self.canv.beginPath()
        edge.rect(0, 0, self.width, self.height)
        self.canv.clipPath(edge, stroke=0)
        for level in LEVELS:
            pieces = [(*self._point(one), *self._point(other)) for one, other in lines_of(density, level)]
            for width, colour in _LINES:
                self.canv.setLineWidth(width)
                self.canv.setStrokeColor(colour)
                self.canv.lines(pieces)
        self.canv.restoreState()

    def _point(self, place: Point) -> tuple[float, float]:
        """On paper, where up is up."""
        return place[0] * self.width, (1 - place[1]) * self.height


def _frame_of(frame: FilmPicture | None) -> Image.Image:
    """The film's picture where it lies on the whole sphere, in grey."""
    whole = Image.new("L", _SIZE, _PLAIN if frame is None else 0)
    if frame is not None:
        size = (frame.width, frame.height)
        seen = Image.frombytes("RGB", size, frame.pixels, "raw", "BGRX", frame.stride).convert("L")
        across = _SIZE[0]
        if frame.projection is not Projection.EQUIRECT:
            across = min(across, round(_SIZE[1] * frame.width / frame.height))
        whole.paste(seen.resize((across, _SIZE[1]), Image.Resampling.LANCZOS), ((_SIZE[0] - across) // 2, 0))
    return whole.convert("RGB")


def _shades(density: Density) -> Image.Image:
    """The densities in the colours of the light theme, clear where nobody looked."""
    across = FINE_COLUMNS + 2 * _AROUND
    rows = (bytes(round(255 * value) for value in density.row(row)) for row in range(FINE_ROWS))
    small = Image.frombytes(
        "L", (across, FINE_ROWS), b"".join(row[-_AROUND:] + row + row[:_AROUND] for row in rows)
    )
    edge = round(_SIZE[0] * _AROUND / FINE_COLUMNS)
    large = small.resize((_SIZE[0] + 2 * edge, _SIZE[1]), Image.Resampling.BICUBIC)
    cut = large.crop((edge, 0, edge + _SIZE[0], _SIZE[1]))
    colours = ramp(tokens().themes[ThemeName.LIGHT].heat)
    bands = (
        [colour.red for colour in colours],
        [colour.green for colour in colours],
        [colour.blue for colour in colours],
        [round(255 * colour.alpha) for colour in colours],
    )
    return Image.merge("RGBA", [cut.point(band) for band in bands])
