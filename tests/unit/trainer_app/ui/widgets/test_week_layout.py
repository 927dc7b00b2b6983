"""Events of a day never hide one another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from trainer_app.ui.widgets.week_layout import (
    WeekEvent,
    day_widths,
    in_order,
    lanes,
    neighbour_day,
    overlap,
)


def _event(key: str, start: int, end: int, day: int = 0, *, conflicts: bool = False) -> WeekEvent:
    return WeekEvent(key=key, day=day, start_min=start, end_min=end, title=key, times="", conflicts=conflicts)


TIMES = st.tuples(st.integers(480, 1000), st.integers(15, 240), st.integers(0, 4))
EVENTS = st.lists(TIMES, max_size=12).map(
    lambda times: [
        _event(str(at), start, start + length, day) for at, (start, length, day) in enumerate(times)
    ]
)


@given(EVENTS)
def test_overlapping_events_have_lanes_of_their_own(events: list[WeekEvent]) -> None:
    places = lanes(events)
    assert set(places) == {event.key for event in events}
    for one in events:
        assert 0 <= places[one.key].at < places[one.key].of
        for other in events:
            meet = one.day == other.day and one.start_min < other.end_min and other.start_min < one.end_min
            if meet and one.key != other.key:
                assert places[one.key].at != places[other.key].at
                assert places[one.key].of == places[other.key].of


def test_an_event_alone_has_the_whole_day() -> None:
    places = lanes([_event("a", 480, 540), _event("b", 540, 600)])
    assert [places[key].of for key in "ab"] == [1, 1]


def test_a_long_event_among_short_ones() -> None:
    places = lanes([_event("long", 480, 720), _event("b", 500, 520), _event("c", 530, 600)])
    assert [(places[key].at, places[key].of) for key in ("long", "b", "c")] == [(0, 2), (1, 2), (1, 2)]


def test_the_edited_day_is_wider() -> None:
    widths = day_widths(5, 3, 595)
    assert [round(width) for width in widths] == [100, 100, 100, 195, 100]
    assert day_widths(5, None, 500) == [100] * 5


def test_what_collides_is_the_shared_time_of_conflicting_events() -> None:
    one, two = _event("a", 750, 840, conflicts=True), _event("b", 780, 870, conflicts=True)
    harmless = _event("c", 750, 870)
    assert overlap(one, [one, two, harmless]) == (780, 840)
    assert overlap(harmless, [one, two, harmless]) is None
    assert overlap(one, [one, harmless]) is None


def test_the_next_day_is_entered_at_the_same_time_of_day() -> None:
    here = _event("a", 800, 860, 0)
    events = [here, _event("early", 480, 540, 2), _event("late", 780, 840, 2)]
    right = neighbour_day(events, here, 1)
    assert right is not None
    assert right.key == "late"
    assert neighbour_day(events, here, -1) is None
    assert [event.key for event in in_order(events)] == ["a", "early", "late"]
