"""Two suitcases at once, led by one program. (Ten of them are the benchmark ``fifty``.)"""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from functools import partial
from time import perf_counter_ns
from typing import Any

import pytest

from tests.fakes.waiting import until
from tests.integration.live.table import MakeTable, Table
from tests.integration.virtual.kits import VirtualProcess
from trainer_app.domain.films import Film


async def told_at_ns(headset: dict[str, Any]) -> int:
    """When its player was told something the last time, by this machine's clock."""
    reader, writer = await asyncio.open_unix_connection(headset["observe"])
    try:
        writer.write(b'{"observe": true}\n')
        return int(json.loads(await reader.readline())["told_at_ns"])
    finally:
        writer.close()
        await writer.wait_closed()


async def have_text(table: Table) -> bool:
    """Write to the five of a suitcase; True when all have said in time that it is there."""
    told = await table.kit.show_text("Snart stopp.")
    return told.reached == (1, 2, 3, 4, 5)


@pytest.mark.timeout(300)
async def test_ten_headsets_are_watched_and_told_together(table_of: MakeTable, film: Film) -> None:
    with VirtualProcess("--count", "10", "--base-port", "0") as process:
        headsets = process.ready()["headsets"]
        addresses = [headset["adb"] for headset in headsets]
        tables = [await table_of(*addresses[:5]), await table_of(*addresses[5:])]
        long = replace(film, probe=replace(film.probe, duration_s=600.0))
        await asyncio.gather(*(table.ready(long) for table in tables))
        assert [table.kit.now.ready_count for table in tables] == [5, 5]
        await asyncio.gather(*(table.kit.open_players() for table in tables))
        since_ns = perf_counter_ns()
        for table in tables:
            await until(partial(have_text, table), within_s=50)

        async def all_have_it() -> bool:
            return min([await told_at_ns(headset) for headset in headsets]) > since_ns

        await until(all_have_it, within_s=50)
        await asyncio.gather(*(table.kit.release() for table in tables))
