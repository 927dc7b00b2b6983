"""An old headset for all tests in here; each finds it empty and with nothing in front."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.integration.manual.old_headset import OldHeadset, describe
from tests.integration.virtual.kits import VirtualProcess
from trainer_app.headsets.link import AdbKey, DirectLink


@pytest.fixture(scope="package")
def key(tmp_path_factory: pytest.TempPathFactory) -> AdbKey:
    return AdbKey(tmp_path_factory.mktemp("key") / "adbkey")


@pytest.fixture(scope="package")
def old(key: AdbKey) -> Iterator[OldHeadset]:
    with VirtualProcess("--number", "5", "--model", "old") as process:
        yield describe(process, key)


@pytest.fixture
async def link(old: OldHeadset) -> AsyncIterator[DirectLink]:
    async with await old.connect() as link:
        await old.wipe(link)
        yield link
        await old.wipe(link)
