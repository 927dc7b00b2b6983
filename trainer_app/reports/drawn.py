"""Draws a drawing's shapes on a page of paper."""

from __future__ import annotations

from reportlab.lib.colors import Color
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from trainer_app.looks.drawing import Box, Drawing, Oval, Paint, Shape, Trace, Words, colour_of
from trainer_app.looks.tokens import ThemeName, tokens
from trainer_app.reports.paper import BOLD, REGULAR
from trainer_app.texts.catalogue import Texts

_LEADING = 1.16
_HALF_CAPITAL = 0.33
"""Half the height of a capital, of the size of the type: from the middle of a line to its base."""
_DASH = (9.0, 6.0)


class Drawn(Flowable):
    """A drawing among the paragraphs of a page."""

    def __init__(self, drawing: Drawing, texts: Texts, width: float) -> None:
        super().__init__()
        self._drawing, self._texts, self._width = drawing, texts, width

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # the library's names
        """As wide as wanted, whatever room there is."""
        return self._width, self._width * self._drawing.height / self._drawing.width

    def draw(self) -> None:
        """Draw it."""
        _, height = self.wrap(0, 0)
        draw(self.canv, self._drawing, self._texts, 0, height, self._width)


class WordsDoNotFit(ValueError):
    """A drawing has words that are too long for their place (a mistake of ours, found by a test)."""


def draw(canvas: Canvas, drawing: Drawing, texts: Texts, x: float, top: float, width: float) -> float:
    """Draw with the upper left corner at (x, top), so wide; return the height, all in points.

    Raises:
        WordsDoNotFit: words are longer than their place.
    """
    scale = width / drawing.width
    canvas.saveState()
    canvas.translate(x, top)
    canvas.scale(scale, -scale)  # drawings grow downwards
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    for shape in drawing.shapes:
        _draw(canvas, shape, texts)
    canvas.restoreState()
    return drawing.height * scale


def paper_colour(name: str) -> Color:
    """A colour of a drawing as it is on paper: the light theme's."""
    colour = colour_of(tokens().themes[ThemeName.LIGHT], name)
    return Color(colour.red / 255, colour.green / 255, colour.blue / 255)


def _draw(canvas: Canvas, shape: Shape, texts: Texts) -> None:
    if isinstance(shape, Words):
        _write(canvas, shape, texts)
        return
    stroke, fill = _take(canvas, shape.paint)
    if isinstance(shape, Box):
        canvas.roundRect(shape.x, shape.y, shape.width, shape.height, shape.radius, stroke=stroke, fill=fill)
    elif isinstance(shape, Oval):
        right, bottom = shape.x + shape.width, shape.y + shape.height
        canvas.ellipse(shape.x, shape.y, right, bottom, stroke=stroke, fill=fill)
    else:
        _trace(canvas, shape, stroke, fill)


def _take(canvas: Canvas, paint: Paint) -> tuple[int, int]:
    if paint.fill is not None:
        canvas.setFillColor(paper_colour(paint.fill))
    if paint.line is not None:
        canvas.setStrokeColor(paper_colour(paint.line))
        canvas.setLineWidth(paint.width)
        canvas.setDash(list(_DASH) if paint.dashed else [])
    return int(paint.line is not None), int(paint.fill is not None)


def _trace(canvas: Canvas, shape: Trace, stroke: int, fill: int) -> None:
    path = canvas.beginPath()
    path.moveTo(*shape.start)
    for step in shape.steps:
        if len(step) == 2:
            path.lineTo(*step)
        else:
            path.curveTo(*step)
    if fill:
        path.close()
    canvas.drawPath(path, stroke=stroke, fill=fill)


def _share_before(shape: Words) -> float:
    """Of the room that a line leaves free, so much is at its left."""
    if shape.right:
        return 1.0
    return 0.5 if shape.centred else 0.0


def _write(canvas: Canvas, shape: Words, texts: Texts) -> None:
    font = BOLD if shape.bold else REGULAR
    words = shape.key if shape.verbatim else texts(shape.key)
    lines = simpleSplit(words, font, shape.size, shape.width)
    leading = shape.size * _LEADING
    widest = max(pdfmetrics.stringWidth(line, font, shape.size) for line in lines)
    if len(lines) * leading > shape.height + 1 or widest > shape.width:
        raise WordsDoNotFit(words)
    canvas.setFillColor(paper_colour(shape.colour))
    middle = shape.y + shape.height / 2 - leading * (len(lines) - 1) / 2
    for at, line in enumerate(lines):
        # The text is turned back: the page of the drawing is upside down.
        line_width = pdfmetrics.stringWidth(line, font, shape.size)
        left = shape.x + (shape.width - line_width) * _share_before(shape)
        canvas.saveState()
        canvas.translate(left, middle + at * leading + shape.size * _HALF_CAPITAL)
        canvas.scale(1, -1)
        canvas.setFont(font, shape.size)
        canvas.drawString(0, 0, line)
        canvas.restoreState()
