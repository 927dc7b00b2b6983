"""Records of the ``sync:`` service: file status, lists, sending and receiving; versions 1 and 2; sans-IO.

A request is an id of four letters, a length and the path. Version 2 of a verb exists for what version 1
cannot say: sizes above 4 GiB and errors (STAT -> LST2 and STA2, LIST -> LIS2), flags (SEND -> SND2,
RECV -> RCV2).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from headset_agent.protocol.adb.errors import LocalProtocolError, RemoteProtocolError
from headset_agent.protocol.adb.framing import Payload

STAT: Final = b"STAT"
"""Version 1 of ``lstat``; there is no version 1 that follows links."""
STAT2: Final = b"STA2"
LSTAT2: Final = b"LST2"
LIST: Final = b"LIST"
LIST2: Final = b"LIS2"
SEND: Final = b"SEND"
SEND2: Final = b"SND2"
RECV: Final = b"RECV"
RECV2: Final = b"RCV2"
DENT: Final = b"DENT"
DENT2: Final = b"DNT2"
DATA: Final = b"DATA"
DONE: Final = b"DONE"
OKAY: Final = b"OKAY"
FAIL: Final = b"FAIL"
QUIT: Final = b"QUIT"

MAX_DATA = 64 * 1024
"""Bytes one DATA record may carry."""

MAX_PATH = 1024
"""Bytes of a request's path, as the daemons of real headsets limit it."""

HEADER_SIZE = 8
_HEADER = struct.Struct("<4sI")
_STAT1 = struct.Struct("<4sIII")
_STAT2 = struct.Struct("<4sIQQIIIIQqqq")
_DENT1 = struct.Struct("<4sIIII")
_DENT2 = struct.Struct("<4sIQQIIIIQqqqI")
_SEND2 = struct.Struct("<4sII")
_RECV2 = struct.Struct("<4sI")
STAT1_SIZE = _STAT1.size
STAT2_SIZE = _STAT2.size
DENT1_SIZE = _DENT1.size
DENT2_SIZE = _DENT2.size
SEND2_SIZE = _SEND2.size
RECV2_SIZE = _RECV2.size


@dataclass(frozen=True, slots=True)
class RemoteStat:
    """Status of a file on the headset.

    Attributes:
        error: errno of the headset (version 2 only); 0 when the file is there.
        mode: Kind and permissions, as ``stat`` gives them; 0 means there is no such file.
        size: Bytes; modulo 4 GiB where only version 1 was spoken.
        mtime: Seconds since 1970.
    """

    mode: int = 0
    size: int = 0
    mtime: int = 0
    error: int = 0
    dev: int = 0
    ino: int = 0
    nlink: int = 0
    uid: int = 0
    gid: int = 0
    atime: int = 0
    ctime: int = 0


@dataclass(frozen=True, slots=True)
class DirEntry:
    """One entry of a folder on the headset."""

    name: str
    stat: RemoteStat


def encode_request(verb: bytes, path: str) -> bytes:
    """A request: id, length, path.

    Raises:
        LocalProtocolError: The path is longer than a headset takes.
    """
    raw = path.encode(errors="surrogateescape")
    if len(raw) > MAX_PATH:
        raise LocalProtocolError(f"a path of {len(raw)} bytes")
    return encode_header(verb, len(raw)) + raw


def encode_header(verb: bytes, value: int) -> bytes:
    """An id and one number: a length, or the time of DONE."""
    return _HEADER.pack(verb, value & 0xFFFFFFFF)


def decode_header(data: Payload) -> tuple[bytes, int]:
    """The id and the number of a record."""
    verb, value = _HEADER.unpack(data)
    return verb, value


def encode_failure(message: str) -> bytes:
    """FAIL with the reason."""
    raw = message.encode(errors="replace")[:MAX_DATA]
    return encode_header(FAIL, len(raw)) + raw


def encode_stat(verb: bytes, stat: RemoteStat) -> bytes:
    """The answer to STAT, STA2 or LST2."""
    if verb == STAT:
        return _STAT1.pack(STAT, stat.mode, stat.size & 0xFFFFFFFF, stat.mtime & 0xFFFFFFFF)
    return _STAT2.pack(verb, *_fields_of(stat))


def decode_stat(data: Payload) -> RemoteStat:
    """Read the answer to STAT, STA2 or LST2, told apart by its id.

    Raises:
        RemoteProtocolError: It is none of them.
    """
    verb = bytes(data[:4])
    if verb == STAT and len(data) == STAT1_SIZE:
        _, mode, size, mtime = _STAT1.unpack(data)
        return RemoteStat(mode=mode, size=size, mtime=mtime)
    if verb in (STAT2, LSTAT2) and len(data) == STAT2_SIZE:
        return _stat_from_fields(_STAT2.unpack(data)[1:])
    raise RemoteProtocolError(f"not a file status: {verb!r}")


def encode_entry(entry: DirEntry, *, version: int) -> bytes:
    """One record of the answer to LIST (1) or LIS2 (2)."""
    name = entry.name.encode(errors="surrogateescape")
    stat = entry.stat
    if version == 1:
        size, mtime = stat.size & 0xFFFFFFFF, stat.mtime & 0xFFFFFFFF
        return _DENT1.pack(DENT, stat.mode, size, mtime, len(name)) + name
    return _DENT2.pack(DENT2, *_fields_of(stat), len(name)) + name


