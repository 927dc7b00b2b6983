"""Virtual headsets, reached as the laptop reaches real ones."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.fakes.waiting import until
from tests.integration.virtual.kits import VirtualProcess
from trainer_app.headsets.agent.access import HOME, RUN
from trainer_app.headsets.agent.deploy import find
from trainer_app.headsets.link import AdbKey, DirectLink, ShellResult, Terms, connect, run


@dataclass(frozen=True, slots=True)
class VirtualHeadset:
    """A headset process that runs.

    Attributes:
        adb: host:port.
        address: The headset's localhost on this machine.
        films: Its film folder on this machine.
    """

    process: VirtualProcess
    adb: str
    address: str
    films: Path
    key: AdbKey

    async def connect(self) -> DirectLink:
        host, _, port = self.adb.rpartition(":")
        return await connect(host, int(port), key=self.key, terms=Terms(headset="1"))

    def names(self) -> set[str]:
        """What lies in its film folder."""
        return {path.name for path in self.films.iterdir()} if self.films.is_dir() else set()


def describe(process: VirtualProcess, key: AdbKey) -> VirtualHeadset:
    said = process.ready()
    films = Path(said["storage"]) / "SimKoffert" / "films"
    return VirtualHeadset(process, said["adb"], said["address"], films, key)


@asynccontextmanager
async def linked(headset: VirtualHeadset) -> AsyncIterator[DirectLink]:
    async with await headset.connect() as link:
        yield link


async def shell(link: DirectLink, command: str, *, stdin: bytes = b"") -> ShellResult:
    return await run(link, command, stdin=stdin, timeout_s=10)


async def wipe(link: DirectLink) -> None:
    """End whatever agent runs and forget all it left; the runtime stays."""
    running = await find(link)
    if running is not None:
        await shell(link, f"kill -9 {running.pid}")
    await shell(link, f"rm -rf {RUN} {HOME}/agent-* /sdcard/SimKoffert")


async def alive(link: DirectLink, pid: int) -> bool:
    # One that has ended and was not yet buried has no command line any more.
    return (await shell(link, f"grep -q . /proc/{pid}/cmdline")).exit_code == 0


async def gone(link: DirectLink, pid: int) -> None:
    """Wait until a process of the headset has ended."""

    async def has_ended() -> bool:
        return not await alive(link, pid)

    await until(has_ended, within_s=8, every_s=0.02)
