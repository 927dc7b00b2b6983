"""The streams to one headset's agent: control, clock, and *Stopp alt*'s own; how they open, live and end."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any

from headset_agent.protocol.clock import ClockEstimate
from headset_agent.protocol.messages import Event, Heartbeat, Release, Role
from trainer_app.domain.playback_errors import HeadsetProblem, HeadsetVanished
from trainer_app.headsets.agent.access import AgentAccess
from trainer_app.headsets.agent.channel import Channel, RequestFailed, open_channel
from trainer_app.headsets.agent.clock import ClockKeeper
from trainer_app.headsets.agent.hindsight import KnownClock
from trainer_app.headsets.agent.leasing import lead
from trainer_app.headsets.agent.stop_line import OpenLine, StopLine
from trainer_app.headsets.link import HeadsetLink
from trainer_app.tasks import TaskKeeper

StopLink = Callable[[], Awaitable[HeadsetLink]]
"""Gives the connection over which *Stopp alt* goes: the one there is, or a fresh one when it was lost."""

_HEARTBEAT_S = 2.0


class Streams:
    """Those of one member of a group; closed whatever has come of opening them.

    Args:
        headset: How people know it.
        on_event: Called with what the agent tells without having been asked.
        on_lost: Called with what has ended a stream: a problem, or why the agent takes no heartbeat any more.
    """

    def __init__(
        self,
        headset: str,
        *,
        on_event: Callable[[Event], None],
        on_lost: Callable[[HeadsetProblem | RequestFailed], None],
    ) -> None:
        self._headset = headset
        self._on_event = on_event
        self._on_lost = on_lost
        self._control: Channel | None = None
        self._stop: StopLine | None = None
        self._clock: ClockKeeper | None = None
        self._tasks = TaskKeeper()

    async def open(self, link: HeadsetLink, stop_link: StopLink, access: AgentAccess, holder: str) -> None:
        """Open all three, that of *Stopp alt* first.

        Raises:
            HeadsetProblem: see :func:`open_channel`; HeadsetBusy when somebody else leads this headset.
        """

        async def channel(over: HeadsetLink, role: Role) -> Channel:
            return await open_channel(
                over, role, build=access.build, token=access.token, headset=self._headset, holder=holder
            )

        async def stop_line(*, may_share: bool) -> OpenLine | None:
            over = await stop_link()
            if over is link and not may_share:
                return None
            return OpenLine(channel=await channel(over, Role.STOP), shared=over is link)

        self._stop = StopLine(stop_line, self._headset)
        await self._stop.open()
        self._control = await lead(lambda: channel(link, Role.CONTROL), self._headset)
        self._control.on_event = self._on_event
        self._control.on_lost = lambda: self._vanished("control stream closed")
        clock = await channel(link, Role.CLOCK)
        # Its film would drift from the others'; it joins again with a clock that is known.
        clock.on_lost = lambda: self._vanished("clock stream closed")
        self._clock = ClockKeeper(clock)
        self._clock.start()
        self._tasks.spawn(self._heartbeat(self._control), name=f"heartbeat {self._headset}")

    async def close(self) -> None:
        """Give the lease back and close the streams; the agent and its page stay."""
        if self._control is not None:
            self._control.on_lost = _nothing
        await self._tasks.close()
        if self._control is not None and self._control.lost is None:
            with contextlib.suppress(HeadsetProblem, RequestFailed):
                await self._control.request(Release, wait_s=1.0)
        if self._clock is not None:
            await self._clock.close()
        if self._control is not None:
            await self._control.close()
        if self._stop is not None:
            await self._stop.close()

    async def request(self, kind: type, *, wait_s: float = 10.0, **fields: object) -> Any:
        """Ask the agent over the control stream; see :meth:`Channel.request`."""
        assert self._control is not None
        return await self._control.request(kind, wait_s=wait_s, **fields)

    # --- the clock ---------------------------------------------------------------------------------------

    async def settle_clock(self) -> None:
        """Wait until enough is known of the clock to begin with.

        Raises:
            HeadsetVanished: too few answers in time.
        """
        assert self._clock is not None
        if not await self._clock.settled():
            raise self._no_clock()

    @property
    def is_clock_known(self) -> bool:
        """There was an answer."""
        return self._clock is not None and self._clock.estimate() is not None

    def clock(self, at_ns: int | None = None) -> ClockEstimate:
        """The estimate of this headset's clock.

        Raises:
            HeadsetVanished: there was never an answer.
        """
        estimate = self._clock.estimate(at_ns) if self._clock else None
        if estimate is None:
            raise self._no_clock()
        return estimate

    def surest_clock(self) -> ClockEstimate:
        """The same of the instant of late at which most was known of it.

        Raises:
            HeadsetVanished: there was never an answer.
        """
        surest = self._clock.surest() if self._clock else None
        if surest is None:
            raise self._no_clock()
        return surest

    def known_clock(self) -> KnownClock:
        """The same as of now, and who will know it better later."""
        now = self.clock()
        assert self._clock is not None
        return KnownClock(now, self._clock.hindsight)

    def _no_clock(self) -> HeadsetVanished:
        return HeadsetVanished(headset=self._headset, detail="no clock exchange")

    # --- *Stopp alt* -------------------------------------------------------------------------------------

    @property
    def has_stop_line(self) -> bool:
        """There is one, or there was."""
        return self._stop is not None

    async def stop(self, wait_s: float) -> bool:
        """Order the headset to stop; True when its page has said that it is silent and dark."""
        return self._stop is not None and await self._stop.stop(wait_s)

    def give_up_stop_line(self) -> None:
        """The headset is gone: where that line is lost it is not opened anew."""
        if self._stop is not None:
            self._stop.give_up()

    # --- inside ------------------------------------------------------------------------------------------

    async def _heartbeat(self, control: Channel) -> None:
        try:
            while True:
                await asyncio.sleep(_HEARTBEAT_S)
                await control.request(Heartbeat, wait_s=_HEARTBEAT_S * 2)
        except (HeadsetProblem, RequestFailed) as error:
            self._on_lost(error)

    def _vanished(self, detail: str) -> None:
        self._on_lost(HeadsetVanished(headset=self._headset, detail=detail))


def _nothing() -> None:
    """For a loss that was meant."""
