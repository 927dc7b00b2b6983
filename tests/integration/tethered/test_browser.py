"""A real browser gets its page and its film through the cable, and is dark without it."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from headset_agent.devtools import DevTools, Page
from headset_agent.protocol.messages import HTTP_PORT
from tests.fakes.usb import FakeUsbBus, FakeUsbDevice
from tests.fakes.usb_joined import JoinedDaemon
from tests.fakes.waiting import until
from tests.integration.live.table import FilmFile, Table, film_in
from tests.integration.page import films
from tests.integration.virtual.kits import VirtualProcess
from trainer_app.domain.films import Film
from trainer_app.domain.headset_state import HeadsetState as S
from trainer_app.headsets.gateway import AdbGateway
from trainer_app.headsets.link import AdbKey, Ways
from trainer_app.headsets.link.server import AdbServer
from trainer_app.services.live.pace import Pace

LENGTH_S = 300.0
"""Longer than a page may need to come back on a machine that has other things to do."""

WITHIN_S = 50.0

FILM = "document.querySelector('video')"
IN_VR = "globalThis.simkoffert?.page.immersion?.session"

pytestmark = pytest.mark.slow


class Browsing(NamedTuple):
    """A suitcase with one headset that has a real browser; what that says of itself, and its cable."""

    table: Table
    described: dict[str, Any]
    usb: FakeUsbDevice
    bus: FakeUsbBus


@pytest.fixture
def film_file(tmp_path: Path) -> Path:
    made = films.make_film(tmp_path / "film.mp4", films.panorama(films.LEFT, 320, 160), LENGTH_S)
    digest = hashlib.sha256(made.read_bytes()).hexdigest()
    return made.rename(tmp_path / f"{digest}.mp4")


@pytest.fixture
async def browsing(film_file: Path, tmp_path: Path) -> AsyncIterator[Browsing]:
    with VirtualProcess("--number", "3", "--no-runtime", "--player", "chromium") as process:
        described = process.ready()
        daemon = JoinedDaemon(described["adb"])
        usb = FakeUsbDevice(described["serial"], daemon)
        bus = FakeUsbBus(usb)
        key = AdbKey(tmp_path / "adbkey")
        gateway = AdbGateway(key, ways=Ways(key, bus, AdbServer(1)), films=film_file.parent)
        pace = Pace(first_retry=0.05, last_retry=0.2, facts=0.5)
        table = Table(gateway, FilmFile(film_file), lambda: datetime.now(UTC), pace)
        await table.open([f"usb:{usb.serial}"])
        yield Browsing(table, described, usb, bus)
        await table.kit.release()
        await daemon.close()


async def test_browser_plays_through_the_cable_and_is_dark_without_it(
    browsing: Browsing, film_file: Path
) -> None:
    table, described, usb, bus = browsing
    film: Film = film_in(film_file, length_s=LENGTH_S)
    await table.ready(film)
    await table.kit.start_film(from_s=2.0)
    await table.all_are(S.PLAYING)
    async with DevTools(f"tcp:{described['devtools']}") as dev:
        page = await dev.page(f"http://{described['address']}:{HTTP_PORT}/", timeout=WITHIN_S)
        await until(lambda: plays(page), within_s=WITHIN_S)
        assert await fetched_in_parts(page)
        bus.plugged_in.clear()
        usb.cable.pull()
        await until(lambda: is_dark(page), within_s=WITHIN_S)


async def plays(page: Page) -> bool:
    """In VR, and the film runs."""
    return bool(await page.evaluate(f"{IN_VR} && simkoffert.page.picture.shown.film && !{FILM}.paused"))


async def is_dark(page: Page) -> bool:
    return bool(await page.evaluate(f"globalThis.simkoffert?.page.picture.shown.black && {FILM}.paused"))


async def fetched_in_parts(page: Page) -> bool:
    """The film's server answers with what was asked for, and no more."""
    script = """
        fetch(document.querySelector('video').src, {headers: {Range: 'bytes=1000-1999'}})
          .then(async (answer) => answer.status === 206 && (await answer.blob()).size === 1000)
    """
    return bool(await page.evaluate(script, await_promise=True))
