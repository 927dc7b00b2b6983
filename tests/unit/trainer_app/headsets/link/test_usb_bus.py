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

    def __init__(self) -> None:
        self.refuses = False
        self.readers = self.most_readers = 0
        self.two_read = threading.Event()

    def getBusNumber(self) -> int:
        return 99

    def getDeviceAddress(self) -> int:
        return 7

    def getPortNumberList(self) -> list[int]:
        return [1, 2]

    def getVendorID(self) -> int:
        return 0x2833

    def getSerialNumber(self) -> str:
        self.readers += 1
        self.most_readers = max(self.readers, self.most_readers)
        if self.readers > 1:
            self.two_read.set()
        self.two_read.wait(0.05)
        self.readers -= 1
        if self.refuses:
            raise usb1.USBErrorAccess
        return "A1"

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
def device(monkeypatch: pytest.MonkeyPatch) -> Device:
    device = Device()
    context = SimpleNamespace(getDeviceIterator=lambda *, skip_on_error: iter([device]))
    libusb = SimpleNamespace(
        CLASS=CLASS,
        SUBCLASS=SUBCLASS,
        PROTOCOL=PROTOCOL,
        UsbTransport=SimpleNamespace(USB1_CTX=context),
        usb1=usb1,
    )
    monkeypatch.setattr(usb, "_libusb", lambda: libusb)
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


def test_a_libusb_that_does_not_begin_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(ModuleType):
        @property
        def usb_transport(self) -> Any:
            raise usb1.USBErrorOther

    monkeypatch.setitem(sys.modules, "adb_shell.transport", Broken("adb_shell.transport"))
    with pytest.raises(UsbLibraryMissing):
        LibusbBus().devices()
