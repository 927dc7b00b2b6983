"""Groups that are closed after the test."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.fakes.groups import MakeGroup, joined
from tests.fakes.links import FakeAgent
from trainer_app.headsets.agent.group import Group


@pytest.fixture
async def group_of() -> AsyncIterator[MakeGroup]:
    made: list[Group] = []

    async def make(*agents: FakeAgent) -> Group:
        members = await asyncio.gather(*(joined(a, n) for n, a in enumerate(agents, start=1)))
        made.append(Group(members))
        return made[-1]

    yield make
    for group in made:
        await group.close()
