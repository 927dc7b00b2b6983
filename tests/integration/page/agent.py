"""The agent's side of the page, small enough to be watched: page, films, socket, and a clock of its own."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
from aiohttp import WSMsgType, web
from aiohttp.typedefs import Handler

import headset_agent
from headset_agent.protocol.messages import encode
from headset_agent.protocol.page_messages import (
    AgentToPage,
    PageHello,
    PagePing,
    PagePlan,
    PagePong,
    PageProblem,
    PageReport,
    PageStop,
    PageStopped,
    PageToAgent,
    PageWelcome,
)
from headset_agent.protocol.playing import Action, FilmRef, PageState, Projection, Stereo
from headset_agent.virtual.skew import ClockSkew

WEB = Path(headset_agent.__file__).parent / "web"
TOKEN = "a-token"
TEXTS = {
    "headset": "Brille {number}",
    "waiting": "Filmen starter snart. Sitt godt og se deg rolig rundt.",
    "loading": "Gjør klar filmen.",
    "ready": "Klar. Filmen starter for alle samtidig.",
    "paused": "Filmen er satt på pause.",
    "ended": "Filmen er slutt. Du kan ta av deg brillen når du vil.",
    "stopped": "Filmen er stoppet. Du kan ta av deg brillen.",
    "failed": "Filmen kan ikke vises i denne brillen. Si fra til fasilitator.",
    "enter": "Start VR-visning",
    "told": "Fra fasilitator",
}
WELCOME = PageWelcome(version=1, lang="nb", number=3, colour="#159673", ink="#10181C", texts=TEXTS)

_DECODER = msgspec.json.Decoder(PageToAgent)


ANSWER_S = 50.0
"""A page on a busy machine takes its time; what takes longer is taken for a fault."""


def hours_off(ppm: float = 60.0, hours: int = 5) -> ClockSkew:
    """A clock that is some hours ahead and drifts."""
    return ClockSkew(hours * 3_600_000_000_000, ppm, time.perf_counter_ns())


FLOW_BYTES, FLOW_S = 512, 0.1
"""The second half of a film that flows: five times as fast as it is played."""


class PageAgent:
    """Serves one page at ``url``; what the page says piles up in the lists."""

    def __init__(self, films: dict[str, Path], *, skew: ClockSkew | None = None, port: int = 0) -> None:
        self.films = films
        self.skew = skew or hours_off()
        self.port = port
        self.welcome = WELCOME
        self.plan: PagePlan | None = None
        self.gives_films = asyncio.Event()
        self.gives_films.set()
        self.film_flow: asyncio.Event | None = None
        self.hellos: list[PageHello] = []
        self.reports: list[PageReport] = []
        self.stopped: list[PageStopped] = []
        self.problems: list[PageProblem] = []
        self._news = asyncio.Condition()
        self._sockets: set[web.WebSocketResponse] = set()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> PageAgent:
        app = web.Application(middlewares=[_gone_is_no_error])
        app.router.add_get("/", self._index)
        app.router.add_get("/web/{name}", self._module)
        app.router.add_get("/film/{sha256}", self._film)
        app.router.add_get("/socket", self._socket)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        for socket in list(self._sockets):
            await socket.close()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/?token={TOKEN}"

    def now_ms(self) -> float:
        """The agent's clock."""
        return self.skew.apply(time.perf_counter_ns()) / 1e6

    def real_s(self, agent_ms: float) -> float:
        """The machine's monotonic clock at an instant of the agent's."""
        return self.skew.inverse(round(agent_ms * 1e6)) / 1e9

    # --- what tests ask of the page ---

    async def send(self, message: AgentToPage) -> None:
        for socket in list(self._sockets):
            await _say(socket, message)

    async def set_plan(
        self,
        action: Action,
        *,
        film: str = "mono",
        plan_id: str = "p1",
        revision: int = 1,
        in_s: float | None = None,
        position_s: float = 0.0,
        projection: Projection = Projection.EQUIRECT,
        stereo: Stereo = Stereo.MONO,
        duration_s: float = 90.0,
        stops_s: tuple[float, ...] = (),
        then: tuple[str, ...] = (),
    ) -> PagePlan:
        """Hand a plan over; ``in_s`` puts the anchor so many seconds from now."""
        shows = action not in (Action.IDLE, Action.STOP)
        self.plan = PagePlan(
            plan_id=plan_id,
            revision=revision,
            action=action,
            anchor_ms=0.0 if in_s is None else self.now_ms() + in_s * 1000,
            position_s=position_s,
            film=FilmRef(
                sha256=film,
                duration_s=duration_s,
                projection=projection,
                stereo=stereo,
                stops_s=stops_s,
            )
            if shows
            else None,
            film_url=f"/film/{film}?token={TOKEN}" if shows else None,
            then=tuple(FilmRef(sha256=each, duration_s=90.0) for each in then),
            then_urls=tuple(f"/film/{each}?token={TOKEN}" for each in then),
        )
        await self.send(self.plan)
        return self.plan

    async def until(self, true: Callable[[], bool], timeout: float = ANSWER_S) -> None:
        """Wait for something the page says to make it so."""
        async with asyncio.timeout(timeout), self._news:
            await self._news.wait_for(true)

    async def state(self, *states: PageState, timeout: float = ANSWER_S) -> PageReport:
        """Wait for the next report in one of the states."""
        seen = len(self.reports)
        await self.until(lambda: any(report.state in states for report in self.reports[seen:]), timeout)
        return next(report for report in self.reports[seen:] if report.state in states)

    async def report(self, true: Callable[[PageReport], bool], timeout: float = ANSWER_S) -> PageReport:
        """Wait for the next report of which that is true."""
        seen = len(self.reports)
        await self.until(lambda: any(true(report) for report in self.reports[seen:]), timeout)
        return next(report for report in self.reports[seen:] if true(report))

    async def stop(self, seq: int = 1) -> None:
        """Stop the page; returns when it has said that it is silent and dark."""
        await self.send(PageStop(seq=seq))
        await self.until(lambda: any(answer.seq == seq for answer in self.stopped))

    # --- HTTP ---

    async def _index(self, request: web.Request) -> web.StreamResponse:
        if request.query.get("token") != TOKEN:
            raise web.HTTPForbidden
        return web.FileResponse(WEB / "index.html")

    async def _module(self, request: web.Request) -> web.StreamResponse:
        return web.FileResponse(WEB / request.match_info["name"])

    async def _film(self, request: web.Request) -> web.StreamResponse:
        path = self.films.get(request.match_info["sha256"])
        if path is None or request.query.get("token") != TOKEN:
            raise web.HTTPNotFound
        await self.gives_films.wait()
        if self.film_flow is None:
            return web.FileResponse(path, headers={"Content-Type": "video/mp4"})
        return await self._film_that_flows(request, path, self.film_flow)

    async def _film_that_flows(
        self, request: web.Request, path: Path, flow: asyncio.Event
    ) -> web.StreamResponse:
        """A card or a cable that gives a film's first half fast, and the rest slowly, while it flows."""
        body = await asyncio.to_thread(path.read_bytes)
        at = request.http_range.start or 0
        span = f"bytes {at}-{len(body) - 1}/{len(body)}"
        response = web.StreamResponse(
            status=206, headers={"Content-Type": "video/mp4", "Content-Range": span}
        )
        response.content_length = len(body) - at
        await response.prepare(request)
        piece = max(0, len(body) // 2 - at)
        while at < len(body):
            await flow.wait()
            await response.write(body[at : at + piece])
            at, piece = at + piece, FLOW_BYTES
            await asyncio.sleep(FLOW_S)
        return response

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        if request.query.get("token") != TOKEN:
            raise web.HTTPForbidden
        socket = web.WebSocketResponse(compress=False)
        await socket.prepare(request)
        self._sockets.add(socket)
        try:
            async for frame in socket:
                received = self.now_ms()
                if frame.type is WSMsgType.TEXT:
                    await self._heard(socket, _DECODER.decode(frame.data), received)
        finally:
            self._sockets.discard(socket)
        return socket

    async def _heard(self, socket: web.WebSocketResponse, message: PageToAgent, received: float) -> None:
        match message:
            case PagePing(seq=seq, t1=t1):
                pong = PagePong(seq=seq, t1=t1, t2=received, t3=self.now_ms())
                await _say(socket, pong)
            case PageHello():
                self.hellos.append(message)
                await _say(socket, self.welcome)
                if self.plan is not None:
                    await _say(socket, self.plan)
                await self._tell()
            case PageReport():
                self.reports.append(message)
                await self._tell()
            case PageStopped():
                self.stopped.append(message)
                await self._tell()
            case PageProblem():
                self.problems.append(message)
                await self._tell()

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()


async def _say(socket: web.WebSocketResponse, message: AgentToPage) -> None:
    """Send one message; a browser that has just been ended is no error, as in the agent."""
    with contextlib.suppress(ConnectionError):
        await socket.send_str(encode(message).decode())


@web.middleware
async def _gone_is_no_error(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except ConnectionError:
        return web.Response(status=499)
