"""A USB cable with a headset at its end: packets, transfers, claims, as adb-shell's transport shows them.

A read ends when it is full or with a packet that is not full, on both sides. The headset reads as a modern
one does: 16 KiB at a time, a header in a transfer of its own. So a payload that fills its packets and is not
followed by an empty one runs into the next header, and the headset hangs up.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

import usb1
from adb_shell.exceptions import UsbReadFailedError, UsbWriteFailedError
from adb_shell.transport.base_transport import BaseTransport

from headset_agent.protocol.adb.framing import HEADER_SIZE, Payload, Sendable
from headset_agent.protocol.adb.slices import FileSlice
from trainer_app.headsets.link.usb import UsbDevice
from trainer_app.headsets.link.usb_pipe import BulkTransport

_DEVICE_READ = 16 * 1024
_HELD = 64
"""Packets a pipe holds before who sends has to wait."""


class Cable:
    """What lies between the two.

    Attributes:
        ends_full_payloads: The headset sends an empty packet after a payload that fills its packets.
        stalled: The headset takes nothing any more, and says nothing about it.
        plugged: False: nothing goes any more.
        writes: The sizes of the transfers to the headset.
    """

    def __init__(self, packet_size: int, *, ends_full_payloads: bool) -> None:
        self.packet_size = packet_size
        self.ends_full_payloads = ends_full_payloads
        self.stalled = False
        self.plugged = True
        self.writes: list[int] = []
        self.news = threading.Condition()
        self.to_headset: deque[bytes] = deque()
        self.to_laptop: deque[bytes] = deque()
        self.headset: UsbGadget | None = None

    def pull(self) -> None:
        """The cable is pulled."""
        with self.news:
            self.plugged = False
            self.news.notify_all()
        self.wake_headset()

    def packets(self, data: Payload) -> list[bytes]:
        """The packets of one transfer; one that fills its last packet ends without a sign."""
        return [bytes(data[at : at + self.packet_size]) for at in range(0, len(data), self.packet_size)] or [
            b""
        ]

    def wake_headset(self) -> None:
        """Something has changed at the headset's end."""
        if self.headset is not None:
            self.headset.wake()


class FakeUsbTransport(BaseTransport):  # type: ignore[misc]
    """The laptop's end, as adb-shell offers it; its errors are libusb's own."""

    def __init__(self, device: FakeUsbDevice) -> None:
        self._device = device
        self._claimed = False

    def connect(self, transport_timeout_s: float) -> None:
        if self._device.refuses is not None:
            raise self._device.refuses
        if self._device.claimed:
            raise usb1.USBErrorBusy()
        self._device.claimed = self._claimed = True
        self._device.sessions += 1

    def close(self) -> None:
        if self._claimed:
            self._claimed = self._device.claimed = False
            self._device.unclaim()

    def bulk_read(self, numbytes: int, transport_timeout_s: float) -> bytes:
        cable = self._device.cable
        got = bytearray()
        with cable.news:
            while True:
                self._check(UsbReadFailedError)
                while cable.to_laptop:
                    packet = cable.to_laptop.popleft()
                    cable.wake_headset()
                    if len(got) + len(packet) > numbytes:
                        raise UsbReadFailedError("Could not receive data", usb1.USBErrorOverflow())
                    got += packet
                    if len(packet) < cable.packet_size or len(got) == numbytes:
                        return bytes(got)
                if not cable.news.wait(transport_timeout_s):
                    timeout = usb1.USBErrorTimeout()
                    timeout.received = bytes(got)
                    raise UsbReadFailedError("Could not receive data", timeout)

    def bulk_write(self, data: Payload, transport_timeout_s: float) -> int:
        cable = self._device.cable
        sent = 0
        with cable.news:
            for packet in cable.packets(data):
                while cable.stalled or len(cable.to_headset) >= _HELD:
                    self._check(UsbWriteFailedError)
                    cable.wake_headset()
                    if not cable.news.wait(transport_timeout_s):
                        timeout = usb1.USBErrorTimeout()
                        timeout.transferred = sent
                        raise UsbWriteFailedError("Could not send data", timeout)
                self._check(UsbWriteFailedError)
                cable.to_headset.append(packet)
                sent += len(packet)
            cable.writes.append(len(data))
        cable.wake_headset()
        return sent

    def _check(self, error: type[Exception]) -> None:
        if not self._device.cable.plugged:
            raise error("Could not use the cable", usb1.USBErrorNoDevice())
        if not self._claimed:
            raise error("This transport has been closed", None)


