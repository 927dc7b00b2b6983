"""Which bytes to ask a USB cable for next; no I/O.

A read ends when it is full or with a packet that is not. A headset sends the header of a packet and its
payload one after the other, and whether an empty packet follows a payload that fills its packets is not
known. So the payload is asked for by its exact length: a read that wants more would never end.
"""

from __future__ import annotations

from headset_agent.protocol.adb.framing import HEADER_SIZE, Command, Payload

LARGEST_READ = 256 * 1024
_COMMAND, _LENGTH = slice(0, 4), slice(12, 16)
_GREETINGS = frozenset(
    command.to_bytes(4, "little") for command in (Command.CNXN, Command.AUTH, Command.STLS)
)


class IncomingTransfers:
    """Follows headers and payloads, and drops what was meant for a session that is over."""

    def __init__(self, packet_size: int) -> None:
        self._packet_size = packet_size
        self._header = bytearray()
        self._missing = 0
        self._greeted = False

    @property
    def wanted(self) -> int:
        """Bytes to ask for: a multiple of the packet size."""
        wanted = min(self._missing or HEADER_SIZE, LARGEST_READ)
        return -(-wanted // self._packet_size) * self._packet_size

    def take(self, data: Payload) -> bytes:
        """Take a transfer; gives what of it belongs to this session: all of it, or nothing."""
        if not self._greeted:
            if bytes(data[_COMMAND]) not in _GREETINGS or len(data) < HEADER_SIZE:
                return b""
            self._greeted = True
        self._follow(memoryview(data))
        return bytes(data)

    def _follow(self, data: memoryview) -> None:
        while data:
            if not self._missing:
                part = data[: HEADER_SIZE - len(self._header)]
                self._header += part
                self._end_header()
            else:
                part = data[: self._missing]
                self._missing -= len(part)
            data = data[len(part) :]

    def _end_header(self) -> None:
        if len(self._header) == HEADER_SIZE:
            self._missing = int.from_bytes(self._header[_LENGTH], "little")
            self._header.clear()
