"""What an agent on this computer wants of its headset: commands run there, ways to its browser's DevTools."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Collection
from shlex import join

from headset_agent.protocol.patience import until_one_ends
from headset_agent.protocol.tether import (
    COMMANDS,
    Browsers,
    FindBrowsers,
    Output,
    RunCommand,
    parse_sockets,
)
from trainer_app.domain.link_errors import LinkLost
from trainer_app.headsets.link import HeadsetLink, Stream, run
from trainer_app.tasks import TaskKeeper

log = logging.getLogger(__name__)

_RUN_S = 20.0
_READ_SIZE = 64 * 1024

Answer = Callable[[Output | Browsers], None]


class Errands:
    """Runs one headset's errands until closed; each is answered, also when it came to nothing."""

    def __init__(self, link: HeadsetLink) -> None:
        self._link = link
        self._tasks = TaskKeeper()
        self._forwards: dict[str, asyncio.Server] = {}
        self._forwarding = asyncio.Lock()

    def do(self, asked: RunCommand | FindBrowsers, answer: Answer) -> None:
        """Begin one."""
        work = self._run(asked, answer) if isinstance(asked, RunCommand) else self._find(asked, answer)
        self._tasks.spawn(work, name=f"errand to {self._link.headset}")

    async def close(self) -> None:
        """Break off what is under way, and close the ways to the browser."""
        for server in self._forwards.values():
            server.close()
        await self._tasks.close()
        self._forwards.clear()

    async def _run(self, asked: RunCommand, answer: Answer) -> None:
        text = ""
        try:
            if asked.words and asked.words[0] in COMMANDS:
                text = await self._said(join(asked.words))
            else:
                log.warning("an agent asked for %s, which is none of its commands", asked.words[:1])
        finally:
            answer(Output(id=asked.id, text=text))

    async def _find(self, asked: FindBrowsers, answer: Answer) -> None:
        ports: list[int] = []
        try:
            said = await self._said("cat /proc/net/unix")
            # A headset that has not answered may have the same browsers as before.
            if said:
                ports = await self._forward_to(parse_sockets(said))
        finally:
            answer(Browsers(id=asked.id, endpoints=[f"tcp:127.0.0.1:{port}" for port in ports]))

    async def _said(self, command: str) -> str:
        try:
            result = await run(self._link, command, timeout_s=_RUN_S)
        except (LinkLost, OSError) as error:
            log.info("headset %s did not answer: %s", self._link.headset, error)
            return ""
        return (result.stdout + b"\n" + result.stderr).decode(errors="replace").strip()

    async def _forward_to(self, names: Collection[str]) -> list[int]:
        """Ports of this computer that lead to these sockets of the headset, and to no others."""
        async with self._forwarding:
            for gone in self._forwards.keys() - set(names):
                self._forwards.pop(gone).close()
            ports = []
            for name in names:
                try:
                    ports.append(await self._forward(name))
                except OSError as error:
                    log.warning("no port for %s of headset %s: %s", name, self._link.headset, error)
            return ports

    async def _forward(self, name: str) -> int:
        if name not in self._forwards:
            self._forwards[name] = await asyncio.start_server(
                lambda reader, writer: self._accept(name, reader, writer), "127.0.0.1", 0
            )
        return int(self._forwards[name].sockets[0].getsockname()[1])

    def _accept(self, name: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._tasks.spawn(self._carry(name, reader, writer), name=f"way to {name}")

    async def _carry(self, name: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with await self._link.open_service(f"localabstract:{name}") as stream:
                await until_one_ends(_to_headset(reader, stream), _from_headset(stream, writer))
        except LinkLost as error:
            log.info("no way to %s: %s", name, error)
        finally:
            writer.close()


async def _to_headset(reader: asyncio.StreamReader, stream: Stream) -> None:
    with contextlib.suppress(LinkLost, OSError):
        while data := await reader.read(_READ_SIZE):
            await stream.write(data)


async def _from_headset(stream: Stream, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(LinkLost, OSError):
        while data := await stream.read_some():
            writer.write(data)
            await writer.drain()
