"""Daemons, links and the official adb, each ended with the test."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from headset_agent.virtual.adbd import AdbDaemon
from tests.fakes.ports import free_ports
from tests.fakes.waiting import until
from tests.integration.adb.shell_device import ShellDevice
from tests.integration.virtual.kits import adb_environment
from trainer_app.headsets.link import AdbKey, DirectLink, connect

StartDaemon = Callable[..., Awaitable[AdbDaemon]]


@pytest.fixture
def device(tmp_path: Path) -> ShellDevice:
    root = tmp_path / "headset"
    root.mkdir()
    return ShellDevice(root)


@pytest.fixture
async def start_daemon() -> AsyncIterator[StartDaemon]:
    daemons: list[AdbDaemon] = []

    async def start(device: ShellDevice, **options: Any) -> AdbDaemon:
        daemon = AdbDaemon(device, "127.0.0.1", 0, **options)
        await daemon.start()
        daemons.append(daemon)
        return daemon

    yield start
    for daemon in daemons:
        await daemon.close()


@pytest.fixture
async def daemon(start_daemon: StartDaemon, device: ShellDevice) -> AdbDaemon:
    return await start_daemon(device)


@pytest.fixture(scope="session")
def key(tmp_path_factory: pytest.TempPathFactory) -> AdbKey:
    return AdbKey(tmp_path_factory.mktemp("key") / "adbkey")


@pytest.fixture
async def link(daemon: AdbDaemon, key: AdbKey) -> AsyncIterator[DirectLink]:
    async with await connect("127.0.0.1", daemon.port, key=key) as link:
        yield link


@dataclass(frozen=True)
class AdbResult:
    code: int
    stdout: bytes
    stderr: bytes


DEBIANS_ADB = "adb"
NEWEST_ADB = str(files("adbutils") / "binaries" / "adb")
"""Its makers' own, which adbutils brings: it counts bytes of room (``delayed_ack``); Debian's cannot."""


class OfficialAdb:
    """An official adb with a server of its own."""

    def __init__(self, program: str, home: Path, port: int) -> None:
        self._program = program
        self.environment = adb_environment(home, port) | {"ADB_BURST_MODE": "1", "ADB_MDNS": "0"}

    async def start(self, *arguments: str) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            self._program,
            *arguments,
            env=self.environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )

    async def __call__(self, *arguments: str) -> AdbResult:
        process = await self.start(*arguments)
        async with asyncio.timeout(60):
            stdout, stderr = await process.communicate()
        assert process.returncode is not None
        return AdbResult(process.returncode, stdout, stderr)

    async def states(self) -> dict[str, str]:
        lines = (await self("devices")).stdout.decode().splitlines()[1:]
        return dict(line.split("\t", 1) for line in lines if "\t" in line)


@pytest.fixture
async def adb(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[OfficialAdb]:
    """Debian's, unless a test asks for another."""
    home = tmp_path / "home"
    home.mkdir()
    (port,) = free_ports(1)
    adb = OfficialAdb(getattr(request, "param", DEBIANS_ADB), home, port)
    server = await adb.start("-P", str(port), "nodaemon", "server")
    try:
        await until(lambda: _listens(port), within_s=20)
        yield adb
    finally:
        if server.returncode is None:
            server.kill()
        await server.communicate()


async def _listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    await writer.wait_closed()
    return True
