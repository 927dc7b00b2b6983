"""Cuts a byte stream into lines, as the control connection sends its messages (sans-IO)."""

from __future__ import annotations

from headset_agent.protocol.messages import MAX_LINE


class LineTooLong(ValueError):
    """The peer sends something that is no control message."""


class LineBuffer:
    """Bytes in, whole lines out (without their line ends)."""

    def __init__(self, limit: int = MAX_LINE) -> None:
        self._limit = limit
        self._held = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        """Take bytes in and return the lines they complete.

        Raises:
            LineTooLong: more than ``limit`` bytes without a line end.
        """
        # What is held has no line end: a long line that comes in small pieces is not searched anew each time.
        begun, end, rest = data.rpartition(b"\n")
        self._held += begun if end else rest
        lines = bytes(self._held).split(b"\n") if end else []
        if end:
            self._held = bytearray(rest)
        if len(self._held) > self._limit or any(len(line) > self._limit for line in lines):
            raise LineTooLong(f"a line of more than {self._limit} bytes")
        return lines
