"""From a closed browser into VR: the ways in their order, and a name for everything that goes wrong."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from headset_agent import browser as browser_module
from headset_agent import entering as entering_module
from headset_agent.browser import BrowserError, HeadsetBrowser
from headset_agent.devtools_offers import Offer, ask
from headset_agent.player import Player
from headset_agent.protocol.messages import OpenPlayer, PlayerOpen
from headset_agent.protocol.page_messages import PageHello
from headset_agent.protocol.playing import PageState
from tests.fakes.agents import FakePage, HandClock, a_report, page_hello
from tests.fakes.devtools import PAGE, ScriptedBrowser, ScriptedPage
from tests.fakes.leaping import Leaper, leaping
from tests.fakes.waiting import until

LONG_S = 100.0


class FakeAndroid:
    """A headset's system; opening the browser lets ``on_open`` happen."""

    def __init__(self) -> None:
        self.package: str | None = "com.oculus.browser"
        self.refusal = ""
        self.asleep = False
        self.opened: list[str] = []
        self.fronted: list[str] = []
        self.looks = 0
        self.on_open: object = None

    async def installed_browser(self) -> str | None:
        return self.package

    async def open_address(self, package: str, url: str) -> str:
        self.opened.append(f"{package} {url}")
        if callable(self.on_open) and not self.asleep:
            await self.on_open()
        return self.refusal

    async def bring_to_front(self, package: str) -> None:
        self.fronted.append(package)

    async def is_asleep(self) -> bool:
        self.looks += 1
        return self.asleep

    async def wake(self) -> None:
        self.asleep = False


class Room:
    """An agent's player, a scripted browser, and what is to be heard of them."""

    def __init__(self, browser: ScriptedBrowser, page: ScriptedPage, leaper: Leaper) -> None:
        self.devtools, self.page, self._leaper = browser, page, leaper
        self.player = Player(HandClock(), lambda _sha: "")
        self.android = FakeAndroid()
        self.socket = FakePage()
        self.awaited: list[str] = []
        self.endpoint: str | None = None
        self._reports: set[asyncio.Task[None]] = set()
        page.on_vr = self._report_vr

    async def connect(self, hello: PageHello | None = None) -> None:
        """The page connects by its web socket."""
        await self.player.page_message(self.socket, hello or page_hello(), 0)

    def _report_vr(self) -> None:
        report = a_report(state=PageState.WAITING, immersive=True)
        task = asyncio.get_running_loop().create_task(self.player.page_message(self.socket, report, 0))
        self._reports.add(task)

    async def open(self, timeout_s: float = LONG_S, sockets: Path = Path("/nowhere")) -> PlayerOpen:
        endpoint = self.devtools.endpoint if self.endpoint is None else self.endpoint
        browser = HeadsetBrowser(
            player=self.player,
            page_url=PAGE,
            origin="http://127.0.0.1:29361",
            environment={"SIMKOFFERT_DEVTOOLS": endpoint} if endpoint else {},
            sockets=sockets,
            android=self.android,
        )
        browser.on_wearer_awaited = self.awaited.append
        return await browser.open(OpenPlayer(id=1, timeout_s=timeout_s))

    async def code(self, sockets: Path = Path("/nowhere")) -> str:
        """Why it does not open."""
        with pytest.raises(BrowserError) as failed:
            await self.open(sockets=sockets)
        return failed.value.code

    async def code_in_the_end(self, awaited: str, sockets: Path = Path("/nowhere")) -> str:
        """The same, after everybody has waited in vain for the wearer."""
        opening = asyncio.create_task(self.code(sockets))
        await until(lambda: self.awaited == [awaited])
        self.time_is_up()
        return await opening

    def time_is_up(self) -> None:
        """All but what is kept to say why."""
        self._leaper.leap(LONG_S * 3 / 4)

    async def no_page_comes(self) -> None:
        """Half of the time goes by, then the rest but for the last look."""
        await until(lambda: bool(self.android.opened))
        self._leaper.leap(LONG_S / 2)
        await until(lambda: self.android.looks > 0)

    async def code_without_page(self) -> str:
        """The same, when no page has connected."""
        opening = asyncio.create_task(self.code())
        await self.no_page_comes()
        self._leaper.leap(LONG_S / 4)
        return await opening


