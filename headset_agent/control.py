"""The agent's control port: one JSON object a line, a role a connection, each checked before it is served."""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable
from typing import Protocol

import msgspec

from headset_agent.browser import BrowserError, HeadsetBrowser
from headset_agent.care.keeping import Care
from headset_agent.clock import Clock
from headset_agent.control_connection import Connection, Goodbye
from headset_agent.films import FilmShelf
from headset_agent.lease import Holder, Lease
from headset_agent.player import ImmersionRefused, Player
from headset_agent.protocol.lines import LineTooLong
from headset_agent.protocol.messages import (
    PROTOCOL_VERSION,
    AskStatus,
    ClockPing,
    ClockPong,
    Configure,
    Done,
    Event,
    Failed,
    FilmBroken,
    FilmStored,
    FilmStream,
    FromAgent,
    Heartbeat,
    Hello,
    Identify,
    LeaseLost,
    OpenPlayer,
    Problem,
    Recentre,
    Refused,
    Release,
    Request,
    Role,
    SetPlan,
    SetVolume,
    ShowText,
    Shutdown,
    Status,
    StopNow,
    Stopped,
    Welcome,
)
from headset_agent.protocol.reading import JsonReader
from headset_agent.protocol.timeline import films_of
from headset_agent.store_answers import StoreAnswers
from headset_agent.store_errors import StoreError

log = logging.getLogger(__name__)

HELLO_S = 5.0
"""A connection that has not introduced itself by then is closed."""

_HELLO: JsonReader[Hello] = JsonReader(Hello)
_REQUEST: JsonReader[Request] = JsonReader(Request)


class AgentFacts(Protocol):
    """What the control server needs to know of the program it is part of."""

    build: str
    token: str
    pid: int

    def ask_to_exit(self) -> None:
        """End the program soon."""


