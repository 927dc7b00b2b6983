"""Finds the browsers of this machine that offer DevTools, by the sockets they listen on."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from headset_agent.devtools import DevTools, DevToolsError
from headset_agent.protocol.tether import parse_sockets


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A socket that looks like a browser's DevTools, and what became of asking it.

    Attributes:
        endpoint: ``abstract:NAME`` or ``tcp:HOST:PORT``.
        package: The Android package behind it, where it tells.
        speaks: It really speaks DevTools.
    """

    endpoint: str
    package: str = ""
    speaks: bool = False


async def survey(proc_net_unix: Path = Path("/proc/net/unix"), *, timeout: float = 2.0) -> list[Offer]:
    """Return every DevTools socket of this machine, also those that refuse to speak."""
    text = await asyncio.to_thread(proc_net_unix.read_text, errors="replace")
    return await ask_all((f"abstract:{name}" for name in parse_sockets(text)), timeout=timeout)


async def ask_all(endpoints: Iterable[str], *, timeout: float = 2.0) -> list[Offer]:
    """Ask sockets who they are, all at the same time."""
    return list(await asyncio.gather(*(ask(endpoint, timeout=timeout) for endpoint in endpoints)))


async def ask(endpoint: str, *, timeout: float = 2.0) -> Offer:
    """Ask a socket who it is."""
    try:
        async with DevTools(endpoint, timeout=timeout) as dev:
            version = await dev.version()
    except DevToolsError:
        return Offer(endpoint=endpoint)
    speaks = "Browser" in version
    return Offer(endpoint=endpoint, package=str(version.get("Android-Package", "")), speaks=speaks)


async def discover(proc_net_unix: Path = Path("/proc/net/unix"), *, timeout: float = 2.0) -> list[str]:
    """Return the endpoints on this machine that really speak DevTools (``abstract:NAME``)."""
    return [offer.endpoint for offer in await survey(proc_net_unix, timeout=timeout) if offer.speaks]
