"""The soft picture of the group's looks: right place, right width, no seam, and lines where they belong."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headset_agent.protocol.gaze import HeadDirection, vector_of
from trainer_app.domain.heat_density import (
    FINE_COLUMNS,
    FINE_ROWS,
    LEVELS,
    REACH_DEG,
    Density,
    density_of,
    lines_of,
)
from trainer_app.domain.heat_map import COLUMNS, ROWS, cell_of, middle_of
from trainer_app.domain.live_kit import Gaze


def a_density(looks: dict[int, int]) -> Density:
    found = density_of(looks)
    assert found is not None
    return found


def cell(yaw_deg: float, pitch_deg: float = 0.0) -> int:
    return cell_of(Gaze(yaw_deg=yaw_deg, pitch_deg=pitch_deg))


def direction(column: int, row: int) -> HeadDirection:
    return HeadDirection(
        yaw_deg=(column + 0.5) * 360 / FINE_COLUMNS - 180, pitch_deg=90 - (row + 0.5) * 180 / FINE_ROWS
    )


def angle_deg(one: HeadDirection, other: HeadDirection) -> float:
    cosine = sum(a * b for a, b in zip(vector_of(one), vector_of(other), strict=True))
    return math.degrees(math.acos(max(-1.0, min(1.0, cosine))))


def test_of_nobody_there_is_nothing() -> None:
    assert density_of({}) is None


@settings(max_examples=6, deadline=None)
@given(st.integers(0, COLUMNS * ROWS - 1))
def test_a_look_fades_with_its_angle_wherever_on_the_sphere_it_is(one: int) -> None:
    density = a_density({one: 3})
    middle = middle_of(one)
    centre = HeadDirection(yaw_deg=middle.yaw_deg, pitch_deg=middle.pitch_deg)
    points = [(column, row) for row in range(0, FINE_ROWS, 3) for column in range(0, FINE_COLUMNS, 7)]
    largest = max(density.values)
    assert largest == 1.0
    row, column = divmod(density.values.index(largest), FINE_COLUMNS)
    nearest = angle_deg(direction(column, row), centre)
    assert nearest < 2.0
    peak = math.exp((math.cos(math.radians(nearest)) - 1) / math.radians(REACH_DEG) ** 2)
    for column, row in points:
        angle = angle_deg(direction(column, row), centre)
        wanted = math.exp((math.cos(math.radians(angle)) - 1) / math.radians(REACH_DEG) ** 2) / peak
        if abs(angle - 3 * REACH_DEG) > 0.01:
            assert density.at(column, row) == pytest.approx(
                wanted if angle < 3 * REACH_DEG else 0.0, abs=1e-9
            )


def test_twice_as_many_looks_are_twice_as_dense() -> None:
    density = a_density({cell(-90): 2, cell(90): 4})
    left, right = ((yaw + 180 + 2.5) / 360 * FINE_COLUMNS - 0.5 for yaw in (-90, 90))
    middle = FINE_ROWS // 2
    assert density.at(round(left), middle) == pytest.approx(density.at(round(right), middle) / 2, rel=0.02)


def test_behind_the_wearer_there_is_no_seam() -> None:
    density = a_density({cell(-180): 1})
    row = FINE_ROWS // 2
    # Its middle lies 2.5 degrees from the left edge; 5 degrees to the left of it is the right edge.
    assert density.at(-1, row) == density.at(FINE_COLUMNS - 1, row) > 0.5
    assert density.row(row)[0] > density.row(row)[FINE_COLUMNS // 2] == 0.0


@pytest.mark.parametrize("level", LEVELS)
def test_a_line_runs_where_the_density_is_its_level(level: float) -> None:
    centre = HeadDirection(yaw_deg=42.5, pitch_deg=-12.5)
    density = a_density({cell(centre.yaw_deg, centre.pitch_deg): 1})
    far = math.degrees(math.acos(1 + math.log(level) * math.radians(REACH_DEG) ** 2))
    pieces = list(lines_of(density, level))
    assert len(pieces) > 10
    for piece in pieces:
        for across, down in piece:
            point = HeadDirection(yaw_deg=across * 360 - 180, pitch_deg=90 - down * 180)
            assert angle_deg(point, centre) == pytest.approx(far, abs=0.6)


def test_lines_are_closed() -> None:
    """Every end of a piece is the end of another one; so a pen draws rings."""
    density = a_density({cell(0): 3, cell(20, 4): 3, cell(31, -9): 2, cell(-120, 30): 1})
    for level in LEVELS:
        ends = [
            (round(point[0], 9), round(point[1], 9)) for piece in lines_of(density, level) for point in piece
        ]
        assert all(ends.count(end) == 2 for end in ends)


def test_over_the_seam_a_line_is_drawn_on_both_sides() -> None:
    pieces = list(lines_of(a_density({cell(-180): 1}), 0.45))
    across = [point[0] for piece in pieces for point in piece]
    assert min(across) < 0.005
    assert max(across) > 0.98
