"""One bundle for all tests, and one virtual headset that has no Python but what is brought to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.integration.agent.headsets import VirtualHeadset, describe, linked, wipe
from tests.integration.provisioning.bundles import EMULATOR, built_bundle
from tests.integration.virtual.kits import VirtualProcess
from trainer_app.headsets.agent import channel as channel_module
from trainer_app.headsets.agent import deploy
from trainer_app.headsets.agent.runtime import RuntimeBundle
from trainer_app.headsets.link import AdbKey, DirectLink


@pytest.fixture(scope="session")
def bundle_file() -> Path:
    return built_bundle()


@pytest.fixture(scope="session")
def bundle(bundle_file: Path) -> RuntimeBundle:
    return RuntimeBundle(bundle_file)


@pytest.fixture(scope="package")
def bare_headset(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VirtualHeadset]:
    """It runs what is brought to it as a real one would: a program for 64-bit ARM."""
    key = AdbKey(tmp_path_factory.mktemp("key") / "adbkey")
    with VirtualProcess("--number", "1", "--emulator", EMULATOR) as process:
        yield describe(process, key)


@pytest.fixture
async def bare(bare_headset: VirtualHeadset, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DirectLink]:
    # An emulated agent starts and answers in its own time.
    monkeypatch.setattr(deploy, "_START_S", 200.0)
    monkeypatch.setattr(channel_module, "_WELCOME_S", 60.0)
    async with linked(bare_headset) as link:
        yield link
        await wipe(link)