class Daemon(Protocol):
    """Who speaks ADB at the headset's end."""

    def attach(self, channel: UsbGadget) -> None:
        """Serve a host over this channel as well."""


@dataclass
class FakeUsbDevice:
    """A headset on a cable.

    Attributes:
        refuses: What libusb says when it is opened.
        stale: Packets for a session that is over, which the next one finds.
        sessions: How often it was opened.
    """

    serial: str
    daemon: Daemon
    packet_size: int = 512
    ends_full_payloads: bool = False
    refuses: usb1.USBError | None = None
    stale: Iterable[bytes] = ()
    is_headset: bool = True
    claimed: bool = False
    sessions: int = 0
    cable: Cable = field(init=False)

    def __post_init__(self) -> None:
        self._replug()
        self.cable.to_laptop.extend(self.stale)

    def transport(self) -> BulkTransport:
        return FakeUsbTransport(self)

    def unclaim(self) -> None:
        """The laptop let go: the headset hangs up, and waits for the next host."""
        headset = self.cable.headset
        assert headset is not None
        headset.loop.call_soon_threadsafe(self._hang_up, self.cable)

    def _hang_up(self, former: Cable) -> None:
        former.pull()
        if former is self.cable:
            self._replug()

    def plug_in_again(self) -> None:
        """The cable is pulled and plugged in."""
        self.cable.pull()
        self._replug()

    def _replug(self) -> None:
        self.cable = Cable(self.packet_size, ends_full_payloads=self.ends_full_payloads)
        self.daemon.attach(UsbGadget(self.cable))


class FakeUsbBus:
    """The cables of the laptop; ``problem`` is raised instead."""

    def __init__(self, *plugged_in: FakeUsbDevice) -> None:
        self.plugged_in = list(plugged_in)
        self.problem: Exception | None = None

    def devices(self) -> list[UsbDevice]:
        if self.problem is not None:
            raise self.problem
        return list(self.plugged_in)


class UsbGadget:
    """The headset's end, as a channel of its ADB daemon."""

    def __init__(self, cable: Cable) -> None:
        self._cable = cable
        self.loop = asyncio.get_running_loop()
        self._changed = asyncio.Event()
        self._payload_left = 0
        self._read = b""
        cable.headset = self

    def wake(self) -> None:
        """Something may have come or gone; from any thread."""
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._changed.set)

    @property
    def takes_slices(self) -> bool:
        return False

    async def receive_into(self, buffer: memoryview, missing: int = 0) -> int:
        while not self._read:
            self._read = await self._next_transfer()
        count = min(len(buffer), len(self._read))
        buffer[:count] = self._read[:count]
        self._read = self._read[count:]
        return count

    async def send(self, header: bytes, payload: Sendable) -> None:
        assert not isinstance(payload, FileSlice)
        cable = self._cable
        for part in (header, payload) if payload else (header,):
            packets = cable.packets(part)
            if cable.ends_full_payloads and len(part) % cable.packet_size == 0:
                packets.append(b"")
            for packet in packets:
                while len(cable.to_laptop) >= _HELD:
                    await self._change()
                self._check()
                with cable.news:
                    cable.to_laptop.append(packet)
                    cable.news.notify_all()

    def close(self) -> None:
        pass

    async def _next_transfer(self) -> bytes:
        data = await self._transfer()
        if not data:
            return b""
        if self._payload_left:
            self._payload_left -= len(data)
            if self._payload_left < 0:
                raise OSError("more payload than was announced")
        elif len(data) != HEADER_SIZE:
            raise OSError(f"a header of {len(data)} bytes")
        else:
            self._payload_left = int.from_bytes(data[12:16], "little")
        return data

    async def _transfer(self) -> bytes:
        cable = self._cable
        got = bytearray()
        while True:
            self._check()
            while cable.to_headset:
                with cable.news:
                    packet = cable.to_headset.popleft()
                    cable.news.notify_all()
                got += packet
                if len(packet) < cable.packet_size or len(got) == _DEVICE_READ:
                    return bytes(got)
            await self._change()

    async def _change(self) -> None:
        self._check()
        await self._changed.wait()
        self._changed.clear()

    def _check(self) -> None:
        if not self._cable.plugged:
            raise OSError("the cable was pulled")
