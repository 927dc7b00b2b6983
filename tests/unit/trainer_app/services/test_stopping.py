"""*Stopp alt*: all at once; one that hangs or is gone holds nobody up."""

from __future__ import annotations

import asyncio

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.link_errors import NothingListens
from trainer_app.domain.stopping import StopOutcome
from trainer_app.services.stopping import stop_all


class FakeStopper:
    """Stops what it reaches; waits at the addresses in ``slow`` until it is let go."""

    def __init__(self, *, gone: tuple[str, ...] = (), slow: tuple[str, ...] = ()) -> None:
        self._gone = gone
        self._slow = slow
        self.let_go = asyncio.Event()
        self.asked: list[tuple[str, str]] = []
        self.stopped: list[str] = []

    async def stop(self, address: str, *, by: str) -> StopOutcome:
        self.asked.append((address, by))
        if address in self._slow:
            await self.let_go.wait()
        if address in self._gone:
            problem: TrainerError = NothingListens(headset=address)
            raise problem
        self.stopped.append(address)
        return StopOutcome(serial=f"S{address}", dark=True)


async def test_every_headset_is_stopped_once() -> None:
    stopper = FakeStopper()
    result = await stop_all(stopper, ["2", "1", "2"], by="Anna")
    assert [outcome.serial for outcome in result.stopped] == ["S1", "S2"]
    assert stopper.asked == [("2", "Anna"), ("1", "Anna")]


async def test_one_that_hangs_does_not_hold_up_the_others() -> None:
    stopper = FakeStopper(slow=("1",))
    stopping = asyncio.create_task(stop_all(stopper, ["1", "2", "3"], by="Anna"))
    for _ in range(5):
        await asyncio.sleep(0)
    assert stopper.stopped == ["2", "3"]
    assert not stopping.done()
    stopper.let_go.set()
    assert len((await stopping).stopped) == 3


async def test_one_that_is_gone_is_told() -> None:
    result = await stop_all(FakeStopper(gone=("1",)), ["1", "2"], by="Anna")
    assert [outcome.serial for outcome in result.stopped] == ["S2"]
    assert set(result.unreached) == {"1"}


async def test_those_that_are_led_are_stopped_before_the_others_are_looked_up() -> None:
    stopper = FakeStopper()
    at_lookup: list[list[str]] = []

    def others() -> list[str]:
        at_lookup.append(list(stopper.stopped))
        return ["2", "3"]

    result = await stop_all(stopper, ["1", "2"], by="Anna", others=others)
    assert at_lookup == [["1", "2"]]
    assert stopper.stopped == ["1", "2", "3"]
    assert len(result.stopped) == 3


async def test_a_database_that_cannot_be_read_keeps_nobody_from_being_stopped() -> None:
    def others() -> list[str]:
        raise NothingListens(headset="database")

    result = await stop_all(FakeStopper(), ["1"], by="Anna", others=others)
    assert [outcome.serial for outcome in result.stopped] == ["S1"]
    assert isinstance(result.others_unknown, NothingListens)
