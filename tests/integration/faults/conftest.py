"""One kit of virtual headsets for all tests of a module; nothing is wrong with it after a test."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.integration.faults.trouble import Lay, Suitcase, suitcase_of
from tests.integration.live.table import Devices
from tests.integration.virtual.kits import VirtualProcess
from trainer_app.headsets.link import AdbKey
from trainer_app.texts.catalogue import Texts


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> AdbKey:
    return AdbKey(tmp_path_factory.mktemp("key") / "adbkey")


@pytest.fixture(scope="module")
def devices() -> Iterator[Devices]:
    with VirtualProcess("--count", "2", "--base-port", "0", "--clock-skew") as process:
        yield Devices(process, process.ready()["headsets"])
        assert process.end() == 0
        assert process.said == "", (
            "whatever was wrong with them, the headsets themselves have failed at nothing"
        )


@pytest.fixture(scope="module")
def texts() -> Texts:
    return Texts("nb")


@pytest.fixture
async def lay(devices: Devices, key: AdbKey, texts: Texts, tmp_path: Path) -> AsyncIterator[Lay]:
    laid: list[Suitcase] = []

    async def open_suitcase(*numbers: int) -> Suitcase:
        suitcase = suitcase_of(devices, numbers, key, texts, tmp_path)
        laid.append(suitcase)
        await suitcase.table.open([devices.addresses[number - 1] for number in numbers])
        return suitcase

    yield open_suitcase
    for suitcase in laid:
        await suitcase.table.kit.stop_all()
        await suitcase.table.kit.release()
        for number in suitcase.numbers:
            suitcase.heal(number=number)
