"""Frames of shell protocol version 2: one byte of kind, four of length, then the data."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum

from headset_agent.protocol.adb.errors import RemoteProtocolError
from headset_agent.protocol.adb.framing import Payload

_HEADER = struct.Struct("<BI")
MAX_FRAME = 1 << 24
"""Bytes; a longer frame is a malformed peer."""


class FrameKind(IntEnum):
    """What a frame carries."""

    STDIN = 0
    STDOUT = 1
    STDERR = 2
    EXIT = 3
    """One byte: the exit code."""
    CLOSE_STDIN = 4
    WINDOW_SIZE = 5
    """Text: ``ROWSxCOLUMNS,WIDTHxHEIGHT``."""


_KINDS = {int(kind): kind for kind in FrameKind}


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame."""

    kind: FrameKind
    data: bytes = b""


def encode_frame(kind: FrameKind, data: Payload = b"") -> bytes:
    """The frame as bytes."""
    return _HEADER.pack(kind, len(data)) + bytes(data)


class FrameReader:
    """Turns received bytes into frames; frames of unknown kinds are skipped."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: Payload) -> list[Frame]:
        """Give the frames that ``data`` completes.

        Raises:
            RemoteProtocolError: A frame is longer than :data:`MAX_FRAME`.
        """
        self._buffer += data
        frames: list[Frame] = []
        position = 0
        while len(self._buffer) - position >= _HEADER.size:
            number, length = _HEADER.unpack_from(self._buffer, position)
            if length > MAX_FRAME:
                raise RemoteProtocolError(f"a shell frame of {length} bytes")
            end = position + _HEADER.size + length
            if end > len(self._buffer):
                break
            kind = _KINDS.get(number)
            if kind is not None:
                frames.append(Frame(kind, bytes(self._buffer[position + _HEADER.size : end])))
            position = end
        del self._buffer[:position]
        return frames
