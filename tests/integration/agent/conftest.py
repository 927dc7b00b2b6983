"""The agent's parts, and a virtual headset to bring it to; ended with the test."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.integration.agent.headsets import VirtualHeadset, describe, linked, wipe
from tests.integration.agent.parts import Parts, agent_parts
from tests.integration.virtual.kits import VirtualProcess
from trainer_app.headsets.link import AdbKey, DirectLink


@pytest.fixture
async def parts(tmp_path: Path) -> AsyncIterator[Parts]:
    async with agent_parts(tmp_path / "films") as running:
        yield running


@pytest.fixture(scope="module")
def headset(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VirtualHeadset]:
    """One virtual headset for all tests of a module; each test finds it empty."""
    key = AdbKey(tmp_path_factory.mktemp("key") / "adbkey")
    with VirtualProcess("--number", "1") as process:
        yield describe(process, key)


@pytest.fixture
async def link(headset: VirtualHeadset) -> AsyncIterator[DirectLink]:
    async with linked(headset) as link:
        await wipe(link)
        yield link
    async with linked(headset) as other:
        await wipe(other)
