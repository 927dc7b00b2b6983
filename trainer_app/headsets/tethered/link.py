"""A link to a headset whose agent is on this computer: control goes there, all else to the headset."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Mapping

from headset_agent.protocol.messages import CONTROL_PORT
from trainer_app.domain.errors import same_again
from trainer_app.domain.link_errors import LinkLost, ServiceRefused
from trainer_app.headsets.link.interface import HeadsetLink, Stream
from trainer_app.headsets.link.server_stream import ServerStream

_AGENT = f"tcp:{CONTROL_PORT}"


class TetheredLink:
    """A :class:`HeadsetLink` for as long as the agent runs; ``port``: where it listens on this computer."""

    def __init__(self, link: HeadsetLink, port: int) -> None:
        self._link = link
        self._port = port
        self._streams: set[ServerStream] = set()

    @property
    def headset(self) -> str:
        """As the link itself."""
        return self._link.headset

    @property
    def features(self) -> frozenset[str]:
        """As the link itself."""
        return self._link.features

    @property
    def properties(self) -> Mapping[str, str]:
        """As the link itself."""
        return self._link.properties

    @property
    def lost(self) -> LinkLost | None:
        """As the link itself."""
        return self._link.lost

    async def wait_lost(self) -> LinkLost:
        """As the link itself."""
        return await self._link.wait_lost()

    async def open_service(self, name: str, *, bulk: bool = False) -> Stream:
        """Open a service; the agent's control port is here."""
        if name != _AGENT:
            return await self._link.open_service(name, bulk=bulk)
        if self._link.lost is not None:
            raise same_again(self._link.lost)
        stream = ServerStream(await self._connected(), self.headset, "tcp", _nothing, self._streams.discard)
        self._streams.add(stream)
        return stream

    async def close(self) -> None:
        """End what goes to the agent; the link itself belongs to somebody else."""
        for stream in tuple(self._streams):
            await stream.close()

    async def _connected(self) -> socket.socket:
        connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            connection.setblocking(False)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            await asyncio.get_running_loop().sock_connect(connection, ("127.0.0.1", self._port))
        except OSError as error:
            connection.close()
            raise ServiceRefused(headset=self.headset, service=_AGENT, detail=str(error)) from error
        except BaseException:
            connection.close()
            raise
        return connection


def _nothing() -> None:
    """Whether the agent lives says nothing of the headset."""
