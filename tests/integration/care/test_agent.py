"""The agent's care of its headset: what is changed for a session is put back, whoever is killed."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import psutil
import pytest

from headset_agent.protocol.care import JOURNAL
from headset_agent.protocol.care_messages import KeepAwake, LetSleep
from headset_agent.protocol.messages import Role
from tests.fakes.waiting import until
from tests.integration.agent.headsets import shell, wipe
from tests.integration.care.android import are_as_before, are_kept_awake, observed
from tests.integration.virtual.kits import VirtualProcess
from trainer_app.domain.link_errors import LinkProblem
from trainer_app.domain.playback_errors import HeadsetProblem, HeadsetVanished
from trainer_app.headsets.agent.access import FILMS, HOME, PYTHON, RUN, AgentAccess
from trainer_app.headsets.agent.channel import Channel, open_channel
from trainer_app.headsets.agent.deploy import attach, find
from trainer_app.headsets.agent.package import agent_package
from trainer_app.headsets.gateway import AdbGateway
from trainer_app.headsets.link import AdbKey, DirectLink, Terms, connect, push_bytes

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
                self.link = await connect(host, int(port), key=self.key, terms=Terms(headset="1"))
            except LinkProblem:
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


@pytest.fixture(scope="module")
def pico_device(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    key = AdbKey(tmp_path_factory.mktemp("key") / "adbkey")
    with VirtualProcess("--number", "1", "--model", "pico4") as process:
        yield Rig(process.ready(), process, key)


@pytest.fixture
async def pico(pico_device: Rig) -> AsyncIterator[Rig]:
    await pico_device.connect()
    try:
        yield pico_device
        await wipe(pico_device.link)
    finally:
        await pico_device.link.close()


async def test_session_that_is_over_leaves_everything_as_it_was_or_as_somebody_else_has_set_it(
    pico: Rig,
) -> None:
    access, channel = await pico.awake()
    await shell(pico.link, "settings put system screen_off_timeout 60000")
    await channel.request(LetSleep, wait_s=WITHIN_S)
    assert (await observed(pico.described)).settings["system/screen_off_timeout"] == "60000"
    await shell(pico.link, "settings put system screen_off_timeout 15000")
    assert await pico.is_as_before()
    assert await pico.has_no_journal()
    assert (await find(pico.link)) == access


async def test_agent_that_is_killed_while_it_changes_things_has_changed_nothing(pico: Rig) -> None:
    """What is on its way when it is killed arrives first, and is put back then."""
    for done in (0, 2):
        access = await attach(pico.link, "1")
        channel = await pico.open(access)
        before = len((await observed(pico.described)).recorded)
        asking = asyncio.create_task(channel.request(KeepAwake, wait_s=WITHIN_S))

        async def has_begun(at_least: int = before + done) -> bool:
            recorded = (await observed(pico.described)).recorded
            return len(recorded) >= at_least and not await pico.has_no_journal()

        await until(has_begun, within_s=WITHIN_S)
        await shell(pico.link, f"kill -9 {access.pid}")
        await asyncio.wait([asking])
        assert asking.exception() is None or isinstance(asking.exception(), HeadsetVanished)
        await until(pico.has_no_journal, within_s=WITHIN_S, every_s=0.05)
        assert await pico.is_as_before()


def has_died(process: psutil.Process) -> bool:
    try:
        return bool(process.status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


async def test_agent_that_ends_puts_everything_back_though_its_clean_up_process_was_killed(pico: Rig) -> None:
    access, _ = await pico.awake()
    (cleaner,) = psutil.Process(access.pid).children()
    cleaner.kill()
    await until(lambda: has_died(cleaner), within_s=WITHIN_S)
    os.kill(access.pid, signal.SIGTERM)
    await until(pico.is_as_before, within_s=WITHIN_S, every_s=0.05)
    await until(pico.has_no_journal, within_s=WITHIN_S, every_s=0.05)


async def by_an_agent(pico: Rig) -> None:
    await attach(pico.link, "1")


async def by_a_laptop_that_knows_nothing_of_it(pico: Rig) -> None:
    headset = await AdbGateway(pico.key).connect(pico.described["adb"], lambda _address: None)
    await headset.facts()
    await headset.close()
    assert await find(pico.link) is None


@pytest.mark.parametrize("heal", [by_an_agent, by_a_laptop_that_knows_nothing_of_it])
async def test_next_contact_heals_what_nobody_was_left_to_put_back(
    pico: Rig, heal: Callable[[Rig], Awaitable[None]]
) -> None:
    """A restart of the headset's ADB ends all of a shell's programs, the clean-up process as well."""
    await pico.awake()
    pico.process.write("restart-adb")
    await pico.link.wait_lost()
    await pico.connect()
    assert await find(pico.link) is None
    assert await pico.is_kept_awake()
    await heal(pico)
    await until(pico.is_as_before, within_s=WITHIN_S, every_s=0.05)


async def is_kept_awake_by_an_impatient_agent(pico: Rig) -> bool:
    """One that waits for a laptop for two seconds; False when those were over before it was asked."""
    build = agent_package().build
    words = json.dumps({"token": "t", "build": build}).encode() + b"\n"
    command = f"exec {PYTHON} {HOME}/{agent_package().name} --films {FILMS} --run {RUN} --alone 2"
    said = json.loads((await shell(pico.link, command, stdin=words)).stdout)
    try:
        channel = await pico.open(AgentAccess(token="t", build=build, pid=said.get("pid", 0)))
        return bool((await channel.request(KeepAwake, wait_s=WITHIN_S)).changes)
    except HeadsetProblem:
        return False


async def test_agent_puts_everything_back_when_no_laptop_ever_comes_back(pico: Rig) -> None:
    await push_bytes(pico.link, agent_package().content, f"{HOME}/{agent_package().name}")
    await until(lambda: is_kept_awake_by_an_impatient_agent(pico), within_s=WITHIN_S, every_s=0.05)
    await pico.link.close()
    await until(pico.is_as_before, within_s=WITHIN_S, every_s=0.05)
    await pico.connect()

    async def has_ended() -> bool:
        return await find(pico.link) is None

    await until(has_ended, within_s=WITHIN_S, every_s=0.05)
