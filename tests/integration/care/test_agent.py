"""The agent's care of its headset: what is changed for a session is put back, whoever is killed."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from headset_agent.protocol.care import JOURNAL, SENSOR_REST_S, SENSOR_S
from headset_agent.protocol.care_messages import KeepAwake, LetSleep
from headset_agent.protocol.messages import Role
from tests.fakes.waiting import until
from tests.integration.agent.headsets import gone, shell, wipe
from tests.integration.care.android import are_as_before, are_kept_awake, observed
from tests.integration.virtual.kits import VirtualProcess
from trainer_app.domain.link_errors import NothingListens
from trainer_app.headsets.agent.access import FILMS, HOME, PYTHON, RUN, AgentAccess
from trainer_app.headsets.agent.channel import Channel, open_channel
from trainer_app.headsets.agent.deploy import attach, find
from trainer_app.headsets.agent.package import agent_package
from trainer_app.headsets.link import AdbKey, DirectLink, connect, push_bytes

WITHIN_S = 50


@dataclass
class Rig:
    """A headset, and a link to it."""

    described: dict[str, Any]
    process: VirtualProcess
    key: AdbKey
    link: DirectLink = field(init=False)

    async def open(self, access: AgentAccess) -> Channel:
        return await open_channel(
            self.link, Role.STORE, build=access.build, token=access.token, headset="1", holder=""
        )

    async def connect(self) -> None:
        """Reach it, as soon as it can be reached."""
        host, _, port = self.described["adb"].rpartition(":")

        async def reached() -> bool:
            try:
                self.link = await connect(host, int(port), key=self.key, headset="1")
            except NothingListens:
                return False
            return True

        await until(reached, within_s=WITHIN_S, every_s=0.05)

    async def is_kept_awake(self) -> bool:
        return await are_kept_awake([self.described])

    async def is_as_before(self) -> bool:
        return await are_as_before([self.described])

    async def has_no_journal(self) -> bool:
        return (await shell(self.link, f"[ -f {RUN}/{JOURNAL} ]")).exit_code == 1

    async def awake(self) -> tuple[AgentAccess, Channel]:
        """An agent that keeps the headset awake for us."""
        access = await attach(self.link, "1")
        channel = await self.open(access)
        await channel.request(KeepAwake, wait_s=WITHIN_S)
        assert await self.is_kept_awake()
        return access, channel


@contextmanager
def powered(model: str, folder: Path) -> Iterator[Rig]:
    with VirtualProcess("--number", "1", "--model", model) as process:
        yield Rig(process.ready(), process, AdbKey(folder / "adbkey"))


@asynccontextmanager
async def reached(rig: Rig) -> AsyncIterator[Rig]:
    await rig.connect()
    try:
        yield rig
        await wipe(rig.link)
    finally:
        await rig.link.close()


@pytest.fixture(scope="module")
def pico_device(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    with powered("pico4", tmp_path_factory.mktemp("pico")) as rig:
        yield rig


@pytest.fixture
async def pico(pico_device: Rig) -> AsyncIterator[Rig]:
    async with reached(pico_device) as rig:
        yield rig


@pytest.fixture
async def quest(tmp_path: Path) -> AsyncIterator[Rig]:
    with powered("quest3", tmp_path) as powered_on:
        async with reached(powered_on) as rig:
            yield rig


async def test_session_that_is_over_leaves_everything_as_it_was(pico: Rig) -> None:
    access, channel = await pico.awake()
    await channel.request(LetSleep, wait_s=WITHIN_S)
    assert await pico.is_as_before()
    assert await pico.has_no_journal()
    assert (await find(pico.link)) == access


async def test_agent_that_is_killed_is_outlived_by_its_clean_up(pico: Rig) -> None:
    access, _ = await pico.awake()
    await shell(pico.link, f"kill -9 {access.pid}")
    await until(pico.is_as_before, within_s=WITHIN_S, every_s=0.05)
    await until(pico.has_no_journal, within_s=WITHIN_S, every_s=0.05)


async def test_wear_sensor_of_a_quest_is_freed_and_never_right_after_it_was_overridden(quest: Rig) -> None:
    access, _ = await quest.awake()
    await shell(quest.link, f"kill -9 {access.pid}")
    await until(quest.is_as_before, within_s=WITHIN_S, every_s=0.05)
    (closed_s, _, duration_ms), (freed_s, _, _) = (await observed(quest.described)).proximity_log
    assert freed_s - closed_s >= SENSOR_REST_S
    assert duration_ms == SENSOR_S * 1000, "without anybody it is over by itself"


async def test_next_agent_heals_what_nobody_was_left_to_put_back(pico: Rig) -> None:
    """A restart of the headset's ADB ends all of a shell's programs, the clean-up process as well."""
    await pico.awake()
    pico.process.write("restart-adb")
    await pico.link.wait_lost()
    await pico.connect()
    assert await find(pico.link) is None
    assert await pico.is_kept_awake()
    await attach(pico.link, "1")
    await until(pico.is_as_before, within_s=WITHIN_S, every_s=0.05)


async def test_agent_puts_everything_back_when_no_laptop_ever_comes_back(pico: Rig) -> None:
    package = agent_package()
    await push_bytes(pico.link, package.content, f"{HOME}/{package.name}")
    words = json.dumps({"token": "t", "build": package.build}).encode() + b"\n"
    command = f"exec {PYTHON} {HOME}/{package.name} --films {FILMS} --run {RUN} --alone 2"
    said = json.loads((await shell(pico.link, command, stdin=words)).stdout)
    channel = await pico.open(AgentAccess(token="t", build=package.build, pid=said["pid"]))
    await channel.request(KeepAwake, wait_s=WITHIN_S)
    assert await pico.is_kept_awake()
    await pico.link.close()
    await until(pico.is_as_before, within_s=WITHIN_S, every_s=0.05)
    await pico.connect()
    await gone(pico.link, said["pid"])


async def test_what_somebody_else_has_set_meanwhile_is_theirs(pico: Rig) -> None:
    _, channel = await pico.awake()
    await shell(pico.link, "settings put system screen_off_timeout 60000")
    await channel.request(LetSleep, wait_s=WITHIN_S)
    assert (await observed(pico.described)).settings["system/screen_off_timeout"] == "60000"
    await shell(pico.link, "settings put system screen_off_timeout 15000")
    assert await pico.is_as_before()
