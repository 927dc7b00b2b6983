"""Opens the player page in the headset's own browser and brings it into immersive VR without a click."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from headset_agent.android import Android, System
from headset_agent.devtools import DevTools, DevToolsError, Page
from headset_agent.devtools_offers import Offer, ask_all, survey
from headset_agent.entering import Entering, NotInVr, wait_for_the_wearer
from headset_agent.player import Player
from headset_agent.protocol.browsers import BROWSERS
from headset_agent.protocol.messages import OpenPlayer, PlayerOpen
from headset_agent.protocol.page_messages import PageHello
from headset_agent.protocol.playing import PlayMode
from headset_agent.protocol.tether import DEVTOOLS_VARIABLE

log = logging.getLogger(__name__)

SOCKETS = Path("/proc/net/unix")

_LISTED_S = 3.0
"""A page that has connected is listed by its browser within this."""

_LAST_LOOK_S = 3.0
"""Kept of the time to find out why no page came."""

_SAYING_S = 0.3
"""Kept of the time to say why VR was not entered."""

_WAYS_LEFT = ("no_devtools", "devtools_refused", "several_browsers", "xr_gesture")
"""With these the wearer's own press still leads into VR; with anything else nobody needs to press."""


class BrowserError(Exception):
    """The page could not be brought up; ``code`` is one of :class:`Failed`'s."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


class HeadsetBrowser:
    """The one page in the headset's browser.

    Attributes:
        on_wearer_awaited: Called with what somebody who wears the headset has to do (see ``entering``).
    """

    def __init__(
        self,
        *,
        player: Player,
        page_url: str,
        origin: str,
        environment: Mapping[str, str] = os.environ,
        sockets: Path = SOCKETS,
        android: System | None = None,
        find_endpoints: Callable[[], Awaitable[list[str]]] | None = None,
        mode: PlayMode = PlayMode.VR,
        finds_back_s: float = 0.0,
    ) -> None:
        """Take the page's whole address (with its token) and the part before the query.

        ``find_endpoints`` looks for DevTools in another way than by ``sockets``. ``finds_back_s``: a page of
        a former agent is waited for so long before one is opened, which would leave VR.
        """
        self._finds_back_s = finds_back_s
        self._find_endpoints = find_endpoints
        self._mode = mode
        self._android = android or Android()
        self._player = player
        self._page_url = page_url
        self._origin = origin
        self._devtools = environment.get(DEVTOOLS_VARIABLE, "")
        self._sockets = sockets
        self._opening = asyncio.Lock()
        self._package = ""
        self.on_wearer_awaited: Callable[[str], None] = lambda _what: None

    async def open(self, request: OpenPlayer) -> PlayerOpen:
        """Bring the page up and into VR; quick when it is already there.

        Raises:
            BrowserError: no browser, no page within the time, or no VR.
        """
        try:
            async with self._opening, asyncio.timeout(request.timeout_s):
                return await self._open(request)
        except TimeoutError as error:
            raise BrowserError("browser_silent", f"not up within {request.timeout_s} s") from error

    async def _open(self, request: OpenPlayer) -> PlayerOpen:
        ends = asyncio.get_running_loop().time() + request.timeout_s
        await self._bring_page(ends - _LAST_LOOK_S)
        hello = await self._player.wait_for_page()
        if not self._player.immersive:
            await self._enter_vr(hello, ends)
        return PlayerOpen(id=request.id, mode=self._mode, immersive=True, user_agent=hello.user_agent)

    # --- the page ------------------------------------------------------------------------------------

    async def _bring_page(self, until: float) -> None:
        if self._player.connected:
            if not self._player.immersive:
                await self._bring_to_front()
            return
        if await self._finds_back():
            return
        await self._launch()
        # Halfway is soon enough to look whether it sleeps: a browser that just takes its time is let alone.
        now = asyncio.get_running_loop().time()
        for deadline in (now + max(0.0, until - now) / 2, until):
            try:
                async with asyncio.timeout_at(deadline):
                    await self._player.wait_for_page()
                    return
            except TimeoutError:
                if deadline < until and await self._android.is_asleep():
                    await self._android.wake()
                    await self._launch()
        raise await self._why_no_page()

    async def _finds_back(self) -> bool:
        """Whether the page that a former agent has left comes to this one; waited for once."""
        patience_s, self._finds_back_s = self._finds_back_s, 0.0
        if not patience_s:
            return False
        try:
            async with asyncio.timeout(patience_s):
                await self._player.wait_for_page()
        except TimeoutError:
            return False
        return True

    async def _bring_to_front(self) -> None:
        """The page is there; its browser may lie behind something else, or the headset may sleep."""
        if self._devtools == "none":
            return
        if await self._android.is_asleep():
            await self._android.wake()
        if (package := await self._android.installed_browser()) is not None:
            self._package = package
            await self._android.bring_to_front(package)

    async def _launch(self) -> None:
        package = await self._android.installed_browser()
        if package is None:
            raise BrowserError("no_browser", "none of " + ", ".join(BROWSERS))
        self._package = package
        refusal = await self._android.open_address(package, self._page_url)
        if refusal:
            asleep = await self._android.is_asleep()
            raise BrowserError("headset_asleep" if asleep else "browser_closed", refusal)

    async def _why_no_page(self) -> BrowserError:
        """Look once more, now that it is too late: people are told what to do about it."""
        if await self._android.is_asleep():
            return BrowserError("headset_asleep", "its screen is off")
        try:
            for offer in await self._candidates():
                async with DevTools(offer.endpoint, timeout=1.0) as devtools:
                    for target in await devtools.targets():
                        if target.url.startswith((self._origin, "chrome-error:")):
                            return BrowserError("page_blocked", target.url.partition("?")[0])
        except (DevToolsError, NotInVr) as problem:
            return BrowserError("browser_silent", str(problem))
        return BrowserError("browser_silent", "the browser shows no such page")

    # --- VR ------------------------------------------------------------------------------------------

    async def _enter_vr(self, hello: PageHello, ends: float) -> None:
        if self._devtools == "none":
            await self._player.wait_until_entered()
            return
        deadline = ends - _SAYING_S
        why = await self._by_devtools(deadline)
        if why is not None:
            await self._by_hand(why, hello, deadline)

    async def _by_devtools(self, deadline: float) -> NotInVr | None:
        """Bring the page into VR from here; return why that does not go."""
        asked: list[str] = []

        def tell(what: str) -> None:
            asked.append(what)
            self.on_wearer_awaited(what)

        try:
            async with asyncio.timeout_at(deadline), self._page() as page:
                await page.bring_to_front()
                await Entering(page=page, immersion=self._player, tell=tell).go()
        except TimeoutError:
            return NotInVr("consent_unanswered" if asked else "browser_silent", "no answer in time")
        except NotInVr as failed:
            return failed
        except DevToolsError as problem:
            return NotInVr("devtools_refused", str(problem))
        return None

    async def _by_hand(self, why: NotInVr, hello: PageHello, deadline: float) -> None:
        """Leave it to the wearer, where their press still leads into VR."""
        if not self._player.connected:
            raise BrowserError("page_gone", why.detail)
        if why.code not in _WAYS_LEFT:
            raise BrowserError(why.code, why.detail)
        if not hello.xr:
            raise BrowserError("xr_unsupported", hello.user_agent)
        log.info("the wearer has to press the button: %s", why)
        try:
            async with asyncio.timeout_at(deadline):
                await wait_for_the_wearer(self._player, self.on_wearer_awaited)
        except TimeoutError as error:
            code = "button_unpressed" if why.code == "xr_gesture" else why.code
            raise BrowserError(code, why.detail) from error

    @asynccontextmanager
    async def _page(self) -> AsyncIterator[Page]:
        """Connect to our page in the right browser."""
        offer, known = await self._browser_of_page()
        async with DevTools(offer.endpoint) as devtools:
            await devtools.grant(self._origin)
            async with await devtools.page(self._page_url, timeout=0.0 if known else _LISTED_S) as page:
                yield page

    async def _browser_of_page(self) -> tuple[Offer, bool]:
        """Which browser shows our page, and whether it has said so."""
        candidates = await self._candidates()
        if len(candidates) == 1:
            return candidates[0], False
        showing = [offer for offer in candidates if await self._shows_page(offer)]
        ours = [offer for offer in showing if offer.package == self._package] or showing
        if len(ours) == 1:
            return ours[0], True
        raise NotInVr("several_browsers", ", ".join(offer.endpoint for offer in candidates))

    async def _shows_page(self, offer: Offer) -> bool:
        try:
            async with DevTools(offer.endpoint, timeout=2.0) as devtools:
                return any(target.url.startswith(self._page_url) for target in await devtools.targets())
        except DevToolsError:
            return False

    async def _candidates(self) -> list[Offer]:
        """The browsers that offer DevTools; pages within other apps (WebViews) are none of them.

        Raises:
            NotInVr: there is none, or none speaks.
        """
        if self._devtools == "none":
            return []
        if self._devtools:
            return [Offer(endpoint=self._devtools, speaks=True)]
        offers = await self._survey()
        speaking = [offer for offer in offers if offer.speaks and offer.package in ("", *BROWSERS)]
        if not speaking:
            refused = [offer.endpoint for offer in offers if not offer.speaks]
            raise NotInVr("devtools_refused" if refused else "no_devtools", ", ".join(refused))
        return speaking

    async def _survey(self) -> list[Offer]:
        if self._find_endpoints is None:
            return await survey(self._sockets)
        return await ask_all(await self._find_endpoints())
