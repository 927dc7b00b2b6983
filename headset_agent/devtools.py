"""A small client of the browser's DevTools protocol: its pages, and evaluating in them.

On a headset the browser offers DevTools as an abstract UNIX socket whose name differs between vendors and
starts; the virtual headset's browser listens on a loopback port. Both are an *endpoint* here:
``abstract:NAME`` or ``tcp:HOST:PORT``; ``devtools_offers`` finds them.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import itertools
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote, urlsplit, urlunsplit

import aiohttp

DEFAULT_TIMEOUT_S = 10.0
"""Seconds any one exchange may take unless the caller says otherwise."""

MAX_MESSAGE = 64 << 20
"""Bytes of the largest answer; screenshots are the large ones."""

Json = dict[str, Any]
EventHandler = Callable[[Json, str | None], None]


class DevToolsError(Exception):
    """The browser did not do what was asked.

    Attributes:
        code: ``unreachable`` (nothing answers), ``timeout``, ``closed`` (it went away in between),
            ``refused`` (it answered with an error), ``exception`` (the evaluated script threw) or
            ``no_page`` (no page has the address that was asked for).
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Something the browser can be asked about; pages have ``kind`` "page"."""

    id: str
    kind: str
    url: str
    title: str
    socket_url: str


class Connection:
    """One web socket to a browser or a page: commands with answers, events to handlers.

    Several *sessions* may share a connection (the protocol's "flat" mode); ``session`` is None for the
    connection's own target.
    """

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, timeout: float) -> None:
        self._socket = socket
        self._timeout = timeout
        self._ids = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[Json]] = {}
        self._handlers: dict[str, list[EventHandler]] = {}
        self._reader = asyncio.create_task(self._read(), name="devtools-reader")

    @property
    def closed(self) -> bool:
        """Whether the other side is gone."""
        return self._socket.closed

    def on(self, method: str, handler: EventHandler) -> None:
        """Call ``handler(params, session)`` for every such event."""
        self._handlers.setdefault(method, []).append(handler)

    async def send(
        self,
        method: str,
        params: Json | None = None,
        *,
        session: str | None = None,
        timeout: float | None = None,
    ) -> Json:
        """Send a command and return its result.

        Raises:
            DevToolsError: ``closed``, ``timeout`` or ``refused``.
        """
        number = next(self._ids)
        command: Json = {"id": number, "method": method, "params": params or {}}
        if session is not None:
            command["sessionId"] = session
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[number] = answer
        try:
            await self._transmit(command)
            async with asyncio.timeout(timeout or self._timeout):
                reply = await answer
        except TimeoutError:
            raise DevToolsError("timeout", method) from None
        finally:
            self._waiting.pop(number, None)
        if "error" in reply:
            raise DevToolsError("refused", f"{method}: {_object(reply['error']).get('message', '')}")
        return _object(reply.get("result"))

    async def _transmit(self, command: Json) -> None:
        # After the reader has ended nobody would ever answer.
        if self._socket.closed or self._reader.done():
            raise DevToolsError("closed", str(command["method"]))
        try:
            await self._socket.send_json(command)
        except (aiohttp.ClientError, ConnectionError) as problem:
            raise DevToolsError("closed", str(problem)) from problem

    async def _read(self) -> None:
        try:
            async for frame in self._socket:
                if frame.type is aiohttp.WSMsgType.TEXT:
                    self._dispatch(_decoded(frame.data))
        finally:
            for answer in self._waiting.values():
                if not answer.done():
                    answer.set_exception(DevToolsError("closed"))

    def _dispatch(self, message: Json) -> None:
        if "id" in message:
            number = message["id"]
            answer = self._waiting.get(number) if isinstance(number, int) else None
            if answer is not None and not answer.done():
                answer.set_result(message)
            return
        for handler in self._handlers.get(str(message.get("method", "")), ()):
            handler(_object(message.get("params")), message.get("sessionId"))

    async def close(self) -> None:
        """End the connection."""
        with contextlib.suppress(aiohttp.ClientError, ConnectionError):
            await self._socket.close()
        self._reader.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._reader


class World:
    """A JavaScript world of a page in which expressions are evaluated."""

    def __init__(
        self, connection: Connection, context: int | None = None, session: str | None = None
    ) -> None:
        self._connection = connection
        self._context = context
        self._session = session

    async def evaluate(
        self,
        expression: str,
        *,
        user_gesture: bool = False,
        await_promise: bool = True,
        timeout: float = DEFAULT_TIMEOUT_S,
    ) -> Any:
        """Evaluate and return the value (anything JSON can carry).

        Args:
            expression: JavaScript; a promise is awaited unless ``await_promise`` is false.
            user_gesture: Evaluate as if the wearer had just pressed something: needed for VR and sound.
            await_promise: Whether to wait for a promise.
            timeout: Seconds.

        Raises:
            DevToolsError: ``exception`` with the script's own text, or those of :meth:`Connection.send`.
        """
        params: Json = {
            "expression": expression,
            "userGesture": user_gesture,
            "awaitPromise": await_promise,
            "returnByValue": True,
        }
        if self._context is not None:
            params["contextId"] = self._context
        reply = await self._connection.send(
            "Runtime.evaluate", params, session=self._session, timeout=timeout
        )
        if "exceptionDetails" in reply:
            raise DevToolsError("exception", _exception_text(_object(reply["exceptionDetails"])))
        return _object(reply.get("result")).get("value")


def _decoded(text: str) -> Json:
    """A frame's message; whatever is no JSON object says nothing."""
    try:
        return _object(json.loads(text))
    except (ValueError, RecursionError):
        return {}


def _object(value: object) -> Json:
    """A JSON object, or an empty one in place of anything else."""
    return value if isinstance(value, dict) else {}


def _exception_text(details: Json) -> str:
    thrown = _object(details.get("exception"))
    return str(thrown.get("description") or thrown.get("value") or details.get("text", ""))


class Page(World):
    """One page of the browser."""

    def __init__(self, connection: Connection, target: Target) -> None:
        super().__init__(connection)
        self.target = target

    async def __aenter__(self) -> Self:
        """Return the page itself; it is connected already."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """End the connection; the page stays."""
        await self.close()

    async def bring_to_front(self) -> None:
        """Make it the visible page: a headset grants VR to no other."""
        await self._connection.send("Page.bringToFront")

    async def isolated_world(self, name: str = "observer") -> World:
        """Return a world beside the page's own: same document, but built-ins that no script has altered."""
        tree = await self._connection.send("Page.getFrameTree")
        frame = _object(_object(tree.get("frameTree")).get("frame")).get("id")
        made = await self._connection.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": name})
        context = made.get("executionContextId")
        if not isinstance(context, int):
            raise DevToolsError("refused", "no world of its own")
        return World(self._connection, context)

    async def screenshot(self) -> bytes:
        """Return what the page shows as PNG."""
        reply = await self._connection.send("Page.captureScreenshot", {"format": "png"})
        try:
            return base64.b64decode(str(reply.get("data", "")))
        except ValueError as problem:
            raise DevToolsError("refused", str(problem)) from problem

    async def click(self, x: float, y: float) -> None:
        """Press and release the primary button at (x, y), in CSS pixels: the way in where gestures fail."""
        for kind in ("mousePressed", "mouseReleased"):
            await self._connection.send(
                "Input.dispatchMouseEvent",
                {"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1},
            )

    async def send(self, method: str, params: Json | None = None) -> Json:
        """Send any other command of the protocol to the page."""
        return await self._connection.send(method, params)

    async def close(self) -> None:
        """End the connection; the page stays."""
        await self._connection.close()


class DevTools:
    """The browser behind an endpoint; use as ``async with DevTools("tcp:127.0.0.1:9222") as dev``."""

    def __init__(self, endpoint: str, *, timeout: float = DEFAULT_TIMEOUT_S) -> None:
        self._endpoint = endpoint
        self._timeout = timeout
        self._http: aiohttp.ClientSession | None = None
        self._open: list[Connection] = []

    async def __aenter__(self) -> Self:
        """Prepare the transport; nothing is sent yet."""
        kind, _, rest = self._endpoint.partition(":")
        if kind == "abstract" and rest:
            # The name space of abstract sockets begins with a zero byte.
            connector: aiohttp.BaseConnector = aiohttp.UnixConnector(path="\0" + rest)
            self._base = "http://localhost"
        elif kind == "tcp" and rest:
            connector = aiohttp.TCPConnector()
            self._base = f"http://{rest}"
        else:
            raise ValueError(f"no DevTools endpoint: {self._endpoint!r}")
        self._http = aiohttp.ClientSession(connector=connector, headers={"Host": "localhost"})
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every connection that was opened through this object."""
        for connection in self._open:
            await connection.close()
        if self._http is not None:
            await self._http.close()

    async def version(self) -> Json:
        """Return what ``/json/version`` says."""
        answer = await self._request("GET", "/json/version")
        if not isinstance(answer, dict):
            raise DevToolsError("unreachable", "not a DevTools endpoint")
        return answer

    async def targets(self) -> list[Target]:
        """Return all targets, the most recently used first."""
        answer = await self._request("GET", "/json/list")
        return [_target(_object(entry)) for entry in answer] if isinstance(answer, list) else []

    async def open(self, url: str) -> Target:
        """Open a new page."""
        return _target(_object(await self._request("PUT", f"/json/new?{quote(url, safe=':/?&=%#')}")))

    async def close_target(self, target: Target) -> None:
        """Close a page."""
        await self._request("GET", f"/json/close/{target.id}", as_json=False)

    async def page(self, url_prefix: str, *, timeout: float | None = None) -> Page:
        """Connect to the first page whose address begins so, waiting for it up to ``timeout`` seconds.

        Raises:
            DevToolsError: ``no_page`` when none turns up.
        """
        deadline = asyncio.get_running_loop().time() + (timeout or 0.0)
        while True:
            for target in await self.targets():
                if target.kind == "page" and target.url.startswith(url_prefix) and target.socket_url:
                    return Page(await self.connect(target.socket_url), target)
            if asyncio.get_running_loop().time() >= deadline:
                # What follows the question mark is a secret, and this is read in logs.
                raise DevToolsError("no_page", url_prefix.partition("?")[0])
            await asyncio.sleep(0.05)

    async def browser(self) -> Connection:
        """Connect to the browser as a whole."""
        return await self.connect(str((await self.version()).get("webSocketDebuggerUrl", "")))

    async def grant(self, origin: str, permissions: Sequence[str] = ("vr",)) -> bool:
        """Grant permissions to an origin beforehand; False when this browser does not let us."""
        try:
            connection = await self.browser()
            await connection.send(
                "Browser.grantPermissions", {"origin": origin, "permissions": list(permissions)}
            )
        except DevToolsError:
            return False
        return True

    async def connect(self, socket_url: str) -> Connection:
        """Connect to a web socket the browser named.

        The address it names may hold a host and port of its own view; ours are the endpoint's.
        """
        try:
            parts = urlsplit(socket_url)
        except ValueError as problem:
            raise DevToolsError("unreachable", str(problem)) from problem
        address = urlunsplit(("ws", self._base.removeprefix("http://"), parts.path, parts.query, ""))
        try:
            async with asyncio.timeout(self._timeout):
                socket = await self._session().ws_connect(address, max_msg_size=MAX_MESSAGE)
        except (aiohttp.ClientError, OSError) as problem:
            raise DevToolsError("unreachable", str(problem)) from problem
        connection = Connection(socket, self._timeout)
        self._open.append(connection)
        return connection

    async def _request(self, method: str, path: str, *, as_json: bool = True) -> Any:
        try:
            async with (
                asyncio.timeout(self._timeout),
                self._session().request(method, self._base + path) as answer,
            ):
                if answer.status != 200:
                    raise DevToolsError("refused", f"{method} {path}: {answer.status}")
                return await (answer.json(content_type=None) if as_json else answer.read())
        except TimeoutError:
            raise DevToolsError("timeout", path) from None
        except (aiohttp.ClientError, OSError, ValueError, RecursionError) as problem:
            raise DevToolsError("unreachable", f"{path}: {problem}") from problem

    def _session(self) -> aiohttp.ClientSession:
        if self._http is None:
            raise RuntimeError("use DevTools with 'async with'")
        return self._http


def _target(entry: Json) -> Target:
    return Target(
        id=str(entry.get("id", "")),
        kind=str(entry.get("type", "")),
        url=str(entry.get("url", "")),
        title=str(entry.get("title", "")),
        socket_url=str(entry.get("webSocketDebuggerUrl", "")),
    )
