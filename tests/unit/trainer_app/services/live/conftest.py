"""Rooms that are left as they were found."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest

from tests.fakes.showing_room import ShowingRoom

MakeRoom = Callable[[int], ShowingRoom]


@pytest.fixture
async def room_of() -> AsyncIterator[MakeRoom]:
    """Make a room with so many headsets."""
    rooms: list[ShowingRoom] = []

    def make(count: int) -> ShowingRoom:
        rooms.append(ShowingRoom(count))
        return rooms[-1]

    yield make
    for room in rooms:
        await room.close()
