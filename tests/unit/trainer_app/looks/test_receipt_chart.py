"""The chart of a playback: whole for one headset and for ten, and true to what was kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.fakes.receipts import a_headset_receipt
from trainer_app.domain.absences import Absence, AbsenceCause
from trainer_app.domain.histories import History
from trainer_app.domain.playback import HeadsetReceipt, Receipt
from trainer_app.looks.drawing import Box, Trace, Words, colour_of
from trainer_app.looks.pictures.receipt_chart import ReceiptChart, chart_of
from trainer_app.looks.tokens import ThemeName, tokens

SPREAD = History(step_s=2, low_ms=(4.0, None, 1.0), high_ms=(18.0, None, 3.0))


def headset(number: int, *away: tuple[float, float]) -> HeadsetReceipt:
    return a_headset_receipt(
        serial=f"S{number}",
        number=number,
        start_error_ms=None,
        absences=tuple(Absence(begin_s=a, end_s=b, cause=AbsenceCause.TAKEN_OFF) for a, b in away),
    )


def receipt(*headsets: HeadsetReceipt, spread: History | None = SPREAD) -> Receipt:
    return Receipt(
        film_sha256="ab",
        start_spread_ms=None,
        spread_ms=None,
        instants=0,
        headsets=headsets,
        spread=spread,
    )


def chart(of: Receipt) -> ReceiptChart | None:
    return chart_of(
        of, title="Spread", away="Away", milliseconds=lambda ms: f"{ms} ms", clock=lambda s: f"{s:.0f} s"
    )


def words(of: ReceiptChart) -> list[str]:
    return [shape.key for shape in of.drawing(300).shapes if isinstance(shape, Words)]


def test_one_that_was_never_away_and_alone_has_no_chart() -> None:
    assert chart(receipt(headset(1), spread=None)) is None


def test_one_alone_that_was_away_has_a_lane_and_no_spread() -> None:
    made = chart(receipt(headset(1, (3.0, 5.0)), spread=None))
    assert made is not None
    assert "Spread" not in words(made)
    assert {"Away", "1", "0 s", "5 s"} <= set(words(made))


def test_the_scale_has_room_for_the_largest_and_time_for_all() -> None:
    made = chart(receipt(headset(1), headset(2, (1.0, 30.0))))
    assert made is not None
    assert (made.top, made.bottom, made.begin, made.end) == ("20 ms", "0 ms", "0 s", "30 s")
    large = chart(receipt(headset(1), spread=replace(SPREAD, high_ms=(12_345.6, None, 1.0))))
    assert large is not None
    assert large.top == "12346 ms"


def test_nothing_is_drawn_where_nothing_is_known() -> None:
    made = chart(receipt(headset(1), headset(2)))
    assert made is not None
    lines = [
        shape
        for shape in made.drawing(300).shapes
        if isinstance(shape, Trace) and shape.paint.line == "accent"
    ]
    assert len(lines) == 2
    first, second = ([line.start[0], line.steps[-1][0]] for line in lines)
    assert first[1] < second[0], "between them is a gap"


def test_lanes_lie_where_their_absences_are() -> None:
    made = chart(receipt(headset(2, (0.0, 3.0)), headset(1, (3.0, 6.0))))
    assert made is not None
    assert [lane.number for lane in made.lanes] == [1, 2]
    late, early = (
        shape
        for shape in made.drawing(300).shapes
        if isinstance(shape, Box) and shape.paint.fill == "attention"
    )
    assert early.x < late.x
    assert early.x + early.width == pytest.approx(late.x)
    assert late.x + late.width == pytest.approx(300)


@pytest.mark.parametrize("width", [200.0, 700.0])
def test_ten_headsets_have_room(width: float) -> None:
    made = chart(receipt(*(headset(number, (1.0, 5.0)) for number in range(1, 11))))
    assert made is not None
    drawing = made.drawing(width)
    for shape in drawing.shapes:
        if not isinstance(shape, Trace):
            assert 0 <= shape.x <= shape.x + shape.width <= width + 0.01
            assert -2 <= shape.y <= shape.y + shape.height <= drawing.height
    for theme in ThemeName:
        colours = tokens().themes[theme]
        for shape in drawing.shapes:
            names = [shape.colour] if isinstance(shape, Words) else [shape.paint.fill, shape.paint.line]
            assert all(colour_of(colours, name) for name in names if name is not None)
