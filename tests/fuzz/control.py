"""The agent's control port, without a port."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter_ns
from typing import cast

import msgspec

from headset_agent.browser import HeadsetBrowser
from headset_agent.control import ControlServer
from headset_agent.films import FilmStore
from headset_agent.player import Player
from headset_agent.protocol import messages as m
from headset_agent.protocol import playing
from tests.fakes.messages import CONVERSATIONS
from tests.fuzz.told import HeardWriter, reader_of


class _Program:
    build = "b" * 64
    token = "a-token"
    pid = 4711

    def ask_to_exit(self) -> None:
        """Not now."""


class _Browser:
    async def open(self, request: m.OpenPlayer) -> m.PlayerOpen:
        return m.PlayerOpen(id=request.id, mode=playing.PlayMode.VR, immersive=True)


class _Films:
    """None is there; how they arrive is the film store's own test."""

    def path(self, _sha256: str) -> None:
        return None

    def drop_chunks(self, _sha256s: set[str]) -> None:
        """There are none."""


async def control_conversation(pieces: Sequence[bytes]) -> None:
    """Have an agent read all that a laptop says, and hang up.

    Raises:
        AssertionError: it could not answer a request for a reason of its own.
    """
    program, writer = _Program(), HeardWriter()
    server = ControlServer(
        host="127.0.0.1",
        port=0,
        agent=program,
        clock=perf_counter_ns,
        player=Player(perf_counter_ns, lambda sha256: f"/film/{sha256}"),
        films=cast(FilmStore, _Films()),
        browser=cast(HeadsetBrowser, _Browser()),
    )
    await server._accept(reader_of(pieces), writer.for_real())
    assert b'"code":"internal"' not in writer.heard, bytes(writer.heard)


def control_recordings() -> tuple[bytes, ...]:
    """A laptop of each role, from its first word on; of the store only what needs no film."""
    kinds: dict[m.Role, Sequence[msgspec.Struct]] = {
        m.Role.CONTROL: [r for r in CONVERSATIONS["laptop_to_agent"] if "Film" not in type(r).__name__],
        m.Role.CLOCK: [m.ClockPing(seq=1, t1=7)] * 3,
        m.Role.STOP: [m.StopNow(id=1)],
        m.Role.STORE: [m.AskStatus(id=1)],
    }
    return tuple(
        b"".join(m.encode(message) + b"\n" for message in (_hello(role), *requests))
        for role, requests in kinds.items()
    )


def _hello(role: m.Role) -> m.Hello:
    return m.Hello(
        protocol=m.PROTOCOL_VERSION,
        build=_Program.build,
        token=_Program.token,
        role=role,
        client="anna",
        holder="Annas pc",
    )
