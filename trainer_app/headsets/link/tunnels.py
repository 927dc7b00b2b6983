"""Tunnels: from the laptop to a port of the headset, and from a port of the headset to the laptop."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from trainer_app.domain.link_errors import CommandTimedOut, LinkLost, ReverseRefused, ServiceEnded
from trainer_app.headsets.link.interface import HeadsetLink, Stream

_ANSWER_S = 10.0
"""A headset that listens, or cannot, says so at once."""

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
"""Serves one connection that came out of a reverse tunnel."""


async def open_port(link: HeadsetLink, port: int, *, bulk: bool = False) -> Stream:
    """Connect to a port of the headset's localhost.

    Raises:
        ServiceRefused: Nothing listens there.
        LinkLost: The connection is gone.
    """
    return await link.open_service(f"tcp:{port}", bulk=bulk)


@dataclass(slots=True)
class ReverseTunnel:
    """A port of the headset that leads to a port of the laptop, until closed or the link is lost."""

    link: HeadsetLink
    headset_port: int
    local_port: int
    server: asyncio.Server | None = None

    async def close(self) -> None:
        """Take the tunnel down. Never fails: without a link it is gone already."""
        with contextlib.suppress(LinkLost, ReverseRefused):
            await _ask(self.link, f"killforward:tcp:{self.headset_port}", self.headset_port)
        if self.server is not None:
            self.server.close()
            await self.server.wait_closed()


async def reverse(link: HeadsetLink, headset_port: int, local_port: int) -> ReverseTunnel:
    """Let what connects to ``headset_port`` on the headset reach ``local_port`` of this computer's 127.0.0.1.

    Raises:
        ReverseRefused: The headset cannot listen there.
        LinkLost: The connection is gone.
    """
    await _ask(link, f"forward:tcp:{headset_port};tcp:{local_port}", headset_port)
    return ReverseTunnel(link, headset_port, local_port)


async def reverse_to(link: HeadsetLink, headset_port: int, handler: Handler) -> ReverseTunnel:
    """Let ``handler`` serve what connects to ``headset_port`` on the headset. Raises as :func:`reverse`."""
    server = await asyncio.start_server(handler, "127.0.0.1", 0)
    try:
        tunnel = await reverse(link, headset_port, server.sockets[0].getsockname()[1])
    except BaseException:
        server.close()
        await server.wait_closed()
        raise
    tunnel.server = server
    return tunnel


async def _ask(link: HeadsetLink, request: str, port: int) -> None:
    try:
        async with asyncio.timeout(_ANSWER_S), await link.open_service(f"reverse:{request}") as stream:
            await _read_verdict(link, stream, port)
    except TimeoutError as error:
        raise CommandTimedOut(headset=link.headset, seconds=_ANSWER_S, detail=request) from error


async def _read_verdict(link: HeadsetLink, stream: Stream, port: int) -> None:
    verdict = await stream.read_exactly(4)
    if verdict == b"OKAY":
        return
    length = await stream.read_exactly(4) if verdict == b"FAIL" else b""
    if not re.fullmatch(rb"[0-9a-fA-F]{4}", length):
        raise ServiceEnded(headset=link.headset, service="reverse", detail=f"answered {verdict + length!r}")
    reason = (await stream.read_exactly(int(length, 16))).decode(errors="replace")
    raise ReverseRefused(headset=link.headset, port=port, detail=reason)
