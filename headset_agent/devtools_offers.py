"""Finds the browsers of this machine that offer DevTools, by the sockets they listen on."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from pathlib import Path

from headset_agent.devtools import DevTools, DevToolsError

_SOCKET_NAME = re.compile(r"@([\w.+-]*_devtools_remote(?:_\d+)?)$")


def parse_sockets(text: str) -> list[str]:
    """Return the names of DevTools sockets in the text of ``/proc/net/unix``, each once, in order."""
    names: dict[str, None] = {}
    for line in text.splitlines():
        found = _SOCKET_NAME.search(line.strip())
        if found:
            names[found.group(1)] = None
    return list(names)


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
    endpoints = [f"abstract:{name}" for name in parse_sockets(text)]
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
