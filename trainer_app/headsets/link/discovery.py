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
from dataclasses import dataclass

from trainer_app.domain.headset_address import SERVER, USB
from trainer_app.domain.link_errors import UsbLibraryMissing
from trainer_app.headsets.link.server import AdbServer, ServerAbsent, ServerDevice, ServerRefused
from trainer_app.headsets.link.usb import UsbBus, UsbDevice

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
        owned = {one.serial for one in of_server}
        found = [_through_server(one) for one in of_server]
        found += [
            Seen(address=USB + one.serial, serial=one.serial, is_headset=one.is_headset)
            for one in on_cables
            if one.serial not in owned
        ]
        return found

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


def _through_server(device: ServerDevice) -> Seen:
    is_headset = any(_HEADSETS.search(value) for value in device.properties.values())
    if not device.is_on_cable:
        return Seen(address=device.serial, serial="", is_headset=is_headset)
    return Seen(address=SERVER + device.serial, serial=device.serial, is_headset=is_headset)
