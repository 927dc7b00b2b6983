"""Numbers belong to headsets; who looks after an address finds its place when the headset is there."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.fakes.live_headsets import LiveGateway, a_headset
from trainer_app.domain.errors import TrainerError
from trainer_app.domain.headset_state import HeadsetFacts
from trainer_app.domain.link_errors import NothingListens
from trainer_app.services.headset_port import ConnectedHeadset
from trainer_app.services.live.keeping import Keeper
from trainer_app.services.live.pace import Pace
from trainer_app.services.live.seating import Seating

SEEN = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


class Nobody:
    """An owner whom nothing reaches: these keepers never run."""

    film_plays = False

    def waits(self, keeper: Keeper) -> None: ...

    async def arrived(self, keeper: Keeper, headset: ConnectedHeadset) -> None: ...

    def told(self, keeper: Keeper, facts: HeadsetFacts) -> None: ...

    def left(self, keeper: Keeper, problem: TrainerError) -> None: ...


def keeper(address: str) -> Keeper:
    return Keeper(address, LiveGateway(), Nobody(), Pace())


def numbers(seating: Seating) -> list[tuple[int, str]]:
    return [(slot.number, slot.known.serial if slot.known else "") for slot in seating.slots()]


def test_places_are_laid_for_known_headsets_and_for_those_that_should_be_there() -> None:
    seating = Seating()
    seating.lay([a_headset(2), a_headset(7)], target_count=3)
    assert numbers(seating) == [(1, ""), (2, "S2"), (3, ""), (7, "S7")]
    known = seating.of_number(2)
    assert known is not None
    assert known.last_contact == SEEN


def test_headset_gets_its_own_number_and_whoever_waited_there_moves_on() -> None:
    seating = Seating()
    seating.lay([], target_count=2)
    first, second = keeper("a:1"), keeper("b:1")
    borrowed = seating.provisional()
    borrowed.keeper, borrowed.waits, borrowed.address_is_new = first, True, True
    borrowed.link_problem = NothingListens(headset="a:1")
    seating.provisional().keeper = second
    slot, idle = seating.seat(second, a_headset(1))
    assert (slot.number, slot.keeper, idle) == (1, second, None)
    moved = seating.of_keeper(first)
    assert moved is not None
    assert (moved.number, moved.waits, moved.address_is_new) == (2, True, True)
    assert isinstance(moved.link_problem, NothingListens)
    assert (slot.waits, slot.address_is_new, slot.link_problem) == (False, False, None)
    assert numbers(seating) == [(1, "S1"), (2, "")]


def test_borrowed_place_beyond_the_target_disappears_when_its_headset_has_a_number() -> None:
    seating = Seating()
    seating.lay([a_headset(1)], target_count=1)
    somebody = keeper("a:1")
    seating.provisional().keeper = somebody
    assert len(seating.slots()) == 2
    seating.seat(somebody, a_headset(1))
    assert numbers(seating) == [(1, "S1")]


def test_who_looks_after_a_former_address_is_told_to_stop() -> None:
    seating = Seating()
    seating.lay([a_headset(1, address="a:1")], target_count=1)
    stale, fresh = keeper("a:1"), keeper("b:1")
    seating.slots()[0].keeper = stale
    seating.provisional().keeper = fresh
    slot, idle = seating.seat(fresh, a_headset(1, address="b:1"))
    assert (slot.number, idle) == (1, stale)


def test_headset_that_answers_at_another_one_s_address_leaves_that_one_s_place_alone() -> None:
    seating = Seating()
    seating.lay([a_headset(1), a_headset(2)], target_count=2)
    somebody = keeper("a:1")
    seating.slots()[0].keeper = somebody
    slot, _ = seating.seat(somebody, a_headset(2))
    assert slot.number == 2
    assert numbers(seating) == [(1, "S1"), (2, "S2")]
    assert seating.slots()[0].keeper is None


def test_suitcase_that_should_hold_more_or_fewer_keeps_whoever_is_there() -> None:
    seating = Seating()
    seating.lay([a_headset(1)], target_count=2)
    first, somebody = keeper("a:1"), keeper("b:1")
    seating.slots()[0].keeper = first
    seating.slots()[0].aside = True
    seating.lay_anew([a_headset(1)], target_count=4)
    assert numbers(seating) == [(1, "S1"), (2, ""), (3, ""), (4, "")]
    assert (seating.slots()[0].keeper, seating.slots()[0].aside) == (first, True)
    seating.slots()[2].keeper = somebody
    seating.lay_anew([], target_count=1)
    assert numbers(seating) == [(1, "S1"), (3, "")]


def test_headset_put_into_the_suitcase_gets_its_number_from_whoever_waited_there() -> None:
    seating = Seating()
    seating.lay([a_headset(1)], target_count=2)
    somebody = keeper("b:1")
    seating.provisional().keeper = somebody
    seating.slots()[1].waits = seating.slots()[1].address_is_new = True
    seating.lay_anew([a_headset(1), a_headset(2)], target_count=2)
    assert numbers(seating) == [(1, "S1"), (2, "S2"), (3, "")]
    assert [slot.keeper for slot in seating.slots()] == [None, None, somebody]
    assert [slot.waits for slot in seating.slots()] == [False, False, True]
    assert [slot.address_is_new for slot in seating.slots()] == [False, False, True]
