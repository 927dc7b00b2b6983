"""One control connection to an agent: requests with their replies, events to a callback."""

from __future__ import annotations

import asyncio
import itertools
import secrets
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeVar

import msgspec

from headset_agent.protocol.adb.slices import FileSlice
from headset_agent.protocol.lines import LineBuffer, LineTooLong
from headset_agent.protocol.messages import (
    CONTROL_PORT,
    PROTOCOL_VERSION,
    ClockPong,
    Event,
    Failed,
    FilmBroken,
    FilmStored,
    FromAgent,
    Hello,
    LeaseLost,
    PlayerGone,
    Problem,
    Refused,
    Report,
    Role,
    WasStopped,
    Welcome,
    encode,
)
from headset_agent.protocol.reading import JsonReader
from trainer_app.domain.playback_errors import (
    AgentFault,
    AgentNotThere,
    AgentOfAnotherVersion,
    AgentRefusesToken,
    AgentSpeaksStrangely,
    HeadsetBusy,
    HeadsetProblem,
    HeadsetVanished,
)
from trainer_app.headsets.link import HeadsetLink, LinkLost, ServiceRefused, Stream
from trainer_app.tasks import TaskKeeper

CLIENT = secrets.token_hex(8)
"""Random id of this run of the program; a headset's lease belongs to it."""

_WELCOME_S = 5.0
_DECODER: JsonReader[Any] = JsonReader(FromAgent)
_EVENTS = (Report, PlayerGone, Problem, WasStopped, LeaseLost, FilmStored, FilmBroken)

R = TypeVar("R", bound=msgspec.Struct)


class LeaseHeld(Exception):
    """Somebody else holds the lease; ``retry_ms`` is 0 while they are there."""

    def __init__(self, holder: str, retry_ms: int) -> None:
        super().__init__(holder)
        self.holder = holder
        self.retry_ms = retry_ms