class ControlServer:
    """Listens on the control port and serves each connection by its role."""

    def __init__(
        self,
        *,
        host: str,
        port: int,
        agent: AgentFacts,
        clock: Clock,
        player: Player,
        films: FilmShelf,
        browser: HeadsetBrowser,
        care: Care | None = None,
        hello_s: float = HELLO_S,
    ) -> None:
        self._host = host
        self._port = port
        self._agent = agent
        self._clock = clock
        self._player = player
        self._films = films
        self._browser = browser
        self._store = StoreAnswers(films, care)
        self._hello_s = hello_s
        self._lease = Lease()
        self._controller: Connection | None = None
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.last_contact_ns = clock()
        player.on_event = self._event
        browser.on_wearer_awaited = lambda what: self._event(Problem(code=what))

    @property
    def connections(self) -> int:
        """How many connections are open."""
        return len(self._tasks)

    @property
    def port(self) -> int:
        """Where it listens, once it does."""
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    async def start(self) -> None:
        """Listen.

        Raises:
            OSError: the port is taken.
        """
        self._server = await asyncio.start_server(self._accept, self._host, self._port)

    async def close(self) -> None:
        """Stop listening and end all connections."""
        if self._server is not None:
            self._server.close()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # --- connections ---------------------------------------------------------------------------------

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        connection = Connection(reader, writer, task)
        connection.on_line = self._heard
        try:
            await self._serve(connection)
        except (Goodbye, OSError, LineTooLong, msgspec.DecodeError) as error:
            log.info("control connection ended: %r", error)
        except asyncio.CancelledError:
            # By close() or hang_up(); the streams' own callback would log a cancelled task as an error.
            log.debug("control connection ended by the agent")
        finally:
            self._tasks.discard(task)
            self.last_contact_ns = self._clock()
            if self._controller is connection:
                self._controller = None
            await connection.close()

    def _heard(self) -> None:
        self.last_contact_ns = self._clock()

    async def _serve(self, connection: Connection) -> None:
        hello = await self._introduction(connection)
        connection.hello = hello
        connection.send(
            Welcome(
                protocol=PROTOCOL_VERSION,
                build=self._agent.build,
                pid=self._agent.pid,
                lease_epoch=self._lease.epoch,
            )
        )
        serve = {
            Role.CONTROL: self._serve_control,
            Role.CLOCK: self._serve_clock,
            Role.STOP: self._serve_stop,
            Role.STORE: self._serve_store,
            Role.FILM: self._serve_film,
        }[hello.role]
        await serve(connection, hello)

    async def _introduction(self, connection: Connection) -> Hello:
        try:
            async with asyncio.timeout(self._hello_s):
                line = await connection.line()
        except TimeoutError:
            raise Goodbye("silent") from None
        if line is None:
            raise Goodbye("no hello")
        try:
            hello = _HELLO.decode(line)
        except msgspec.DecodeError as error:
            connection.send(Refused(code="malformed", holder=self._holder_name(), detail=str(error)))
            raise
        refused = self._refusal(hello)
        if refused is not None:
            connection.send(refused)
            raise Goodbye(refused.code)
        return hello

    def _refusal(self, hello: Hello) -> Refused | None:
        now = self._clock()
        holder = self._lease.holder(now)
        name = holder.name if holder else ""
        if hello.protocol != PROTOCOL_VERSION or hello.build != self._agent.build:
            return Refused(code="version", holder=name, detail=self._agent.build)
        if not hmac.compare_digest(hello.token.encode(), self._agent.token.encode()):
            return Refused(code="token")
        if hello.role is Role.CONTROL and not self._lease.acquire(Holder(hello.client, hello.holder), now):
            gone = self._controller is None
            return Refused(code="lease", holder=name, retry_ms=self._lease.left_ms(now) if gone else 0)
        return None

    # --- roles ---------------------------------------------------------------------------------------

    async def _serve_control(self, connection: Connection, hello: Hello) -> None:
        former, self._controller = self._controller, connection
        if former is not None:
            same = former.hello is not None and former.hello.client == hello.client
            if not same:
                former.send(LeaseLost(holder=hello.holder))
            former.hang_up()
        pending: set[asyncio.Task[None]] = set()
        try:
            while (line := await connection.line()) is not None:
                request = _REQUEST.decode(line)
                if not self._lease.renew(hello.client, self._clock()):
                    connection.send(LeaseLost(holder=self._holder_name()))
                    return
                if isinstance(request, Release):
                    await self._answer(connection, request, hello)
                    return
                # Opening the player takes seconds; heartbeats and plans must not wait behind it.
                task = asyncio.create_task(self._answer(connection, request, hello))
                pending.add(task)
                task.add_done_callback(pending.discard)
        finally:
            for task in pending:
                task.cancel()
            await asyncio.gather(*pending, return_exceptions=True)

    async def _serve_clock(self, connection: Connection, _hello: Hello) -> None:
        while (line := await connection.line()) is not None:
            received = self._clock()
            ping = _REQUEST.decode(line)
            if not isinstance(ping, ClockPing):
                raise Goodbye("only pings here")
            connection.send(ClockPong(seq=ping.seq, t1=ping.t1, t2=received, t3=self._clock()))

    async def _serve_stop(self, connection: Connection, hello: Hello) -> None:
        while (line := await connection.line()) is not None:
            request = _REQUEST.decode(line)
            if not isinstance(request, StopNow):
                raise Goodbye("only stops here")
            page = await self._player.stop(hello.holder)
            connection.send(Stopped(id=request.id, page=page))

    async def _serve_store(self, connection: Connection, hello: Hello) -> None:
        while (line := await connection.line()) is not None:
            await self._answer(connection, _REQUEST.decode(line), hello)

    async def _serve_film(self, connection: Connection, _hello: Hello) -> None:
        line = await connection.line()
        if line is None:
            return
        request = _REQUEST.decode(line)
        if not isinstance(request, FilmStream):
            raise Goodbye("only a film here")
        try:
            arrival = await self._films.arrive(request.sha256, request.offset)
        except StoreError as error:
            connection.send(Failed(id=request.id, code=error.code, detail=error.detail))
            return

        def stored(offset: int) -> None:
            self._heard()
            connection.send(FilmStored(offset=offset))

        try:
            with connection.socket() as sock:
                connection.send(Done(id=request.id))
                await arrival.take(sock, stored)
        except StoreError as error:
            connection.send(FilmBroken(code=error.code, detail=error.detail))
        finally:
            await arrival.close()

    # --- requests ------------------------------------------------------------------------------------

    async def _answer(self, connection: Connection, request: Request, hello: Hello) -> None:
        request_id = getattr(request, "id", 0)
        try:
            handler = self._handlers(hello).get(type(request))
            if handler is None:
                connection.send(Failed(id=request_id, code="not_allowed", detail=hello.role.value))
                return
            connection.send(await handler(request))
        except (StoreError, BrowserError, ImmersionRefused) as error:
            connection.send(Failed(id=request_id, code=error.code, detail=error.detail))
        except Exception as error:
            # Whoever asked waits for an answer, whatever went wrong here.
            log.exception("%s", type(request).__name__)
            connection.send(Failed(id=request_id, code="internal", detail=repr(error)))

    def _handlers(self, hello: Hello) -> dict[type, Callable[..., Awaitable[FromAgent]]]:
        if hello.role is Role.STORE:
            return {AskStatus: self._status, **self._store.handlers(hello.client)}
        return {
            AskStatus: self._status,
            Configure: self._configure,
            OpenPlayer: self._browser.open,
            SetPlan: self._set_plan,
            Identify: self._identify,
            ShowText: self._show_text,
            Recentre: self._recentre,
            SetVolume: self._set_volume,
            Heartbeat: self._heartbeat,
            Release: self._release,
            Shutdown: self._shutdown,
        }

    async def _configure(self, request: Configure) -> FromAgent:
        await self._player.configure(request)
        return Done(id=request.id)

    async def _set_plan(self, request: SetPlan) -> FromAgent:
        for film in films_of(request.plan):
            if self._films.path(film.sha256) is None:
                return Failed(id=request.id, code="film_missing", detail=film.sha256)
        if not await self._player.set_plan(request.plan):
            return Failed(id=request.id, code="stopped")
        return Done(id=request.id)

    async def _identify(self, request: Identify) -> FromAgent:
        return _done(request.id, page=await self._player.identify(request.seconds))

    async def _show_text(self, request: ShowText) -> FromAgent:
        return _done(request.id, page=await self._player.show_text(request.text, request.seconds))

    async def _recentre(self, request: Recentre) -> FromAgent:
        return _done(request.id, page=await self._player.recentre())

    async def _set_volume(self, request: SetVolume) -> FromAgent:
        return _done(request.id, page=await self._player.set_volume(request.level))

    async def _heartbeat(self, request: Heartbeat) -> FromAgent:
        return Done(id=request.id)

    async def _release(self, request: Release) -> FromAgent:
        if self._controller is not None and self._controller.hello is not None:
            self._lease.release(self._controller.hello.client)
        return Done(id=request.id)

    async def _shutdown(self, request: Shutdown) -> FromAgent:
        self._agent.ask_to_exit()
        return Done(id=request.id)

    async def _status(self, request: AskStatus) -> FromAgent:
        report = self._player.report
        return Status(
            id=request.id,
            state=report.state if report else None,
            film=self._player.film,
            position_s=report.position_s if report else 0.0,
            holder=self._holder_name(),
            plan=self._player.plan,
        )

    # --- events --------------------------------------------------------------------------------------

    def _event(self, event: Event) -> None:
        if self._controller is not None:
            self._controller.send(event)

    def _holder_name(self) -> str:
        holder = self._lease.holder(self._clock())
        return holder.name if holder else ""


def _done(request_id: int, *, page: bool) -> FromAgent:
    return Done(id=request_id) if page else Failed(id=request_id, code="no_page")
