"""HTTP for the headset's own browser: the player page, films with Range, the page's web socket.

Bound to the headset's localhost and guarded all the same, because every app on a headset can reach localhost:
the token of this start must be in the query, and Host and Origin must be exactly ours (a web page open in
another tab may send requests here, but not with our Host or Origin).
"""

from __future__ import annotations

import asyncio
import hmac
import logging
from importlib.resources import files

import msgspec
from aiohttp import WSMsgType, web
from aiohttp.typedefs import Handler, Middleware

from headset_agent.clock import Clock
from headset_agent.films import FilmShelf
from headset_agent.player import PAGE_DECODER, Player
from headset_agent.protocol.messages import encode
from headset_agent.protocol.page_messages import AgentToPage

log = logging.getLogger(__name__)

HEARTBEAT_S = 5.0
"""A page that has been silent so long is asked; half of that later without an answer it counts as gone."""

_TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_FILM_TYPES = {".mp4": "video/mp4", ".m4v": "video/mp4", ".mov": "video/mp4", ".webm": "video/webm"}


class _Page:
    """One page's web socket."""

    def __init__(self, socket: web.WebSocketResponse) -> None:
        self._socket = socket
        self._closing: asyncio.Task[bool] | None = None

    async def send(self, message: AgentToPage) -> None:
        """Send one message; a page that is gone is no error."""
        if not self._socket.closed:
            try:
                await self._socket.send_str(encode(message).decode())
            except ConnectionError as error:
                log.info("page gone while sending: %s", error)

    async def close(self) -> None:
        """Begin to close the socket; the newer page must not wait for an old one that hangs."""
        self._closing = asyncio.create_task(self._socket.close(code=4000, message=b"replaced"))


class WebServer:
    """Serves the page on one origin."""

    def __init__(
        self,
        *,
        host: str,
        port: int,
        token: str,
        player: Player,
        films: FilmShelf,
        clock: Clock,
        authority: str | None = None,
        heartbeat_s: float | None = HEARTBEAT_S,
    ) -> None:
        """``authority``: the ``host:port`` by which pages reach it; None: where it listens."""
        self._authority = authority or f"{host}:{port}"
        self._heartbeat_s = heartbeat_s
        self._host = host
        self._port = port
        self._token = token
        self._player = player
        self._films = films
        self._clock = clock
        self._runner: web.AppRunner | None = None

    @property
    def port(self) -> int:
        """Where it listens, once it does."""
        assert self._runner is not None
        return int(self._runner.addresses[0][1])

    async def start(self) -> None:
        """Listen.

        Raises:
            OSError: the port is taken.
        """
        app = web.Application(middlewares=[self._guard()])
        app.router.add_get("/", self._index)
        app.router.add_get("/web/{name}", self._module)
        app.router.add_get("/film/{sha256}", self._film)
        app.router.add_get("/socket", self._socket)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()

    async def close(self) -> None:
        """Stop listening and end all connections."""
        if self._runner is not None:
            await self._runner.cleanup()

    def _guard(self) -> Middleware:
        host = self._authority

        @web.middleware
        async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
            try:
                return await admit(request, handler)
            except ConnectionError as error:
                # Whoever asked is gone, as a page is that is loaded anew; aiohttp would call it our mistake.
                log.info("gone before it was answered: %s: %s", request.path, error)
                return web.Response(status=499)

        async def admit(request: web.Request, handler: Handler) -> web.StreamResponse:
            if request.headers.get("Host") != host:
                raise web.HTTPForbidden(text="host")
            if request.headers.get("Origin", f"http://{host}") != f"http://{host}":
                raise web.HTTPForbidden(text="origin")
            # The page's own modules are no secret, and an ES import cannot carry the token.
            if not request.path.startswith("/web/"):
                token = request.query.get("token", "")
                if not hmac.compare_digest(token.encode(), self._token.encode()):
                    raise web.HTTPForbidden(text="token")
            response = await handler(request)
            if not response.prepared:
                response.headers["Cache-Control"] = "no-store"
            return response

        return guard

    async def _index(self, _request: web.Request) -> web.Response:
        return _web_file("index.html")

    async def _module(self, request: web.Request) -> web.Response:
        return _web_file(request.match_info["name"])

    async def _film(self, request: web.Request) -> web.StreamResponse:
        path = self._films.path(request.match_info["sha256"])
        if path is None:
            raise web.HTTPNotFound(text="film")
        kind = _FILM_TYPES.get(path.suffix, "application/octet-stream")
        return web.FileResponse(path, headers={"Content-Type": kind}, chunk_size=1 << 18)

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        if "Origin" not in request.headers:
            raise web.HTTPForbidden(text="origin")
        socket = web.WebSocketResponse(heartbeat=self._heartbeat_s, compress=False, max_msg_size=1 << 20)
        await socket.prepare(request)
        page = _Page(socket)
        try:
            async for frame in socket:
                received_ns = self._clock()
                if frame.type is not WSMsgType.TEXT:
                    break
                await self._player.page_message(page, PAGE_DECODER.decode(frame.data), received_ns)
        except msgspec.DecodeError as error:
            log.warning("page sent something else: %s", error)
            await socket.close(code=1007)
        finally:
            self._player.page_gone(page)
        return socket


def _web_file(name: str) -> web.Response:
    entry = files("headset_agent").joinpath("web").joinpath(name)
    suffix = name[name.rfind(".") :]
    if "/" in name or name.startswith(".") or suffix not in _TYPES or not entry.is_file():
        raise web.HTTPNotFound(text="page")
    return web.Response(body=entry.read_bytes(), content_type=_TYPES[suffix], charset="utf-8")
