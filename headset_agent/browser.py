"""Opens the player page in the headset's own browser and brings it into immersive VR without a click."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Mapping

from headset_agent.devtools import DevTools, DevToolsError, discover
from headset_agent.player import Player
from headset_agent.protocol.browsers import BROWSERS
from headset_agent.protocol.messages import OpenPlayer, PlayerOpen, PlayMode

log = logging.getLogger(__name__)

DEVTOOLS_VARIABLE = "SIMKOFFERT_DEVTOOLS"
"""``tcp:HOST:PORT`` or ``none``; set by a virtual headset, whose browser has no abstract socket."""


_ANSWERED = ("refused", "exception")
"""Codes of a browser that is there and will not; with all others nothing has answered."""


class BrowserError(Exception):
    """The page could not be brought up; ``code`` is one of :class:`Failed`'s."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


class HeadsetBrowser:
    """The one page in the headset's browser."""

    def __init__(
        self,
        *,
        player: Player,
        page_url: str,
        origin: str,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        """Take the page's whole address (with its token) and the part before the query."""
        self._player = player
        self._page_url = page_url
        self._origin = origin
        self._devtools = environment.get(DEVTOOLS_VARIABLE, "")
        self._opening = asyncio.Lock()

    async def open(self, request: OpenPlayer) -> PlayerOpen:
        """Bring the page up and into VR; quick when it is already there.

        Raises:
            BrowserError: no browser, no page within the time, or VR refused.
        """
        try:
            async with self._opening, asyncio.timeout(request.timeout_s):
                return await self._open(request)
        except TimeoutError as error:
            raise BrowserError("browser_silent", f"no page within {request.timeout_s} s") from error
        except DevToolsError as error:
            code = "xr_refused" if error.code in _ANSWERED else "browser_silent"
            raise BrowserError(code, str(error)) from error

    async def _open(self, request: OpenPlayer) -> PlayerOpen:
        if not self._player.connected:
            await self._launch()
        hello = await self._player.wait_for_page()
        if not self._player.immersive:
            await self._enter_vr(request.timeout_s)
        return PlayerOpen(id=request.id, mode=PlayMode.VR, immersive=True, user_agent=hello.user_agent)

    async def _launch(self) -> None:
        package = await _installed_browser()
        command = ("am", "start", "-p", package, "-a", "android.intent.action.VIEW", "-d", self._page_url)
        output = await _run(*command)
        if "Error" in output:
            raise BrowserError("no_browser", output.strip())

    async def _enter_vr(self, timeout_s: float) -> None:
        if self._devtools == "none":
            await self._player.wait_until_immersive()
            return
        async with DevTools(await self._endpoint()) as devtools:
            await devtools.grant(self._origin)
            async with await devtools.page(self._page_url) as page:
                await page.bring_to_front()
                # Whoever wears the headset may have to be asked first, and take their time.
                result = await page.evaluate("simkoffert.enterVr()", user_gesture=True, timeout=timeout_s)
        if not isinstance(result, dict) or not result.get("immersive"):
            code = result.get("code", "xr_refused") if isinstance(result, dict) else "xr_refused"
            raise BrowserError(str(code), str(result))

    async def _endpoint(self) -> str:
        if self._devtools:
            return self._devtools
        endpoints = await discover()
        if not endpoints:
            raise BrowserError("browser_silent", "no browser offers DevTools")
        return endpoints[0]


async def _installed_browser() -> str:
    listed = {
        line.removeprefix("package:").strip() for line in (await _run("pm", "list", "packages")).split("\n")
    }
    for package in BROWSERS:
        if package in listed:
            return package
    raise BrowserError("no_browser", "none of " + ", ".join(BROWSERS))


async def _run(*command: str) -> str:
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    log.info("%s: %s", command[:2], output)
    return output.decode(errors="replace")
