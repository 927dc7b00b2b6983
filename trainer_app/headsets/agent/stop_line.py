"""The way of *Stopp alt* to one headset: open before it is needed, opened anew when it is lost."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from headset_agent.protocol.messages import StopNow, Stopped
from trainer_app.domain.errors import TrainerError
from trainer_app.domain.playback_errors import HeadsetProblem
from trainer_app.headsets.agent.channel import Channel, LeaseHeld, RequestFailed
from trainer_app.tasks import TaskKeeper

log = logging.getLogger(__name__)

RENEW_S = 1.0
"""Between two attempts to open the line anew."""


class StopLine:
    """A channel of the role that stops, for as long as its headset is wanted.

    Args:
        open_channel: Opens a fresh one, over a fresh connection where the former is lost.
        headset: How people know it, for the log.
    """

    def __init__(self, open_channel: Callable[[], Awaitable[Channel]], headset: str) -> None:
        self._open_channel = open_channel
        self._headset = headset
        self._channel: Channel | None = None
        self._tasks = TaskKeeper()
        self._renewing: asyncio.Task[None] | None = None
        self._wanted = True

    async def open(self) -> None:
        """Open it for the first time.

        Raises:
            TrainerError, LeaseHeld: see ``open_channel``.
        """
        self._take(await self._open_channel())

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

    def _take(self, channel: Channel) -> None:
        self._channel = channel
        channel.on_lost = self._on_lost
        if channel.lost is not None:
            self._on_lost()

    def _on_lost(self) -> None:
        if self._wanted:
            log.info("the stop line to headset %s is lost", self._headset)
            self._renewing = self._tasks.spawn(self._renew(), name=f"stop line {self._headset}")

    async def _renew(self) -> None:
        if self._channel is not None:
            await self._channel.close()
        while True:
            try:
                channel = await self._open_channel()
            except (TrainerError, LeaseHeld) as error:
                log.info("no new stop line to headset %s: %s", self._headset, error)
                await asyncio.sleep(RENEW_S)
            else:
                self._take(channel)
                return
