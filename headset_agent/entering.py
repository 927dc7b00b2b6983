"""The ways into VR, tried in order until one works.

1. the page's own function, evaluated as if the wearer had pressed something,
2. a press of the mouse on the page's button,
3. a click of that button from within the page,
4. the wearer presses it: it is there, large, for as long as VR is not on.

The first three need DevTools; without them the last one is left. A browser that asks the wearer first makes
everybody wait, which is a state and no error. A wearer who says no is not asked in another way.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

import msgspec

from headset_agent.devtools import DevToolsError, Page

log = logging.getLogger(__name__)

CONSENT_AWAITED = "consent_awaited"
BUTTON_AWAITED = "button_awaited"

_EFFECT_S = 2.0
"""A way that has made the browser do nothing by then leads nowhere."""

_ASKED_S = 1.5
"""A browser that takes longer to enter VR has most likely asked the wearer."""

_LOOK_S = 0.1

_CENTRE = """(() => {
  const box = document.getElementById('enter').getBoundingClientRect();
  return box.width ? [box.x + box.width / 2, box.y + box.height / 2] : null;
})()"""


class NotInVr(Exception):
    """The page is not in VR; ``code`` is one of :class:`Failed`'s."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


class Immersion(Protocol):
    """What the page itself tells over its web socket."""

    @property
    def immersive(self) -> bool:
        """It is in VR."""

    async def wait_until_immersive(self) -> None:
        """Wait until it is."""


class VrState(msgspec.Struct, frozen=True):
    """What the page says of its way into VR.

    Attributes:
        immersive: It is in.
        asking: It has asked the browser, which has not answered yet.
        tries: So often it has asked.
        code: Why the last time failed; ``xr_gesture``: the browser saw nobody press anything.
        detail: The browser's own words.
    """

    immersive: bool = False
    asking: bool = False
    tries: int = 0
    code: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entering:
    """One attempt to bring a page into VR.

    Attributes:
        page: By DevTools.
        immersion: By its web socket.
        tell: Called with what the wearer is awaited for.
    """

    page: Page
    immersion: Immersion
    tell: Callable[[str], None]

    async def go(self) -> None:
        """Try the ways that need nobody, one after the other.

        Raises:
            NotInVr: none led into VR.
        """
        why = NotInVr("xr_gesture")
        for name, way in (("call", self._call), ("press", self._press), ("click", self._click)):
            try:
                if await self._try(way):
                    log.info("in VR by %s", name)
                    return
            except NotInVr as refused:
                if refused.code != "xr_gesture":
                    raise
                why = refused
            except DevToolsError as problem:
                why = NotInVr("devtools_refused", str(problem))
            log.info("no way into VR: %s (%s)", name, why)
        raise why

    async def _try(self, way: Callable[[], Awaitable[None]]) -> bool:
        """Go a way; True: in VR. False: it had no effect at all."""
        before = await self._state()
        if before.immersive:
            return True
        if before.code == "graphics":
            raise NotInVr(before.code, before.detail)  # it cannot draw, and does not ask
        if not before.asking:
            await way()
        return await self._outcome(before)

    async def _outcome(self, before: VrState) -> bool:
        began = asyncio.get_running_loop().time()
        told = False
        while True:
            now, passed = await self._state(), asyncio.get_running_loop().time() - began
            if now.immersive or self.immersion.immersive:
                return True
            if now.asking:
                if passed > _ASKED_S and not told:
                    told = True
                    self.tell(CONSENT_AWAITED)
            elif now.tries > before.tries or before.asking:
                raise NotInVr(now.code or "xr_refused", now.detail)
            elif passed > _EFFECT_S:
                return False
            await asyncio.sleep(_LOOK_S)

    async def _state(self) -> VrState:
        told = await self.page.evaluate("simkoffert.vrState()")
        try:
            return msgspec.convert(told, VrState)
        except msgspec.ValidationError as error:
            raise DevToolsError("exception", f"vrState: {error}") from error

    async def _call(self) -> None:
        # Not awaited: who wears the headset may be asked first, and takes their time.
        await self.page.evaluate("void simkoffert.enterVr()", user_gesture=True, await_promise=False)

    async def _press(self) -> None:
        centre = await self.page.evaluate(_CENTRE)
        match centre:
            case [int() | float() as x, int() | float() as y]:
                await self.page.click(x, y)

    async def _click(self) -> None:
        await self.page.evaluate("document.getElementById('enter').click()", user_gesture=True)


async def wait_for_the_wearer(immersion: Immersion, tell: Callable[[str], None]) -> None:
    """The last way: the wearer presses the page's button."""
    if not immersion.immersive:
        tell(BUTTON_AWAITED)
        await immersion.wait_until_immersive()
