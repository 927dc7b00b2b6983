"""What an agent beside us wants of its headset: Android's commands, and ways to the browser's DevTools."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from headset_agent.devtools_offers import ask_all
from headset_agent.protocol.tether import Browsers, FindBrowsers, Output, RunCommand
from headset_agent.virtual.adbd import AdbDaemon
from tests.integration.adb.shell_device import ShellDevice
from trainer_app.headsets.link import AdbKey, DirectLink, connect
from trainer_app.headsets.tethered.errands import Errands

NAME = f"simkoffert_tether_{os.getpid()}_devtools_remote"


@pytest.fixture
async def link(tmp_path: Path, key: AdbKey) -> AsyncIterator[DirectLink]:
    daemon = AdbDaemon(ShellDevice(tmp_path), "127.0.0.1", 0)
    await daemon.start()
    async with await connect("127.0.0.1", daemon.port, key=key) as link:
        yield link
    await daemon.close()


@pytest.fixture
async def errands(link: DirectLink) -> AsyncIterator[Errands]:
    errands = Errands(link)
    yield errands
    await errands.close()


@pytest.fixture
async def browser() -> AsyncIterator[list[web.Request]]:
    """The HTTP side of a headset's browser, on an abstract socket; what was asked of it."""
    asked: list[web.Request] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request)
        return web.json_response({"Browser": "Chrome/126", "Android-Package": "com.oculus.browser"})

    app = web.Application()
    app.router.add_get("/json/version", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.UnixSite(runner, "\0" + NAME).start()
    yield asked
    await runner.cleanup()


async def answer_to(errands: Errands, asked: RunCommand | FindBrowsers) -> Output | Browsers:
    answered: asyncio.Future[Output | Browsers] = asyncio.get_running_loop().create_future()
    errands.do(asked, answered.set_result)
    return await answered


async def test_browser_of_the_headset_is_found_and_spoken_to_from_here(
    errands: Errands, browser: list[web.Request]
) -> None:
    found = await answer_to(errands, FindBrowsers(id=3))
    assert isinstance(found, Browsers)
    assert found.id == 3
    offers = await ask_all(found.endpoints)
    assert any(offer.speaks and offer.package == "com.oculus.browser" for offer in offers)
    assert browser[0].headers["Host"] == "localhost"
    again = await answer_to(errands, FindBrowsers(id=4))
    assert isinstance(again, Browsers)
    assert set(found.endpoints) & set(again.endpoints), "a way that is open is taken again"


@pytest.mark.expects_log("none of its commands")
async def test_commands_of_android_are_run_and_no_others(
    errands: Errands, link: DirectLink, tmp_path: Path
) -> None:
    (tmp_path / "precious").touch()
    refused = await answer_to(errands, RunCommand(id=1, words=["rm", str(tmp_path / "precious")]))
    assert refused == Output(id=1, text="")
    assert (tmp_path / "precious").exists()
    ran = await answer_to(errands, RunCommand(id=2, words=["pm", "list; echo broken out"]))
    assert isinstance(ran, Output)
    assert "not found" in ran.text, "this machine has no such command, and says so"
    await link.close()
    assert await answer_to(errands, RunCommand(id=3, words=["pm"])) == Output(id=3, text="")
