"""Keeps the estimate of one headset's clock fresh, over a stream of its own."""

from __future__ import annotations

import asyncio
from time import perf_counter_ns

from headset_agent.protocol.clock import ClockEstimate, ClockFilter, Exchange
from headset_agent.protocol.messages import ClockPing, ClockPong
from trainer_app.domain.playback_errors import HeadsetVanished
from trainer_app.headsets.agent.channel import Channel
from trainer_app.headsets.agent.hindsight import Hindsight
from trainer_app.tasks import TaskKeeper

BURST = 40
"""Exchanges in quick succession at connect and after silence."""

_BURST_S = 0.025
_ENOUGH = 10
"""So many answers make an estimate that one can begin with; the rest of the burst makes it better."""

_INTERVAL_S = 0.25
_EAGER_S = 0.1
"""As long as chance decides: it takes many packets until some were quick in either direction."""

_EAGER_SPANS = 5
_CHANCE_NS = 100_000
_SILENCE_NS = 3_000_000_000


class ClockKeeper:
    """Exchanges time stamps with one agent for as long as its channel lives.

    Attributes:
        hindsight: The clock as it is known afterwards; a new one when it was set or has slept.
    """

    def __init__(self, channel: Channel) -> None:
        self.hindsight = Hindsight()
        self._channel = channel
        self._filter = ClockFilter()
        self._sequence = 0
        self._last_ns = 0
        self._tasks = TaskKeeper()
        self._enough = asyncio.Event()
        channel.on_pong = self._pong

    def start(self) -> None:
        """Begin with a burst, then go on four times a second, or more often where the link is uneven."""
        self._tasks.spawn(self._exchange(), name="clock exchange")

    async def close(self) -> None:
        """End the exchange and its channel."""
        await self._tasks.close()
        await self._channel.close()

    async def settled(self, timeout_s: float = 5.0) -> bool:
        """Wait until the first burst has been answered; False when it was not in time."""
        try:
            async with asyncio.timeout(timeout_s):
                await self._enough.wait()
        except TimeoutError:
            return False
        return True

    def estimate(self, at_ns: int | None = None) -> ClockEstimate | None:
        """The estimate at a laptop instant (default: now); None before the first answer."""
        return self._filter.estimate(perf_counter_ns() if at_ns is None else at_ns)

    def surest(self) -> ClockEstimate | None:
        """The estimate of the instant of late at which most was known; None before the first answer."""
        return self._filter.surest()

    async def _exchange(self) -> None:
        left = BURST
        try:
            while True:
                self._sequence += 1
                await self._channel.send(ClockPing(seq=self._sequence, t1=perf_counter_ns()))
                left = max(0, left - 1)
                await asyncio.sleep(_BURST_S if left else self._interval_s())
                if perf_counter_ns() - self._last_ns > _SILENCE_NS and not left and self._last_ns:
                    left = BURST
        except HeadsetVanished:
            return

    def _interval_s(self) -> float:
        is_settled = len(self._filter) >= _EAGER_SPANS and self._filter.chance_ns < _CHANCE_NS
        return _INTERVAL_S if is_settled else _EAGER_S

    def _pong(self, pong: ClockPong) -> None:
        received = perf_counter_ns()
        self._last_ns = received
        resets = self._filter.resets
        self._filter.add(Exchange(pong.t1, pong.t2, pong.t3, received))
        if self._filter.resets != resets:
            self.hindsight = Hindsight()
        if self.hindsight.wants(received) and (estimate := self.estimate(received)) is not None:
            self.hindsight.note(estimate)
        if pong.seq >= _ENOUGH:
            self._enough.set()
