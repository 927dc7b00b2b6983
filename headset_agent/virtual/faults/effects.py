"""What has to be done at the moment a fault begins, and when it ends.

Most parts of a headset ask :class:`ActiveFaults` whenever it concerns them. Here is the rest: connections
that have to be made anew, a browser that closes, a clock that jumps. What follows a ``yield`` heals; a
headset that ends meanwhile is not healed any more.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from typing import Protocol

from headset_agent.protocol.browsers import BROWSERS
from headset_agent.virtual.faults.kinds import (
    AdbRestart,
    AgentKilled,
    Asleep,
    BatteryDrain,
    BrowserGone,
    Cut,
    DeviceClose,
    Fault,
    NoShellV2,
    OneClient,
    SmallPayload,
    StorageFull,
    Unauthorised,
    WriteError,
    WrongClock,
)
from headset_agent.virtual.state import HeadsetState
from headset_agent.virtual.storage import HeadsetStorage

_AGAIN_S = 0.05


class Connections(Protocol):
    """The ADB daemon, as far as faults concern it."""

    def drop(self) -> None:
        """Break all connections."""

    def close_streams(self, begin: str) -> None:
        """Close the streams of all services whose names begin so."""

    async def go_down(self) -> None:
        """End, with all that its shells have started."""

    async def come_up(self) -> None:
        """Listen again where it did."""


class Trust(Protocol):
    """The wearer, asked whether a computer may connect."""

    def accept_waiting(self) -> bool:
        """Accept every computer that waits; False: none does."""


class Browser(Protocol):
    """The headset's browser."""

    async def close(self) -> None:
        """End it."""


class SettableClock(Protocol):
    """The clock of agent and page."""

    def jump(self, seconds: float) -> None:
        """Be ahead by so many seconds of what it would be without."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """The parts of one headset that faults touch, and how.

    Attributes:
        kill_agent: Kills every agent that runs.
        forbid_writing: Lets no agent that runs write into files, or lets it again.
    """

    adb: Connections
    trust: Trust
    state: HeadsetState
    storage: HeadsetStorage
    browser: Browser
    clock: SettableClock
    kill_agent: Callable[[], Awaitable[None]]
    forbid_writing: Callable[[bool], None]

    def of(self, fault: Fault) -> AbstractAsyncContextManager[None]:
        """What a fault does to the headset while it lasts."""
        match fault:
            case Unauthorised():
                return self._unauthorised()
            case OneClient() | SmallPayload() | NoShellV2():
                return self._other_connections()
            case Cut(after_bytes=0):
                return self._dropped()
            case AdbRestart():
                return self._adb_restart()
            case DeviceClose():
                self.adb.close_streams(fault.service)
            case AgentKilled():
                return self._agent_killed()
            case StorageFull():
                return self._storage_full(fault)
            case WriteError():
                return self._write_error()
            case WrongClock():
                return self._wrong_clock(fault)
            case BatteryDrain():
                return self._battery_drain(fault)
            case BrowserGone():
                return self._browser_gone()
            case Asleep():
                return self._asleep()
        return nullcontext()

    @asynccontextmanager
    async def _unauthorised(self) -> AsyncIterator[None]:
        self.adb.drop()
        yield
        self.trust.accept_waiting()

    @asynccontextmanager
    async def _other_connections(self) -> AsyncIterator[None]:
        """A connection is as it was made: it has to be made anew before and after."""
        self.adb.drop()
        yield
        self.adb.drop()

    @asynccontextmanager
    async def _dropped(self) -> AsyncIterator[None]:
        self.adb.drop()
        yield

    @asynccontextmanager
    async def _adb_restart(self) -> AsyncIterator[None]:
        await self.adb.go_down()
        yield
        await self.adb.come_up()

    @asynccontextmanager
    async def _agent_killed(self) -> AsyncIterator[None]:
        await self.kill_agent()
        again = asyncio.create_task(self._kill_again())
        try:
            yield
        finally:
            again.cancel()
            await asyncio.gather(again, return_exceptions=True)

    async def _kill_again(self) -> None:
        while True:
            await asyncio.sleep(_AGAIN_S)
            await self.kill_agent()

    @asynccontextmanager
    async def _storage_full(self, fault: StorageFull) -> AsyncIterator[None]:
        self.storage.leave(fault.free_bytes)
        yield
        self.storage.leave_as_before()

    @asynccontextmanager
    async def _write_error(self) -> AsyncIterator[None]:
        """File transfer asks the storage; the agent writes by itself, one that starts meanwhile as well."""
        forbidding = asyncio.create_task(self._forbid_again())
        try:
            yield
        finally:
            forbidding.cancel()
            await asyncio.gather(forbidding, return_exceptions=True)
            self.forbid_writing(False)

    async def _forbid_again(self) -> None:
        while True:
            self.forbid_writing(True)
            await asyncio.sleep(_AGAIN_S)

    @asynccontextmanager
    async def _wrong_clock(self, fault: WrongClock) -> AsyncIterator[None]:
        self.clock.jump(fault.offset_s)
        yield
        self.clock.jump(0.0)

    @asynccontextmanager
    async def _battery_drain(self, fault: BatteryDrain) -> AsyncIterator[None]:
        clock_s, before = self.state.clock_s, self.state.battery
        self.state.battery = before.drained(clock_s(), fault.percent, fault.seconds_per_percent)
        yield
        self.state.battery = before

    @asynccontextmanager
    async def _asleep(self) -> AsyncIterator[None]:
        self.state.is_put_down = True
        yield
        self.state.is_put_down = False

    @asynccontextmanager
    async def _browser_gone(self) -> AsyncIterator[None]:
        installed = self.state.packages
        gone = {name: installed.pop(name) for name in BROWSERS if name in installed}
        await self.browser.close()
        yield
        installed.update(gone)
