"""The agent's HTTP as a browser and as a curious app on the same headset meet it."""

from __future__ import annotations

import asyncio
import hashlib
import random
import socket as socket_module
import struct
from collections.abc import AsyncIterator
from pathlib import Path
from time import perf_counter_ns
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest

from headset_agent.protocol.messages import PROTOCOL_VERSION, Configure, FilmBegin, encode
from headset_agent.protocol.page_messages import PageHello, PagePing, PageStopped
from headset_agent.web_server import WebServer
from tests.fakes.agents import a_plan, a_report
from tests.fakes.waiting import until
from tests.integration.agent.parts import HOST, TOKEN, Parts, agent_parts

FILM = random.Random(1).randbytes(5 << 20)
SHA = hashlib.sha256(FILM).hexdigest()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def film(parts: Parts) -> str:
    """A verified film; its path with the token."""
    (parts.folder / f"{SHA}.mp4").write_bytes(FILM)
    await parts.films.begin(FilmBegin(id=1, sha256=SHA, size=len(FILM)))
    return f"/film/{SHA}?token={TOKEN}"


async def status(
    http: aiohttp.ClientSession, parts: Parts, path: str, headers: dict[str, str] | None = None
) -> int:
    async with http.get(parts.origin + path, headers=headers) as response:
        return response.status


# --- who may ask -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", "?token=", "?token=wrong", "?token=a-token2", "?Token=a-token"])
@pytest.mark.parametrize("path", ["/", "/film/" + "ab" * 32, "/socket"])
async def test_without_the_token_nothing_is_told(
    http: aiohttp.ClientSession, parts: Parts, path: str, query: str
) -> None:
    assert await status(http, parts, path + query) == 403


@pytest.mark.parametrize("host", ["localhost:{port}", "127.0.0.1", "evil.example", "127.0.0.1:{port}.evil"])
async def test_other_host_is_refused(http: aiohttp.ClientSession, parts: Parts, host: str) -> None:
    """A name that a foreign page has pointed at our address (DNS rebinding)."""
    headers = {"Host": host.format(port=parts.web_port)}
    assert await status(http, parts, f"/?token={TOKEN}", headers) == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1:{port}", ""])
async def test_other_origin_is_refused(http: aiohttp.ClientSession, parts: Parts, origin: str) -> None:
    headers = {"Origin": origin.format(port=parts.web_port)}
    assert await status(http, parts, f"/?token={TOKEN}", headers) == 403
    assert await status(http, parts, "/web/main.js", headers) == 403


async def test_own_origin_is_let_in(http: aiohttp.ClientSession, parts: Parts) -> None:
    assert await status(http, parts, f"/?token={TOKEN}", {"Origin": parts.origin}) == 200


@pytest.mark.parametrize("headers", [{}, {"Origin": "http://evil.example"}])
async def test_socket_is_for_our_page_only(
    http: aiohttp.ClientSession, parts: Parts, headers: dict[str, str]
) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await http.ws_connect(f"{parts.origin}/socket?token={TOKEN}", headers=headers)
    assert refused.value.status == 403


# --- the page --------------------------------------------------------------------------------------------


async def test_page_and_its_modules_are_served_with_their_types(
    http: aiohttp.ClientSession, parts: Parts
) -> None:
    async with http.get(f"{parts.origin}/?token={TOKEN}") as page:
        assert page.content_type == "text/html"
        assert page.headers["Cache-Control"] == "no-store"
        assert "main.js" in await page.text()
    async with http.get(f"{parts.origin}/web/main.js") as module:
        assert module.content_type == "text/javascript"
        assert (await module.text()).strip()


@pytest.mark.parametrize(
    "path",
    [
        "/web/",
        "/web/nothing.js",
        "/web/.hidden.js",
        "/web/../agent.py",
        "/web/..%2Fagent.py",
        "/web/..%2F..%2Fpyproject.toml",
        "/web/%2e%2e%2fweb%2fmain.js",
        "/web//etc/passwd",
        "/web/%2Fetc%2Fpasswd",
        "/web/sub/main.js",
        "/web/main.js%00",
    ],
)
async def test_nothing_else_of_the_headset_is_served(
    http: aiohttp.ClientSession, parts: Parts, path: str
) -> None:
    assert await raw_status(parts, path) in (400, 403, 404)


async def test_token_cannot_be_skipped_by_a_path_through_the_modules(parts: Parts, film: str) -> None:
    for path in (f"/web/../film/{SHA}", f"/web/..%2Ffilm%2F{SHA}", f"//film/{SHA}", f"/./film/{SHA}"):
        assert await raw_status(parts, path) in (403, 404)


