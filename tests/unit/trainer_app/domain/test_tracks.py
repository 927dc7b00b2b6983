"""Where headsets were at one and the same instant; computed here a second time, the slow and obvious way."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer_app.domain.tracks import Sample, Samples, Track, together

MS = 1_000_000
SECOND = 1_000_000_000


def track(*points: tuple[float, float]) -> Track:
    """A track of (second, position)."""
    made = Track()
    for at_s, position_s in points:
        made.add(Sample(at_ns=round(at_s * SECOND), position_s=position_s))
    return made


def position(of: Track, at_ns: int) -> float | None:
    """Its position at one instant."""
    (found,) = of.samples.positions_at([at_ns])
    return found


def running(first_s: float, last_s: float, ahead_s: float, every_s: float = 0.1) -> Track:
    count = round((last_s - first_s) / every_s)
    return track(*((first_s + n * every_s, first_s + n * every_s + ahead_s) for n in range(count + 1)))


def spreads_ms(tracks: Sequence[Track]) -> list[float]:
    named = {str(number): each.samples for number, each in enumerate(tracks)}
    return [(max(each.values()) - min(each.values())) * 1e3 for _, each in together(named)]


# --- a track ---------------------------------------------------------------------------------------------


def test_position_between_two_reports_lies_on_a_line() -> None:
    assert position(track((1.0, 10.0), (1.2, 10.4)), round(1.05 * SECOND)) == pytest.approx(10.1)


def test_position_at_a_report_is_the_reported_one() -> None:
    made = track((1.0, 10.0), (1.2, 10.4), (1.4, 10.6))
    assert position(made, round(1.2 * SECOND)) == pytest.approx(10.4)
    assert position(made, SECOND) == pytest.approx(10.0)


@pytest.mark.parametrize("at_s", [0.99, 1.21])
def test_nothing_is_known_outside_the_reports(at_s: float) -> None:
    assert position(track((1.0, 10.0), (1.2, 10.4)), round(at_s * SECOND)) is None


def test_nothing_is_guessed_across_a_gap() -> None:
    made = track((1.0, 10.0), (1.6, 10.6))
    assert position(made, round(1.3 * SECOND)) is None


def test_report_that_comes_late_does_not_turn_time_back() -> None:
    made = track((1.0, 10.0), (1.2, 10.2), (1.1, 99.0), (1.2, 99.0))
    assert [sample.position_s for sample in made.samples] == [10.0, 10.2]


def test_absences_are_the_spans_without_a_word() -> None:
    made = track((1.5, 0.0), (1.9, 0.4), (4.0, 2.5), (4.5, 3.0))
    first, second = made.absences(SECOND, 8 * SECOND)
    assert first == pytest.approx((0.9, 3.0))
    assert second == pytest.approx((3.5, 7.0))


def test_headset_that_is_paused_or_done_is_not_absent() -> None:
    made = running(0.0, 2.0, 0.0)
    for tenth in range(20, 50):
        made.hear(tenth * 100 * MS)
    assert made.absences(0, 5 * SECOND) == ()
    assert position(made, 3 * SECOND) is None


def test_headset_that_was_never_heard_was_absent_all_the_time() -> None:
    assert Track().absences(0, 5 * SECOND) == ((0.0, 5.0),)


def test_headset_that_was_always_heard_was_never_absent() -> None:
    assert running(0.0, 5.0, 0.0).absences(0, 5 * SECOND) == ()


# --- the spread ------------------------------------------------------------------------------------------


def test_spread_is_first_less_last_of_all_that_play() -> None:
    spreads = spreads_ms([running(0, 2, 0.0), running(0, 2, 0.012), running(0, 2, -0.005)])
    assert len(spreads) == 20
    assert spreads == pytest.approx([17.0] * 20)


def test_one_headset_alone_has_no_spread() -> None:
    assert spreads_ms([running(0, 2, 0.0)]) == []
    assert spreads_ms([running(0, 2, 0.0), Track()]) == []
    assert spreads_ms([]) == []


def test_instants_at_which_only_one_plays_do_not_count() -> None:
    spreads = spreads_ms([running(0, 1, 0.0), running(0.5, 3, 0.010)])
    assert spreads == pytest.approx([10.0] * len(spreads))
    assert len(spreads) == 5


tracks = st.lists(
    st.lists(st.tuples(st.integers(0, 3000), st.floats(0, 100)), min_size=0, max_size=15).map(
        lambda points: track(*((at / 1000, position) for at, position in sorted(points)))
    ),
    max_size=4,
)


@given(tracks=tracks)
def test_spread_agrees_with_the_obvious_computation(tracks: list[Track]) -> None:
    expected = []
    for tick in range(0, 3100, 100):
        positions = []
        for each in tracks:
            for before, after in zip(each.samples, each.samples[1:], strict=False):
                near = after.at_ns - before.at_ns <= 500 * MS
                if near and before.at_ns <= tick * MS < after.at_ns:
                    share = (tick * MS - before.at_ns) / (after.at_ns - before.at_ns)
                    positions.append(before.position_s * (1 - share) + after.position_s * share)
        if len(positions) >= 2:
            expected.append((max(positions) - min(positions)) * 1000)
    assert spreads_ms(tracks) == pytest.approx(expected, abs=1e-6)


@given(tracks=tracks, cut=st.integers(0, 30))
def test_instants_may_be_asked_for_in_parts(tracks: list[Track], cut: int) -> None:
    places = {str(number): each.samples for number, each in enumerate(tracks)}
    cut_ns = cut * 100 * MS
    parts = [*together(places, until_ns=cut_ns), *together(places, from_ns=cut_ns + 1)]
    assert parts == [*together(places)]


def test_what_is_in_a_span_is_left_out() -> None:
    samples = Samples(Sample(at_ns=at_ns, position_s=float(at_ns)) for at_ns in range(8))
    assert list(samples.outside([(1, 3), (5, 6)]).position_s) == [0.0, 3.0, 4.0, 6.0, 7.0]
    assert list(samples.outside([]).at_ns) == list(range(8))