class RequestFailed(Exception):
    """The agent could not carry a request out; ``code`` is one of :class:`Failed`'s."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


class Channel:
    """A connection of one role. Not for several tasks to open or close; requests may overlap."""

    def __init__(self, stream: Stream, headset: str, open_beside: Callable[..., Awaitable[Channel]]) -> None:
        self._open_beside = open_beside
        self._stream = stream
        self._headset = headset
        self._lines = LineBuffer()
        self._ids = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._tasks = TaskKeeper()
        self._why = "its reader failed"
        self._lost: HeadsetProblem | None = None
        self.on_event: Callable[[Event], None] = lambda _event: None
        self.on_pong: Callable[[ClockPong], None] = lambda _pong: None
        self.on_lost: Callable[[], None] = lambda: None

    @property
    def lost(self) -> HeadsetProblem | None:
        """Why the connection is gone, or None while it lives."""
        return self._lost

    @property
    def headset(self) -> str:
        """What people call it."""
        return self._headset

    async def request(self, kind: type[R], *, wait_s: float = 10.0, **fields: Any) -> Any:
        """Send a request of this kind and return its reply.

        Raises:
            RequestFailed: the agent said no.
            HeadsetVanished: the connection was lost, or no reply came within ``wait_s``.
        """
        if self._lost is not None:
            raise self._lost
        number = next(self._ids)
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting[number] = answer
        try:
            # The sending as well: on a link that hangs even a few bytes may wait for ever.
            async with asyncio.timeout(wait_s):
                await self.send(kind(id=number, **fields))
                reply = await answer
        except TimeoutError as error:
            raise HeadsetVanished(
                headset=self._headset, detail=f"no reply to {kind.__name__} within {wait_s} s"
            ) from error
        finally:
            self._waiting.pop(number, None)
        if isinstance(reply, Failed):
            raise RequestFailed(reply.code, reply.detail)
        return reply

    async def send(self, message: msgspec.Struct) -> None:
        """Send one message.

        Raises:
            HeadsetVanished: the connection is lost.
        """
        try:
            await self._stream.write(encode(message) + b"\n")
        except LinkLost as error:
            raise HeadsetVanished(headset=self._headset, detail=str(error)) from error

    async def beside(self, role: Role, *, bulk: bool = False) -> Channel:
        """Another connection to the same agent, for another role. Raises as :func:`open_channel`."""
        return await self._open_beside(role, bulk=bulk)

    async def send_slice(self, data: FileSlice) -> None:
        """Send bytes that are no message: a film's, once its agent waits for them.

        Raises:
            HeadsetVanished: the connection is lost.
            OSError: the file cannot be read, or became shorter.
        """
        try:
            await self._stream.write(data)
        except LinkLost as error:
            raise HeadsetVanished(headset=self._headset, detail=str(error)) from error

    async def close(self) -> None:
        """Close the connection."""
        await self._tasks.close()
        await self._stream.close()

    async def introduce(self, hello: Hello) -> Welcome:
        """Send the first line and wait to be welcomed."""
        try:
            async with asyncio.timeout(_WELCOME_S):
                await self.send(hello)
                answer = await self._first()
        except (TimeoutError, msgspec.DecodeError, LineTooLong) as error:
            raise AgentSpeaksStrangely(headset=self._headset, detail=repr(error)) from error
        if isinstance(answer, Refused):
            raise self._refusal(answer)
        if not isinstance(answer, Welcome):
            raise AgentSpeaksStrangely(headset=self._headset, detail=repr(answer))
        reader = self._tasks.spawn(self._read(), name=f"agent {self._headset} {hello.role.value}")
        reader.add_done_callback(self._read_no_more)
        return answer

    async def _first(self) -> object:
        lines: list[bytes] = []
        while not lines:
            data = await self._read_some()
            if not data:
                raise HeadsetVanished(headset=self._headset, detail="closed before a welcome")
            lines = self._lines.feed(data)
        for line in lines[1:]:
            self._take(line)
        return _DECODER.decode(lines[0])

    def _refusal(self, refused: Refused) -> Exception:
        match refused.code:
            case "lease":
                return LeaseHeld(refused.holder, refused.retry_ms)
            case "version" | "malformed":
                return AgentOfAnotherVersion(headset=self._headset, holder=refused.holder)
            case "token":
                return AgentRefusesToken(headset=self._headset)
        return AgentFault(headset=self._headset, code=refused.code, detail=refused.detail)

    async def _read(self) -> None:
        try:
            while data := await self._read_some():
                for line in self._lines.feed(data):
                    self._take(line)
            self._why = "the agent closed the connection"
        except (HeadsetVanished, msgspec.DecodeError, LineTooLong) as error:
            self._why = str(error)

    def _read_no_more(self, reader: asyncio.Task[None]) -> None:
        """The connection is lost, whatever has ended its reader; nobody may wait for answers any more."""
        if reader.cancelled():
            return  # it was closed
        self._lost = HeadsetVanished(headset=self._headset, detail=self._why)
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_exception(self._lost)
        self.on_lost()

    async def _read_some(self) -> bytes:
        try:
            return await self._stream.read(1 << 16)
        except LinkLost as error:
            raise HeadsetVanished(headset=self._headset, detail=str(error)) from error

    def _take(self, line: bytes) -> None:
        message = _DECODER.decode(line)
        if isinstance(message, ClockPong):
            self.on_pong(message)
        elif isinstance(message, _EVENTS):
            self.on_event(message)
        elif (waiting := self._waiting.get(getattr(message, "id", 0))) and not waiting.done():
            waiting.set_result(message)


async def open_channel(
    link: HeadsetLink,
    role: Role,
    *,
    build: str,
    token: str,
    headset: str,
    holder: str,
    bulk: bool = False,
) -> Channel:
    """Connect to the agent on this link for one role; with ``bulk`` it gives way to all others.

    Raises:
        LeaseHeld: somebody else leads this headset.
        HeadsetProblem: no agent, another program, another version, a wrong token, or the link is lost.
    """
    try:
        stream = await link.open_service(f"tcp:{CONTROL_PORT}", bulk=bulk)
    except ServiceRefused as error:
        raise AgentNotThere(headset=headset, detail=str(error)) from error
    except LinkLost as error:
        raise HeadsetVanished(headset=headset, detail=str(error)) from error
    beside = partial(open_channel, link, build=build, token=token, headset=headset, holder=holder)
    channel = Channel(stream, headset, beside)
    try:
        await channel.introduce(
            Hello(
                protocol=PROTOCOL_VERSION, build=build, token=token, role=role, client=CLIENT, holder=holder
            )
        )
    except BaseException:
        await channel.close()
        raise
    return channel


def busy(error: LeaseHeld, headset: str) -> HeadsetBusy:
    """The same, in words for people."""
    return HeadsetBusy(headset=headset, holder=error.holder)
