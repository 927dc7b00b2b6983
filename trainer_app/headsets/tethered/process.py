"""The process of an agent on this computer: it is spoken to by its pipes, and ends with who started it."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import subprocess
import sys
from collections.abc import Callable
from typing import Any, Self

import msgspec

from headset_agent.protocol.patience import ended_within
from headset_agent.protocol.tether import (
    FROM_AGENT,
    Begin,
    FindBrowsers,
    Lend,
    Lent,
    RunCommand,
    Serving,
    line_of,
)
from trainer_app.domain.playback_errors import AgentFault, AgentWillNotStart
from trainer_app.tasks import TaskKeeper

log = logging.getLogger(__name__)

_COMMAND = (sys.executable, "-P", "-m", "headset_agent.tethered")
"""``-P``: wherever the program was started, nothing there passes for a module."""

_START_S = 40.0
_LEND_S = 20.0
_END_S = 3.0

Ask = Callable[[RunCommand | FindBrowsers], None]
"""Called with whatever the agent wants of the headset."""


class AgentProcess:
    """An agent that runs, until :meth:`end` or until it ends by itself.

    Attributes:
        serving: Its process id and ports.
        has_ended: Set when it has.
    """

    def __init__(self, process: asyncio.subprocess.Process, headset: str, on_ask: Ask) -> None:
        """Take over a process that was just started; see :meth:`start`."""
        self.has_ended = asyncio.Event()
        self._process = process
        self._headset = headset
        self._on_ask = on_ask
        self._ids = itertools.count(1)
        self._lending: dict[int, asyncio.Future[None]] = {}
        self._first: asyncio.Future[Serving] = asyncio.get_running_loop().create_future()
        self._tasks = TaskKeeper()
        self._tasks.spawn(self._read(), name=f"agent beside us, {headset}")
        self._tasks.spawn(self._pass_log_on(), name=f"log of the agent beside us, {headset}")

    @classmethod
    async def start(cls, begin: Begin, headset: str, on_ask: Ask) -> Self:
        """Start one.

        Raises:
            AgentWillNotStart: it did not.
        """
        try:
            process = await _spawn()
        except OSError as error:
            raise AgentWillNotStart(headset=headset, detail=str(error)) from error
        agent = cls(process, headset, on_ask)
        try:
            agent.say(begin)
            async with asyncio.timeout(_START_S):
                await agent._first
        except TimeoutError as error:
            await agent.end()
            raise AgentWillNotStart(headset=headset, detail="no word") from error
        except BaseException:
            await agent.end()
            raise
        return agent

    @property
    def serving(self) -> Serving:
        """Its process id and ports."""
        return self._first.result()

    def say(self, message: msgspec.Struct) -> None:
        """Send it a message; one that has ended hears nothing."""
        pipe = self._process.stdin
        if pipe is not None and not pipe.is_closing() and not self.has_ended.is_set():
            pipe.write(line_of(message))

    async def lend(self, sha256: str, path: str) -> None:
        """Lend it a film; returns when it is served.

        Raises:
            AgentWillNotStart: it has ended.
            AgentFault: it does not answer.
        """
        if self.has_ended.is_set():
            raise self._gone
        number = next(self._ids)
        done = self._lending[number] = asyncio.get_running_loop().create_future()
        try:
            self.say(Lend(id=number, sha256=sha256, path=path))
            async with asyncio.timeout(_LEND_S):
                await done
        except TimeoutError as error:
            raise AgentFault(headset=self._headset, code="lend", detail=sha256) from error
        finally:
            del self._lending[number]

    async def end(self) -> None:
        """End it: the end of its input is the end of it; by force when that takes too long."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        if not await ended_within(self._process.wait(), _END_S):
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()
        await self._tasks.close()

    # --- inside --------------------------------------------------------------------------------------

    async def _read(self) -> None:
        assert self._process.stdout is not None
        try:
            while line := await self._process.stdout.readline():
                self._take(line)
        except (msgspec.DecodeError, ValueError) as error:
            log.warning("the agent of headset %s beside us speaks strangely: %s", self._headset, error)
        self.has_ended.set()
        waiting: tuple[asyncio.Future[Any], ...] = (self._first, *self._lending.values())
        for one in waiting:
            if not one.done():
                one.set_exception(self._gone)
        if not self._first.cancelled():
            self._first.exception()  # read: who started it may have given up before

    @property
    def _gone(self) -> AgentWillNotStart:
        return AgentWillNotStart(headset=self._headset, detail="it has ended")

    def _take(self, line: bytes) -> None:
        match FROM_AGENT.decode(line):
            case Serving() as serving:
                if not self._first.done():
                    self._first.set_result(serving)
            case Lent(id=number):
                if number in self._lending and not self._lending[number].done():
                    self._lending[number].set_result(None)
            case RunCommand() | FindBrowsers() as asked:
                self._on_ask(asked)

    async def _pass_log_on(self) -> None:
        assert self._process.stderr is not None
        while True:
            try:
                line = await self._process.stderr.readline()
            except ValueError:
                # Longer than any of ours. It is dropped: who stops reading stops whoever writes.
                log.info("headset %s: a line too long for the log", self._headset)
                continue
            if not line:
                return
            log.info("headset %s: %s", self._headset, line.decode(errors="replace").rstrip())


async def _spawn() -> asyncio.subprocess.Process:
    if sys.platform == "win32":
        # Ctrl-C is for the program that leads: it stops the film first. No window of its own.
        flags = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
        return await asyncio.create_subprocess_exec(
            *_COMMAND,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            creationflags=flags,
        )
    return await asyncio.create_subprocess_exec(
        *_COMMAND,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
