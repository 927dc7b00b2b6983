"""A heat map as bytes: small enough to lie in the database, and dated by a version.

The first byte is the version. Version 1 is zlib over unsigned numbers of seven bits a byte, the lowest first:
seconds of a bin, columns, rows, how many bins; then for each bin, in order, its distance from the one before,
its headsets and how many cells; and for each cell, in order, its distance from the one before and its looks.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from trainer_app.domain.heat_map import BIN_S, COLUMNS, ROWS, HeatBin, HeatMap

_VERSION = 1
_LARGEST = 64 << 20
"""Bytes that a map may unpack to: whatever lies in the database, it does not fill the memory."""


class HeatMapUnreadable(ValueError):
    """These bytes are no heat map, or one of a newer program."""


def encoded(heat: HeatMap) -> bytes:
    """Write a map; the same looks give the same bytes, in whatever order they came."""
    return bytes([_VERSION]) + zlib.compress(b"".join(map(_number, _numbers(heat))), 9)


def decoded(data: bytes) -> HeatMap:
    """Read a map.

    Raises:
        HeatMapUnreadable: it is none, or of another version.
    """
    if data[:1] != bytes([_VERSION]):
        raise HeatMapUnreadable(f"version {data[:1]!r}")
    numbers = _read(_unpacked(data[1:]))
    try:
        heat = _map_of(numbers)
    except StopIteration as error:
        raise HeatMapUnreadable("too short") from error
    if next(numbers, None) is not None:
        raise HeatMapUnreadable("too long")
    return heat


def _numbers(heat: HeatMap) -> Iterator[int]:
    yield from (BIN_S, COLUMNS, ROWS, len(heat.bins))
    before = 0
    for number, one in sorted(heat.bins.items()):
        yield from (number - before, one.headsets, len(one.looks))
        before, cell_before = number, 0
        for cell, looks in sorted(one.looks.items()):
            yield from (cell - cell_before, looks)
            cell_before = cell


def _map_of(numbers: Iterator[int]) -> HeatMap:
    if (next(numbers), next(numbers), next(numbers)) != (BIN_S, COLUMNS, ROWS):
        raise HeatMapUnreadable("bins of another size")
    bins: dict[int, HeatBin] = {}
    at = 0
    for _ in range(next(numbers)):
        at += next(numbers)
        bins[at] = HeatBin(headsets=next(numbers), looks=_looks(numbers))
    return HeatMap(bins=bins)


def _looks(numbers: Iterator[int]) -> dict[int, int]:
    looks: dict[int, int] = {}
    cell = 0
    for _ in range(next(numbers)):
        cell += next(numbers)
        looks[cell] = next(numbers)
        if cell >= COLUMNS * ROWS:
            raise HeatMapUnreadable(f"cell {cell}")
    return looks


def _number(value: int) -> bytes:
    written = bytearray()
    while value > 0x7F:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    written.append(value)
    return bytes(written)


def _read(data: bytes) -> Iterator[int]:
    value = shift = 0
    for byte in data:
        value |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            yield value
            value = shift = 0
        elif shift > 28:
            raise HeatMapUnreadable("a number without an end")


def _unpacked(data: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        found = unpacking.decompress(data, _LARGEST)
    except zlib.error as error:
        raise HeatMapUnreadable(str(error)) from error
    if not unpacking.eof or unpacking.unused_data:
        raise HeatMapUnreadable("cut, or more than a map")
    return found
