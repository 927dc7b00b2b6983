"""App and agents are killed, or headsets restart, in the middle of a session: every setting is back."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import random
import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from headset_agent.protocol.care import JOURNAL, SENSOR_REST_S, SENSOR_S
from tests.fakes.waiting import until
from tests.integration.care.android import are_as_before, are_kept_awake, observed
from tests.integration.care.session_run import MOMENTS
from tests.integration.virtual.kits import VirtualProcess
from trainer_app.headsets.care_journal import CareJournal
from trainer_app.headsets.gateway import AdbGateway, AdbHeadset
from trainer_app.headsets.link import AdbKey

ROOT = Path(__file__).parents[3]
WITHIN_S = 50
THERE_WITHIN_S = 200
"""For four headsets to reach their moments, each of several steps, on a machine that is busy otherwise."""

CONTENT = random.Random(13).randbytes(100_000)


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / f"{hashlib.sha256(CONTENT).hexdigest()}.mp4"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def headsets() -> Iterator[list[dict[str, Any]]]:
    """Two of each make."""
    with ExitStack() as stack:
        kits = [
            stack.enter_context(VirtualProcess("--count", "2", "--base-port", "0", "--model", model))
            for model in ("quest3", "pico4")
        ]
        quests, picos = (kit.ready()["headsets"] for kit in kits)
        yield [quests[0], picos[0], quests[1], picos[1]]


def run_folder(headset: dict[str, Any]) -> Path:
    return Path(headset["storage"]).parent / "data/local/tmp/simkoffert/run"


def agent_of(headset: dict[str, Any]) -> int:
    return int(json.loads((run_folder(headset) / "agent.json").read_bytes())["pid"])


def journal_of(headset: dict[str, Any]) -> Path:
    return run_folder(headset) / JOURNAL


@pytest.mark.timeout(400)
async def test_app_and_agents_are_killed_at_any_moment_of_a_session(
    headsets: list[dict[str, Any]], film: Path, tmp_path: Path
) -> None:
    moments = [f"{headset['adb']}={moment}" for headset, moment in zip(headsets, MOMENTS, strict=True)]
    words = ("-m", "tests.integration.care.session_run", str(tmp_path / "adbkey"), str(film), str(tmp_path))
    app = await asyncio.create_subprocess_exec(
        sys.executable, *words, *moments, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert app.stdout is not None
        async with asyncio.timeout(THERE_WITHIN_S):
            assert await app.stdout.readline() == b"there\n"
        await until(lambda: are_kept_awake(headsets), within_s=THERE_WITHIN_S, every_s=0.05)
        agents = [agent_of(headset) for headset in headsets]
    finally:
        app.kill()
    for agent in agents:
        os.kill(agent, signal.SIGKILL)
    await app.wait()
    await until(lambda: are_as_before(headsets), within_s=WITHIN_S, every_s=0.05)
    await until(lambda: not any(journal_of(headset).exists() for headset in headsets), within_s=WITHIN_S)
    for quest in (headsets[0], headsets[2]):
        log = (await observed(quest)).proximity_log
        (closed_s, _, duration_ms), (freed_s, _, _) = log[-2:]
        assert freed_s - closed_s >= SENSOR_REST_S, "never right after it was overridden"
        assert duration_ms == SENSOR_S * 1000, "it is over by itself where nobody is left to free it"


async def test_headset_that_restarted_in_a_session_is_healed_by_what_the_laptop_remembers(
    tmp_path: Path,
) -> None:
    """Neither agent nor journal are left on it."""
    options = ("--number", "1", "--model", "pico4", "--root", str(tmp_path / "headset"))
    gateway = AdbGateway(AdbKey(tmp_path / "adbkey"), care=tmp_path / "care")
    with VirtualProcess(*options) as process:
        headset = process.ready()
        reached = await reach(gateway, headset)
        await reached.keep_awake()
        assert await are_kept_awake([headset])
        process.end()
        await reached.close()
    journal_of(headset).unlink()
    with VirtualProcess(*options) as process:
        headset = process.ready()
        assert await are_kept_awake([headset]), "these settings outlive a restart"
        reached = await reach(gateway, headset)
        await reached.facts()
        assert await are_as_before([headset])
        assert CareJournal(tmp_path / "care").of(headset["serial"]) == []
        await reached.close()


async def reach(gateway: AdbGateway, headset: dict[str, Any]) -> AdbHeadset:
    connected = await gateway.connect(headset["adb"], lambda _address: None)
    assert isinstance(connected, AdbHeadset)
    return connected
