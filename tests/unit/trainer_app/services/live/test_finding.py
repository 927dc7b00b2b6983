"""Headsets that are plugged in come by themselves; one by cable and by Wi-Fi is one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest

from tests.fakes.headsets import FakeHeadset
from tests.fakes.live_headsets import LiveGateway, Memory, a_headset
from tests.fakes.live_table import QUICK, Table, lay_table
from tests.fakes.waiting import until
from trainer_app.domain.errors import TrainerError
from trainer_app.domain.headset_state import HeadsetFacts
from trainer_app.domain.headset_state import HeadsetState as S
from trainer_app.domain.kits import KitId, Serial
from trainer_app.domain.link_errors import NothingOnCable, NoWifi, OfAnotherKit, UsbBusy
from trainer_app.domain.storage_errors import DatabaseFull
from trainer_app.services.headset_port import ConnectedHeadset, Sighting

WIFI, CABLE = "10.0.0.1:5555", "usb:S1"


class Surroundings(LiveGateway):
    """Headsets that are plugged in and out."""

    def __init__(self, *headsets: FakeHeadset) -> None:
        super().__init__(*headsets)
        self.around: list[Sighting] = []
        self.arms: dict[str, str | TrainerError] = {}
        self.listening: dict[str, str] = {}
        self.armed: list[str] = []
        self.looks = 0

    async def look(self) -> Sequence[Sighting]:
        self.looks += 1
        return list(self.around)

    async def answers_on_wifi(self, headset: ConnectedHeadset, port: int) -> str | None:
        return self.listening.get(headset.serial)

    async def arm(self, headset: ConnectedHeadset, port: int) -> str:
        self.armed.append(headset.serial)
        outcome = self.arms[headset.serial]
        if isinstance(outcome, TrainerError):
            raise outcome
        return outcome

    def plug(self, serial: str, *, is_headset: bool = True) -> FakeHeadset:
        """A headset is plugged in."""
        address = f"usb:{serial}"
        self.headsets[address] = FakeHeadset(address, serial)
        self.around.append(Sighting(address=address, serial=serial, is_headset=is_headset))
        return self.headsets[address]

    def unplug(self, serial: str) -> None:
        """Its cable is pulled."""
        self.around = [seen for seen in self.around if seen.serial != serial]
        self.headsets.pop(f"usb:{serial}").is_lost.set()

    async def looked_around(self) -> None:
        before = self.looks
        await until(lambda: self.looks > before + 1)


@pytest.fixture
async def around() -> Surroundings:
    return Surroundings(FakeHeadset(WIFI, "S1"))


@pytest.fixture
async def table(around: Surroundings) -> AsyncIterator[Table]:
    table = lay_table(1, QUICK, gateway=around, memory=Memory(a_headset(1, address=WIFI)))
    yield table
    await table.kit.release()


async def test_new_headset_on_a_cable_gets_a_place_and_a_telephone_does_not(
    table: Table, around: Surroundings
) -> None:
    await table.open(target=2)
    await table.is_(1, S.READY)
    around.plug("PHONE", is_headset=False)
    around.plug("S2")
    await table.all_are(S.READY, S.READY)
    assert (table.of(2).serial, table.of(2).address) == ("S2", "usb:S2")
    assert table.memory.known[Serial("S2")].address == "usb:S2"


async def test_headset_of_another_suitcase_is_charged_here_and_stays_there(around: Surroundings) -> None:
    async def is_elsewhere(_kit: KitId, serial: Serial) -> bool:
        return serial == "S8"

    table = lay_table(1, QUICK, gateway=around, memory=Memory(), is_elsewhere=is_elsewhere)
    around.plug("S8")
    around.plug("S9")
    await table.open(target=1)
    await table.is_(1, S.READY)
    await around.looked_around()
    assert [headset.serial for headset in table.kit.now.headsets] == ["S9"]
    await table.kit.release()


async def of_another_kit(_kit: KitId, serial: Serial) -> bool:
    return serial == "S8"


async def test_headset_of_another_suitcase_that_an_adb_server_reaches_over_the_network_stays_there(
    around: Surroundings,
) -> None:
    table = lay_table(1, QUICK, gateway=around, memory=Memory(), is_elsewhere=of_another_kit)
    at = "server:10.0.0.8:5555"
    around.headsets[at] = FakeHeadset(at, "S8")
    around.around.append(Sighting(address=at, serial=""))
    await table.open(target=1)
    await until(lambda: around.headsets[at].closed)
    await around.looked_around()
    tries = around.tries[at]
    await around.looked_around()
    assert around.tries[at] == tries, "it is known by now, and left alone"
    assert [headset.serial for headset in table.kit.now.headsets] == [""]
    assert Serial("S8") not in table.memory.known
    await table.kit.release()


async def test_address_at_which_a_headset_of_another_suitcase_answers_says_so(around: Surroundings) -> None:
    memory = Memory(a_headset(1, address=WIFI))
    table = lay_table(1, QUICK, gateway=around, memory=memory, is_elsewhere=of_another_kit)
    around.headsets[WIFI] = FakeHeadset(WIFI, "S8")
    await table.open()
    await until(lambda: isinstance(table.of(1).problem, OfAnotherKit))
    assert (table.of(1).serial, table.of(1).state) == ("S1", S.NOT_CONNECTED)
    await table.kit.change_address(1, WIFI)
    await until(lambda: any(one.serial == "S8" and one.state is S.READY for one in table.kit.now.headsets))
    await table.kit.release()


async def test_headset_off_the_network_comes_by_its_cable_and_goes_back_to_wifi(
    table: Table, around: Surroundings
) -> None:
    around.headsets[WIFI].is_lost.set()
    await table.open(target=1)
    await table.is_(1, S.NOT_CONNECTED)
    around.plug("S1")
    await table.is_(1, S.READY)
    assert table.of(1).address == CABLE
    assert table.memory.known[Serial("S1")].address == WIFI
    around.comes_back(WIFI)
    around.unplug("S1")
    await until(lambda: table.of(1).address == WIFI and table.of(1).state is S.READY)
    assert len(table.kit.now.headsets) == 1


async def test_headset_that_is_connected_stays_so_whatever_is_plugged_in(
    table: Table, around: Surroundings
) -> None:
    await table.open(target=1)
    await table.is_(1, S.READY)
    around.plug("S1")
    await around.looked_around()
    assert table.of(1).address == WIFI
    assert len(table.kit.now.headsets) == 1
    assert "usb:S1" not in around.tries


async def test_cable_that_another_program_owns_says_so_where_the_network_fails_too(
    table: Table, around: Surroundings
) -> None:
    around.headsets[WIFI].is_lost.set()
    around.plug("S1")
    around.problems[CABLE] = UsbBusy(headset="S1")
    await table.open(target=1)
    await until(lambda: isinstance(table.of(1).problem, UsbBusy))
    around.comes_back(WIFI)
    await table.is_(1, S.READY)


async def test_new_headset_that_was_unplugged_before_it_was_reached_leaves_no_place(
    table: Table, around: Surroundings
) -> None:
    await table.open(target=1)
    await table.is_(1, S.READY)
    around.plug("S2")
    around.problems["usb:S2"] = UsbBusy(headset="S2")
    await until(lambda: len(table.kit.now.headsets) == 2)
    around.unplug("S2")
    await until(lambda: len(table.kit.now.headsets) == 1)


async def test_address_typed_for_a_headset_on_a_cable_is_learned(table: Table, around: Surroundings) -> None:
    around.plug("S2")
    around.headsets["10.0.0.2:5555"] = FakeHeadset("10.0.0.2:5555", "S2")
    await table.open(target=2)
    await table.all_are(S.READY, S.READY)
    await table.kit.add_address("10.0.0.2:5555")
    await until(lambda: table.memory.known[Serial("S2")].address == "10.0.0.2:5555")
    await table.all_are(S.READY, S.READY)
    around.unplug("S2")
    await until(lambda: table.of(2).address == "10.0.0.2:5555" and table.of(2).state is S.READY)


async def test_headsets_on_cables_are_armed_and_remember_where_they_answer(
    table: Table, around: Surroundings
) -> None:
    await table.open(target=3)
    await table.is_(1, S.READY)
    with pytest.raises(NothingOnCable):
        await table.kit.arm()
    for serial in ("S2", "S3"):
        around.plug(serial)
    await table.all_are(S.READY, S.READY, S.READY)
    around.arms = {"S2": "10.0.0.2:5555", "S3": NoWifi(headset="S3")}
    numbers = {headset.serial: headset.number for headset in table.kit.now.headsets}
    armed = await table.kit.arm()
    assert armed.addresses == {numbers["S2"]: "10.0.0.2:5555"}
    assert list(armed.problems) == [numbers["S3"]]
    assert table.memory.known[Serial("S2")].address == "10.0.0.2:5555"
    around.headsets["10.0.0.2:5555"] = FakeHeadset("10.0.0.2:5555", "S2")
    around.unplug("S2")
    await until(lambda: table.of(numbers["S2"]).address == "10.0.0.2:5555")
    await table.is_(numbers["S2"], S.READY)


@pytest.mark.expects_log("the look for headsets came to nothing")
async def test_a_database_that_is_busy_for_a_moment_does_not_end_the_looking(around: Surroundings) -> None:
    asked: list[Serial] = []

    async def is_elsewhere(_kit: KitId, serial: Serial) -> bool:
        asked.append(serial)
        if len(asked) < 3:
            raise DatabaseFull()
        return False

    table = lay_table(1, QUICK, gateway=around, memory=Memory(), is_elsewhere=is_elsewhere)
    around.plug("S9")
    await table.open(target=1)
    await table.is_(1, S.READY)
    assert table.of(1).serial == "S9"
    await table.kit.release()


async def test_a_headset_that_is_unplugged_while_it_is_written_down_takes_no_place(
    table: Table, around: Surroundings
) -> None:
    await table.open(target=1)
    await table.is_(1, S.READY)
    device = around.plug("S2")
    may_tell = asyncio.Event()
    facts = device.facts

    async def slow() -> HeadsetFacts:
        await may_tell.wait()
        return await facts()

    device.facts = slow  # type: ignore[method-assign]
    await until(lambda: around.tries.get("usb:S2") and len(table.kit.now.headsets) == 2)
    around.unplug("S2")
    await until(lambda: len(table.kit.now.headsets) == 1)
    may_tell.set()
    await until(lambda: device.closed)
    assert len(table.kit.now.headsets) == 1
