"""Runs an agent beside the laptop's program, as long as that holds the other end of standard input.

``python -m headset_agent.tethered``, started by the laptop only; see :mod:`headset_agent.protocol.tether`
for what is said on standard input and output. It changes no setting of the headset and leaves nothing behind.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from pathlib import Path

from headset_agent.android import Android
from headset_agent.browser import HeadsetBrowser
from headset_agent.clock import make_clock
from headset_agent.control import ControlServer
from headset_agent.player import Player
from headset_agent.protocol.messages import HTTP_PORT
from headset_agent.protocol.playing import PlayMode
from headset_agent.protocol.tether import DEVTOOLS_VARIABLE, Begin, Serving
from headset_agent.tethered.lent_films import LentFilms
from headset_agent.tethered.parent import Parent
from headset_agent.web_server import WebServer

LOCALHOST = "127.0.0.1"

FINDS_BACK_S = 4.0
"""A page that has lost its agent tries again every two seconds and a half at the latest."""


class TetheredAgent:
    """One run of the agent: the parts of one on a headset, on ports that the system chooses."""

    def __init__(self, begin: Begin, parent: Parent) -> None:
        self.build = begin.build
        self.token = begin.token
        self.pid = os.getpid()
        self._parent = parent
        clock = make_clock()
        films = LentFilms(Path(begin.films) if begin.films else None)
        parent.on_lend = lambda lend: films.lend(lend.sha256, Path(lend.path))
        authority = f"{begin.host}:{HTTP_PORT}"
        player = Player(clock, lambda sha256: f"/film/{sha256}?token={begin.token}", tethered=True)
        browser = HeadsetBrowser(
            player=player,
            page_url=f"http://{authority}/?token={begin.token}",
            origin=f"http://{authority}",
            environment={DEVTOOLS_VARIABLE: begin.devtools},
            find_endpoints=parent.browsers,
            android=Android(parent.run),
            mode=PlayMode.TETHERED,
            finds_back_s=FINDS_BACK_S if begin.had_page else 0.0,
        )
        self._web = WebServer(
            host=LOCALHOST,
            port=0,
            authority=authority,
            token=begin.token,
            player=player,
            films=films,
            clock=clock,
        )
        self._control = ControlServer(
            host=LOCALHOST, port=0, agent=self, clock=clock, player=player, films=films, browser=browser
        )

    def ask_to_exit(self) -> None:
        """End the program soon."""
        self._parent.gone.set()

    async def run(self) -> None:
        """Serve until the program has ended."""
        await self._web.start()
        await self._control.start()
        self._parent.say(Serving(pid=self.pid, control_port=self._control.port, http_port=self._web.port))
        try:
            await self._parent.gone.wait()
        finally:
            await self._control.close()
            await self._web.close()


async def _serve() -> None:
    parent = Parent(sys.stdin.fileno(), sys.stdout.fileno())
    await TetheredAgent(await parent.begin(), parent).run()


def main() -> int:
    """Serve; return the exit code."""
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(name)s %(message)s")
    try:
        asyncio.run(_serve())
    except EOFError:
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
