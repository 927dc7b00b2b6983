"""A group of both kinds, where what is under way is broken off."""

from __future__ import annotations

import asyncio

import pytest

from tests.fakes.waiting import until
from trainer_app.headsets.agent.group import Group
from trainer_app.headsets.manual.group import MixedGroup
from trainer_app.headsets.manual.member import OwnPlayerMember


class Slow(Group):
    """Takes for ever to start."""

    def __init__(self) -> None:
        super().__init__(())
        self.is_starting = False

    async def start(self, lead_s: float = 0.0) -> int:
        self.is_starting = True
        try:
            await asyncio.Event().wait()
        finally:
            self.is_starting = False
        return 0


async def test_a_start_that_is_broken_off_at_once_goes_on_nowhere() -> None:
    async def lead(_address: str, _member: OwnPlayerMember) -> None:
        return

    together = Slow()
    starting = asyncio.create_task(MixedGroup(together, lead).start())
    await asyncio.sleep(0)
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting
    await until(lambda: not together.is_starting)
