"""Keeps the headset awake for as long as a laptop asks for it; whatever that changed is put back always."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
from collections.abc import Sequence
from math import ceil
from pathlib import Path

from headset_agent.care.cleaner import CareBusy, Cleaner, JournalLock
from headset_agent.clock import Clock
from headset_agent.protocol.care import (
    JOURNAL,
    MAKE,
    READ,
    RESTORE,
    SENSE,
    SENSOR_REST_S,
    SENSOR_S,
    Change,
    read_journal,
    taken,
    wanted,
    write_journal,
)

log = logging.getLogger(__name__)

RENEW_S = SENSOR_S / 3
"""What expires by itself is renewed so often."""

FRESH_NS = 25_000_000_000
"""A laptop that has not asked again for so long does not keep another one's word from ending the session."""

_WAIT_S = 9.0
"""For a clean-up that is under way."""

_SCRIPT_S = 20.0


class Care:
    """The agent's part in looking after the headset.

    Nothing is changed before the journal names it and a clean-up process waits beside the agent.
    """

    def __init__(self, folder: Path, clock: Clock, *, renew_s: float = RENEW_S) -> None:
        """``folder``: the agent's run folder, where the journal lies."""
        self._journal = folder / JOURNAL
        self._lock = JournalLock(folder / "care.lock")
        self._clock = clock
        self._renew_s = renew_s
        self._turn = asyncio.Lock()
        self._asked_ns: dict[str, int] = {}
        self._cleaner: Cleaner | None = None
        self._former: Cleaner | None = None
        self._changes: list[Change] | None = None
        self._may_sleep = False
        self._mark = secrets.token_hex(4)
        self._sensed_ns: int | None = None
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Put back what a former agent has left, and go on renewing what expires, until :meth:`close`."""
        self._tasks = [
            asyncio.create_task(self._heal(), name="heal"),
            asyncio.create_task(self._renew(), name="renew care"),
        ]

    @property
    def is_busy(self) -> bool:
        """Something is being changed, or put back."""
        return self._turn.locked()

    async def keep_awake(self, client: str) -> list[Change]:
        """Keep it awake for a laptop; gives what is changed.

        Raises:
            CareBusy: a former agent's changes are still being put back; nothing was changed.
            OSError: there is no room for the journal, or no clean-up process; nothing was changed.
        """
        async with self._turn:
            self._asked_ns[client], self._may_sleep = self._clock(), False
            if self._changes is None:
                await self._prepare()
                await self._begin()
            return self._changes or []

    async def let_sleep(self, client: str) -> None:
        """A laptop's session is over; returns when all is as it was, unless another laptop's goes on.

        Raises:
            CareBusy: not all is back yet; it is tried again until it is.
            OSError: likewise.
        """
        async with self._turn:
            self._asked_ns.pop(client, None)
            self._may_sleep = True
            await self._put_back_unless_asked()

    async def close(self) -> None:
        """The agent ends: what is changed is put back by the clean-up process, which nobody waits for."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        try:
            await self._leave_to_cleaner()
        except OSError as error:
            log.warning("left to the next agent, or to the laptop: %s", error)
        self._lock.drop()

    # --- inside ------------------------------------------------------------------------------------------

    async def _leave_to_cleaner(self) -> None:
        """To another one where it was killed, as long as the journal is ours."""
        if self._lock.descriptor is not None and self._journal.exists():
            await self._ensure_cleaner()
        if self._cleaner is not None:
            self._cleaner.begin(self._rest_s())
            self._cleaner = None

    async def _heal(self) -> None:
        try:
            async with self._turn:
                await self._prepare()
        except (CareBusy, OSError) as error:
            log.warning("what a former agent has left: %s", error)

    async def _prepare(self) -> None:
        """What was changed before is put back before anything is changed anew."""
        await self._lock.take(_WAIT_S)
        if self._former is not None and not await self._former.ended(_WAIT_S):
            raise CareBusy("the clean-up process does not end")
        self._former = None
        if self._changes is None and self._journal.exists():
            log.info("putting back what has been left")
            await self._restore(self._rest_s())

    async def _restore(self, rest_s: int) -> None:
        """Put back what the journal names, by a program of our own.

        Raises:
            CareBusy: Android is not up, or did not answer; the journal is still there.
        """
        failed = await _shell(RESTORE, "restore", str(self._journal), str(rest_s))
        if failed and self._journal.exists():
            raise CareBusy("what was changed cannot be put back yet")

    async def _begin(self) -> None:
        changes = wanted(await _answer(READ))
        if changes is None:
            return  # asked again, it may be up
        try:
            self._changes = await self._change(changes) if changes else []
        except BaseException:
            await self._give_up()
            raise

    async def _give_up(self) -> None:
        """Put back what was begun; what cannot be put back at once is tried again later."""
        try:
            await self._put_back()
        except (CareBusy, OSError) as error:
            log.warning("what was begun is not back yet: %s", error)

    async def _change(self, changes: list[Change]) -> list[Change]:
        """Make changes; gives those that the headset has accepted, as they stand."""
        # Before the journal: what stands there is somebody's to put back.
        cleaner = await self._ensure_cleaner()
        self._write(changes, making=True)
        await self._tell(cleaner, MAKE)
        accepted = taken(await _answer(READ), changes)
        if accepted != changes:
            log.warning("accepted of %s: %s", changes, accepted)
        self._write(accepted)
        log.info("kept awake by: %s", [change.name for change in accepted])
        return accepted

    async def _tell(self, cleaner: Cleaner, word: str) -> None:
        self._sensed_ns = self._clock()
        await cleaner.do(word, _SCRIPT_S)
        self._sensed_ns = self._clock()

    async def _ensure_cleaner(self) -> Cleaner:
        if self._cleaner is None or not self._cleaner.waits:
            self._cleaner = await Cleaner.start(self._journal, self._lock)
        return self._cleaner

    def _write(self, changes: Sequence[Change], *, making: bool = False) -> None:
        """Write the journal, whole or not at all."""
        fresh = self._journal.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as stream:
            stream.write(write_journal(changes, self._mark, making=making))
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(self._journal)

    async def _put_back_unless_asked(self) -> None:
        """Another laptop may have been killed: what its word has kept is put back when it has grown old."""
        if all(self._clock() - asked_ns >= FRESH_NS for asked_ns in self._asked_ns.values()):
            self._asked_ns.clear()
            await self._put_back()

    async def _put_back(self) -> None:
        """Through the clean-up process, which does it the same way when the agent is killed."""
        self._changes = None
        self._former, self._cleaner = self._cleaner, None
        if self._former is not None:
            self._former.begin(self._rest_s())
            await self._former.ended(_WAIT_S)
        if self._journal.exists():
            await self._restore(self._rest_s())

    def _rest_s(self) -> int:
        """Whole seconds until the wear sensor may be freed."""
        if self._sensed_ns is None:
            return 0
        return max(0, ceil(SENSOR_REST_S - (self._clock() - self._sensed_ns) * 1e-9))

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(self._renew_s)
            try:
                async with self._turn:
                    await self._look_after()
            except (CareBusy, OSError) as error:
                log.warning("care is tried again: %s", error)

    async def _look_after(self) -> None:
        """What is not back is put back, what a former agent has left as well; what expires is made anew."""
        if self._may_sleep:
            await self._put_back_unless_asked()
        if self._changes:
            await self._renew_now(self._changes)
        elif self._changes is None and self._journal.exists():
            await self._prepare()

    async def _renew_now(self, changes: list[Change]) -> None:
        """What expires is made anew; what was to put all of it back is there, whoever has removed it."""
        if read_journal(_text(self._journal)) != changes:
            self._write(changes)
        cleaner = await self._ensure_cleaner()
        await self._tell(cleaner, SENSE)


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""


async def _answer(script: str) -> str:
    """What a script prints; what it complains of is passed over."""
    process = await asyncio.create_subprocess_exec(
        "sh",
        "-c",
        script,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(_SCRIPT_S):
            out, _ = await process.communicate()
    except BaseException:
        await _end(process)
        raise
    return out.decode(errors="replace")


async def _shell(script: str, *words: str) -> int:
    """Run a script; gives its exit code."""
    process = await asyncio.create_subprocess_exec(
        "sh", "-c", script, *words, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        async with asyncio.timeout(_SCRIPT_S):
            return await process.wait()
    except BaseException:
        await _end(process)
        raise


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.kill()
        await process.wait()
