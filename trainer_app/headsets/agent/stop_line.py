"""The way of *Stopp alt* to one headset: open before it is needed, opened anew when it is lost.

It is a connection of its own wherever there can be one; where it was refused once it is asked for again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Protocol

from headset_agent.protocol.messages import StopNow, Stopped
from trainer_app.domain.errors import TrainerError
from trainer_app.domain.playback_errors import HeadsetProblem
from trainer_app.headsets.agent.channel import Channel, LeaseHeld, RequestFailed
from trainer_app.tasks import TaskKeeper

log = logging.getLogger(__name__)

RENEW_S = 1.0
"""Between two attempts to open the line anew."""


OWN_S = 15.0
"""Between two attempts to get a connection of its own; it may have been refused in a bad moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLine:
    """An open channel of the role that stops. ``shared``: it goes over the film's connection."""

    channel: Channel
    shared: bool


class MakeLine(Protocol):
    """Opens a line, over a fresh connection where the former is lost."""

    async def __call__(self, *, may_share: bool) -> OpenLine | None:
        """None: it would have to share, and may not.

        Raises:
            TrainerError, LeaseHeld: it could not be opened.
        """


class StopLine:
    """A channel of the role that stops, for as long as its headset is wanted.

    Args:
        make_line: Opens a fresh one.
        headset: How people know it, for the log.
    """

    def __init__(self, make_line: MakeLine, headset: str) -> None:
        self._make_line = make_line
        self._headset = headset
        self._channel: Channel | None = None
        self._tasks = TaskKeeper()
        self._renewing: asyncio.Task[None] | None = None
        self._wanted = True

    async def open(self) -> None:
        """Open it for the first time.

        Raises:
            TrainerError, LeaseHeld: see :class:`MakeLine`.
        """
        line = await self._make_line(may_share=True)
        assert line is not None
        self._take(line)

    async def stop(self, wait_s: float) -> bool:
        """Order the headset to stop; True when its page has said that it is silent and dark."""
        if self._channel is None:
            return False
        try:
            reply = await self._channel.request(StopNow, wait_s=wait_s)
        except (HeadsetProblem, RequestFailed) as error:
            log.warning("stop did not get through to headset %s: %s", self._headset, error)
            return False
        return isinstance(reply, Stopped) and reply.page

    def give_up(self) -> None:
        """What is lost from now on is not opened anew: the headset is gone."""
        self._wanted = False
        if self._renewing is not None:
            self._renewing.cancel()

    async def close(self) -> None:
        """Close it."""
        self.give_up()
        await self._tasks.close()
        if self._channel is not None:
            await self._channel.close()

    def _take(self, line: OpenLine) -> None:
        self._channel = line.channel
        line.channel.on_lost = self._on_lost
        if line.channel.lost is not None:
            self._on_lost()
        elif line.shared and self._wanted:
            self._renew_by(self._get_one_of_its_own())

    def _on_lost(self) -> None:
        if self._wanted:
            log.info("the stop line to headset %s is lost", self._headset)
            self._renew_by(self._renew())

    def _renew_by(self, work: Coroutine[None, None, None]) -> None:
        if self._renewing is not None and self._renewing is not asyncio.current_task():
            self._renewing.cancel()
        self._renewing = self._tasks.spawn(work, name=f"stop line {self._headset}")

    async def _renew(self) -> None:
        if self._channel is not None:
            await self._channel.close()
        while True:
            line = await self._try(may_share=True)
            if line is not None:
                break
            await asyncio.sleep(RENEW_S)
        self._take(line)

    async def _get_one_of_its_own(self) -> None:
        """The film's connection may hang, or be full of what is on its way to a headset."""
        while True:
            await asyncio.sleep(OWN_S)
            line = await self._try(may_share=False)
            if line is not None:
                break
        former = self._channel
        self._take(line)
        if former is not None:
            former.on_lost = _as_meant
            await former.close()

    async def _try(self, *, may_share: bool) -> OpenLine | None:
        try:
            return await self._make_line(may_share=may_share)
        except (TrainerError, LeaseHeld) as error:
            log.info("no new stop line to headset %s: %s", self._headset, error)
            return None


def _as_meant() -> None:
    """For a line that is closed because there is a better one."""
