"""The line to the program that started this agent: standard input and output, one JSON object a line.

Standard input is read by a thread, because on Windows no loop can wait for such a pipe.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import os
import threading
from collections.abc import Callable
from typing import Any

import msgspec

from headset_agent.protocol.lines import LineBuffer, LineTooLong
from headset_agent.protocol.tether import (
    TO_AGENT,
    Begin,
    Browsers,
    FindBrowsers,
    Lend,
    Lent,
    Output,
    RunCommand,
    line_of,
)

log = logging.getLogger(__name__)

_READ_SIZE = 1 << 16
_ASK_S = 40.0
"""The program itself waits half as long for a headset."""


class Parent:
    """What is asked of the program, and what it says.

    Attributes:
        gone: Set when it has ended, or has closed the line.
        on_lend: Called with every film that it lends.
    """

    def __init__(self, reading: int, writing: int) -> None:
        """Take the descriptors of the two pipes; needs a running loop."""
        self.gone = asyncio.Event()
        self.on_lend: Callable[[Lend], None] = lambda _film: None
        self._writing = writing
        self._loop = asyncio.get_running_loop()
        self._ids = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._begin: asyncio.Future[Begin] = self._loop.create_future()
        threading.Thread(target=self._read, args=(reading,), name="parent", daemon=True).start()

    async def begin(self) -> Begin:
        """Wait for the first line.

        Raises:
            EOFError: there was none.
        """
        return await self._begin

    def say(self, message: msgspec.Struct) -> None:
        """Send a message; a program that is gone hears nothing."""
        try:
            os.write(self._writing, line_of(message))
        except OSError as error:
            log.info("nobody listens any more: %s", error)
            self.gone.set()

    async def run(self, *words: str) -> str:
        """Have a command run on the headset; gives what it printed, nothing where no answer comes."""
        answer: Output | None = await self._ask(lambda number: RunCommand(id=number, words=list(words)))
        return answer.text if answer is not None else ""

    async def browsers(self) -> list[str]:
        """Where something on the headset may offer DevTools; nowhere where no answer comes."""
        answer: Browsers | None = await self._ask(lambda number: FindBrowsers(id=number))
        return answer.endpoints if answer is not None else []

    async def _ask(self, make: Callable[[int], msgspec.Struct]) -> Any:
        number = next(self._ids)
        answer = self._waiting[number] = self._loop.create_future()
        try:
            self.say(make(number))
            async with asyncio.timeout(_ASK_S):
                return await answer
        except TimeoutError:
            log.warning("the program did not answer within %s s", _ASK_S)
            return None
        finally:
            del self._waiting[number]

    # --- the thread ----------------------------------------------------------------------------------

    def _read(self, reading: int) -> None:
        lines = LineBuffer()
        # A loop that is closed needs no news: the program is on its way out.
        with contextlib.suppress(RuntimeError):
            try:
                while data := os.read(reading, _READ_SIZE):
                    for line in lines.feed(data):
                        self._loop.call_soon_threadsafe(self._take, line)
            except (OSError, LineTooLong) as error:
                log.info("the line to the program broke: %s", error)
            self._loop.call_soon_threadsafe(self._ended)

    # --- the loop ------------------------------------------------------------------------------------

    def _take(self, line: bytes) -> None:
        try:
            message = TO_AGENT.decode(line)
        except msgspec.DecodeError as error:
            log.warning("the program sent something else: %s", error)
            return
        match message:
            case Begin():
                if not self._begin.done():
                    self._begin.set_result(message)
            case Lend():
                self.on_lend(message)
                self.say(Lent(id=message.id))
            case Output() | Browsers():
                waiting = self._waiting.get(message.id)
                if waiting is not None and not waiting.done():
                    waiting.set_result(message)

    def _ended(self) -> None:
        self.gone.set()
        if not self._begin.done():
            self._begin.set_exception(EOFError("the program said nothing"))
            self._begin.exception()  # read: nobody may be waiting for it
