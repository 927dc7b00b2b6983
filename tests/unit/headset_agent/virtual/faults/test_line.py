"""A narrow line is one line, however many connections go over it."""

from __future__ import annotations

import asyncio
import random
import socket
from contextlib import ExitStack
from time import perf_counter

from headset_agent.virtual.faults.active import ActiveFaults
from headset_agent.virtual.faults.kinds import SlowLink
from headset_agent.virtual.faults.line import FaultyChannel

_BYTES = 20_000
_ALONE_S = 0.1


async def test_connections_of_one_headset_share_its_narrow_line() -> None:
    faults = ActiveFaults()
    faults.put(SlowLink(bytes_per_s=round(_BYTES / _ALONE_S), delay_ms=0))
    with ExitStack() as stack:
        channels = []
        for _ in range(3):
            ours, theirs = map(stack.enter_context, socket.socketpair())
            theirs.sendall(bytes(_BYTES))
            channels.append(FaultyChannel(ours, faults, random.Random(1)))

        async def take_all(channel: FaultyChannel) -> None:
            left = _BYTES
            while left:
                left -= await channel.receive_into(memoryview(bytearray(left)))

        began = perf_counter()
        await asyncio.gather(*map(take_all, channels), channels[0].send(b"", bytes(_BYTES)))
        # A slow machine takes longer; no machine is done sooner, but for the clock's grain.
        assert perf_counter() - began > 3.9 * _ALONE_S
