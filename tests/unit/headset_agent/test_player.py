"""What the page is told and when; what of its words counts."""

from __future__ import annotations

import asyncio

import pytest

from headset_agent import player as player_module
from headset_agent.player import Player, is_moving
from headset_agent.protocol.messages import Configure, Event, PlayerGone, Problem, Report, WasStopped
from headset_agent.protocol.page_messages import (
    AgentToPage,
    PageHello,
    PageIdentify,
    PagePing,
    PagePlan,
    PagePong,
    PageProblem,
    PageRecentre,
    PageStop,
    PageStopped,
    PageText,
    PageVolume,
    PageWelcome,
)
from headset_agent.protocol.playing import PageState
from tests.fakes.agents import SHA, FakePage, HandClock, a_plan, a_report, page_hello

CONFIGURE = Configure(id=1, number=3, lang="nb", colour="#112233", ink="#ffffff", texts={"calm": "Vent."})


class AnsweringPage(FakePage):
    """Says at once that it is silent and dark."""

    def __init__(self, player: Player) -> None:
        super().__init__()
        self._player = player

    async def send(self, message: AgentToPage) -> None:
        await super().send(message)
        if isinstance(message, PageStop):
            await self._player.page_message(self, PageStopped(seq=message.seq, at_ms=0.0), 0)


class StuckPage(FakePage):
    """Its socket is full: nothing can be sent, and it never closes."""

    async def send(self, message: AgentToPage) -> None:
        if isinstance(message, PageStop):
            await asyncio.Event().wait()
        await super().send(message)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def player(clock: HandClock) -> Player:
    return Player(clock, lambda sha256: f"/film/{sha256}")


@pytest.fixture
def events(player: Player) -> list[Event]:
    heard: list[Event] = []
    player.on_event = heard.append
    return heard


async def connect(player: Player, page: FakePage | None = None) -> FakePage:
    page = page or FakePage()
    await player.page_message(page, page_hello(), 0)
    return page


async def test_late_page_gets_its_name_and_the_plan_as_it_stands(player: Player) -> None:
    await player.configure(CONFIGURE)
    assert await player.set_plan(a_plan(anchor_ns=7_000_000, position_s=2.5))
    page = await connect(player)
    welcome, plan = page.got
    assert isinstance(welcome, PageWelcome)
    assert (welcome.number, welcome.lang, welcome.texts) == (3, "nb", {"calm": "Vent."})
    assert isinstance(plan, PagePlan)
    assert (plan.plan_id, plan.anchor_ms, plan.position_s) == ("p", 7.0, 2.5)
    assert plan.film_url == f"/film/{SHA}"


async def test_older_word_of_the_same_plan_is_not_passed_on(player: Player) -> None:
    page = await connect(player)
    assert await player.set_plan(a_plan(revision=5, position_s=5.0))
    assert await player.set_plan(a_plan(revision=4, position_s=4.0))
    assert await player.set_plan(a_plan(revision=5, position_s=9.0))
    assert [plan.position_s for plan in page.all_of(PagePlan)] == [5.0]


async def test_new_plan_may_count_its_words_from_the_beginning(player: Player) -> None:
    page = await connect(player)
    await player.set_plan(a_plan(revision=5))
    await player.set_plan(a_plan(plan_id="q", revision=1))
    assert [plan.plan_id for plan in page.all_of(PagePlan)] == ["p", "q"]


async def test_stopped_film_is_not_started_again_by_a_refinement_on_its_way(player: Player) -> None:
    page = await connect(player, AnsweringPage(player))
    await player.set_plan(a_plan())
    assert await player.stop("Anna")
    assert not await player.set_plan(a_plan(revision=2))
    assert player.film is None
    assert len(page.all_of(PagePlan)) == 1
    assert await player.set_plan(a_plan(plan_id="q"))


async def test_page_that_was_away_at_the_stop_is_stopped_when_it_is_back(player: Player) -> None:
    first = await connect(player)
    await player.set_plan(a_plan())
    player.page_gone(first)
    await player.stop("Anna")
    page = await connect(player)
    await player.page_message(page, a_report(state=PageState.PLAYING), 0)
    await player.page_message(page, a_report(state=PageState.PLAYING), 0)  # on its way when it was told
    assert page.all_of(PagePlan) == []
    assert len(page.all_of(PageStop)) == 1
    await player.page_message(page, a_report(state=PageState.STOPPED), 0)
    assert len(page.all_of(PageStop)) == 1


async def test_page_that_opens_for_the_next_film_is_not_told_of_an_earlier_stop(player: Player) -> None:
    await connect(player, AnsweringPage(player))
    await player.set_plan(a_plan())
    assert await player.stop("Anna")
    page = await connect(player)
    await player.page_message(page, a_report(plan_id=None, state=PageState.WAITING), 0)
    await player.identify(5.0)
    await player.set_plan(a_plan(plan_id="q"))
    await player.page_message(page, a_report(plan_id="q", state=PageState.PLAYING), 0)
    assert (page.all_of(PageStop), len(page.all_of(PagePlan))) == ([], 1)


async def test_page_that_has_been_told_to_stop_is_told_once(player: Player) -> None:
    page = await connect(player, AnsweringPage(player))
    await player.set_plan(a_plan())
    assert await player.stop("Anna")
    await player.page_message(page, a_report(state=PageState.PLAYING), 0)  # older than its answer
    assert len(page.all_of(PageStop)) == 1


