"""The browser's DevTools, of which only that is real what it says."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from headset_agent.devtools import Connection, DevTools, DevToolsError, Page, Target
from tests.fuzz.told import ToldSocket

_PAGE = {
    "id": "A7",
    "type": "page",
    "title": "SimKoffert",
    "url": "http://127.0.0.1:29361/",
    "webSocketDebuggerUrl": "ws://localhost/devtools/page/A7",
}
VERSION = json.dumps({"Browser": "OculusBrowser/41.0", "Android-Package": "com.oculus.browser"}).encode()
TARGETS = json.dumps([_PAGE, {"type": "service_worker"}]).encode()
FRAMES = (
    {"id": 1, "result": {"result": {"type": "string", "value": "vr"}}},
    {"method": "Runtime.consoleAPICalled", "params": {"type": "log"}},
    {"id": 2, "result": {"frameTree": {"frame": {"id": "F1"}}}},
    {"id": 3, "result": {"executionContextId": 7}},
    {"id": 4, "result": {"data": "aGVp"}},
)
CONVERSATION = b"\n".join(json.dumps(frame).encode() for frame in FRAMES)
REFUSALS = b"\n".join(
    (
        b'{"id": 1, "result": {"exceptionDetails": {"text": "Uncaught", "exception": {"value": 7}}}}',
        b'{"id": 2, "error": {"code": -32000, "message": "no such frame"}}',
    )
)


class _Told(DevTools):
    """DevTools whose every page is the same."""

    def __init__(self, content: bytes) -> None:
        super().__init__("tcp:127.0.0.1:1")
        self._content = content

    async def _request(self, method: str, path: str, *, as_json: bool = True) -> Any:
        # As the real one takes what is no JSON.
        try:
            return json.loads(self._content)
        except (ValueError, RecursionError) as problem:
            raise DevToolsError("unreachable", str(problem)) from problem


async def version(pieces: Sequence[bytes]) -> object:
    """Ask which browser it is."""
    return await _Told(b"".join(pieces)).version()


async def targets(pieces: Sequence[bytes]) -> object:
    """Ask for its pages, and open one."""
    browser = _Told(b"".join(pieces))
    return await browser.targets(), await browser.open("http://127.0.0.1:29361/")


async def conversation(pieces: Sequence[bytes]) -> None:
    """Evaluate something in a page, look into it and photograph it; each line is a frame."""
    lines = [line for line in b"".join(pieces).split(b"\n") if line]
    connection = Connection(ToldSocket(lines).for_real(), timeout=5.0)
    connection.on("Runtime.consoleAPICalled", lambda params, _session: params.get("type"))
    page = Page(connection, Target(id="A7", kind="page", url="", title="", socket_url=""))
    try:
        await page.evaluate("1")
        await page.isolated_world()
        await page.screenshot()
    finally:
        await page.close()
