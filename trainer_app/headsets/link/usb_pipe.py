"""The two bulk pipes of a headset on a USB cable, through adb-shell's transport; blocking, for threads.

What libusb says is put into two exceptions here, so that nobody above imports it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from time import perf_counter
from typing import Protocol

from headset_agent.protocol.adb.framing import Payload

_OPEN_S = 5.0
_FLUSH_READ = 16 * 1024
_FLUSH_QUIET_S = 0.05
"""A pipe that says nothing for so long is empty."""

_FLUSH_S = 2.0
"""A headset that still talks to a former session after that is left to the handshake."""


class BulkTransport(Protocol):
    """The transport of adb-shell (``BaseTransport``), as far as it is used here. Times in seconds."""

    def connect(self, transport_timeout_s: float) -> None:
        """Open the device and claim its ADB interface. Raises errors of libusb."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...

    def bulk_read(self, numbytes: int, transport_timeout_s: float) -> bytes:
        """One transfer from the headset."""
        ...

    def bulk_write(self, data: Payload, transport_timeout_s: float) -> int:
        """One transfer to the headset; gives how many bytes went."""
        ...


class PipeTimeout(Exception):
    """Nothing (more) came or went in time.

    Attributes:
        received: What came until then.
        sent: How many bytes went until then.
    """

    def __init__(self, received: bytes = b"", sent: int = 0) -> None:
        super().__init__("timed out")
        self.received = received
        self.sent = sent


class PipeBroken(OSError):
    """The cable was pulled, or the headset ended the conversation."""


class UsbPipe:
    """An open pair of pipes. One thread may read while another one writes.

    Attributes:
        packet_size: Bytes of the largest packet on this cable: 64, 512 or 1024.
    """

    def __init__(self, transport: BulkTransport, packet_size: int) -> None:
        self.packet_size = packet_size
        self._transport = transport

    def open(self) -> None:
        """Claim the interface and drop what a former session has left in it.

        Raises:
            usb1.USBError: It cannot be opened.
            PipeBroken: It went away at once.
        """
        try:
            self._transport.connect(_OPEN_S)
            self._flush()
        except BaseException:
            self.close()
            raise

    def read(self, size: int, timeout_s: float) -> bytes:
        """One transfer of at most ``size`` bytes, a multiple of the packet size; it may be empty.

        Raises:
            PipeTimeout, PipeBroken: see there.
        """
        with _translated():
            return self._transport.bulk_read(size, timeout_s)

    def write(self, data: Payload, timeout_s: float) -> int:
        """One transfer, empty ones too; gives how many bytes went. Raises as :meth:`read`."""
        with _translated():
            return self._transport.bulk_write(data, timeout_s)

    def close(self) -> None:
        """Let go of the interface. Nobody may be reading or writing."""
        self._transport.close()

    def _flush(self) -> None:
        since = perf_counter()
        while perf_counter() - since < _FLUSH_S:
            try:
                self.read(_FLUSH_READ, _FLUSH_QUIET_S)
            except PipeTimeout as timeout:
                if not timeout.received:
                    return


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    from adb_shell.exceptions import UsbReadFailedError, UsbWriteFailedError
    from usb1 import USBErrorTimeout

    try:
        yield
    except (UsbReadFailedError, UsbWriteFailedError) as error:
        cause = error.args[-1]
        if isinstance(cause, USBErrorTimeout):
            received, sent = getattr(cause, "received", b""), getattr(cause, "transferred", 0)
            raise PipeTimeout(bytes(received), int(sent)) from error
        raise PipeBroken(f"{type(cause).__name__}: {error.args[0]}") from error
