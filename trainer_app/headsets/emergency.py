"""*Stopp alt* on a headset, directly: the shortest way there is, whoever leads it.

Everything else of this package stays unimported: the command line starts a process for this, and people wait.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Mapping

import msgspec

from headset_agent.protocol.browsers import BROWSERS
from headset_agent.protocol.messages import Role, StopNow, Stopped
from trainer_app.domain.playback_errors import HeadsetProblem, HeadsetVanished
from trainer_app.domain.stopping import StopOutcome
from trainer_app.headsets.agent.access import RUN, parse_access
from trainer_app.headsets.agent.channel import RequestFailed, open_channel
from trainer_app.headsets.emergency_call import Call
from trainer_app.headsets.emergency_notice import NoticedHeadset
from trainer_app.headsets.link import (
    AdbKey,
    HeadsetLink,
    LinkLost,
    RemoteFileError,
    Ways,
    is_missing,
    pull_bytes,
    run,
)
from trainer_app.headsets.manual.screen import end_noted
from trainer_app.headsets.tethered.link import TetheredLink

log = logging.getLogger(__name__)

_ANNOUNCEMENT = f"{RUN}/agent.json"

_ASK_S = 5.0
_ANSWER_S = 2.0
"""An agent that has not stopped its page by then is dead or hangs; it gives its page 0.4 s."""

_NOTICED_ANSWER_S = 0.8
"""The same where a notice may be wrong, and the headset itself is asked next."""


class EmergencyStop:
    """Stops headsets by their addresses.

    Args:
        key: This computer's.
        known: By address, agents that a notice tells of. What it says is tried and never believed.
    """

    def __init__(self, key: AdbKey, known: Mapping[str, NoticedHeadset] | None = None) -> None:
        self._ways = Ways(key)
        self._known = known or {}

    async def stop(self, address: str, *, by: str) -> StopOutcome:
        """Make a headset silent and dark.

        Where no agent runs nothing of ours can be playing, so there is nothing to stop. Where an agent should
        run and does not answer, or its page does not, the browser is ended.

        Raises:
            TrainerError: it was not reached.
        """
        link = await self._ways.connect(address, accept_timeout_s=_ASK_S)
        try:
            return await self.stop_over(link, address, by=by)
        finally:
            await link.close()

    async def stop_over(self, link: HeadsetLink, address: str, *, by: str) -> StopOutcome:
        """The same over a link that is there already. Raises HeadsetVanished."""
        try:
            return await self._stop(link, address, by)
        except LinkLost as error:
            raise HeadsetVanished(headset=address, detail=str(error)) from error

    async def _stop(self, link: HeadsetLink, address: str, by: str) -> StopOutcome:
        known = self._known.get(address)
        if known is not None and known.laptop_port:
            return StopOutcome(serial=known.serial, dark=await _darken_tethered(link, known, by))
        if known is not None:
            try:
                async with asyncio.timeout(_NOTICED_ANSWER_S):
                    dark = await _order(link, known.build, known.token, address, by)
            except (HeadsetProblem, RequestFailed, TimeoutError):
                pass  # another agent runs there by now, or none: the headset itself knows
            else:
                return StopOutcome(serial=known.serial, dark=dark or await _end_browser(link))
        dark = await _darken(link, address, by)
        # Its name comes last: a shell takes longer to start than all the rest.
        asked = await run(link, "getprop ro.serialno", timeout_s=_ASK_S)
        return StopOutcome(serial=asked.stdout.decode(errors="replace").strip() or address, dark=dark)


class CalledStop:
    """Stops directly whom a program that was called has not confirmed."""

    def __init__(self, call: Call, key: AdbKey) -> None:
        self._call = call
        self._direct = EmergencyStop(key, call.known)

    async def stop(self, address: str, *, by: str) -> StopOutcome:
        """Make a headset silent and dark; see :meth:`EmergencyStop.stop`."""
        self._call.collect()
        serial = self._call.confirmed.get(address)
        if serial is not None:
            return StopOutcome(serial=serial, dark=True)
        return await self._direct.stop(address, by=by)


async def _darken(link: HeadsetLink, address: str, by: str) -> bool:
    try:
        access = parse_access(await pull_bytes(link, _ANNOUNCEMENT))
    except RemoteFileError:
        # An agent that ends takes its announcement away; what cannot be read says nothing.
        if not await is_missing(link, _ANNOUNCEMENT):
            return await _end_browser(link)
        # A headset that has never had one may show a film in its own player.
        return await end_noted(link)
    except msgspec.DecodeError:
        return await _end_browser(link)
    dark = False
    with contextlib.suppress(HeadsetProblem, RequestFailed, TimeoutError):
        async with asyncio.timeout(_ANSWER_S):
            dark = await _order(link, access.build, access.token, address, by)
    return dark or await _end_browser(link)


async def _darken_tethered(link: HeadsetLink, known: NoticedHeadset, by: str) -> bool:
    """Its agent is on this computer, or was; a page that has lost it is dark, which nobody could confirm."""
    dark = False
    beside_us = TetheredLink(link, known.laptop_port)
    try:
        async with asyncio.timeout(_NOTICED_ANSWER_S):
            dark = await _order(beside_us, known.build, known.token, known.address, by)
    except (HeadsetProblem, RequestFailed, TimeoutError):
        log.info("the agent beside us of headset %s does not make it dark", known.serial)
    finally:
        # Also when the order has been confirmed in another way meanwhile, in the middle of a word.
        await beside_us.close()
    return dark or await _end_browser(link)


async def _order(link: HeadsetLink, build: str, token: str, address: str, by: str) -> bool:
    """Order an agent to stop; True when its page has said that it is silent and dark."""
    channel = await open_channel(link, Role.STOP, build=build, token=token, headset=address, holder=by)
    try:
        reply: Stopped = await channel.request(StopNow, wait_s=_ANSWER_S)
    finally:
        await channel.close()
    return reply.page


async def _end_browser(link: HeadsetLink) -> bool:
    """Agent or page do not answer, and the page may play on by itself: end the whole browser."""
    command = "; ".join(f"am force-stop {browser}" for browser in BROWSERS)
    return (await run(link, command, timeout_s=_ASK_S)).exit_code == 0
