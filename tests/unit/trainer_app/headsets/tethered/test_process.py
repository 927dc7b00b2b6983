"""What is said to an agent beside us, and what is heard of it; no process is started."""

from __future__ import annotations

import asyncio
import logging
from types import SimpleNamespace
from typing import cast

import pytest

from tests.fakes.waiting import until
from trainer_app.domain.playback_errors import AgentWillNotStart
from trainer_app.headsets.tethered.process import AgentProcess


class Outputs:
    """The two outputs of a process."""

    def __init__(self) -> None:
        self.stdout = asyncio.StreamReader()
        self.stderr = asyncio.StreamReader(limit=64)
        self.agent = AgentProcess(
            cast(
                asyncio.subprocess.Process,
                SimpleNamespace(stdin=None, stdout=self.stdout, stderr=self.stderr, wait=self.wait),
            ),
            "S1",
            lambda _asked: None,
        )

    async def wait(self) -> int:
        return 0

    def end(self) -> None:
        self.stdout.feed_eof()
        self.stderr.feed_eof()


async def test_log_is_read_on_after_a_line_that_is_too_long(caplog: pytest.LogCaptureFixture) -> None:
    """Who stops reading stops the agent as soon as the pipe is full."""
    caplog.set_level(logging.INFO)
    outputs = Outputs()
    outputs.stderr.feed_data(b"x" * 200 + b"\nheard\n")
    await until(lambda: "S1: heard" in caplog.text)
    outputs.end()
    await outputs.agent.end()


async def test_nothing_is_lent_to_one_that_has_ended() -> None:
    outputs = Outputs()
    outputs.end()
    await outputs.agent.has_ended.wait()
    async with asyncio.timeout(10):
        with pytest.raises(AgentWillNotStart):
            await outputs.agent.lend("ab" * 32, "/films/ab.mp4")
    await outputs.agent.end()
