"""The sum of a file that grows, so that nobody waits for it at the end.

What is written is summed as it is written. A sum cannot be stored half-done, so after a restart the part of
a film that had arrived has to be read once more; that happens beside the arrival of the rest: the next byte
is asked for at once, however many gigabytes there are, and the rest is read behind whoever appends it.
"""

from __future__ import annotations

import asyncio
from io import FileIO
from pathlib import Path

from headset_agent.sums import Sum

_PIECE = 1 << 20
_STEP = 16 << 20
"""Bytes read before the loop has a look: a film that is given up is not read to its end."""


class FollowedFile:
    """Sums the first bytes of a file up as they are announced."""

    def __init__(self, path: Path, begun: Sum) -> None:
        """Take a sum that has taken nothing yet; nothing is read before :meth:`grown_to`."""
        self._path = path
        self._sum = begun
        self._buffer = memoryview(bytearray(_PIECE))
        self._announced = 0
        self._is_told = False
        self._read = 0
        self._failure: OSError | None = None
        self._reading: asyncio.Task[None] | None = None

    def begin_taking(self, size: int) -> bool:
        """Have the next bytes told by :meth:`take`, where nothing before that byte is left to read.

        Returns:
            Whether they shall be; if so, :meth:`end_taking` has to follow.
        """
        idle = self._reading is None or self._reading.done()
        self._is_told = idle and self._read == size and self._failure is None
        return self._is_told

    def take(self, data: memoryview) -> None:
        """Sum the next bytes, which have just been written; in any thread."""
        self._sum.update(data)
        self._read += len(data)

    def end_taking(self) -> None:
        """Nobody tells the next bytes any more; :meth:`take` has returned for all that were told."""
        self._is_told = False

    def grown_to(self, size: int) -> None:
        """Say that so many bytes are there and stay; they are read in the background."""
        self._announced = size
        is_read = self._is_told or (self._reading is not None and not self._reading.done())
        if self._read < size and self._failure is None and not is_read:
            self._reading = asyncio.create_task(self._follow())

    async def hexdigest(self) -> str:
        """The sum of all that was announced.

        Raises:
            OSError: The file cannot be read, is shorter than announced, or was given up.
        """
        self.grown_to(self._announced)
        while self._read < self._announced and self._failure is None:
            assert self._reading is not None
            await asyncio.shield(self._reading)
        if self._failure is not None:
            raise self._failure
        return self._sum.hexdigest()

    def stop(self) -> None:
        """Read no further than what is being read."""
        self._failure = self._failure or OSError(f"{self._path.name} was given up")

    async def give_up(self) -> None:
        """Read no further; the file is not touched any more when this returns."""
        self.stop()
        if self._reading is not None and not self._reading.done():
            await asyncio.wait([self._reading])

    async def _follow(self) -> None:
        try:
            while self._read < self._announced and self._failure is None:
                await asyncio.to_thread(self._step, self._announced)
        except OSError as error:
            self._failure = error

    def _step(self, announced: int) -> None:
        with FileIO(self._path) as file:
            file.seek(self._read)
            until = min(announced, self._read + _STEP)
            while self._read < until:
                count = file.readinto(self._buffer[: until - self._read])
                if not count:
                    raise OSError(f"{self._path.name} became shorter")
                self._sum.update(self._buffer[:count])
                self._read += count
