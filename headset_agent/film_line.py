"""A film's own connection: after one line nothing but its bytes, received in a thread of their own.

The socket is read here and not by its transport, because a film is gigabytes: what has come is received
into one small buffer, again and again.
"""

from __future__ import annotations

import contextlib
import select
import socket
from collections.abc import Iterator

from headset_agent.protocol.adb.waking import wake_at
from headset_agent.protocol.messages import FILM_STEP

PIECE = 256 * 1024
"""Bytes taken at once: few enough to be near the processor still when they are hashed and written."""


_MOMENT_MS = 5
"""A sender that waits to hear how much is stored is told no later than that."""


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
        """Give what comes, until it is all or the sender is gone; an empty piece after a moment without any.

        A piece is good until the next is asked for.

        Raises:
            OSError: The connection broke.
        """
        whole = memoryview(bytearray(min(PIECE, self._left)))
        readable = select.poll()
        readable.register(self._sock, select.POLLIN)
        while self._left and not self._stopped:
            buffer = whole[: self._left]
            count = self._receive(buffer)
            if count is None:
                # One turn for many packets, and not for each of them.
                wake_at(self._sock, min(FILM_STEP, self._left))
                if not readable.poll(_MOMENT_MS):
                    yield whole[:0]
                    readable.poll()
                continue
            if not count:
                return
            self._left -= count
            yield buffer[:count]

    def _receive(self, buffer: memoryview) -> int | None:
        """All that has come; 0 at the end, None when nothing has."""
        try:
            return self._sock.recv_into(buffer)
        except BlockingIOError:
            return None
