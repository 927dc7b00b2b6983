"""What tests of several services need."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.fakes.live_table import QUICK, Lay, Table, lay_table
from trainer_app.services.live.pace import Pace


@pytest.fixture
async def lay() -> AsyncIterator[Lay]:
    """Lays suitcases on the table, and lets go of them at the end."""
    tables: list[Table] = []

    def make(count: int, *, pace: Pace = QUICK) -> Table:
        table = lay_table(count, pace)
        tables.append(table)
        return table

    yield make
    for table in tables:
        await table.kit.release()