def encode_list_end(*, version: int) -> bytes:
    """The record that ends a list: DONE, as long as an entry without a name."""
    return DONE + bytes((DENT1_SIZE if version == 1 else DENT2_SIZE) - len(DONE))


def decode_entry_header(data: Payload) -> tuple[RemoteStat, int] | None:
    """Read an entry up to its name: the status and the bytes of the name; None at the end of the list.

    Raises:
        RemoteProtocolError: It is neither an entry nor the end, or its name is longer than any path.
    """
    verb = bytes(data[:4])
    if verb == DONE:
        return None
    if verb == DENT and len(data) == DENT1_SIZE:
        _, mode, size, mtime, length = _DENT1.unpack(data)
        stat = RemoteStat(mode=mode, size=size, mtime=mtime)
    elif verb == DENT2 and len(data) == DENT2_SIZE:
        fields = _DENT2.unpack(data)
        stat, length = _stat_from_fields(fields[1:-1]), fields[-1]
    else:
        raise RemoteProtocolError(f"not a folder entry: {verb!r}")
    if length > MAX_PATH:
        raise RemoteProtocolError(f"a name of {length} bytes")
    return stat, length


def decode_send2(data: Payload) -> tuple[int, int]:
    """Mode and flags: what follows the path of SND2."""
    _, mode, flags = _SEND2.unpack(data)
    return mode, flags


def decode_recv2(data: Payload) -> int:
    """Flags: what follows the path of RCV2."""
    _, flags = _RECV2.unpack(data)
    return int(flags)


@dataclass(frozen=True, slots=True)
class TransferEnd:
    """What came after the last DATA record.

    Attributes:
        verb: DONE, or another id: FAIL from a headset that cannot read on.
        value: The number of the record: the time of DONE, the length of FAIL's message.
        rest: Bytes that followed in the same piece.
    """

    verb: bytes
    value: int
    rest: bytes


class TransferReader:
    """Unpacks DATA records, cut anywhere, without copying their contents."""

    def __init__(self) -> None:
        self._remaining = 0
        self._header = bytearray()
        self.end: TransferEnd | None = None

    def feed(self, data: Payload) -> Iterator[memoryview]:
        """Give the contents within ``data``; ``end`` is set when something else than DATA came.

        Raises:
            RemoteProtocolError: A DATA record is longer than :data:`MAX_DATA`.
        """
        view = memoryview(data)
        while view and self.end is None:
            if self._remaining:
                count = min(self._remaining, len(view))
                yield view[:count]
                self._remaining -= count
                view = view[count:]
            else:
                view = self._feed_header(view)

    def _feed_header(self, view: memoryview) -> memoryview:
        missing = HEADER_SIZE - len(self._header)
        self._header += view[:missing]
        if len(self._header) < HEADER_SIZE:
            return view[missing:]
        verb, value = decode_header(self._header)
        self._header.clear()
        if verb != DATA:
            self.end = TransferEnd(verb, value, bytes(view[missing:]))
        elif value > MAX_DATA:
            raise RemoteProtocolError(f"a DATA record of {value} bytes")
        else:
            self._remaining = value
        return view[missing:]


class SendBuffer:
    """A reusable buffer that holds DATA records back to back, just below one large WRTE.

    Fill ``slots`` (each a view of :data:`MAX_DATA` bytes) in order, then send ``records(count)``, or
    ``last_records(count, mtime)`` when nothing follows.
    """

    def __init__(self, max_payload: int) -> None:
        record = HEADER_SIZE + MAX_DATA
        count = max(1, max_payload // record)
        self._buffer = bytearray(count * record + HEADER_SIZE)
        view = memoryview(self._buffer)
        self.slots = [view[n * record + HEADER_SIZE : (n + 1) * record] for n in range(count)]

    @property
    def capacity(self) -> int:
        """Bytes of contents that fit in."""
        return len(self.slots) * MAX_DATA

    def records(self, count: int) -> memoryview:
        """The first ``count`` bytes of the slots, as DATA records."""
        return memoryview(self._buffer)[: self._frame(count)]

    def last_records(self, count: int, mtime: int) -> memoryview:
        """The same with the DONE that ends the file."""
        end = self._frame(count)
        _HEADER.pack_into(self._buffer, end, DONE, mtime & 0xFFFFFFFF)
        return memoryview(self._buffer)[: end + HEADER_SIZE]

    def _frame(self, count: int) -> int:
        """Write the records' headers; gives where the last one ends."""
        record = HEADER_SIZE + MAX_DATA
        full, rest = divmod(count, MAX_DATA)
        for number in range(full):
            _HEADER.pack_into(self._buffer, number * record, DATA, MAX_DATA)
        end = full * record
        if rest:
            _HEADER.pack_into(self._buffer, end, DATA, rest)
            end += HEADER_SIZE + rest
        return end


def _fields_of(stat: RemoteStat) -> tuple[int, ...]:
    return (
        stat.error,
        stat.dev,
        stat.ino,
        stat.mode,
        stat.nlink,
        stat.uid,
        stat.gid,
        stat.size,
        stat.atime,
        stat.mtime,
        stat.ctime,
    )


def _stat_from_fields(fields: tuple[int, ...]) -> RemoteStat:
    error, dev, ino, mode, nlink, uid, gid, size, atime, mtime, ctime = fields
    return RemoteStat(
        error=error,
        dev=dev,
        ino=ino,
        mode=mode,
        nlink=nlink,
        uid=uid,
        gid=gid,
        size=size,
        atime=atime,
        mtime=mtime,
        ctime=ctime,
    )
