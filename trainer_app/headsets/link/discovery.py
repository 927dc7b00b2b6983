"""Which headsets are there without anybody having typed an address, and which way to each is the best.

A headset that a running adb server has on its cable is reached through that server: two programs cannot own
one cable, and whoever started the server needs it. What the server reached over the network is reached there
directly as well, on a connection of our own, where questions overtake films. Everything else on a cable is
reached by libusb.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from trainer_app.domain.headset_address import SERVER, USB
from trainer_app.domain.link_errors import UsbLibraryMissing
from trainer_app.headsets.link.server import AdbServer, ServerAbsent, ServerDevice, ServerRefused
from trainer_app.headsets.link.usb import UsbBus, UsbDevice, names_port, port_in

_log = logging.getLogger(__name__)

_SERVER_S = 2.0
"""A server that does not answer by then is not waited for."""

_HEADSETS = re.compile(
    r"quest|oculus|pico|vive|pacific|monterey|hollywood|seacliff|eureka|panther", re.IGNORECASE
)
"""Words in the names of headsets. Telephones, which may hang on the same computer, are nobody's business."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A device that is there.

    Attributes:
        address: The best way to it.
        serial: Its serial number; empty: only the device itself can tell.
        is_headset: It looks like one; everything else is left alone unless somebody asks for it.
    """

    address: str
    serial: str
    is_headset: bool


class Discovery:
    """Looks around; what cannot be looked at has nothing to show."""

    def __init__(self, bus: UsbBus, server: AdbServer) -> None:
        self._bus = bus
        self._server = server
        self._lacks_libusb = False

    async def look(self) -> list[Seen]:
        """All devices with ADB that are connected, each once."""
        of_server, on_cables = await asyncio.gather(self._ask_server(), self._look_at_cables())
        headsets = {one.serial for one in on_cables if one.is_headset}
        found = [_through_server(one, headsets) for one in of_server]
        return found + [_over_cable(one) for one in on_cables if not _is_owned(one, of_server)]

    async def _ask_server(self) -> list[ServerDevice]:
        try:
            async with asyncio.timeout(_SERVER_S):
                return await self._server.devices()
        except (ServerAbsent, ServerRefused, TimeoutError):
            return []

    async def _look_at_cables(self) -> list[UsbDevice]:
        if self._lacks_libusb:
            return []
        try:
            return await asyncio.to_thread(self._bus.devices)
        except UsbLibraryMissing as problem:
            _log.info("cables are not looked at: %s", problem)
            self._lacks_libusb = True
            return []


def _is_owned(device: UsbDevice, of_server: list[ServerDevice]) -> bool:
    """A server has it on its cable.

    One whose serial number tells nothing is known by its port; where the server tells none it may be any.
    """
    if names_port(device.serial):
        port = port_in(device.serial)
        return any(one.is_on_cable and one.properties.get("usb", port) == port for one in of_server)
    return any(one.serial == device.serial for one in of_server)


def _over_cable(device: UsbDevice) -> Seen:
    serial = "" if names_port(device.serial) else device.serial
    return Seen(address=USB + device.serial, serial=serial, is_headset=device.is_headset)


def _through_server(device: ServerDevice, headsets: AbstractSet[str]) -> Seen:
    """``headsets``: what hangs on our cables; of one nobody has accepted the server knows no name."""
    is_headset = device.serial in headsets or any(
        _HEADSETS.search(value) for value in device.properties.values()
    )
    if ":" in device.serial:
        return Seen(address=device.serial, serial="", is_headset=is_headset)
    serial = device.serial if device.is_on_cable else ""
    return Seen(address=SERVER + device.serial, serial=serial, is_headset=is_headset)