async def raw_status(parts: Parts, path: str) -> int:
    """The status of a path that no client library has put in order before."""
    reader, writer = await asyncio.open_connection(HOST, parts.web_port)
    host = f"{HOST}:{parts.web_port}"
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    line = await reader.readline()
    await reader.read()
    writer.close()
    await writer.wait_closed()
    return int(line.split()[1])


# --- films -----------------------------------------------------------------------------------------------


async def test_whole_film(http: aiohttp.ClientSession, parts: Parts, film: str) -> None:
    async with http.get(parts.origin + film) as response:
        assert (response.status, response.content_type) == (200, "video/mp4")
        assert response.headers["Accept-Ranges"] == "bytes"
        assert await response.read() == FILM


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-", 0, len(FILM)),
        ("bytes=0-65535", 0, 65536),
        ("bytes=1000000-4999999", 1_000_000, 5_000_000),
        ("bytes=5000000-", 5_000_000, len(FILM)),
        ("bytes=-1000", len(FILM) - 1000, len(FILM)),
        (f"bytes={len(FILM) - 1}-", len(FILM) - 1, len(FILM)),
        ("bytes=5242000-99999999", 5_242_000, len(FILM)),
    ],
)
async def test_part_of_a_film(
    http: aiohttp.ClientSession, parts: Parts, film: str, asked: str, start: int, end: int
) -> None:
    async with http.get(parts.origin + film, headers={"Range": asked}) as response:
        assert response.status == 206
        assert response.headers["Content-Range"] == f"bytes {start}-{end - 1}/{len(FILM)}"
        assert await response.read() == FILM[start:end]


async def test_part_beyond_the_end_is_refused(http: aiohttp.ClientSession, parts: Parts, film: str) -> None:
    assert await status(http, parts, film, {"Range": f"bytes={len(FILM)}-"}) == 416


async def test_film_that_is_not_verified_is_not_served(http: aiohttp.ClientSession, parts: Parts) -> None:
    (parts.folder / f"{SHA}.mp4").write_bytes(FILM)
    (parts.folder / f"{SHA}.part").write_bytes(FILM)
    for name in (SHA, f"{SHA}.mp4", f"{SHA}.part", "manifest.json", "..%2Fmanifest.json"):
        assert await status(http, parts, f"/film/{name}?token={TOKEN}") == 404


# --- the page's socket -----------------------------------------------------------------------------------


async def page_socket(http: aiohttp.ClientSession, parts: Parts) -> aiohttp.ClientWebSocketResponse:
    socket = await http.ws_connect(f"{parts.origin}/socket?token={TOKEN}", headers={"Origin": parts.origin})
    await socket.send_str(encode(PageHello(version=PROTOCOL_VERSION, user_agent="test", xr=True)).decode())
    return socket


async def hear(socket: aiohttp.ClientWebSocketResponse) -> dict[str, Any]:
    heard: dict[str, Any] = await socket.receive_json(timeout=5)
    return heard


async def test_a_page_that_is_gone_before_it_was_answered_is_no_mistake(
    http: aiohttp.ClientSession, parts: Parts, caplog: pytest.LogCaptureFixture
) -> None:
    # A page that is loaded anew lets go of its socket at any moment; a line in red would be our fault.
    address = urlsplit(parts.origin)
    _, writer = await asyncio.open_connection(HOST, address.port)
    request = [
        f"GET /socket?token={TOKEN} HTTP/1.1",
        f"Host: {HOST}:{address.port}",
        f"Origin: {parts.origin}",
        *("Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"),
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ]
    at_once = struct.pack("ii", 1, 0)
    writer.get_extra_info("socket").setsockopt(socket_module.SOL_SOCKET, socket_module.SO_LINGER, at_once)
    writer.write("\r\n".join([*request, "", ""]).encode())
    writer.transport.abort()
    await until(lambda: "gone before it was answered: /socket" in caplog.text)
    async with await page_socket(http, parts) as socket:
        await socket.send_str(encode(PagePing(seq=1, t1=5.5)).decode())
        assert (await hear(socket))["type"] == "pong"


