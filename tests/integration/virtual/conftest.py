"""One headset and one adb server for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.integration.virtual.kits import Adb, VirtualProcess, adb_server


@pytest.fixture(scope="module")
def adb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Adb]:
    with adb_server(tmp_path_factory.mktemp("adb")) as server:
        yield server


@pytest.fixture(scope="module")
def headset(adb: Adb) -> Iterator[dict[str, Any]]:
    with VirtualProcess("--number", "1") as process:
        described = process.ready()
        connected = adb.run("connect", described["adb"]).stdout
        assert connected == f"connected to {described['adb']}\n"
        yield described
        adb.run("disconnect", described["adb"])
