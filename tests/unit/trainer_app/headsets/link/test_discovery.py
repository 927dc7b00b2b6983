"""What is found without an address, and which way is taken to it."""

from __future__ import annotations

from dataclasses import dataclass

from tests.fakes.usb import FakeUsbBus
from trainer_app.domain.headset_address import is_on_cable
from trainer_app.domain.link_errors import UsbLibraryMissing
from trainer_app.headsets.link.discovery import Discovery
from trainer_app.headsets.link.server import AdbServer, ServerAbsent, ServerDevice, parse_devices
from trainer_app.headsets.link.usb import UsbDevice
from trainer_app.headsets.link.usb_pipe import BulkTransport


@dataclass(frozen=True)
class Plugged:
    serial: str
    is_headset: bool = True
    packet_size: int = 512

    def transport(self) -> BulkTransport:
        raise AssertionError("nobody opens what is only looked at")


class Bus(FakeUsbBus):
    def __init__(self, *plugged: Plugged) -> None:
        super().__init__()
        self.plugged: list[UsbDevice] = list(plugged)

    def devices(self) -> list[UsbDevice]:
        return super().devices() or self.plugged


class Server(AdbServer):
    """Says what it is told to; None: it does not run."""

    def __init__(self, listed: str | None) -> None:
        super().__init__()
        self.listed = listed

    async def devices(self) -> list[ServerDevice]:
        if self.listed is None:
            raise ServerAbsent("not there")
        return parse_devices(self.listed)


async def found(bus: Bus, listed: str | None) -> dict[str, bool]:
    return {seen.address: seen.is_headset for seen in await Discovery(bus, Server(listed)).look()}


async def test_cables_are_used_directly_where_no_server_runs() -> None:
    assert await found(Bus(Plugged("A1"), Plugged("PHONE", is_headset=False)), None) == {
        "usb:A1": True,
        "usb:PHONE": False,
    }


async def test_what_a_server_owns_is_reached_through_it_and_found_once() -> None:
    listed = (
        "A1    device usb:1-2 product:hollywood model:Quest_2 device:hollywood transport_id:1\n"
        "P1    unauthorized usb:1-3 transport_id:2\n"
    )
    assert await found(Bus(Plugged("A1"), Plugged("B2")), listed) == {
        "server:A1": True,
        "server:P1": False,
        "usb:B2": True,
    }


async def test_a_new_headset_that_nobody_has_accepted_is_one_for_a_server_as_well() -> None:
    listed = "A1    unauthorized usb:1-2 transport_id:1\n"
    assert await found(Bus(Plugged("A1")), listed) == {"server:A1": True}


async def test_a_headset_without_a_readable_serial_is_left_to_the_server_that_may_have_it() -> None:
    bus = Bus(Plugged("port-1-2"))
    assert await found(bus, "A1    unauthorized usb:1-2 transport_id:1\n") == {"server:A1": False}
    assert await found(bus, "A1    unauthorized transport_id:1\n") == {"server:A1": False}
    other_port = "A1    unauthorized usb:1-3 transport_id:1\n"
    assert await found(bus, other_port) == {"server:A1": False, "usb:port-1-2": True}
    _, seen = await Discovery(bus, Server("10.0.0.1:5555  device product:eureka\n")).look()
    assert (seen.address, seen.serial, seen.is_headset) == ("usb:port-1-2", "", True)


async def test_a_headset_that_a_server_has_found_by_its_announcement_is_on_no_cable() -> None:
    name = "adb-A1-x2Y3z4._adb-tls-connect._tcp"
    (seen,) = await Discovery(Bus(), Server(f"{name}  device product:eureka\n")).look()
    assert (seen.address, seen.serial, seen.is_headset) == (f"server:{name}", "", True)
    assert not is_on_cable(seen.address)
    assert is_on_cable("server:A1")


async def test_what_a_server_reached_over_the_network_is_reached_there_directly() -> None:
    listed = "192.168.1.20:5555  device product:eureka model:Quest_3 device:eureka transport_id:2\n"
    assert await found(Bus(), listed) == {"192.168.1.20:5555": True}


async def test_a_computer_without_libusb_and_without_a_server_finds_nothing() -> None:
    bus = Bus(Plugged("A1"))
    bus.problem = UsbLibraryMissing(headset="USB")
    assert await found(bus, None) == {}
