"""Scripted head movements, and the heat map they have to give, computed in another way than the product's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from trainer_app.domain.heat_map import HeatMap
from trainer_app.domain.live_kit import Gaze

Script = Callable[[float], Gaze | None]
"""Where a wearer looks at a second of the film; None: nobody does."""

Bins = dict[int, tuple[int, dict[tuple[int, int], int]]]
"""By time bin of two seconds: how many looked, and how often at each cell of five degrees (column, row)."""

STEP_S = 0.1
"""A page reports so often."""


def still(yaw_deg: float, pitch_deg: float = 0.0) -> Script:
    return lambda _second: Gaze(yaw_deg=yaw_deg, pitch_deg=pitch_deg)


def turning(from_deg: float, by_deg_a_s: float, pitch_deg: float = 0.0) -> Script:
    def looks(second: float) -> Gaze:
        yaw = (from_deg + by_deg_a_s * second + 180) % 360 - 180
        return Gaze(yaw_deg=yaw, pitch_deg=pitch_deg)

    return looks


def only(script: Script, from_s: float, to_s: float) -> Script:
    """Off the head before and after."""
    return lambda second: script(second) if from_s <= second < to_s else None


def seconds(length_s: float) -> Iterable[float]:
    """The instants of all reports."""
    return (round(tick * STEP_S, 1) for tick in range(round(length_s / STEP_S)))


def expected(scripts: Mapping[str, Script], length_s: float) -> Bins:
    """All looks in one list, then sorted into bins: every second report counts, being the first of 0.2 s."""
    looks = [
        (second, who, gaze)
        for who, script in scripts.items()
        for tick, second in enumerate(seconds(length_s))
        if tick % 2 == 0 and (gaze := script(second)) is not None
    ]
    found: Bins = {}
    for number in range(int(length_s // 2) + 1):
        within = [(who, gaze) for second, who, gaze in looks if 2 * number <= second < 2 * number + 2]
        if len({who for who, _ in within}) < 3:
            continue
        cells: dict[tuple[int, int], int] = {}
        for _, gaze in within:
            cell = int((gaze.yaw_deg + 180) // 5), min(35, int((90 - gaze.pitch_deg) // 5))
            cells[cell] = cells.get(cell, 0) + 1
        found[number] = (len({who for who, _ in within}), cells)
    return found


def bins_of(heat: HeatMap) -> Bins:
    """What the product has kept, in the same terms."""
    return {
        number: (one.headsets, {(cell % 72, cell // 72): looks for cell, looks in one.looks.items()})
        for number, one in heat.bins.items()
    }