async def test_page_hears_name_plan_and_time(http: aiohttp.ClientSession, parts: Parts) -> None:
    await parts.player.configure(
        Configure(id=1, number=3, lang="nb", colour="#112233", ink="#ffffff", texts={"calm": "Æøå"})
    )
    await parts.player.set_plan(a_plan())
    async with await page_socket(http, parts) as socket:
        welcome, plan = await hear(socket), await hear(socket)
        assert (welcome["type"], welcome["number"], welcome["texts"]) == ("welcome", 3, {"calm": "Æøå"})
        assert plan["type"] == "plan"
        await socket.send_str(encode(PagePing(seq=1, t1=5.5)).decode())
        pong = await hear(socket)
        assert (pong["type"], pong["t1"]) == ("pong", 5.5)
        assert pong["t2"] <= pong["t3"]


async def test_film_s_address_in_the_plan_is_one_that_is_served(
    http: aiohttp.ClientSession, parts: Parts, film: str
) -> None:
    plan = a_plan()
    assert plan.film is not None
    await parts.player.set_plan(a_plan(film=type(plan.film)(sha256=SHA, duration_s=60.0)))
    async with await page_socket(http, parts) as socket:
        heard = await hear(socket)
        assert await status(http, parts, heard["film_url"]) == 200


async def test_stop_reaches_the_page_and_is_confirmed(http: aiohttp.ClientSession, parts: Parts) -> None:
    async with await page_socket(http, parts) as socket:
        await until(lambda: parts.player.connected)
        stopping = asyncio.create_task(parts.player.stop("Anna"))
        stop = await hear(socket)
        assert stop["type"] == "stop"
        await socket.send_str(encode(PageStopped(seq=stop["seq"], at_ms=0.0)).decode())
        assert await stopping


async def test_page_that_closes_is_gone(http: aiohttp.ClientSession, parts: Parts) -> None:
    async with await page_socket(http, parts):
        await until(lambda: parts.player.connected)
    await until(lambda: not parts.player.connected)


@pytest.mark.expects_log("page sent something else")
@pytest.mark.parametrize("words", ["no json", '{"type":"unknown"}', '{"type":"ping"}', "[]"])
async def test_page_that_talks_nonsense_is_hung_up_on(
    http: aiohttp.ClientSession, parts: Parts, words: str
) -> None:
    async with await page_socket(http, parts) as socket:
        await socket.send_str(words)
        closed = await socket.receive(timeout=5)
        assert closed.type is aiohttp.WSMsgType.CLOSE
        assert closed.data == 1007
    await until(lambda: not parts.player.connected)


async def test_new_page_does_not_wait_for_an_old_one_that_hangs(
    http: aiohttp.ClientSession, parts: Parts
) -> None:
    """A page in a browser that sleeps answers nothing, not even a goodbye."""
    await parts.player.set_plan(a_plan())
    old = await page_socket(http, parts)
    await hear(old)
    async with asyncio.timeout(8), await page_socket(http, parts) as new:
        assert (await hear(new))["type"] == "plan"
        await new.send_str(encode(PagePing(seq=1, t1=5.5)).decode())
        assert (await hear(new))["type"] == "pong"
        await new.send_str(encode(a_report(position_s=1.0)).decode())
        await until(lambda: parts.player.report is not None)
        assert parts.player.report is not None
        assert parts.player.report.position_s == 1.0
    await old.close()


async def test_page_that_hangs_is_noticed(http: aiohttp.ClientSession, tmp_path: Path) -> None:
    async with agent_parts(tmp_path, heartbeat_s=0.1) as parts:
        socket = await http.ws_connect(
            f"{parts.origin}/socket?token={TOKEN}", headers={"Origin": parts.origin}, autoping=False
        )
        await socket.send_str(encode(PageHello(version=PROTOCOL_VERSION, user_agent="x", xr=True)).decode())
        await until(lambda: parts.player.connected)
        await until(lambda: not parts.player.connected, within_s=2)
        await socket.close()


async def test_page_that_comes_through_a_tunnel_is_known_by_the_name_it_has_there(
    parts: Parts, http: aiohttp.ClientSession
) -> None:
    through = WebServer(
        host=HOST,
        port=0,
        authority="127.0.0.1:29361",
        token=TOKEN,
        player=parts.player,
        films=parts.films,
        clock=perf_counter_ns,
    )
    await through.start()
    try:
        url = f"http://{HOST}:{through.port}/?token={TOKEN}"
        there = {"Host": "127.0.0.1:29361", "Origin": "http://127.0.0.1:29361"}
        own = f"http://{HOST}:{through.port}"
        codes = []
        for headers in (there, {}, {**there, "Origin": own}):
            async with http.get(url, headers=headers) as answer:
                codes.append(answer.status)
        assert codes == [200, 403, 403]
    finally:
        await through.close()
