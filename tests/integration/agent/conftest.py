"""The agent's parts, ended with the test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.integration.agent.parts import Parts, agent_parts


@pytest.fixture
async def parts(tmp_path: Path) -> AsyncIterator[Parts]:
    async with agent_parts(tmp_path / "films") as running:
        yield running
