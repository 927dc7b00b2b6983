"""Where a program that leads headsets takes *Stopp alt* from ``simkoffert stop``: it is there first.

It listens on this machine only; its notice (see ``emergency_notice``) tells the port and the secret words.
One line of JSON asks; a line says that the order is taken, then one line a headset what became of it.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import logging
import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Protocol

import msgspec
import psutil

from headset_agent.protocol.reading import JsonReader
from trainer_app.domain.playback_errors import HeadsetProblem, PlaybackStopped
from trainer_app.headsets.agent.access import AgentAccess
from trainer_app.headsets.emergency_notice import Notice, NoticedHeadset, post, posted

log = logging.getLogger(__name__)

_ASK_S = 5.0
"""A connection that has not asked by then is closed."""

_LAST_ANSWERS_S = 1.0


class _Order(msgspec.Struct, frozen=True):
    ask: str
    addresses: list[str] | None


_ORDER: JsonReader[_Order] = JsonReader(_Order)


class Led(Protocol):
    """A headset that is led."""

    @property
    def label(self) -> str:
        """How people know it."""

    @property
    def serial(self) -> str:
        """Its own serial number."""

    @property
    def access(self) -> AgentAccess | None:
        """What opens the way to its agent; None: it has none, or not yet."""

    async def stop(self) -> bool:
        """Stop it; True when it is known to be silent and dark."""

    def drop_out(self, problem: HeadsetProblem) -> None:
        """It cannot go on."""


class EmergencySwitch:
    """Listens for *Stopp alt* as long as a group of headsets is led; ``by`` is who will have used it."""

    def __init__(self, *, by: str) -> None:
        self._led: dict[str, Led] = {}
        self._by = by
        self._ask = secrets.token_urlsafe(32)
        self._answer = secrets.token_urlsafe(32)
        self._under_way: Callable[[], bool] = lambda: False
        self._server: asyncio.Server | None = None
        self._file: Path | None = None
        self._posting = asyncio.Lock()
        self._serving: set[asyncio.Task[None]] = set()

    async def lead(self, address: str, member: Led) -> None:
        """A headset is led from now on, by the address at which the user knows it."""
        self._led[address] = member
        await self._post()

    async def open(self, folder: Path, under_way: Callable[[], bool]) -> None:
        """Listen, and put the notice up; those of programs that are gone are taken down.

        Where that is not possible *Stopp alt* takes the direct way: longer, but it works.

        Args:
            folder: Where notices go.
            under_way: Tells whether the group has a film, from which a stopped headset drops out.
        """
        self._under_way = under_way
        try:
            self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        except OSError as error:
            log.warning("no port for the emergency stop: %s", error)
            return
        self._file = folder / f"{os.getpid()}-{secrets.token_hex(4)}.json"
        await asyncio.to_thread(_clear, folder)
        await self._post()

    async def close(self) -> None:
        """Take the notice down and listen no longer; answers that are on their way still go out."""
        async with self._posting:
            if self._file is not None:
                await asyncio.to_thread(_take_down, self._file)
                self._file = None
        if self._server is not None:
            self._server.close()
        if self._serving:
            await asyncio.wait(self._serving, timeout=_LAST_ANSWERS_S)
        for task in self._serving:
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)

    async def _post(self) -> None:
        async with self._posting:
            if self._file is None or self._server is None:
                return
            port = self._server.sockets[0].getsockname()[1]
            headsets = tuple(_noticed(self._led))
            notice = Notice(os.getpid(), port, self._ask, self._answer, headsets)
            try:
                await asyncio.to_thread(post, self._file, notice)
            except OSError as error:
                log.warning("no notice for the emergency stop: %s", error)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._serving.add(task)
        try:
            await self._serve(reader, writer)
        except (OSError, ValueError, TimeoutError) as error:
            log.info("a call that was no stop: %r", error)
        except asyncio.CancelledError:
            # By close(); the streams' own callback would log a cancelled task as an error.
            log.debug("a call ended with the group")
        finally:
            self._serving.discard(task)
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with asyncio.timeout(_ASK_S):
            order = _ORDER.decode(await reader.readline())
        if not hmac.compare_digest(order.ask.encode(), self._ask.encode()):
            raise ValueError("a wrong word")
        asked = self._led if order.addresses is None else self._led.keys() & set(order.addresses)
        stopping = [asyncio.create_task(self._stop(address, writer)) for address in asked]
        self._say(writer, {"taken": True})
        # Whoever asked may hang up: the order stands.
        await asyncio.gather(*stopping)

    async def _stop(self, address: str, writer: asyncio.StreamWriter) -> None:
        member = self._led[address]
        stopping = asyncio.create_task(member.stop(), name=f"switched off {address}")
        if self._under_way():
            # Also before it has the film: what the group was about to do with it is over.
            member.drop_out(PlaybackStopped(headset=member.label, by=self._by))
        self._say(writer, {"address": address, "dark": await stopping})

    def _say(self, writer: asyncio.StreamWriter, what: dict[str, object]) -> None:
        if not writer.is_closing():
            writer.write(msgspec.json.encode({"answer": self._answer, **what}) + b"\n")


def _noticed(led: Mapping[str, Led]) -> Iterator[NoticedHeadset]:
    for address, member in led.items():
        if (access := member.access) is not None:
            yield NoticedHeadset(address, member.serial, access.token, access.build, access.laptop_port)


def _clear(folder: Path) -> None:
    """Take down what programs left that were killed."""
    for file, notice in posted(folder):
        if not psutil.pid_exists(notice.pid):
            _take_down(file)


def _take_down(file: Path) -> None:
    # A notice that stays does no harm: nobody listens at its port, and agents judge its tokens themselves.
    with contextlib.suppress(OSError):
        file.unlink(missing_ok=True)
