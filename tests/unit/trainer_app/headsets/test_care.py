"""Care of a headset on which no agent can run: nothing is changed that is not over by itself."""

from __future__ import annotations

from typing import cast

import pytest

from headset_agent.protocol.adb.shell import FrameKind, encode_frame
from headset_agent.protocol.care import FREE_AGAIN, OVERRIDE_FOR_A_WHILE
from trainer_app.domain.playback_errors import (
    AgentNotStored,
    AgentWillNotStart,
    HeadsetProblem,
    NoRoomForAgent,
    RuntimeHasNoRoom,
    RuntimeMissing,
    RuntimeUnfit,
)
from trainer_app.headsets.agent.channel import Channel
from trainer_app.headsets.care import HeadsetCare
from trainer_app.headsets.link import HeadsetLink


class Shell:
    """A stream of a shell command that has succeeded."""

    def __init__(self) -> None:
        self._answers = [encode_frame(FrameKind.EXIT, b"\0")]

    async def read_some(self) -> bytes:
        return self._answers.pop() if self._answers else b""

    async def write(self, data: bytes) -> None:
        """Standard input is not read."""

    async def __aenter__(self) -> Shell:
        return self

    async def __aexit__(self, *_: object) -> None:
        """Nothing is left open."""


class Link:
    """A link on which every command succeeds."""

    features = frozenset({"shell_v2"})
    headset = "1"

    def __init__(self) -> None:
        self.scripts: list[str] = []

    async def open_service(self, name: str) -> Shell:
        self.scripts.append(name.removeprefix("shell,v2,raw:"))
        return Shell()


@pytest.mark.parametrize(
    "problem",
    [
        RuntimeMissing,
        RuntimeUnfit,
        RuntimeHasNoRoom,
        NoRoomForAgent,
        AgentNotStored,
        AgentWillNotStart,
    ],
)
async def test_it_is_kept_awake_by_what_is_over_by_itself_and_freed_at_the_end(
    problem: type[HeadsetProblem],
) -> None:
    async def no_agent() -> Channel:
        raise problem(headset="1")

    link = Link()
    care = HeadsetCare(cast(HeadsetLink, link), "S1", no_agent, None)
    await care.let_sleep()
    assert link.scripts == [], "nothing was changed"
    await care.keep_awake()
    await care.keep_awake()
    assert link.scripts == [OVERRIDE_FOR_A_WHILE], "said again when it is about to be over, not before"
    await care.let_sleep()
    await care.let_sleep()
    assert link.scripts == [OVERRIDE_FOR_A_WHILE, FREE_AGAIN]


def test_what_is_changed_is_a_quest_s_wear_sensor_alone() -> None:
    assert "--ei duration" in OVERRIDE_FOR_A_WHILE
    assert not {"settings", "setprop"} & set(OVERRIDE_FOR_A_WHILE.split())
