"""Taking the lead of a headset: its lease may still be that of a program that is gone."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from time import perf_counter_ns

from trainer_app.headsets.agent.channel import Channel, LeaseHeld, busy

_LEASE_WAIT_S = 8.0


async def lead(open_control: Callable[[], Awaitable[Channel]], label: str) -> Channel:
    """Open the control stream and take the lease; wait a little for that of a program that is gone.

    Raises:
        HeadsetBusy: somebody leads it who is there.
    """
    give_up = perf_counter_ns() + round(_LEASE_WAIT_S * 1e9)
    while True:
        try:
            return await open_control()
        except LeaseHeld as held:
            if not held.retry_ms or perf_counter_ns() > give_up:
                raise busy(held, label) from held
            await asyncio.sleep(held.retry_ms / 1e3 + 0.05)
