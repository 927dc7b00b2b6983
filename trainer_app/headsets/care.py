"""Keeping one headset awake for a session: asks its agent, and puts back what a dead one has left.

The agent makes the changes and has its own clean-up process. Where no agent can run, only what is over by
itself is changed, again and again. What remains for the laptop are headsets on which neither runs any more:
restarted in between, or with all programs ended by a cable that was pulled.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from shlex import quote
from time import perf_counter_ns

from headset_agent.protocol.care import (
    FREE_AGAIN,
    JOURNAL,
    OVERRIDE_FOR_A_WHILE,
    RESTORE,
    SENSOR_S,
    write_journal,
)
from headset_agent.protocol.care_messages import CareNow, KeepAwake, LetSleep
from trainer_app.domain.playback_errors import (
    AgentFault,
    AgentNotStored,
    AgentWillNotStart,
    HeadsetVanished,
    NoRoomForAgent,
    RuntimeHasNoRoom,
    RuntimeMissing,
    RuntimeUnfit,
)
from trainer_app.headsets.agent.access import RUN
from trainer_app.headsets.agent.channel import Channel, RequestFailed
from trainer_app.headsets.agent.deploy import find
from trainer_app.headsets.care_journal import CareJournal
from trainer_app.headsets.link import HeadsetLink, LinkLost, LinkProblem, run

log = logging.getLogger(__name__)

_RESTORE_S = 20.0
_CHANGE_S = 30.0
"""A headset's ``settings`` is a program that takes a third of a second to start."""

_RENEW_NS = SENSOR_S * 1_000_000_000 // 3

_JOURNAL = f"{RUN}/{JOURNAL}"

_NO_AGENT = (
    RuntimeMissing,
    RuntimeUnfit,
    RuntimeHasNoRoom,
    NoRoomForAgent,
    AgentNotStored,
    AgentWillNotStart,
)
"""The headset is there, and no agent can run on it."""


class HeadsetCare:
    """The care of one connected headset.

    Args:
        open_store: Opens a connection to its agent that needs no lease; starts the agent if need be.
        journal: What this laptop remembers; None: nothing.
    """

    def __init__(
        self,
        link: HeadsetLink,
        serial: str,
        open_store: Callable[[], Awaitable[Channel]],
        journal: CareJournal | None,
    ) -> None:
        self._link = link
        self._serial = serial
        self._open_store = open_store
        self._journal = journal
        self._channel: Channel | None = None
        self._overridden_ns: int | None = None
        self._asking = asyncio.Lock()
        self._looked = False

    async def keep_awake(self) -> None:
        """Keep it awake; has to be said again and again.

        Raises:
            HeadsetProblem: it cannot be kept awake, or vanished.
        """
        async with self._asking:
            try:
                now = await self._ask(KeepAwake)
            except _NO_AGENT:
                await self._override_for_a_while()
                return
            if self._journal is not None and now.changes:
                await asyncio.to_thread(self._journal.note, self._serial, now.changes)

    async def let_sleep(self) -> None:
        """Put everything back; returns when it is.

        Nothing is asked of a headset that this laptop has not kept awake, now or before a break.

        Raises:
            HeadsetProblem: it is not known to be back.
        """
        async with self._asking:
            if self._overridden_ns is not None:
                self._overridden_ns = None
                await self._shell(FREE_AGAIN)
            if self._channel is None and not await self._is_kept_awake_by_us():
                return
            try:
                await self._ask(LetSleep)
            finally:
                await self._hang_up()
            if self._journal is not None:
                await asyncio.to_thread(self._journal.forget, self._serial)

    async def _is_kept_awake_by_us(self) -> bool:
        """By a connection that was lost, or by a former run of the program."""
        if self._journal is None or not await asyncio.to_thread(self._journal.of, self._serial):
            return False
        try:
            return await find(self._link) is not None
        except LinkLost as error:
            raise HeadsetVanished(headset=self._serial, detail=str(error)) from error

    async def heal(self) -> None:
        """Put back what was left on a headset on which no agent runs; looks once, and again until it is back.

        Raises:
            LinkLost: the connection is gone.
        """
        if self._looked:
            return
        ours = await asyncio.to_thread(self._journal.of, self._serial) if self._journal is not None else []
        left = write_journal(ours, secrets.token_hex(4)).encode() if ours else b""
        if not left and (await run(self._link, f"[ -f {_JOURNAL} ]", timeout_s=_RESTORE_S)).exit_code:
            self._looked = True
            return
        if await find(self._link) is None:
            await self._restore(left)
        else:
            self._looked = True  # the agent's own care, or another laptop's session

    async def close(self) -> None:
        """Let go of the connection; what is changed stays so until the agent has been without a laptop."""
        await self._hang_up()

    async def _restore(self, left: bytes) -> None:
        """``left``: what this laptop remembers, for a headset that remembers nothing."""
        take = f"[ -f {_JOURNAL} ] || {{ mkdir -p {RUN} && cat >{_JOURNAL}; }}; " if left else ""
        command = f"{take}exec sh -c {quote(RESTORE)} restore {_JOURNAL} 0"
        done = await run(self._link, command, stdin=left, timeout_s=_RESTORE_S)
        if done.exit_code:
            log.warning("headset %s is not as it was: %d %s", self._serial, done.exit_code, done.stderr[:200])
            return
        self._looked = True
        log.info("headset %s is as it was before a session that was broken off", self._serial)
        if self._journal is not None:
            await asyncio.to_thread(self._journal.forget, self._serial)

    async def _override_for_a_while(self) -> None:
        now_ns = perf_counter_ns()
        if self._overridden_ns is None or now_ns - self._overridden_ns >= _RENEW_NS:
            self._overridden_ns = now_ns
            await self._shell(OVERRIDE_FOR_A_WHILE)

    async def _shell(self, script: str) -> None:
        try:
            await run(self._link, script, timeout_s=_RESTORE_S)
        except LinkLost as error:
            raise HeadsetVanished(headset=self._serial, detail=str(error)) from error

    async def _ask(self, kind: type[KeepAwake] | type[LetSleep]) -> CareNow:
        if self._channel is not None and self._channel.lost is not None:
            await self._hang_up()
        try:
            if self._channel is None:
                self._channel = await self._open_store()
            answer: CareNow = await self._channel.request(kind, wait_s=_CHANGE_S)
        except RequestFailed as failed:
            raise AgentFault(headset=self._serial, code=failed.code, detail=failed.detail) from failed
        except LinkProblem as error:
            raise HeadsetVanished(headset=self._serial, detail=str(error)) from error
        return answer

    async def _hang_up(self) -> None:
        channel, self._channel = self._channel, None
        if channel is not None:
            await channel.close()
