"""When an agent without a laptop ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from headset_agent.agent import Agent, Settings, Start

ALONE_NS = 1_000


class Time:
    now_ns = 0

    def __call__(self) -> int:
        return self.now_ns


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
async def agent(tmp_path: Path, time: Time) -> Agent:
    settings = Settings(host="127.0.0.1", films=tmp_path / "films", run=tmp_path, alone_ns=ALONE_NS)
    return Agent(settings, Start(token="t", build="b"), time)


async def test_what_is_being_put_back_is_waited_for_but_not_for_ever(agent: Agent, time: Time) -> None:
    async with agent._care._turn:
        ends = []
        for time.now_ns in range(0, 3 * ALONE_NS, 100):
            ends.append(agent._abandoned())
    assert ends.index(True) * 100 == 2 * ALONE_NS + 100
    assert all(ends[ends.index(True) :])


async def test_nothing_to_put_back_is_not_waited_for(agent: Agent, time: Time) -> None:
    time.now_ns = ALONE_NS
    assert not agent._abandoned()
    time.now_ns += 1
    assert agent._abandoned()
