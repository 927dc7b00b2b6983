"""A film's own connection: after one line nothing but its bytes, received in a thread of their own.

The socket is read here and not by its transport, because a film is gigabytes: what has come is received
into one of a few buffers, at once and without a copy.
"""

from __future__ import annotations

import contextlib
import itertools
import select
import socket
from collections.abc import Iterator

from headset_agent.protocol.adb.waking import wake_at
from headset_agent.protocol.messages import FILM_STEP

PIECES = 4
"""Buffers of a film's connection: so many pieces are received, written and hashed at once."""


class FilmLine:
    """The bytes of a film as they come."""

    def __init__(self, sock: socket.socket, length: int) -> None:
        """Take a socket that is not blocking, and how many bytes are to come."""
        self._sock = sock
        self._left = length
        self._stopped = False

    def stop(self) -> None:
        """Have :meth:`pieces` end soon; from any thread."""
        self._stopped = True
        with contextlib.suppress(OSError):
            self._sock.shutdown(socket.SHUT_RD)

    def pieces(self) -> Iterator[memoryview]:
        """Give what comes, until it is all or the sender is gone.

        A piece is good until :data:`PIECES` minus one more have been given.

        Raises:
            OSError: The connection broke.
        """
        buffers = itertools.cycle([memoryview(bytearray(min(FILM_STEP, self._left))) for _ in range(PIECES)])
        readable = select.poll()
        readable.register(self._sock, select.POLLIN)
        while self._left and not self._stopped:
            # One turn for a whole piece, and not for every packet of it.
            wake_at(self._sock, min(FILM_STEP, self._left))
            readable.poll()
            buffer = next(buffers)[: self._left]
            count = self._receive(buffer)
            if count is None:
                continue
            if not count:
                return
            self._left -= count
            yield buffer[:count]

    def _receive(self, buffer: memoryview) -> int | None:
        """All that has come; 0 at the end, None when nothing has."""
        filled = 0
        while filled < len(buffer):
            try:
                count = self._sock.recv_into(buffer[filled:])
            except BlockingIOError:
                return filled or None
            if not count:
                break
            filled += count
        return filled
