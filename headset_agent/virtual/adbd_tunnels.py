"""The daemon's tunnels: ``tcp:`` and ``localabstract:`` into the headset, ``reverse:`` out of it."""

from __future__ import annotations

import asyncio
import contextlib

from headset_agent.protocol.adb.errors import AdbError
from headset_agent.protocol.adb.peer import AdbPeer, AdbStream, IncomingOpen
from headset_agent.protocol.adb.relaying import relay

_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1"})
Connected = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def open_local_socket(address: str, localhost: str) -> Connected | None:
    """Connect to a socket of the headset; None for an address that is none or not local.

    Raises:
        OSError: Nothing listens there.
    """
    kind, _, rest = address.partition(":")
    if kind == "localabstract" and rest:
        return await asyncio.open_unix_connection("\0" + rest)
    port, _, host = rest.partition(":")
    if kind != "tcp" or not _is_port(port) or (host and host not in _LOCAL_NAMES | {localhost}):
        return None
    return await asyncio.open_connection(localhost, int(port))


async def serve_tunnel(incoming: IncomingOpen, localhost: str) -> None:
    """Serve ``tcp:PORT`` or ``localabstract:NAME``; without an answer (so: refused) when nothing listens."""
    with contextlib.suppress(OSError):
        connected = await open_local_socket(incoming.service, localhost)
        if connected is not None:
            try:
                stream = await incoming.accept()
            except AdbError:
                connected[1].close()
                raise
            await relay(stream, *connected)


class ReverseTunnels:
    """The listeners on the headset that one connected host asked for; they go with it."""

    def __init__(self, peer: AdbPeer, localhost: str) -> None:
        self._peer = peer
        self._localhost = localhost
        self._servers: dict[str, tuple[asyncio.Server, str]] = {}

    async def serve(self, stream: AdbStream, command: str) -> None:
        """Answer one ``reverse:`` request (without that word)."""
        verb, _, rest = command.partition(":")
        match verb:
            case "forward":
                answer = await self._forward(rest)
            case "killforward":
                answer = self._kill(rest)
            case "killforward-all":
                await self.close()
                answer = b"OKAY"
            case "list-forward":
                lines = [f"host-1 {listen} {connect}\n" for listen, (_, connect) in self._servers.items()]
                answer = _sized("".join(lines))
            case _:
                answer = _failure(f"unknown reverse command {verb!r}")
        await stream.write(answer)
        await stream.drain()

    async def close(self) -> None:
        """End all listeners."""
        servers, self._servers = self._servers, {}
        for server, _ in servers.values():
            server.close()
            await server.wait_closed()

    async def _forward(self, request: str) -> bytes:
        may_rebind = not request.startswith("norebind:")
        listen, _, connect = request.removeprefix("norebind:").partition(";")
        if listen in self._servers:
            if not may_rebind:
                return _failure(f"cannot rebind {listen}")
            self._servers[listen] = (self._servers[listen][0], connect)
            return b"OKAY"
        try:
            server, port = await self._listen(listen)
        except (OSError, ValueError) as error:
            return _failure(f"cannot listen on {listen}: {error}")
        if port:
            listen = f"tcp:{port}"
        self._servers[listen] = (server, connect)
        return b"OKAY" + (_sized(str(port)) if port else b"")

    async def _listen(self, listen: str) -> tuple[asyncio.Server, int]:
        """Listen; gives the port when it was ours to choose, else 0."""
        kind, _, rest = listen.partition(":")
        name = [listen]

        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await self._connect(name[0], reader, writer)

        if kind == "localabstract" and rest:
            return await asyncio.start_unix_server(connected, "\0" + rest), 0
        if kind != "tcp" or not (rest == "0" or _is_port(rest)):
            raise ValueError("not an address on the headset")
        server = await asyncio.start_server(connected, self._localhost, int(rest))
        chosen = int(server.sockets[0].getsockname()[1])
        name[0] = f"tcp:{chosen}"
        return server, chosen if rest == "0" else 0

    async def _connect(self, listen: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection to the host's end of the tunnel."""
        _, connect = self._servers[listen]
        try:
            stream = await self._peer.open_service(connect)
        except AdbError:
            writer.close()
            return
        await relay(stream, reader, writer)

    def _kill(self, listen: str) -> bytes:
        found = self._servers.pop(listen, None)
        if found is None:
            return _failure(f"listener '{listen}' not found")
        found[0].close()
        return b"OKAY"


def _is_port(text: str) -> bool:
    return text.isascii() and text.isdigit() and 0 < int(text) < 65536


def _sized(text: str) -> bytes:
    raw = text.encode()
    return b"%04x" % len(raw) + raw


def _failure(message: str) -> bytes:
    return b"FAIL" + _sized(message)
