"""A virtual headset that cannot run the agent, on a fake cable; one for all tests of a module."""

from __future__ import annotations

import asyncio
import hashlib
import json
import random
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
import pytest

from headset_agent.protocol.care import FREE_AGAIN, SENSOR_REST_S
from tests.fakes.usb import FakeUsbBus, FakeUsbDevice
from tests.fakes.usb_joined import JoinedDaemon
from tests.integration.live.table import FilmFile, Table
from tests.integration.virtual.kits import VirtualProcess
from trainer_app.headsets.gateway import AdbGateway
from trainer_app.headsets.link import AdbKey, Ways
from trainer_app.headsets.link.server import AdbServer
from trainer_app.services.live.pace import Pace

CONTENT = random.Random(29).randbytes(3 << 20)


@dataclass(frozen=True, slots=True)
class OnCable:
    """A headset on a cable, and a laptop's gateway to it.

    Attributes:
        described: What the virtual headset says of itself.
        usb: Its cable.
    """

    described: dict[str, Any]
    process: VirtualProcess
    usb: FakeUsbDevice
    bus: FakeUsbBus
    gateway: AdbGateway

    @property
    def address(self) -> str:
        return f"usb:{self.usb.serial}"

    async def player(self) -> dict[str, Any]:
        """What its player shows, seen from outside."""
        return await asked(self.described, "observe")

    async def is_dark(self) -> bool:
        seen = await self.player()
        return bool(seen["dark"] and seen["silent"])

    async def plays(self) -> bool:
        return bool((await self.player())["state"] == "playing")


async def asked(described: dict[str, Any], what: str) -> dict[str, Any]:
    """Ask a virtual headset's observer."""
    reader, writer = await asyncio.open_unix_connection(described["observe"], limit=1 << 22)
    try:
        writer.write(json.dumps({what: True}).encode() + b"\n")
        answer = json.loads(await reader.readline())
        assert isinstance(answer, dict)
        return answer
    finally:
        writer.close()
        await writer.wait_closed()


def agents_beside_us() -> list[psutil.Process]:
    """The agents that this very program runs."""
    return [one for one in psutil.Process().children() if _is_agent(one)]


def _is_agent(process: psutil.Process) -> bool:
    try:
        return "headset_agent.tethered" in process.cmdline()
    except psutil.Error:
        return False  # it has ended meanwhile


@pytest.fixture(scope="module")
def virtual() -> Iterator[tuple[VirtualProcess, dict[str, Any]]]:
    with VirtualProcess("--number", "1", "--no-runtime", "--clock-skew", "7200000000000:60:0") as process:
        yield process, process.ready()


@pytest.fixture(scope="module")
def able() -> Iterator[dict[str, Any]]:
    """Another headset, which runs the agent itself."""
    with VirtualProcess("--number", "2", "--clock-skew=-3600000000000:-40:0") as process:
        yield process.ready()


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> AdbKey:
    return AdbKey(tmp_path_factory.mktemp("key") / "adbkey")


@pytest.fixture(scope="module")
def film_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("library") / f"{hashlib.sha256(CONTENT).hexdigest()}.mp4"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
async def on_cable(
    virtual: tuple[VirtualProcess, dict[str, Any]], key: AdbKey, film_file: Path, tmp_path: Path
) -> AsyncIterator[OnCable]:
    process, described = virtual
    daemon = JoinedDaemon(described["adb"])
    usb = FakeUsbDevice(described["serial"], daemon)
    bus = FakeUsbBus(usb)
    ways = Ways(key, bus, AdbServer(1))
    gateway = AdbGateway(key, tmp_path / "leading", tmp_path / "care", ways, film_file.parent)
    yield OnCable(described, process, usb, bus, gateway)
    await daemon.close()


@pytest.fixture(autouse=True)
def without_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """No real sensor has to rest between two words here."""
    at_once = FREE_AGAIN.replace(f"sleep {SENSOR_REST_S}", "sleep 0")
    monkeypatch.setattr("trainer_app.headsets.care.FREE_AGAIN", at_once)


@pytest.fixture
async def table(on_cable: OnCable, film_file: Path) -> AsyncIterator[Table]:
    """A suitcase for it; nothing plays afterwards, and no process is left."""
    pace = Pace(first_retry=0.05, last_retry=0.2, facts=0.5)
    table = Table(on_cable.gateway, FilmFile(film_file), lambda: datetime.now(UTC), pace)
    yield table
    await table.kit.stop_all()
    await table.kit.release()
    assert agents_beside_us() == []
