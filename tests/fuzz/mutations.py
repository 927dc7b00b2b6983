"""Turns recordings of good behaviour into bad: cut, bent, doubled, joined; and makes bytes from nothing."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable, Iterator, Sequence

MOST_BYTES = 4096
"""Of one input; the longest that a parser gets besides those made to be long."""

_NUMBERS = (
    0,
    1,
    7,
    8,
    127,
    128,
    255,
    256,
    4095,
    4096,
    65535,
    65536,
    1 << 20,
    0x7FFFFFFF,
    0x80000000,
    0xFFFFFFFF,
)
_WORDS = (
    b"",
    b"\0",
    b"\n",
    b"\r\n",
    b'"',
    b"{",
    b"}",
    b"[",
    b"]",
    b"null",
    b"true",
    b"-1",
    b"1e999",
    b"NaN",
    b"\\ud800",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\xc2\xb2",
    b"9" * 40,
    b"9" * 5000,
    b"[" * 3000,
    b'{"x":' * 3000,
    b" " * 3000,
    b"\n" * 3000,
)

Mutation = Callable[[random.Random, bytes], bytes]


def _place(chance: random.Random, data: bytes) -> int:
    return chance.randint(0, len(data))


def _stretch(chance: random.Random, data: bytes) -> slice:
    start = _place(chance, data)
    return slice(start, min(len(data), start + chance.choice((1, 2, 4, 8, 24, 200))))


def _bend(chance: random.Random, data: bytes) -> bytes:
    bent = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8))):
        if bent:
            bent[chance.randrange(len(bent))] ^= 1 << chance.randrange(8)
    return bytes(bent)


def _overwrite(chance: random.Random, data: bytes) -> bytes:
    where = _stretch(chance, data)
    return data[: where.start] + chance.randbytes(where.stop - where.start) + data[where.stop :]


def _leave_out(chance: random.Random, data: bytes) -> bytes:
    where = _stretch(chance, data)
    return data[: where.start] + data[where.stop :]


def _double(chance: random.Random, data: bytes) -> bytes:
    where = _stretch(chance, data)
    return data[: where.stop] + data[where] * chance.choice((1, 2, 50)) + data[where.stop :]


def _put_in(chance: random.Random, data: bytes) -> bytes:
    at = _place(chance, data)
    return data[:at] + chance.choice(_WORDS) + data[at:]


def _number(chance: random.Random, data: bytes) -> bytes:
    """A length that is not so."""
    at = _place(chance, data)
    number = struct.pack(chance.choice(("<I", ">I")), chance.choice(_NUMBERS))
    return data[:at] + number + data[at + 4 :]


def _digits(chance: random.Random, data: bytes) -> bytes:
    """Another number where one is written in digits."""
    places = [at for at, byte in enumerate(data) if 48 <= byte <= 57]
    if not places:
        return data
    at = chance.choice(places)
    number = chance.choice((b"0", b"-1", b"99999999999999999999", b"1e400", b"1.5", b"\xd9\xa3"))
    return data[:at] + number + data[at + 1 :]


def _cut(chance: random.Random, data: bytes) -> bytes:
    return data[: _place(chance, data)]


_MUTATIONS: tuple[Mutation, ...] = (
    _bend,
    _overwrite,
    _leave_out,
    _double,
    _put_in,
    _number,
    _digits,
    _cut,
)


def mutated(chance: random.Random, recordings: Sequence[bytes]) -> bytes:
    """One bad input made of good ones."""
    data = chance.choice(recordings)
    if chance.random() < 0.1:
        data += chance.choice(recordings)
    for _ in range(chance.choice((1, 1, 2, 4))):
        data = chance.choice(_MUTATIONS)(chance, data)
    return data


def from_nothing(chance: random.Random) -> bytes:
    """Bytes without any sense, or a few words without any."""
    if chance.random() < 0.5:
        return chance.randbytes(chance.choice((0, 1, 4, 24, 100, 1000)))
    return b"".join(chance.choice(_WORDS) for _ in range(chance.randint(1, 6)))


def cut_everywhere(recordings: Sequence[bytes]) -> Iterator[bytes]:
    """Each recording, ended after each of its bytes."""
    for recording in recordings:
        for end in range(min(len(recording), MOST_BYTES)):
            yield recording[:end]


def pieces(chance: random.Random, data: bytes) -> list[bytes]:
    """The same bytes in pieces, as a connection may bring them."""
    step = chance.choice((len(data) or 1, 1, 7, 24, 100))
    if step == 1 and len(data) > MOST_BYTES:
        step = 100
    return [data[start : start + step] for start in range(0, len(data), step)]
