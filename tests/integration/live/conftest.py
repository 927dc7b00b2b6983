"""A kit of virtual headsets for all tests of a module, and a suitcase on the table for each."""

from __future__ import annotations

import hashlib
import random
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.integration.live.table import Devices, FilmFile, MakeTable, Table, film_in
from tests.integration.virtual.kits import VirtualProcess
from trainer_app.domain.films import Film
from trainer_app.headsets.gateway import AdbGateway
from trainer_app.headsets.link import AdbKey

CONTENT = random.Random(11).randbytes(6 << 20)
LENGTH_S = 2.0


@pytest.fixture(scope="module")
def film_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("library") / f"{hashlib.sha256(CONTENT).hexdigest()}.mp4"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture(scope="module")
def film(film_file: Path) -> Film:
    return film_in(film_file, length_s=LENGTH_S)


@pytest.fixture(scope="module")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("key") / "adbkey"


@pytest.fixture(scope="module")
def key(key_file: Path) -> AdbKey:
    return AdbKey(key_file)


@pytest.fixture(scope="module")
def devices() -> Iterator[Devices]:
    with VirtualProcess("--count", "3", "--base-port", "0", "--clock-skew") as process:
        yield Devices(process, process.ready()["headsets"])


@pytest.fixture
async def table_of(film_file: Path, key: AdbKey) -> AsyncIterator[MakeTable]:
    tables: list[Table] = []

    async def lay(*addresses: str) -> Table:
        table = Table(AdbGateway(key), FilmFile(film_file), lambda: datetime.now(UTC))
        tables.append(table)
        await table.open(addresses)
        return table

    yield lay
    for table in tables:
        await table.kit.stop_all()
        await table.kit.release()
