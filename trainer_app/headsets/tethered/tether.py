"""A headset on a tether: its agent runs here, and a port of the headset leads to it through the cable."""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
from collections.abc import Sequence
from pathlib import Path

from headset_agent.protocol.messages import HTTP_PORT, Role
from headset_agent.protocol.tether import DEVTOOLS_VARIABLE, HOST_VARIABLE, Begin
from trainer_app.domain.filling import FilmToSend
from trainer_app.domain.link_errors import ReverseRefused
from trainer_app.domain.playback_errors import AgentWillNotStart, HeadsetProblem
from trainer_app.headsets.agent.access import AgentAccess
from trainer_app.headsets.agent.channel import open_channel
from trainer_app.headsets.agent.package import agent_package
from trainer_app.headsets.link import HeadsetLink, ReverseTunnel, reverse, run
from trainer_app.headsets.tethered.errands import Errands
from trainer_app.headsets.tethered.link import TetheredLink
from trainer_app.headsets.tethered.process import AgentProcess

log = logging.getLogger(__name__)

_ASK_S = 10.0
_ANSWER_S = 3.0
"""An agent on this computer that says nothing for so long hangs."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_ASK = f'echo "${{{HOST_VARIABLE}:-127.0.0.1}} ${{{DEVTOOLS_VARIABLE}:-}}"'
"""A virtual headset has a localhost of its own, and says where its browser is."""


class Tethers:
    """What all tethers of one program share.

    Args:
        films: The library's folder; its films need not be brought anywhere.
    """

    def __init__(self, films: Path | None = None) -> None:
        self.films = films
        self._tokens: dict[str, str] = {}
        self._begun: set[str] = set()

    def token_of(self, serial: str) -> str:
        """A headset's, as long as the program runs: by it a page finds its way back."""
        return self._tokens.setdefault(serial, secrets.token_urlsafe(32))

    def begins(self, serial: str) -> bool:
        """Whether an agent was started for it before; from now on one was."""
        was_there = serial in self._begun
        self._begun.add(serial)
        return was_there

    def library(self) -> list[str]:
        """The sha256 of each film that need not be brought; reads a folder."""
        if self.films is None or not self.films.is_dir():
            return []
        return [path.stem for path in self.films.iterdir() if _SHA256.fullmatch(path.stem)]


class Tether:
    """The tether of one connected headset; nothing runs before :meth:`ensure`.

    Attributes:
        lent: By sha256, the films that were lent.
    """

    def __init__(self, link: HeadsetLink, serial: str, tethers: Tethers) -> None:
        self.lent: dict[str, FilmToSend] = {}
        self._link = link
        self._serial = serial
        self._tethers = tethers
        self._errands = Errands(link)
        self._agent: AgentProcess | None = None
        self._tunnel: ReverseTunnel | None = None
        self._turn = asyncio.Lock()
        self._closed = False

    @property
    def access(self) -> AgentAccess | None:
        """What opens the way to the agent; None while none runs."""
        agent = self._agent
        if agent is None or agent.has_ended.is_set():
            return None
        return AgentAccess(
            token=self._tethers.token_of(self._serial),
            build=agent_package().build,
            pid=agent.serving.pid,
            laptop_port=agent.serving.control_port,
        )

    async def ensure(self, label: str) -> AgentAccess:
        """Have an agent run, and the headset's browser reach it.

        One that hangs is replaced: its page finds the way to the new one.

        Raises:
            AgentWillNotStart: it does not, or the headset cannot lead its browser here.
            LinkLost: the headset is gone.
        """
        async with self._turn:
            if self._closed:
                raise AgentWillNotStart(headset=label, detail="the headset was let go of")
            if not await self._answers(label):
                await self._start(label)
            assert self.access is not None
            return self.access

    async def films(self) -> dict[str, str]:
        """By sha256, the titles of all films that it can play; empty where that is not known."""
        titles = dict.fromkeys(await asyncio.to_thread(self._tethers.library), "")
        return titles | {sha256: film.title for sha256, film in self.lent.items()}

    async def lend(self, films: Sequence[FilmToSend]) -> None:
        """Lend films to the agent that runs. Raises HeadsetProblem."""
        assert self._agent is not None
        for film in films:
            await self._agent.lend(film.sha256, str(film.path))
            self.lent[film.sha256] = film

    async def end_agent(self) -> None:
        """End the agent; its page is silent and dark without it."""
        agent, self._agent = self._agent, None
        if agent is not None:
            await agent.end()

    async def close(self) -> None:
        """End all of it."""
        async with self._turn:
            self._closed = True
            await self.end_agent()
            await self._errands.close()
            if self._tunnel is not None and self._link.lost is None:
                await self._tunnel.close()

    async def _answers(self, label: str) -> bool:
        """True when one runs and welcomes us."""
        access = self.access
        if access is None:
            return False
        way = TetheredLink(self._link, access.laptop_port)
        try:
            async with asyncio.timeout(_ANSWER_S):
                channel = await open_channel(
                    way, Role.STORE, build=access.build, token=access.token, headset=label, holder=""
                )
                await channel.close()
        except (HeadsetProblem, TimeoutError) as error:
            log.info("the agent of headset %s beside us does not answer: %r", label, error)
            return False
        finally:
            await way.close()
        # It may have ended meanwhile.
        return self.access is not None

    async def _start(self, label: str) -> None:
        await self.end_agent()
        said = (await run(self._link, _ASK, timeout_s=_ASK_S)).stdout.decode(errors="replace")
        host, _, devtools = said.strip().partition(" ")
        begin = Begin(
            token=self._tethers.token_of(self._serial),
            build=agent_package().build,
            host=host or "127.0.0.1",
            devtools=devtools,
            films=str(self._tethers.films) if self._tethers.films is not None else "",
            had_page=self._tethers.begins(self._serial),
        )
        agent = self._agent = await AgentProcess.start(
            begin, label, lambda asked: self._errands.do(asked, lambda answer: agent.say(answer))
        )
        try:
            await self._connect(agent)
        except ReverseRefused as error:
            await self.end_agent()
            raise AgentWillNotStart(headset=label, detail=str(error)) from error
        except BaseException:
            await self.end_agent()
            raise

    async def _connect(self, agent: AgentProcess) -> None:
        for film in self.lent.values():
            await agent.lend(film.sha256, str(film.path))
        self._tunnel = await reverse(self._link, HTTP_PORT, agent.serving.http_port)
