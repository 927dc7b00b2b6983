"""The two players a virtual headset can have, behind one port."""

from __future__ import annotations

from typing import Protocol

import msgspec

from headset_agent.clock import SKEW_VARIABLE, make_clock
from headset_agent.devtools import DevToolsError
from headset_agent.virtual.browser import BrowserFailed, BrowserMissing, VirtualBrowser
from headset_agent.virtual.errors import HeadsetStartError
from headset_agent.virtual.faults.active import ActiveFaults
from headset_agent.virtual.npm import PackageMissing
from headset_agent.virtual.simulated_player import SimulatedPlayer
from headset_agent.virtual.skew import ClockSkew, SteeredClock

SIMULATED = "simulated"
CHROMIUM = "chromium"
KINDS = (SIMULATED, CHROMIUM)

FRAME_RATE = 6
"""How often a browser may draw, per second, when it has the machine to itself or shares it with one other."""


def shared_frame_rate(browsers: int) -> int:
    """How often each of several browsers on one machine may draw, so that their films still get a turn."""
    return max(1, min(FRAME_RATE, 2 * FRAME_RATE // max(1, browsers)))


class PlayerFailed(Exception):
    """The browser did not open the page; the text says what it said."""


class Player(Protocol):
    """The headset's browser, as Android's commands and an observer see it."""

    @property
    def devtools(self) -> str | None:
        """``host:port`` of the browser's DevTools; None when it has none."""

    async def start(self) -> None:
        """Get ready before the headset is announced.

        Raises:
            HeadsetStartError: the browser is missing or does not start.
        """

    async def open(self, url: str) -> None:
        """Show an address.

        Raises:
            PlayerFailed: the browser cannot.
        """

    async def close(self) -> None:
        """End the browser. :meth:`open` starts it again."""

    def observe(self) -> dict[str, object]:
        """What can be seen from outside, on this machine's own clock."""


class SimulatedBrowser:
    """A player that is nothing but a clock which follows the plan."""

    def __init__(self, clock: SteeredClock, wearer: int, faults: ActiveFaults) -> None:
        """Keep the player's time by the headset's clock; a wearer of its own turns the head."""
        self._player = SimulatedPlayer(make_clock({SKEW_VARIABLE: clock.value}), wearer, faults)

    @property
    def devtools(self) -> str | None:
        """It has none: the page it stands for is opened by ``am start`` only."""
        return None

    async def start(self) -> None:
        """Nothing to start."""

    async def open(self, url: str) -> None:
        """Connect to the agent as its page would."""
        await self._player.open(url)

    async def close(self) -> None:
        """Disconnect."""
        await self._player.close()

    def observe(self) -> dict[str, object]:
        """The player's position and state by this machine's clock."""
        return {"player": SIMULATED, **msgspec.to_builtins(self._player.observe())}


class ChromiumPlayer:
    """A real Chromium with an emulated WebXR headset."""

    def __init__(self, skew: ClockSkew | None, frame_rate: int, *, blind: bool = False) -> None:
        """Prepare; nothing runs yet. ``blind``: it plays films and draws nothing."""
        self._browser = VirtualBrowser(skew=skew, frame_rate=frame_rate, blind=blind)
        self._runs = False

    @property
    def devtools(self) -> str | None:
        """Where DevTools listen while the browser runs; it keeps its port when it is started again."""
        return self._browser.devtools or None

    async def start(self) -> None:
        """Start the browser."""
        try:
            await self._browser.start()
        except (BrowserMissing, BrowserFailed, PackageMissing) as error:
            raise HeadsetStartError(f"The headset's browser does not start: {error}") from error
        self._runs = True

    async def open(self, url: str) -> None:
        """Show an address, starting the browser first when it was ended."""
        try:
            if not self._runs:
                await self.start()
            await self._browser.open(url)
        except (HeadsetStartError, DevToolsError, TimeoutError, OSError) as error:
            raise PlayerFailed(str(error)) from error

    async def close(self) -> None:
        """End the browser with all its processes."""
        self._runs = False
        await self._browser.close()

    def observe(self) -> dict[str, object]:
        """Where to look; the observer reads the page itself, in an isolated world."""
        return {"player": CHROMIUM, "devtools": self.devtools}