@pytest.fixture
async def room(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Room]:
    monkeypatch.setattr(entering_module, "_EFFECT_S", 0.05)
    monkeypatch.setattr(entering_module, "_ASKED_S", 0.05)
    monkeypatch.setattr(entering_module, "_LOOK_S", 0.01)
    monkeypatch.setattr(browser_module, "_LAST_LOOK_S", LONG_S / 3)
    monkeypatch.setattr(browser_module, "_SAYING_S", LONG_S / 4)
    monkeypatch.setattr(browser_module, "_LISTED_S", 0.05)
    page = ScriptedPage()
    with leaping() as leaper:
        async with ScriptedBrowser(page) as browser:
            yield Room(browser, page, leaper)


# --- the ways --------------------------------------------------------------------------------------------


async def test_page_is_opened_in_the_right_browser_brought_to_front_and_into_vr(room: Room) -> None:
    room.android.on_open = room.connect
    assert (await room.open()).immersive
    assert room.android.opened == [f"com.oculus.browser {PAGE}"]
    assert room.page.tried == ["call"]
    assert room.devtools.said.index("Page.bringToFront") < room.devtools.said.index("Runtime.evaluate")
    assert "Browser.grantPermissions" in room.devtools.said
    assert room.awaited == []


async def test_page_that_is_there_already_is_shown_as_it_is(room: Room) -> None:
    room.android.asleep = True
    await room.connect()
    assert (await room.open()).immersive
    assert (room.android.opened, room.android.fronted) == ([], ["com.oculus.browser"])
    assert not room.android.asleep
    assert (await room.open()).immersive  # asked again, because a laptop that comes back does not know
    assert len(room.android.fronted) == 1


@pytest.mark.parametrize(
    ("way", "tried"),
    [("call", ["call"]), ("press", ["call", "press"]), ("click", ["call", "press", "click"])],
)
@pytest.mark.parametrize("refuses", ["xr_gesture", ""], ids=["refused", "without effect"])
async def test_ways_are_tried_in_order_until_one_works(
    room: Room, way: str, tried: list[str], refuses: str
) -> None:
    room.page.opens, room.page.refuses = {way}, refuses
    await room.connect()
    assert (await room.open()).immersive
    assert room.page.tried == tried


async def test_when_no_way_works_the_wearer_presses_the_button(room: Room) -> None:
    room.page.opens = set()
    await room.connect()
    opening = asyncio.create_task(room.open())
    await until(lambda: room.awaited == ["button_awaited"])
    room.page.answer()
    assert (await opening).immersive
    assert room.page.tried == ["call", "press", "click"]


async def test_without_devtools_the_wearer_presses_the_button(room: Room, tmp_path: Path) -> None:
    room.endpoint, sockets = "", tmp_path / "unix"
    sockets.write_text("")
    await room.connect()
    opening = asyncio.create_task(room.open(sockets=sockets))
    await until(lambda: room.awaited == ["button_awaited"])
    room.page.answer()
    assert (await opening).immersive


async def test_waiting_for_consent_is_told_and_goes_on_by_itself(room: Room) -> None:
    room.page.asks = True
    await room.connect()
    opening = asyncio.create_task(room.open())
    await until(lambda: room.awaited == ["consent_awaited"])
    room.page.answer()
    assert (await opening).immersive
    assert room.page.tried == ["call"]


async def test_a_question_that_is_open_already_is_not_asked_again(room: Room) -> None:
    room.page.state.update(asking=True, tries=1)
    await room.connect()
    opening = asyncio.create_task(room.open())
    await until(lambda: room.awaited == ["consent_awaited"])
    room.page.answer()
    assert (await opening).immersive
    assert room.page.tried == []


async def test_headset_that_sleeps_is_woken_and_the_page_opened_again(room: Room) -> None:
    room.android.asleep, room.android.on_open = True, room.connect
    opening = asyncio.create_task(room.open())
    await room.no_page_comes()
    assert (await opening).immersive
    assert len(room.android.opened) == 2


# --- what goes wrong -------------------------------------------------------------------------------------


