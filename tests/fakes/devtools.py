"""A browser's DevTools with one page, scripted: HTTP and web socket as Chrome's, and nothing behind them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any, Self

from aiohttp import web

PAGE = "http://127.0.0.1:29361/?token=t"


class ScriptedPage:
    """The player page, as far as it is spoken to by DevTools.

    Attributes:
        opens: The ways that this browser lets into VR: ``call``, ``press``, ``click``.
        refuses: The code with which the page answers the ways that it does not let in; empty: no effect.
        asks: The wearer is asked, and the page waits for ``answer``.
        tried: The ways that were tried.
        on_vr: Called when it is in VR.
    """

    def __init__(self) -> None:
        self.opens: set[str] = {"call"}
        self.refuses = "xr_gesture"
        self.asks = False
        self.tried: list[str] = []
        self.state: dict[str, Any] = {"immersive": False, "asking": False, "tries": 0, "code": ""}
        self.on_vr: Callable[[], None] = lambda: None

    def answer(self, *, code: str = "") -> None:
        """The browser has decided; an empty code lets in."""
        self.state.update(asking=False, immersive=not code, code=code)
        if not code:
            self.on_vr()

    def try_way(self, way: str) -> None:
        self.tried.append(way)
        if way not in self.opens and not self.refuses:
            return
        self.state["tries"] += 1
        if self.asks:
            self.state["asking"] = True
        else:
            self.answer(code="" if way in self.opens else self.refuses)

    def evaluate(self, expression: str) -> Any:
        if "vrState" in expression:
            return self.state
        if "getBoundingClientRect" in expression:
            return [100.5, 200]
        self.try_way("click" if ".click()" in expression else "call")
        return None


class ScriptedBrowser:
    """Listens on a loopback port; use as an async context.

    Attributes:
        page: None: it shows another page.
        package: What it says of itself as ``Android-Package``.
        fails: Methods that it refuses.
        said: Methods it was sent, in order.
    """

    def __init__(self, page: ScriptedPage | None, package: str = "com.oculus.browser") -> None:
        self.page = page
        self.package = package
        self.fails: set[str] = set()
        self.said: list[str] = []
        self.url = PAGE
        self.endpoint = ""
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/json/version", self._version)
        app.router.add_get("/json/list", self._list)
        app.router.add_get("/devtools/{which}", self._socket)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        self._stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.endpoint = f"tcp:127.0.0.1:{runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def _version(self, _request: web.Request) -> web.Response:
        socket = "ws://localhost/devtools/browser"
        return web.json_response(
            {"Browser": "Chrome/126", "Android-Package": self.package, "webSocketDebuggerUrl": socket}
        )

    async def _list(self, _request: web.Request) -> web.Response:
        socket = "ws://localhost/devtools/page"
        url = self.url if self.page is not None else "https://example.org/"
        return web.json_response([{"id": "1", "type": "page", "url": url, "webSocketDebuggerUrl": socket}])

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(compress=False)
        await socket.prepare(request)
        async for frame in socket:
            command = frame.json()
            method = command["method"]
            self.said.append(method)
            if method in self.fails:
                await socket.send_json({"id": command["id"], "error": {"message": "no"}})
            else:
                result = self._result(method, command["params"])
                await socket.send_json({"id": command["id"], "result": result})
        return socket

    def _result(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        if self.page is None:
            return {}
        if method == "Input.dispatchMouseEvent" and params["type"] == "mouseReleased":
            self.page.try_way("press")
        if method == "Runtime.evaluate":
            return {"result": {"value": self.page.evaluate(params["expression"])}}
        return {}