async def test_controller_hears_who_stopped_which_plan(player: Player, events: list[Event]) -> None:
    await player.set_plan(a_plan())
    assert not await player.stop("Anna")
    assert events == [WasStopped(plan_id="p", by="Anna")]


async def test_stop_without_a_page_is_not_confirmed(player: Player, events: list[Event]) -> None:
    assert not await player.stop("Anna")
    assert events == [WasStopped(plan_id=None, by="Anna")]


async def test_stop_without_a_plan_reaches_the_page_all_the_same(player: Player) -> None:
    page = await connect(player, AnsweringPage(player))
    assert await player.stop("Anna")
    assert len(page.all_of(PageStop)) == 1


@pytest.mark.parametrize("page", [FakePage(), StuckPage()], ids=["silent", "stuck"])
async def test_stop_is_answered_though_the_page_is_not_heard(
    player: Player, events: list[Event], page: FakePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(player_module, "STOP_ANSWER_S", 0.02)
    await connect(player, page)
    await player.set_plan(a_plan())
    async with asyncio.timeout(20):
        assert not await player.stop("Anna")
    assert WasStopped(plan_id="p", by="Anna") in events


async def test_answer_to_an_earlier_stop_does_not_confirm_this_one(
    player: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(player_module, "STOP_ANSWER_S", 0.02)
    page = await connect(player)
    stopping = asyncio.create_task(player.stop("Anna"))
    await asyncio.sleep(0)
    await player.page_message(page, PageStopped(seq=page.all_of(PageStop)[0].seq + 1, at_ms=0.0), 0)
    assert not await stopping


async def test_newer_page_replaces_the_older(player: Player, events: list[Event]) -> None:
    await player.set_plan(a_plan())
    old = await connect(player)
    new = await connect(player)
    assert old.closed
    assert not new.closed
    await player.page_message(old, a_report(position_s=99.0), 0)
    player.page_gone(old)
    assert player.connected
    assert events == []
    await player.set_plan(a_plan(revision=2))
    assert len(new.all_of(PagePlan)) == 2
    assert len(old.all_of(PagePlan)) == 1


async def test_what_the_old_page_was_does_not_count_for_the_new(player: Player) -> None:
    old = await connect(player)
    await player.page_message(old, a_report(immersive=True), 0)
    assert player.immersive
    await connect(player)
    assert not player.immersive
    assert player.report is None


async def test_page_that_is_gone_is_told_and_forgotten(player: Player, events: list[Event]) -> None:
    page = await connect(player)
    await player.page_message(page, a_report(immersive=True), 0)
    player.page_gone(page)
    assert events[-1] == PlayerGone()
    assert (player.connected, player.report, player.immersive) == (False, None, False)


async def test_reports_and_problems_reach_the_controller(player: Player, events: list[Event]) -> None:
    page = await connect(player)
    await player.page_message(page, a_report(), 77)
    await player.page_message(page, PageProblem(code="graphics", detail="x"), 78)
    assert events == [Report(at_ns=77, page=a_report()), Problem(code="graphics", detail="x")]


async def test_ping_is_answered_with_arrival_and_departure(player: Player, clock: HandClock) -> None:
    page = await connect(player)
    clock.now_ns = 3_500_000
    await player.page_message(page, PagePing(seq=4, t1=11.25), 2_000_000)
    assert page.got == [PagePong(seq=4, t1=11.25, t2=2.0, t3=3.5)]


async def test_identify_says_whether_anybody_saw_it(player: Player) -> None:
    assert not await player.identify(5.0)
    page = await connect(player)
    assert await player.identify(5.0)
    assert page.all_of(PageIdentify) == [PageIdentify(seconds=5.0)]


async def test_words_for_the_wearer_say_whether_anybody_can_read_them(player: Player) -> None:
    assert not await player.show_text("Snart stopp.", 8.0)
    page = await connect(player)
    assert await player.show_text("Snart stopp.", 8.0)
    assert page.all_of(PageText) == [PageText(text="Snart stopp.", seconds=8.0)]


async def test_recentring_says_whether_there_was_anybody_to_turn_to(player: Player) -> None:
    assert not await player.recentre()
    page = await connect(player)
    assert await player.recentre()
    assert page.all_of(PageRecentre) == [PageRecentre()]


async def test_page_that_is_opened_anew_is_as_loud_as_the_one_before(player: Player) -> None:
    await player.set_volume(0.3)
    page = await connect(player)
    assert [volume.level for volume in page.all_of(PageVolume)] == [0.3]


async def test_page_of_another_version_is_told(player: Player, events: list[Event]) -> None:
    page = FakePage()
    await player.page_message(page, PageHello(version=99, user_agent="old", xr=True), 0)
    assert isinstance(events[0], Problem)


async def test_waiting_for_page_and_vr(player: Player) -> None:
    page_there = asyncio.create_task(player.wait_for_page())
    in_vr = asyncio.create_task(player.wait_until_immersive())
    await asyncio.sleep(0)
    assert not page_there.done()
    page = await connect(player)
    assert (await page_there).user_agent == "test"
    await player.page_message(page, a_report(immersive=False), 0)
    await asyncio.sleep(0)
    assert not in_vr.done()
    await player.page_message(page, a_report(immersive=True), 0)
    await in_vr


def test_only_a_running_film_keeps_the_agent_alive() -> None:
    moving = {state for state in PageState if is_moving(a_report(state=state))}
    assert moving == {PageState.PLAYING, PageState.STALLED}
    assert not is_moving(None)
