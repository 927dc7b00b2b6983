"""A socket on which a test asks what the player does: one JSON object a line, each answered by one.

``{"observe": true}`` is answered by what the player can be seen to do, by this machine's own clock;
``{"android": true}`` by the headset's settings and properties, and the commands it was given.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

from headset_agent.virtual.local_server import LocalServer


class Observer:
    """Answers observers on a socket in the headset's folder."""

    def __init__(
        self,
        socket: Path,
        observe: Callable[[], dict[str, object]],
        android: Callable[[], dict[str, object]],
    ) -> None:
        """Prepare; :meth:`start` listens."""
        self._observe = observe
        self._android = android
        self._server = LocalServer(socket, self._converse)

    async def start(self) -> None:
        """Listen; only this process's user may ask."""
        await self._server.start()

    async def close(self) -> None:
        """Stop listening."""
        await self._server.close()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async for line in reader:
            writer.write(json.dumps(self._answer(line)).encode() + b"\n")
            await writer.drain()

    def _answer(self, line: bytes) -> dict[str, object]:
        try:
            asked = json.loads(line)
        except (ValueError, RecursionError):
            return {"error": "not JSON"}
        if isinstance(asked, dict) and asked.get("observe"):
            return self._observe()
        if isinstance(asked, dict) and asked.get("android"):
            return self._android()
        return {"error": 'ask {"observe": true} or {"android": true}'}
