"""A server on a socket in the headset's folder, which ends with all its conversations."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Awaitable, Callable
from pathlib import Path

Converse = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class LocalServer:
    """Holds a conversation with everybody who connects."""

    def __init__(self, socket: Path, converse: Converse) -> None:
        """Prepare; :meth:`start` listens."""
        self._socket = socket
        self._converse = converse
        self._server: asyncio.Server | None = None
        self._conversations: set[asyncio.Task[None]] = set()

    async def start(self, user: int | None = None) -> None:
        """Listen; only this process's user, or the one that is named, may connect."""
        self._server = await asyncio.start_unix_server(self._accept, self._socket)
        self._socket.chmod(0o600)
        if user is not None:
            os.chown(self._socket, user, user)

    async def close(self) -> None:
        """Stop listening and end what is going on."""
        if self._server is not None:
            self._server.close()
            self._socket.unlink(missing_ok=True)
        for task in self._conversations:
            task.cancel()
        await asyncio.gather(*self._conversations, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._conversations.add(task)
        task.add_done_callback(self._conversations.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with contextlib.suppress(ConnectionError):  # the other side left
                await self._converse(reader, writer)
        finally:
            writer.close()
