"""Headsets on a USB cable, without an adb server: which there are, and a link to one of them.

libusb and adb-shell are imported when a cable is first looked for. A computer without libusb has no headsets
on a cable, and says so when somebody asks for one.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
import threading
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from headset_agent.protocol.adb.handshake import HostHandshake, HostKey
from trainer_app.domain.headset_address import tells_apart
from trainer_app.domain.link_errors import (
    CableLost,
    LinkProblem,
    NotPluggedIn,
    UsbBusy,
    UsbDriverMissing,
    UsbLibraryMissing,
    UsbNoAccess,
)
from trainer_app.headsets.link.direct import Attempt, DirectLink
from trainer_app.headsets.link.terms import USUAL, Terms
from trainer_app.headsets.link.usb_channel import UsbChannel
from trainer_app.headsets.link.usb_pipe import BulkTransport, PipeBroken, UsbPipe

_log = logging.getLogger(__name__)

_MAKERS = frozenset({0x2833, 0x2D40})
"""USB numbers of makers of headsets: Meta (Oculus), PICO."""

_SYSFS = Path("/sys/bus/usb/devices")
_PORT = "port-"

_LONGEST_PAUSE = 16
"""Looks between two attempts to read a serial number: half a minute, as often as the app looks."""


class UsbDevice(Protocol):
    """A headset on a cable.

    Attributes:
        serial: Its serial number; its port (see :func:`names_port`) where that cannot be read, or where
            others have the same.
        packet_size: Bytes of the largest packet on this cable.
        is_headset: Its maker makes headsets.
    """

    @property
    def serial(self) -> str: ...  # noqa: D102 - see above
    @property
    def packet_size(self) -> int: ...  # noqa: D102
    @property
    def is_headset(self) -> bool: ...  # noqa: D102

    def transport(self) -> BulkTransport:
        """Its pipes, not opened yet."""
        ...


class UsbBus(Protocol):
    """Where cables end; blocking."""

    def devices(self) -> list[UsbDevice]:
        """The headsets that are plugged in. Raises UsbLibraryMissing."""
        ...


@dataclass(frozen=True, slots=True)
class _LibusbDevice:
    serial: str
    packet_size: int
    is_headset: bool
    device: Any
    setting: Any

    def transport(self) -> BulkTransport:
        from adb_shell.transport.usb_transport import UsbTransport

        transport: BulkTransport = UsbTransport(self.device, self.setting, usb_info=self.serial)
        return transport


_PluggedIn = tuple[int, ...]
"""Where a headset is plugged in, and which plugging-in it is."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What is known of a serial number; None: it could not be read.

    Attributes:
        looks_left: So many looks go by before it is tried again.
        pause: So many it were the last time.
    """

    serial: str | None
    looks_left: int = 0
    pause: int = 0


class LibusbBus:
    """The cables of this computer; several threads may look at them."""

    def __init__(self) -> None:
        self._told: dict[_PluggedIn, _Told] = {}
        self._looking = threading.Lock()

    def devices(self) -> list[UsbDevice]:
        """The headsets that are plugged in. Raises UsbLibraryMissing."""
        with self._looking:
            return self._look(_libusb())

    def _look(self, libusb: Any) -> list[UsbDevice]:
        adb = (libusb.CLASS, libusb.SUBCLASS, libusb.PROTOCOL)
        try:
            found = [
                (device, setting)
                for device in libusb.UsbTransport.USB1_CTX.getDeviceIterator(skip_on_error=True)
                for setting in device.iterSettings()
                if (setting.getClass(), setting.getSubClass(), setting.getProtocol()) == adb
            ]
            return self._described(found)
        except libusb.usb1.USBError as error:
            _log.info("the cables cannot be listed: %s", error)
            return []

    def _described(self, found: list[tuple[Any, Any]]) -> list[UsbDevice]:
        devices = {_plugging_in(device): device for device, _ in found}
        self._told = {at: self._ask(at, device) for at, device in devices.items()}
        count = Counter(told.serial for told in self._told.values())
        described: list[UsbDevice] = []
        for device, setting in found:
            told = self._told[_plugging_in(device)].serial
            described.append(
                _LibusbDevice(
                    told if told and count[told] == 1 and tells_apart(told) else _PORT + _port(device),
                    _packet_size(setting),
                    device.getVendorID() in _MAKERS,
                    device,
                    setting,
                )
            )
        return described

    def _ask(self, at: _PluggedIn, device: Any) -> _Told:
        """Its serial number is read once, because that takes opening it.

        One that cannot be read may be readable the next time: whoever owned the headset has gone. It is tried
        again ever more rarely.
        """
        told = self._told.get(at) or _Told(None)
        if told.serial is not None:
            return told
        if told.looks_left:
            return replace(told, looks_left=told.looks_left - 1)
        pause = min(2 * told.pause, _LONGEST_PAUSE) if told.pause else 1
        return _Told(_serial_of(device), looks_left=pause - 1, pause=pause)


def names_port(serial: str) -> bool:
    """It is the port of a headset whose serial number tells nothing."""
    return serial.startswith(_PORT)


def port_in(serial: str) -> str:
    """The port, as adb writes it, of a headset that is called by it."""
    return serial.removeprefix(_PORT)


def _libusb() -> Any:
    """What adb-shell makes of libusb, which begins its work when it is imported. Raises UsbLibraryMissing."""
    try:
        import usb1
    except (ImportError, OSError) as error:
        raise UsbLibraryMissing(headset="USB", detail=str(error)) from error
    try:
        from adb_shell.transport import usb_transport
    except (ImportError, OSError, usb1.USBError) as error:
        raise UsbLibraryMissing(headset="USB", detail=str(error)) from error
    return usb_transport


def _plugging_in(device: Any) -> _PluggedIn:
    return (device.getBusNumber(), device.getDeviceAddress(), *device.getPortNumberList())


def _port(device: Any) -> str:
    """As Linux and adb write it."""
    return f"{device.getBusNumber()}-{'.'.join(map(str, device.getPortNumberList()))}"


def _packet_size(setting: Any) -> int:
    return max(int(endpoint.getMaxPacketSize()) for endpoint in setting.iterEndpoints())


def _serial_of(device: Any) -> str | None:
    """Its serial number, empty where it has none; None: it cannot be read.

    Reading it needs the same right as opening the device, which may be what is missing.
    """
    import usb1

    with contextlib.suppress(usb1.USBError, ValueError):
        return str(device.getSerialNumber() or "")
    if sys.platform.startswith("linux"):
        with contextlib.suppress(OSError):
            return (_SYSFS / _port(device) / "serial").read_text().strip()
    return None


async def connect_usb(
    serial: str,
    bus: UsbBus,
    *,
    key: HostKey,
    terms: Terms = USUAL,
) -> DirectLink:
    """Connect to the headset with a serial number that is on a cable; see ``direct.connect``.

    Raises:
        NotPluggedIn: It is not on a cable of this computer.
        UsbBusy: Another program owns it.
        UsbNoAccess, UsbDriverMissing, UsbLibraryMissing: This computer is not set up for it.
        HeadsetSilent, NotAHeadset, NotAccepted, KeyUnusable, LinkLost: As over TCP.
    """
    attempt = Attempt(serial, terms, lost_as=CableLost)
    channel = UsbChannel(await _opened(serial, bus, terms.headset or serial))
    try:
        return await attempt.shake_hands(channel, HostHandshake(key), channel.wait_closed)
    except BaseException:
        # Who tries again must not find the interface still claimed by us.
        channel.close()
        await channel.wait_closed()
        raise


async def _opened(serial: str, bus: UsbBus, name: str) -> UsbPipe:
    """Open the pipes in a thread; what is opened for somebody who has gone is closed again."""
    opening = asyncio.ensure_future(asyncio.to_thread(_open, serial, bus, name))
    try:
        return await asyncio.shield(opening)
    except asyncio.CancelledError:
        opening.add_done_callback(_close_unwanted)
        raise


def _close_unwanted(opening: asyncio.Future[UsbPipe]) -> None:
    if not opening.cancelled() and opening.exception() is None:
        opening.result().close()


def _open(serial: str, bus: UsbBus, name: str) -> UsbPipe:
    found = next((device for device in bus.devices() if device.serial == serial), None)
    if found is None:
        raise NotPluggedIn(headset=name)
    import usb1

    pipe = UsbPipe(found.transport(), found.packet_size)
    try:
        pipe.open()
    except usb1.USBError as error:
        raise _explained(error, name) from error
    except PipeBroken as error:
        raise CableLost(headset=name, detail=str(error)) from error
    return pipe


def _explained(error: Exception, name: str) -> LinkProblem:
    """What libusb says when a headset cannot be opened."""
    import usb1

    detail = f"{type(error).__name__}: {error}"
    # Windows lets one program open a device, and says to the next one that it may not.
    is_taken = isinstance(error, usb1.USBErrorAccess) and sys.platform == "win32"
    if is_taken or isinstance(error, usb1.USBErrorBusy):
        return UsbBusy(headset=name, detail=detail)
    if isinstance(error, usb1.USBErrorAccess):
        return UsbNoAccess(headset=name, detail=detail)
    if isinstance(error, usb1.USBErrorNotSupported | usb1.USBErrorNotFound):
        return UsbDriverMissing(headset=name, detail=detail)
    return CableLost(headset=name, detail=detail)
