"""Looking at the cables: by several at once, at headsets that tell no serial number, with no libusb."""

from __future__ import annotations

import sys
import threading
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
import usb1

from trainer_app.domain.link_errors import UsbLibraryMissing
from trainer_app.headsets.link import usb
from trainer_app.headsets.link.usb import LibusbBus, names_port

CLASS, SUBCLASS, PROTOCOL = 255, 66, 1


class Device:
    """As libusb shows a headset; ``refuses``: it may not be opened."""

    def __init__(self, serial: str = "A1", port: int = 2) -> None:
        self.serial = serial
        self.port = port
        self.reads = 0
        self.refuses = False
        self.readers = self.most_readers = 0
        self.two_read = threading.Event()

    def getBusNumber(self) -> int:
        return 99

    def getDeviceAddress(self) -> int:
        return 5 + self.port

    def getPortNumberList(self) -> list[int]:
        return [1, self.port]

    def getVendorID(self) -> int:
        return 0x2833

    def getSerialNumber(self) -> str:
        self.reads += 1
        self.readers += 1
        self.most_readers = max(self.readers, self.most_readers)
        if self.readers > 1:
            self.two_read.set()
        self.two_read.wait(0.05)
        self.readers -= 1
        if self.refuses:
            raise usb1.USBErrorAccess
        return self.serial

    def iterSettings(self) -> list[Any]:
        endpoint = SimpleNamespace(getMaxPacketSize=lambda: 512)
        return [
            SimpleNamespace(
                getClass=lambda: CLASS,
                getSubClass=lambda: SUBCLASS,
                getProtocol=lambda: PROTOCOL,
                iterEndpoints=lambda: [endpoint],
            )
        ]


@pytest.fixture
def plugged_in(monkeypatch: pytest.MonkeyPatch) -> list[Device]:
    devices: list[Device] = []
    context = SimpleNamespace(getDeviceIterator=lambda *, skip_on_error: iter(devices))
    libusb = SimpleNamespace(
        CLASS=CLASS,
        SUBCLASS=SUBCLASS,
        PROTOCOL=PROTOCOL,
        UsbTransport=SimpleNamespace(USB1_CTX=context),
        usb1=usb1,
    )
    monkeypatch.setattr(usb, "_libusb", lambda: libusb)
    return devices


@pytest.fixture
def device(plugged_in: list[Device]) -> Device:
    device = Device()
    plugged_in.append(device)
    return device


def test_those_who_look_at_the_same_time_look_one_after_the_other(device: Device) -> None:
    bus = LibusbBus()
    seen: list[str] = []
    threads = [
        threading.Thread(target=lambda: seen.extend(one.serial for one in bus.devices())) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == ["A1", "A1"]
    assert device.most_readers == 1


def test_a_serial_number_that_could_not_be_read_is_asked_for_again(device: Device) -> None:
    bus = LibusbBus()
    device.refuses = True
    (unread,) = bus.devices()
    assert names_port(unread.serial)
    device.refuses = False
    (read,) = bus.devices()
    assert read.serial == "A1"
    device.refuses = True
    (known,) = bus.devices()
    assert known.serial == "A1"


def test_a_serial_number_that_cannot_be_read_is_asked_for_ever_more_rarely(device: Device) -> None:
    bus = LibusbBus()
    device.refuses = True
    for _ in range(100):
        bus.devices()
    assert 5 < device.reads < 15
    device.refuses = False
    for _ in range(16):
        bus.devices()
    assert [one.serial for one in bus.devices()] == ["A1"]


@pytest.mark.parametrize("serial", ["0123456789ABCDEF", "00000000", ""])
def test_a_serial_number_that_is_none_is_read_once_and_the_port_is_the_name(
    plugged_in: list[Device], serial: str
) -> None:
    plugged_in += [Device(serial, port=2), Device(serial, port=3)]
    bus = LibusbBus()
    for _ in range(3):
        assert [one.serial for one in bus.devices()] == ["port-99-1.2", "port-99-1.3"]
    assert [device.reads for device in plugged_in] == [1, 1]


def test_two_headsets_of_one_serial_number_are_told_apart_by_their_ports(plugged_in: list[Device]) -> None:
    plugged_in += [Device("B7"), Device("B7", port=3), Device("A1", port=4)]
    assert [one.serial for one in LibusbBus().devices()] == ["port-99-1.2", "port-99-1.3", "A1"]


def test_a_libusb_that_does_not_begin_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(ModuleType):
        @property
        def usb_transport(self) -> Any:
            raise usb1.USBErrorOther

    monkeypatch.setitem(sys.modules, "adb_shell.transport", Broken("adb_shell.transport"))
    with pytest.raises(UsbLibraryMissing):
        LibusbBus().devices()
