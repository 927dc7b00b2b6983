"""A film's own connection: after one line nothing but its bytes, straight from the socket into its file.

The socket is read here and not by its transport, because a film is gigabytes: what has come is received into
one buffer, at once and without a copy, and what comes while that is being written waits in the socket.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable

from headset_agent.arriving import Arrival
from headset_agent.protocol.messages import FILM_STEP

_BUFFER = 1 << 20


async def take_film(sock: socket.socket, arrival: Arrival, stored: Callable[[int], None]) -> None:
    """Take a film's bytes from a connection until it is whole or its sender is gone.

    Args:
        sock: Not blocking, and read by nobody else.
        arrival: Where they go.
        stored: Called with how many bytes of it are in the file, every :data:`FILM_STEP` and at its end.

    Raises:
        StoreError: They cannot be stored.
        OSError: The connection broke.
    """
    buffer = memoryview(bytearray(_BUFFER))
    said = arrival.offset
    while arrival.offset < arrival.size:
        count = await _receive(sock, buffer[: arrival.size - arrival.offset])
        if not count:
            return
        await arrival.write(buffer[:count])
        if arrival.offset - said >= FILM_STEP or arrival.offset == arrival.size:
            said = arrival.offset
            stored(said)


async def _receive(sock: socket.socket, buffer: memoryview) -> int:
    """All that has come, at least one byte; 0 at the end."""
    filled = await asyncio.get_running_loop().sock_recv_into(sock, buffer)
    while 0 < filled < len(buffer):
        try:
            count = sock.recv_into(buffer[filled:])
        except BlockingIOError:
            break
        if not count:
            break
        filled += count
    return filled