async def test_wearer_who_says_no_is_not_asked_in_another_way(room: Room) -> None:
    room.page.asks = True
    await room.connect()
    opening = asyncio.create_task(room.code())
    await until(lambda: room.awaited == ["consent_awaited"])
    room.page.answer(code="xr_refused")
    assert await opening == "xr_refused"
    assert room.page.tried == ["call"]


async def test_consent_that_nobody_gives_has_its_own_name(room: Room) -> None:
    room.page.asks = True
    await room.connect()
    assert await room.code_in_the_end("consent_awaited") == "consent_unanswered"


async def test_button_that_nobody_presses_has_its_own_name(room: Room) -> None:
    room.page.opens = set()
    await room.connect()
    assert await room.code_in_the_end("button_awaited") == "button_unpressed"


@pytest.mark.parametrize("code", ["xr_unsupported", "graphics"])
async def test_what_no_press_can_mend_is_said_at_once(room: Room, code: str) -> None:
    room.page.opens, room.page.refuses = set(), code
    await room.connect()
    assert await room.code() == code
    assert room.page.tried == ["call"]


async def test_no_browser(room: Room) -> None:
    room.android.package = None
    assert await room.code() == "no_browser"
    assert room.android.opened == []


@pytest.mark.parametrize(("asleep", "code"), [(False, "browser_closed"), (True, "headset_asleep")])
async def test_browser_that_does_not_open(room: Room, code: str, *, asleep: bool) -> None:
    room.android.refusal, room.android.asleep = "Error: Activity not started", asleep
    assert await room.code() == code


async def test_page_that_is_shown_but_never_connects_is_blocked(room: Room) -> None:
    assert await room.code_without_page() == "page_blocked"


async def test_browser_that_shows_no_such_page_is_silent(room: Room) -> None:
    room.devtools.page = None
    assert await room.code_without_page() == "browser_silent"


async def test_page_that_goes_while_it_is_brought_into_vr(room: Room) -> None:
    room.page.asks = True
    await room.connect()
    opening = asyncio.create_task(room.code())
    await until(lambda: room.awaited == ["consent_awaited"])
    room.player.page_gone(room.socket)
    room.time_is_up()
    assert await opening == "page_gone"


def listing(*names: str) -> str:
    return "".join(f"0000: 00000002 00000000 00010000 0001 01 1 @{name}\n" for name in names)


@pytest.mark.parametrize(
    ("names", "code"), [((), "no_devtools"), (("nobody_here_devtools_remote",), "devtools_refused")]
)
async def test_devtools_that_are_missing_or_refuse(
    room: Room, tmp_path: Path, names: tuple[str, ...], code: str
) -> None:
    room.endpoint, sockets = "", tmp_path / "unix"
    sockets.write_text(listing(*names))
    await room.connect()
    assert await room.code_in_the_end("button_awaited", sockets) == code


def _offer(monkeypatch: pytest.MonkeyPatch, offers: list[Offer]) -> None:
    """Let these be what the headset's list of sockets leads to."""

    async def survey(_sockets: Path) -> list[Offer]:
        return offers

    monkeypatch.setattr(browser_module, "survey", survey)


async def test_of_several_browsers_the_one_that_shows_the_page_is_taken(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    await room.connect()
    async with ScriptedBrowser(None, "com.android.chrome") as other:
        offers = [await ask(one.endpoint) for one in (other, room.devtools)]
        _offer(monkeypatch, offers)
        room.endpoint = ""
        assert (await room.open()).immersive


async def test_several_browsers_of_which_none_shows_the_page(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.devtools.page = None
    await room.connect()
    async with ScriptedBrowser(None, "com.android.chrome") as other:
        offers = [await ask(one.endpoint) for one in (other, room.devtools)]
        _offer(monkeypatch, offers)
        room.endpoint = ""
        assert await room.code_in_the_end("button_awaited") == "several_browsers"


async def test_page_within_another_app_is_no_browser(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    await room.connect()
    async with ScriptedBrowser(ScriptedPage(), "com.example.shop") as shop:
        _offer(monkeypatch, [await ask(shop.endpoint)])
        room.endpoint = ""
        assert await room.code_in_the_end("button_awaited") == "no_devtools"
