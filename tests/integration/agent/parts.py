"""The agent's servers inside the test's own process, and a laptop that speaks raw lines to them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter_ns
from typing import Any, Self

from headset_agent.android import System
from headset_agent.browser import HeadsetBrowser
from headset_agent.clock import Clock
from headset_agent.control import ControlServer
from headset_agent.films import FilmStore
from headset_agent.player import Player
from headset_agent.protocol.messages import PROTOCOL_VERSION
from headset_agent.web_server import WebServer
from tests.fakes.ports import free_ports

HOST = "127.0.0.1"
TOKEN = "a-token"
BUILD = "b" * 64
ANSWER_S = 5.0


class Program:
    """What the control server knows of the program around it."""

    build = BUILD
    token = TOKEN
    pid = 4711

    def __init__(self) -> None:
        self.asked_to_exit = asyncio.Event()

    def ask_to_exit(self) -> None:
        self.asked_to_exit.set()


@dataclass(frozen=True, slots=True)
class Parts:
    program: Program
    player: Player
    films: FilmStore
    folder: Path
    control: ControlServer
    control_port: int
    web_port: int

    @property
    def origin(self) -> str:
        return f"http://{HOST}:{self.web_port}"

    async def laptop(self) -> Laptop:
        return await Laptop.connect(self.control_port)

    async def welcomed(self, role: str, **changes: Any) -> Laptop:
        """A laptop that has introduced itself for a role."""
        laptop = await self.laptop()
        laptop.say(**hello(role=role, **changes))
        assert (await laptop.hear())["type"] == "welcome"
        return laptop


def hello(**changes: Any) -> dict[str, Any]:
    return {
        "type": "hello",
        "protocol": PROTOCOL_VERSION,
        "build": BUILD,
        "token": TOKEN,
        "role": "control",
        "client": "anna",
        "holder": "Annas pc",
    } | changes


class Laptop:
    """One control connection, line by line."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self.writer = writer

    @classmethod
    async def connect(cls, port: int) -> Self:
        return cls(*await asyncio.open_connection(HOST, port, limit=1 << 22))

    def say(self, **message: Any) -> None:
        self.write(json.dumps(message).encode() + b"\n")

    def write(self, data: bytes) -> None:
        self.writer.write(data)

    async def hear(self) -> dict[str, Any]:
        """The next message; an empty dict when the agent has closed the connection."""
        async with asyncio.timeout(ANSWER_S):
            try:
                line = await self._reader.readline()
            except ConnectionResetError:
                line = b""
        heard: dict[str, Any] = json.loads(line) if line else {}
        return heard

    async def ask(self, **request: Any) -> dict[str, Any]:
        self.say(**request)
        return await self.hear()

    async def close(self) -> None:
        self.writer.close()
        try:
            await self.writer.wait_closed()
        except ConnectionError:
            return


@asynccontextmanager
async def agent_parts(
    folder: Path,
    *,
    hello_s: float = 5.0,
    heartbeat_s: float | None = None,
    clock: Clock = perf_counter_ns,
    android: System | None = None,
) -> AsyncIterator[Parts]:
    """The agent without its process."""
    program, (web_port, control_port) = Program(), free_ports(2)
    films = FilmStore(folder)
    player = Player(clock, lambda sha256: f"/film/{sha256}?token={TOKEN}")
    origin = f"http://{HOST}:{web_port}"
    browser = HeadsetBrowser(
        player=player,
        page_url=f"{origin}/?token={TOKEN}",
        origin=origin,
        environment={},
        android=android,
    )
    web = WebServer(
        host=HOST,
        port=web_port,
        token=TOKEN,
        player=player,
        films=films,
        clock=clock,
        heartbeat_s=heartbeat_s,
    )
    control = ControlServer(
        host=HOST,
        port=control_port,
        agent=program,
        clock=clock,
        player=player,
        films=films,
        browser=browser,
        hello_s=hello_s,
    )
    try:
        await web.start()
        await control.start()
        yield Parts(program, player, films, folder, control, control_port, web_port)
    finally:
        await control.close()
        await web.close()
