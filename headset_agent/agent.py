"""The agent as a whole: builds its parts, runs them, ends when it is asked to or nobody needs it any more."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from headset_agent.browser import HeadsetBrowser
from headset_agent.care.keeping import Care
from headset_agent.clock import Clock
from headset_agent.control import ControlServer
from headset_agent.films import FilmStore
from headset_agent.player import Player, is_moving
from headset_agent.protocol.messages import CONTROL_PORT, HTTP_PORT
from headset_agent.web_server import WebServer

log = logging.getLogger(__name__)

ALONE_NS = 15 * 60 * 1_000_000_000
"""Without a laptop for so long, and with no film running, the agent restores the headset and exits."""

_WATCH_S = 5.0


class Start(msgspec.Struct, frozen=True, kw_only=True):
    """What the laptop hands over on standard input (never in arguments, which every app could read)."""

    token: str
    build: str


class Running(msgspec.Struct, frozen=True, kw_only=True):
    """What lies in ``agent.json`` (mode 0600) while the agent runs, for whoever has a shell here.

    Another program of the same laptop, or a laptop that lost its memory, finds the agent and its token in it:
    whoever may run a shell on the headset may do anything there anyway.
    """

    pid: int
    token: str
    build: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where the agent lives, and for how long without a laptop."""

    host: str
    films: Path
    run: Path
    alone_ns: int = ALONE_NS


class Agent:
    """One run of the agent."""

    def __init__(self, settings: Settings, start: Start, clock: Clock) -> None:
        self.build = start.build
        self.token = start.token
        self.pid = os.getpid()
        self._settings = settings
        self._clock = clock
        self._exit = asyncio.Event()
        self._needed_ns = clock()
        origin = f"http://{settings.host}:{HTTP_PORT}"
        films = FilmStore(settings.films)
        self._player = Player(clock, lambda sha256: f"/film/{sha256}?token={start.token}")
        browser = HeadsetBrowser(
            player=self._player, page_url=f"{origin}/?token={start.token}", origin=origin
        )
        self._care = Care(settings.run, clock)
        self._web = WebServer(
            host=settings.host,
            port=HTTP_PORT,
            token=start.token,
            player=self._player,
            films=films,
            clock=clock,
        )
        self._control = ControlServer(
            host=settings.host,
            port=CONTROL_PORT,
            agent=self,
            clock=clock,
            player=self._player,
            films=films,
            browser=browser,
            care=self._care,
        )

    def ask_to_exit(self) -> None:
        """End the program soon."""
        self._exit.set()

    async def run(self, ready: Callable[[], None]) -> None:
        """Serve until asked to exit; ``ready`` is called once the ports listen.

        Raises:
            OSError: a port is taken.
        """
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, self.ask_to_exit)
        await self._web.start()
        await self._control.start()
        self._announce()
        self._care.start()
        ready()
        try:
            await self._until_exit()
        finally:
            self._announcement.unlink(missing_ok=True)
            await self._control.close()
            await self._care.close()
            await self._web.close()

    @property
    def _announcement(self) -> Path:
        return self._settings.run / "agent.json"

    def _announce(self) -> None:
        fresh = self._announcement.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(msgspec.json.encode(Running(pid=self.pid, token=self.token, build=self.build)))
        fresh.replace(self._announcement)

    async def _until_exit(self) -> None:
        watch_s = min(_WATCH_S, self._settings.alone_ns * 1e-9 / 2)
        while not self._exit.is_set():
            try:
                async with asyncio.timeout(watch_s):
                    await self._exit.wait()
            except TimeoutError:
                if self._abandoned():
                    log.info("no laptop for %.1f s: exiting", self._settings.alone_ns * 1e-9)
                    return

    def _abandoned(self) -> bool:
        """True when there has been no laptop for too long, counted from the end of a film that ran alone.

        A connection that is open and silent may be of a laptop that went without a word, as over Wi-Fi: it is
        waited for twice as long.
        """
        now = self._clock()
        if is_moving(self._player.report):
            self._needed_ns = now
        patience_ns = self._settings.alone_ns * (2 if self._control.connections else 1)
        alone_ns = now - max(self._needed_ns, self._control.last_contact_ns)
        # What is being put back is waited for, but not for ever: it may hang, and others put it back as well.
        return alone_ns > patience_ns * (2 if self._care.is_busy else 1)
