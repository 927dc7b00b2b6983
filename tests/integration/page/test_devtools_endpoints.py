"""DevTools on an abstract socket, as headsets have it, and endpoints that are none."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from headset_agent.devtools import DevTools, DevToolsError
from headset_agent.devtools_offers import discover

NAME = f"simkoffert_test_{os.getpid()}_devtools_remote"


@pytest.fixture
async def headset_socket() -> AsyncIterator[list[web.Request]]:
    """A browser's HTTP side on an abstract socket; what was asked of it."""
    asked: list[web.Request] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request)
        if request.path == "/json/version":
            return web.json_response({"Browser": "Chrome/126", "webSocketDebuggerUrl": "ws://localhost/x"})
        return web.json_response([])

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.UnixSite(runner, "\0" + NAME).start()
    yield asked
    await runner.cleanup()


async def test_a_headsets_browser_is_found_by_its_abstract_socket(headset_socket: list[web.Request]) -> None:
    assert f"abstract:{NAME}" in await discover()
    request = headset_socket[0]
    assert request.headers["Host"] == "localhost"
    assert "Origin" not in request.headers
    async with DevTools(f"abstract:{NAME}") as dev:
        assert await dev.targets() == []
        with pytest.raises(DevToolsError) as missing:
            await dev.page("http://127.0.0.1/")
        assert missing.value.code == "no_page"


async def test_a_socket_nobody_answers_on_is_not_offered(tmp_path: Path) -> None:
    listing = tmp_path / "unix"
    listing.write_text("0000: 00000002 00000000 00010000 0001 01 1 @nobody_here_devtools_remote\n")
    assert await discover(listing) == []


async def test_nobody_there_is_said_at_once(unused_tcp_port: int) -> None:
    async with DevTools(f"tcp:127.0.0.1:{unused_tcp_port}") as dev:
        with pytest.raises(DevToolsError) as failed:
            await dev.version()
    assert failed.value.code == "unreachable"
    async with DevTools(f"tcp:127.0.0.1:{unused_tcp_port}") as dev:
        assert not await dev.grant("http://127.0.0.1")
