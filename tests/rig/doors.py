"""Doors into a namespace: connections to one address go on from within to another.

A virtual headset's ADB daemon and browser listen on loopback only, which nobody outside its namespace
reaches.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket

from tests.rig.namespace import Namespace

_PIECE = 256 << 10


async def open_door(listening: socket.socket, inside: Namespace, target: tuple[str, int]) -> asyncio.Server:
    """Pass on every connection that arrives at a bound socket."""

    async def passed_on(near_in: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            far = inside.socket()
            await asyncio.get_running_loop().sock_connect(far, target)
            far_in, far_out = await asyncio.open_connection(sock=far, limit=_PIECE)
            await _join((near_in, near_out), (far_in, far_out))
        near_out.transport.abort()

    return await asyncio.start_server(passed_on, sock=listening, limit=_PIECE)


_Way = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def _join(near: _Way, far: _Way) -> None:
    """Until one of them ends; then both have."""
    pumps = [
        asyncio.create_task(_pump(near[0], far[1])),
        asyncio.create_task(_pump(far[0], near[1])),
    ]
    try:
        await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for pump in pumps:
            pump.cancel()
        await asyncio.gather(*pumps, return_exceptions=True)
        for _, writer in (near, far):
            writer.close()


async def _pump(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while piece := await source.read(_PIECE):
            target.write(piece)
            await target.drain()
