"""The chart of a playback: how far the headsets were apart, and who was away when.

A drawing like the others, made for the width it gets: its units are the pixels or points it is shown in.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from trainer_app.domain.histories import History
from trainer_app.domain.playback import Receipt
from trainer_app.looks.drawing import Box, Drawing, Paint, Point, Shape, Shapes, Trace, Words

ABOUT = "looks.receipt_chart.about"

_TITLE, _PLOT, _GAP, _LANE, _AXIS = 18.0, 64.0, 8.0, 18.0, 18.0
_LABELS = 46.0
"""At the left: what the lines mean, and the numbers of the headsets."""

_TYPE = 12.0
_CHIP, _BAR = 15.0, 7.0
_TOPS = (5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)
"""Milliseconds at the upper edge, the smallest that has room for all."""

_GRID = Paint(line="outline", width=1)
_AREA = Paint(fill="accent_tint", line=None)
_LINE = Paint(line="accent", width=1.5)
_LANE_PAINT = Paint(fill="surface_sunken", line="outline", width=1)
_AWAY = Paint(fill="attention", line=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A headset that was away: its number, and the spans, seconds from the start."""

    number: int
    away_s: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptChart:
    """What is to be drawn, with ready words.

    Attributes:
        title: Over the spread.
        spread: None: there is none to be shown, and no title either.
        top_ms: At the upper edge of the spread; ``top`` and ``bottom``: the words there.
        length_s: Of the time shown; ``begin`` and ``end``: the words at both ends.
        lanes: Headsets that were away, by number; ``away``: the words over them.
    """

    title: str
    spread: History | None
    top_ms: int
    top: str
    bottom: str
    length_s: float
    begin: str
    end: str
    away: str
    lanes: tuple[Lane, ...]

    @property
    def height(self) -> float:
        """Of the drawing, whatever its width."""
        plot = _TITLE + _PLOT + _GAP if self.spread else 0.0
        lanes = _TITLE + _LANE * len(self.lanes) if self.lanes else 0.0
        return plot + lanes + _AXIS

    def drawing(self, width: float) -> Drawing:
        """The chart, so wide."""
        return Drawing(width=width, height=self.height, shapes=tuple(self._shapes(width)), about=ABOUT)

    def _shapes(self, width: float) -> Iterator[Shape]:
        plot = _Plot(width - _LABELS, self.length_s)
        top = 0.0
        if self.spread is not None:
            yield _words(self.title, 0, 0, width, _TITLE, "text_muted")
            yield from _spread(self, self.spread, plot)
            top = _TITLE + _PLOT + _GAP
        if self.lanes:
            yield _words(self.away, 0, top, width, _TITLE, "text_muted")
            top += _TITLE
        for lane in self.lanes:
            yield from _lane(lane, plot, top)
            top += _LANE
        half = plot.width / 2
        yield _words(self.begin, _LABELS, top, half, _AXIS, "text_muted")
        yield _words(self.end, width - _LABELS, top, _LABELS, _AXIS, "text_muted", right=True)


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where seconds lie: from the labels to the right edge."""

    width: float
    length_s: float

    def x(self, at_s: float) -> float:
        return _LABELS + self.width * min(max(at_s / self.length_s, 0.0), 1.0)


def chart_of(
    receipt: Receipt,
    *,
    title: str,
    away: str,
    milliseconds: Callable[[int], str],
    clock: Callable[[float], str],
) -> ReceiptChart | None:
    """The chart of a receipt; None: there is nothing to be seen in it.

    Args:
        receipt: Of a playback that is over.
        title: Over the spread.
        away: Over those who were away.
        milliseconds: Says how many.
        clock: Says a time since the start.
    """
    lanes = _lanes(receipt)
    if receipt.spread is None and not lanes:
        return None
    length_s = max(
        receipt.spread.length_s if receipt.spread else 1.0,
        *(end for lane in lanes for _, end in lane.away_s),
        1.0,
    )
    top_ms = _top_ms(receipt)
    return ReceiptChart(
        title=title,
        spread=receipt.spread,
        top_ms=top_ms,
        top=milliseconds(top_ms),
        bottom=milliseconds(0),
        length_s=length_s,
        begin=clock(0.0),
        end=clock(length_s),
        away=away,
        lanes=lanes,
    )


def _top_ms(receipt: Receipt) -> int:
    largest = (receipt.spread.largest_ms if receipt.spread else None) or 0.0
    return next((top for top in _TOPS if largest <= top), math.ceil(largest))


def _lanes(receipt: Receipt) -> tuple[Lane, ...]:
    """Those that were away; who was never away needs no line that says so."""
    return tuple(
        Lane(number=one.number, away_s=tuple((away.begin_s, away.end_s) for away in one.away))
        for one in sorted(receipt.headsets, key=lambda one: one.number)
        if one.away
    )


def _spread(chart: ReceiptChart, spread: History, plot: _Plot) -> Iterator[Shape]:
    right, bottom = _LABELS + plot.width, _TITLE + _PLOT
    for stretch in _stretches(spread):
        outline = _outline(stretch, spread.step_s, chart.top_ms, plot)
        (first, _), (last, _) = outline[0], outline[-1]
        yield Trace((first, bottom), (*outline, (last, bottom)), _AREA)
        yield Trace(outline[0], outline[1:], _LINE)
    for y in (_TITLE, bottom):
        yield Trace((_LABELS, y), ((right, y),), _GRID)
    yield _words(chart.top, 0, _TITLE - 2, _LABELS - 6, _AXIS, "text_muted", right=True)
    yield _words(chart.bottom, 0, bottom - _AXIS + 4, _LABELS - 6, _AXIS, "text_muted", right=True)


def _stretches(spread: History) -> list[list[tuple[int, float]]]:
    """Steps in a row of which something is known, with their largest values."""
    steps = list(enumerate(spread.high_ms))
    return [
        [(step, value) for step, value in run if value is not None]
        for is_known, run in groupby(steps, key=lambda one: one[1] is not None)
        if is_known
    ]


def _outline(stretch: list[tuple[int, float]], step_s: int, top_ms: int, plot: _Plot) -> tuple[Point, ...]:
    """From the left to the right, a stair a step."""
    points: list[Point] = []
    for step, value in stretch:
        y = _TITLE + _PLOT * (1 - min(value / top_ms, 1.0))
        points += [(plot.x(step * step_s), y), (plot.x((step + 1) * step_s), y)]
    return tuple(points)


def _lane(lane: Lane, plot: _Plot, top: float) -> Shapes:
    middle = top + _LANE / 2
    chip = Box(
        _LABELS - 10 - _CHIP * 1.4,
        middle - _CHIP / 2,
        _CHIP * 1.4,
        _CHIP,
        4,
        Paint(fill=f"chip{lane.number}", line=None),
    )
    number = Words(
        str(lane.number),
        chip.x,
        chip.y,
        chip.width,
        chip.height,
        11,
        f"chip{lane.number}_text",
        bold=True,
        verbatim=True,
    )
    track = Box(_LABELS, middle - _BAR / 2, plot.width, _BAR, 0, _LANE_PAINT)
    away = (
        Box(plot.x(begin), middle - _BAR / 2, max(plot.x(end) - plot.x(begin), 2.0), _BAR, 0, _AWAY)
        for begin, end in lane.away_s
    )
    return (chip, number, track, *away)


def _words(
    words: str, x: float, y: float, width: float, height: float, colour: str, *, right: bool = False
) -> Words:
    return Words(words, x, y, width, height, _TYPE, colour, centred=False, verbatim=True, right=right)
