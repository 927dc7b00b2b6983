"""The benchmarks' figures of what an onlooker has seen, held against playbacks that are known exactly."""

from __future__ import annotations

import pytest

from benchmarks._seen import judged
from tests.e2e.outside import Seen, Watch
from trainer_app.headsets.rehearsal import VirtualHeadset

MS = 1_000_000
STEP_NS = 20 * MS


def watch(
    number: int, *, late_ms: float, seconds: float = 10.0, lost: tuple[float, float] = (0.0, 0.0)
) -> Watch:
    """A player that begins so late and loses time once; its page has tried the film out before.

    ``lost``: when, in seconds from the start, and how many milliseconds.
    """
    headset = VirtualHeadset(number=number, serial=str(number), adb="", storage="")
    trial = [Seen(n * STEP_NS, n * 0.02, True, True) for n in range(13)]
    begin_ns = 2_000 * MS
    seen = [Seen(n * STEP_NS, 0.0, False, False) for n in range(13, 100)]
    for at_ns in range(begin_ns, begin_ns + round(seconds * 1e9), STEP_NS):
        since_s = (at_ns - begin_ns) / 1e9 - late_ms / 1e3
        behind_s = lost[1] / 1e3 if since_s >= lost[0] else 0.0
        seen.append(Seen(at_ns, max(0.0, since_s - behind_s), True, True))
    return Watch(headset, [*trial, *seen])


def test_the_start_is_judged_by_the_film_and_not_by_the_trial() -> None:
    found = judged([watch(1, late_ms=0.0), watch(2, late_ms=12.0), watch(3, late_ms=5.0)])
    assert found["start_spread_ms"] == pytest.approx(12.0, abs=0.01)


def test_the_spread_is_that_of_the_time_it_is_asked_for() -> None:
    found = judged([watch(1, late_ms=0.0), watch(2, late_ms=4.0), watch(3, late_ms=4.0, lost=(5.0, 30.0))])
    assert found["from_3_s_ms"]["p50"] == pytest.approx(34.0, abs=0.01)
    assert found["from_6_s_ms"]["max"] == pytest.approx(34.0, abs=0.01)
    assert found["from_6_s_ms"]["p50"] == pytest.approx(34.0, abs=0.01)
    assert found["moved_after_3_s"] == [0, 0, 0]


def test_a_film_that_was_moved_is_told() -> None:
    found = judged([watch(1, late_ms=0.0), watch(2, late_ms=0.0, lost=(5.0, 400.0))])
    assert found["moved_after_3_s"] == [0, 1]


def test_who_never_played_is_named() -> None:
    idle = Watch(watch(2, late_ms=0.0).headset, [Seen(n * STEP_NS, 0.0, False, False) for n in range(500)])
    assert judged([watch(1, late_ms=0.0), idle]) == {"never_started": [2]}
