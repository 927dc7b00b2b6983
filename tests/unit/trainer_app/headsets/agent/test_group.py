"""Headsets that play together: one that fails drops out, the others go on, and the receipt is theirs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from time import perf_counter_ns
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headset_agent.protocol import messages as m
from headset_agent.protocol.clock import ClockEstimate
from headset_agent.protocol.playing import Action, FilmRef, PageState, Picture, PlayMode
from headset_agent.protocol.timeline import position_at
from tests.fakes.agents import SECOND
from tests.fakes.groups import FILM, MakeGroup, identity, joined
from tests.fakes.links import FakeAgent, FakeStream
from tests.fakes.waiting import until
from trainer_app.domain.headset_state import Awaited, Showing
from trainer_app.domain.live_kit import Gaze
from trainer_app.domain.playback_errors import (
    AgentFault,
    AgentOfAnotherVersion,
    BrowserClosed,
    BrowserSilent,
    ConsentUnanswered,
    DevToolsMissing,
    DevToolsRefused,
    FilmNotOnHeadset,
    FilmNotPlayable,
    HeadsetAsleep,
    HeadsetBusy,
    HeadsetProblem,
    HeadsetVanished,
    NoBrowser,
    NotReadyInTime,
    PageBlocked,
    PageGone,
    PlaybackStopped,
    SeveralBrowsers,
    VrRefused,
    VrUnsupported,
    WearerAwaited,
)
from trainer_app.domain.seen_picture import PictureWay, SeenPicture
from trainer_app.headsets.agent import chronicle as chronicle_module
from trainer_app.headsets.agent import member as member_module
from trainer_app.headsets.agent import stop_line as stop_line_module
from trainer_app.headsets.agent import streams as streams_module
from trainer_app.headsets.agent.group import Group
from trainer_app.headsets.agent.group_line import GroupLine, translate
from trainer_app.headsets.agent.member import Member
from trainer_app.services.headset_port import ConnectedHeadset, Place

HOUR = 3600 * SECOND


# --- one line for all ------------------------------------------------------------------------------------


@given(
    offset=st.integers(-100 * HOUR, 100 * HOUR),
    drift_ppm=st.floats(-200, 200),
    anchor=st.integers(0, 10 * HOUR),
    estimated_s=st.floats(-60, 60),
    after_s=st.floats(0, 300),
    from_s=st.floats(0, 100),
)
def test_every_headset_is_told_the_same_line_in_its_own_clock(
    *, offset: int, drift_ppm: float, anchor: int, estimated_s: float, after_s: float, from_s: float
) -> None:
    clock = ClockEstimate(
        at_ns=anchor + round(estimated_s * SECOND),
        offset_ns=offset,
        uncertainty_ns=0,
        drift=drift_ppm * 1e-6,
        rtt_ns=0,
    )
    film = FilmRef(sha256="ab" * 32, duration_s=1000.0)
    line = GroupLine(plan_id="p", action=Action.PLAY, anchor_ns=anchor, position_s=from_s, film=film)
    at_ns = anchor + round(after_s * SECOND)
    shown = position_at(translate(line, clock, 1), clock.to_remote(at_ns))
    # A clock of 100 hours in nanoseconds is written to the nanosecond; the rate costs a few more.
    assert shown == pytest.approx(line.position_at(at_ns), abs=1e-7)


def test_line_moved_on_is_the_same_line() -> None:
    film = FilmRef(sha256="ab" * 32, duration_s=60.0)
    line = GroupLine(plan_id="p", action=Action.PLAY, anchor_ns=SECOND, position_s=5.0, film=film)
    later = line.moved_to(11 * SECOND)
    assert later.position_s == 15.0
    assert later.position_at(31 * SECOND) == line.position_at(31 * SECOND) == 35.0
    assert line.moved_to(0) == line
    assert line.position_at(HOUR) == 60.0


# --- prepare, start, stop --------------------------------------------------------------------------------


async def test_prepare_opens_loads_and_waits_until_all_are_ready(group_of: MakeGroup) -> None:
    agents = [FakeAgent(), FakeAgent(offset_ns=5 * HOUR)]
    group = await group_of(*agents)
    await group.prepare(FILM, 12.5, 5.0)
    assert (group.size, group.problems) == (2, {})
    for agent in agents:
        kinds = [type(request) for request in agent.requests]
        assert kinds == [m.Configure, m.OpenPlayer, m.SetPlan]
        plan = agent.of(m.SetPlan)[0].plan
        assert (plan.action, plan.position_s) == (Action.PREPARE, 12.5)
        assert (plan.film.sha256, plan.film.duration_s) == (FILM.sha256, FILM.probe.duration_s)
    plans = {agent.of(m.SetPlan)[0].plan.plan_id for agent in agents}
    assert len(plans) == 1, "one plan for all"


async def test_start_is_the_same_instant_in_every_clock(group_of: MakeGroup) -> None:
    agents = [FakeAgent(), FakeAgent(offset_ns=5 * HOUR), FakeAgent(offset_ns=-3 * HOUR)]
    group = await group_of(*agents)
    await group.prepare(FILM, 0.0, 5.0)
    instant = await group.start()
    assert instant > perf_counter_ns()
    for agent in agents:
        plan = agent.of(m.SetPlan)[-1].plan
        assert plan.action is Action.PLAY
        # Hours are at stake; a clock that is read on a busy machine is some milliseconds off.
        assert abs(plan.anchor_ns - agent.offset_ns - instant) < 200_000_000


async def test_words_of_one_plan_count_up(group_of: MakeGroup) -> None:
    agent = FakeAgent()
    group = await group_of(agent)
    await group.prepare(FILM, 0.0, 5.0)
    await group.start()
    await group.pause()
    await group.resume()
    revisions = [request.plan.revision for request in agent.of(m.SetPlan)]
    assert revisions == sorted(set(revisions))
    assert [r.plan.action.value for r in agent.of(m.SetPlan)] == ["prepare", "play", "pause", "play"]


async def test_group_goes_on_from_where_it_was_paused(group_of: MakeGroup) -> None:
    agent = FakeAgent()
    group = await group_of(agent)
    await group.prepare(FILM, 3.0, 5.0)
    started = await group.start(lead_s=0.0)
    paused_at = await group.pause()
    assert 3.0 <= paused_at <= 3.0 + (perf_counter_ns() - started) * 1e-9 + 0.2
    await group.resume()
    assert agent.of(m.SetPlan)[-1].plan.position_s == paused_at
    ((begin, end),) = group.receipt().pauses_s
    assert 0.0 < begin < end
    await group.pause()
    assert len(group.receipt().pauses_s) == 2  # one that lasts counts


async def test_plan_is_refined_while_it_is_kept(group_of: MakeGroup) -> None:
    agent = FakeAgent()
    group = await group_of(agent)
    await group.prepare(FILM, 0.0, 5.0)
    await group.start(lead_s=0.0)
    before = len(agent.of(m.SetPlan))
    await group.keep(perf_counter_ns() + 50_000_000)
    assert len(agent.of(m.SetPlan)) == before + 1


async def test_second_film_has_a_plan_and_a_receipt_of_its_own(group_of: MakeGroup) -> None:
    group = await group_of(FakeAgent(), FakeAgent())
    await group.prepare(FILM, 0.0, 5.0)
    await group.start(lead_s=0.0)
    await group.stop()
    await group.prepare(FILM, 0.0, 5.0)
    assert all(headset.absences_s == () for headset in group.receipt().headsets)


# --- failures --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "code", "problem"),
    [
        (m.OpenPlayer, "no_browser", NoBrowser),
        (m.OpenPlayer, "browser_silent", BrowserSilent),
        (m.OpenPlayer, "xr_refused", VrRefused),
        (m.OpenPlayer, "xr_unsupported", NoBrowser),
        (m.OpenPlayer, "xr_unsupported", VrUnsupported),
        (m.OpenPlayer, "browser_closed", BrowserClosed),
        (m.OpenPlayer, "headset_asleep", HeadsetAsleep),
        (m.OpenPlayer, "page_blocked", PageBlocked),
        (m.OpenPlayer, "page_gone", PageGone),
        (m.OpenPlayer, "no_devtools", DevToolsMissing),
        (m.OpenPlayer, "devtools_refused", DevToolsRefused),
        (m.OpenPlayer, "several_browsers", SeveralBrowsers),
        (m.OpenPlayer, "consent_unanswered", ConsentUnanswered),
        (m.OpenPlayer, "button_unpressed", WearerAwaited),
        (m.SetPlan, "film_missing", FilmNotOnHeadset),
        (m.SetPlan, "not_allowed", AgentFault),
    ],
)
async def test_headset_that_fails_to_get_ready_is_left_out(
    group_of: MakeGroup, kind: type, code: str, problem: type[HeadsetProblem]
) -> None:
    good, bad = FakeAgent(), FakeAgent()
    bad.failing = {kind: code}
    group = await group_of(good, bad)
    await group.prepare(FILM, 0.0, 5.0)
    assert group.size == 1
    assert isinstance(group.problems["S2"], problem)
    assert group.problems["S2"].params["headset"] == "2 (S2)"
    await group.start()
    assert good.of(m.SetPlan)[-1].plan.action is Action.PLAY
    assert [request.plan.action for request in bad.of(m.SetPlan)[1:]] == []


@pytest.mark.parametrize(
    ("code", "awaited"), [("consent_awaited", Awaited.CONSENT), ("button_awaited", Awaited.BUTTON)]
)
async def test_wearer_who_is_awaited_is_no_fault_and_the_film_is_opened_afterwards(
    group_of: MakeGroup, code: str, awaited: Awaited
) -> None:
    agent = FakeAgent()
    agent.silent = {m.OpenPlayer}
    group = await group_of(agent)
    opening = asyncio.create_task(group.open(30.0))
    await until(lambda: agent.of(m.OpenPlayer))
    agent.event(m.Problem(code=code))
    await until(lambda: group.players()["S1"].awaited is awaited)
    assert group.problems == {}
    number = agent.of(m.OpenPlayer)[0].id
    agent.role(m.Role.CONTROL)[0].say(m.PlayerOpen(id=number, mode=PlayMode.VR, immersive=True))
    await opening
    assert group.players()["S1"].awaited is None


async def test_headset_that_is_never_ready_is_left_out(group_of: MakeGroup) -> None:
    good, slow = FakeAgent(), FakeAgent()
    slow.reports_ready = False
    group = await group_of(good, slow)
    await group.prepare(FILM, 0.0, 0.05)
    assert isinstance(group.problems["S2"], NotReadyInTime)
    assert group.size == 1


async def test_report_about_another_plan_is_not_taken_for_ready(group_of: MakeGroup) -> None:
    agent = FakeAgent()
    agent.reports_ready = False
    group = await group_of(agent)
    preparing = asyncio.create_task(group.prepare(FILM, 0.0, 0.1))
    await until(lambda: agent.of(m.SetPlan))
    agent.report(plan_id="of yesterday", state=PageState.READY)
    await preparing
    assert isinstance(group.problems["S1"], NotReadyInTime)


@pytest.mark.parametrize(
    ("code", "problem"), [("film_not_found", FilmNotOnHeadset), ("film_not_playable", FilmNotPlayable)]
)
async def test_page_that_cannot_play_the_film_ends_the_wait(
    group_of: MakeGroup, code: str, problem: type[HeadsetProblem]
) -> None:
    agent = FakeAgent()
    agent.reports_ready = False
    group = await group_of(agent)
    preparing = asyncio.create_task(group.prepare(FILM, 0.0, 30.0))
    await until(lambda: agent.of(m.SetPlan))
    agent.event(m.Problem(code=code, detail="no decoder"))
    async with asyncio.timeout(20):
        await preparing
    assert isinstance(group.problems["S1"], problem)


async def test_page_that_closes_while_it_prepares_is_not_waited_for_to_the_end(
    group_of: MakeGroup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer_app.headsets.agent.member._PAGE_BACK_S", 0.1)
    agent = FakeAgent()
    agent.reports_ready = False
    group = await group_of(agent)
    preparing = asyncio.create_task(group.prepare(FILM, 0.0, 30.0))
    await until(lambda: agent.of(m.SetPlan))
    agent.event(m.PlayerGone())
    async with asyncio.timeout(20):
        await preparing
    assert isinstance(group.problems["S1"], BrowserSilent)


async def test_headset_that_vanishes_while_it_plays_does_not_stop_the_others(group_of: MakeGroup) -> None:
    good, bad = FakeAgent(), FakeAgent()
    group = await group_of(good, bad)
    await group.prepare(FILM, 0.0, 5.0)
    await group.start(lead_s=0.0)
    bad.cut_the_link()
    await group.keep(perf_counter_ns() + 30_000_000)
    assert isinstance(group.problems["S2"], HeadsetVanished)
    assert group.size == 1
    assert {headset.serial for headset in group.receipt().headsets} == {"S1", "S2"}


async def test_group_of_nobody_ends_at_once(group_of: MakeGroup) -> None:
    agents = [FakeAgent(), FakeAgent()]
    group = await group_of(*agents)
    for agent in agents:
        agent.failing = {m.OpenPlayer: "no_browser"}
    await group.prepare(FILM, 0.0, 5.0)
    assert group.size == 0
    async with asyncio.timeout(20):
        await group.keep(perf_counter_ns() + HOUR)


async def test_headset_that_never_joined_spoils_nobody_s_receipt(group_of: MakeGroup) -> None:
    there = await joined(FakeAgent(), 1)
    absent = Member(identity(2))
    absent.drop_out(HeadsetBusy(headset="2 (S2)", holder="Berit"))
    group = Group([there, absent])
    await group.prepare(FILM, 0.0, 5.0)
    await group.start(lead_s=0.0)
    assert [headset.serial for headset in group.receipt().headsets] == ["S1"]
    assert await group.stop() == {"S1": True, "S2": False}
    await group.close()


async def test_first_problem_is_the_one_that_is_told(group_of: MakeGroup) -> None:
    agent = FakeAgent()
    group = await group_of(agent)
    agent.event(m.LeaseLost(holder="Berit"))
    agent.cut_the_link()
    await until(lambda: group.size == 0)
    assert isinstance(group.problems["S1"], HeadsetBusy)


# --- stop ------------------------------------------------------------------------------------------------


@pytest.mark.expects_log("stop did not get through to headset")
async def test_stop_reaches_all_though_one_hangs(
    group_of: MakeGroup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(member_module, "STOP_DOUBT_S", 0.05)
    monkeypatch.setattr(member_module, "_STOP_GIVE_UP_S", 0.1)
    agents = [FakeAgent(), FakeAgent(), FakeAgent()]
    group = await group_of(*agents)
    await group.prepare(FILM, 0.0, 5.0)
    agents[0].hangs = True
    agents[1].silent = {m.StopNow}
    stopping = asyncio.create_task(group.stop())
    await until(lambda: agents[2].of(m.StopNow))
    assert not stopping.done(), "it does not wait for the others"
    async with asyncio.timeout(20):
        assert await stopping == {"S1": False, "S2": False, "S3": True}


async def test_stop_that_is_not_answered_goes_another_way(
    group_of: MakeGroup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(member_module, "STOP_DOUBT_S", 0.02)
    agent = FakeAgent()
    agent.silent = {m.StopNow}
    group = await group_of(agent)

    async def by_another_connection() -> bool:
        return True

    group.members[0].last_resort = by_another_connection
    async with asyncio.timeout(20):
        assert await group.stop() == {"S1": True}


async def test_stop_goes_over_a_stream_of_its_own(group_of: MakeGroup) -> None:
    agent = FakeAgent()
    group = await group_of(agent)
    (control,), (stop,) = agent.role(m.Role.CONTROL), agent.role(m.Role.STOP)
    assert control is not stop
    assert await group.stop() == {"S1": True}


async def test_line_of_the_stop_is_there_again_after_it_was_lost() -> None:
    agent, first, second = FakeAgent(), FakeAgent(), FakeAgent()
    member = await joined(agent, 1, first, second)
    first.cut_the_link()
    await until(lambda: second.role(m.Role.STOP))
    assert await member.stop()
    assert second.of(m.StopNow)
    assert member.problem is None
    await member.close()
    assert not second.role(m.Role.STOP)


async def test_line_of_the_stop_is_tried_until_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stop_line_module, "RENEW_S", 0.001)
    agent, first, second = FakeAgent(), FakeAgent(), FakeAgent()
    member = await joined(agent, 1, first, second)
    second.cut_the_link()
    first.cut_the_link()
    await until(lambda: len(agent.role(m.Role.STOP)) == 1)
    assert await member.stop()
    await member.close()


async def test_headset_whose_clock_is_lost_joins_again(group_of: MakeGroup) -> None:
    agent = FakeAgent()
    group = await group_of(agent)
    agent.role(m.Role.CLOCK)[0].end()
    await until(lambda: group.size == 0)
    assert isinstance(group.problems["S1"], HeadsetVanished)


async def test_somebody_else_s_stop_is_told_with_a_name(group_of: MakeGroup) -> None:
    agent = FakeAgent()
    group = await group_of(agent)
    await group.prepare(FILM, 0.0, 5.0)
    plan_id = agent.of(m.SetPlan)[0].plan.plan_id
    agent.event(m.WasStopped(plan_id="an older one", by="Berit"))
    agent.event(m.WasStopped(plan_id=plan_id, by="Berits pc"))
    await until(lambda: group.size == 0)
    problem = group.problems["S1"]
    assert isinstance(problem, PlaybackStopped)
    assert problem.params["by"] == "Berits pc"


async def test_own_stop_is_no_problem(group_of: MakeGroup) -> None:
    agent = FakeAgent()
    group = await group_of(agent)
    await group.prepare(FILM, 0.0, 5.0)
    await group.stop()
    agent.event(m.WasStopped(plan_id=agent.of(m.SetPlan)[0].plan.plan_id, by="Anna"))
    await group.members[0].identify(1.0)
    assert group.problems == {}


# --- joining and leaving ---------------------------------------------------------------------------------


async def test_lease_of_a_program_that_is_gone_is_waited_for() -> None:
    asked: list[int] = []

    class Succeeding(FakeAgent):
        def take(self, stream: FakeStream, line: bytes) -> None:
            first = b'"control"' in line and not asked
            self.refuse = m.Refused(code="lease", holder="Berit", retry_ms=20) if first else None
            asked.extend([1] if first else [])
            super().take(stream, line)

    member = await joined(Succeeding(), 1)
    assert asked
    await member.close()


async def test_lease_of_somebody_who_is_there_is_not_waited_for() -> None:
    class Led(FakeAgent):
        def take(self, stream: FakeStream, line: bytes) -> None:
            self.refuse = m.Refused(code="lease", holder="Berit") if b'"control"' in line else None
            super().take(stream, line)

    with pytest.raises(HeadsetBusy) as refused:
        await joined(Led(), 1)
    assert refused.value.params["holder"] == "Berit"


async def test_leaving_gives_the_lease_back() -> None:
    agent = FakeAgent()
    member = await joined(agent, 1)
    await member.close()
    assert len(agent.of(m.Release)) == 1
    assert all(stream.closed for stream in agent.streams)


async def test_heartbeats_are_sent_and_missed(group_of: MakeGroup, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams_module, "_HEARTBEAT_S", 0.02)
    agent = FakeAgent()
    group = await group_of(agent)
    agent.silent = {m.Heartbeat}
    await until(lambda: group.size == 0, within_s=1)
    assert isinstance(group.problems["S1"], HeadsetVanished)


async def test_clock_of_a_headset_is_known_when_it_has_joined(group_of: MakeGroup) -> None:
    group = await group_of(FakeAgent(offset_ns=5 * HOUR))
    estimate = group.members[0].clock()
    assert abs(estimate.offset_ns - 5 * HOUR) <= estimate.uncertainty_ns


# --- the receipt -----------------------------------------------------------------------------------------


async def test_receipt_is_made_of_what_the_pages_reported(group_of: MakeGroup) -> None:
    agents = [FakeAgent(), FakeAgent(offset_ns=5 * HOUR)]
    group = await group_of(*agents)
    await group.prepare(FILM, 0.0, 5.0)
    started = await group.start(lead_s=0.0)
    for agent, late_ms in zip(agents, (2.0, 7.0), strict=True):
        own_ms = (started + agent.offset_ns) / 1e6
        plan_id = agent.of(m.SetPlan)[0].plan.plan_id
        for tick in range(1, 8):
            agent.report(
                plan_id=plan_id,
                state=PageState.PLAYING,
                at_ms=own_ms + 100 * tick,
                position_s=(100 * tick - late_ms) / 1000,
                started_ms=own_ms + 100 + late_ms,
                rate_changes=3,
                seeks=1,
                stalls=2,
                picture=Picture.LAYER,
                presented_ms=own_ms + 100 * tick - 10,
                presented_s=(100 * tick - late_ms - 40) / 1000,
            )
    await until(lambda: all(len(member.follower.places.track.samples) > 6 for member in group.members))
    receipt = group.receipt()
    assert receipt.film_sha256 == FILM.sha256
    first, second = receipt.headsets
    doubt_ms = 0.5 + first.clock_uncertainty_ms + second.clock_uncertainty_ms
    assert receipt.start_spread_ms == pytest.approx(5.0, abs=doubt_ms)
    assert receipt.spread_ms is not None
    assert receipt.spread_ms.p50 == pytest.approx(5.0, abs=doubt_ms)
    assert first.start_error_ms == pytest.approx(2.0, abs=doubt_ms)
    assert abs(second.clock_offset_ms - 5 * HOUR / 1e6) <= second.clock_uncertainty_ms
    assert (second.corrections, second.seeks, second.stalls) == (4, 1, 2)
    assert second.picture == SeenPicture(ways=(PictureWay.LAYER,), behind_ms=30.0)
    assert receipt.spread is not None
    assert receipt.spread.largest_ms == pytest.approx(receipt.spread_ms.max, abs=0.06)
    assert first.ahead is not None
    assert first.ahead.largest_ms == pytest.approx(2.5, abs=doubt_ms)


async def test_places_are_reckoned_with_while_the_film_goes_on_and_are_kept_no_longer(
    group_of: MakeGroup, monkeypatch: pytest.MonkeyPatch
) -> None:
    agents = [FakeAgent(), FakeAgent(offset_ns=5 * HOUR)]
    group = await group_of(*agents)
    await group.prepare(FILM, 0.0, 5.0)
    await play_apart(group, *agents, late_s=0.050)
    before = group.receipt()
    # As if half a minute had passed since.
    monkeypatch.setattr(chronicle_module, "SETTLED_AFTER_NS", -30 * SECOND)
    await group.keep(perf_counter_ns() + 20_000_000)
    assert [len(member.follower.places.track.samples) for member in group.members] == [0, 0]
    after = group.receipt()
    assert after.instants == before.instants >= 15
    assert after.spread_ms is not None
    assert after.spread_ms.p50 == pytest.approx(50.0, abs=2.0)


async def play_apart(group: Group, *agents: FakeAgent, late_s: float) -> None:
    """Two seconds in which each has told ten times a second of a place that much behind the one before it."""
    started = await group.start(lead_s=0.0)
    for number, agent in enumerate(agents):
        plan_id = agent.of(m.SetPlan)[-1].plan.plan_id
        own_ms = (started + agent.offset_ns) / 1e6
        for tick in range(1, 21):
            at_s = tick / 10
            agent.report(
                plan_id=plan_id,
                state=PageState.PLAYING,
                at_ms=own_ms + 100 * tick,
                position_s=at_s - number * late_s,
            )
    await until(lambda: all(len(member.follower.places.track.samples) >= 20 for member in group.members))


# --- joining late ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Connected:
    """As much of a connected headset as a group looks at."""

    serial: str


def place(number: int) -> Place:
    return Place(headset=cast(ConnectedHeadset, Connected(f"S{number}")), number=number)


@pytest.fixture
async def open_group() -> AsyncIterator[Callable[[dict[int, FakeAgent]], Group]]:
    """A group that takes headsets in by their numbers."""
    made: list[Group] = []

    def make(agents: dict[int, FakeAgent]) -> Group:
        async def enlist(place: Place) -> Member:
            try:
                return await joined(agents[place.number], place.number)
            except HeadsetProblem as problem:
                absent = Member(identity(place.number))
                absent.drop_out(problem)
                return absent

        made.append(Group([], enlist))
        return made[-1]

    yield make
    for group in made:
        await group.close()


OpenGroup = Callable[[dict[int, FakeAgent]], Group]


async def test_newcomer_is_brought_where_the_others_are(open_group: OpenGroup) -> None:
    agents = {1: FakeAgent(), 2: FakeAgent(offset_ns=2 * HOUR)}
    group = open_group(agents)
    await group.admit(place(1), 5.0)
    await group.prepare(FILM, 20.0, 5.0)
    started = await group.start(lead_s=0.0)
    await group.admit(place(2), 5.0)
    plan = agents[2].of(m.SetPlan)[-1].plan
    assert plan.action is Action.PLAY
    now = perf_counter_ns()
    expected = 20.0 + (now - started) * 1e-9
    assert position_at(plan, now + 2 * HOUR) == pytest.approx(expected, abs=0.01)
    assert agents[1].of(m.SetPlan)[-1].plan.plan_id == plan.plan_id


async def test_newcomer_has_no_start_error_that_would_spoil_the_receipt(open_group: OpenGroup) -> None:
    agents = {1: FakeAgent(), 2: FakeAgent()}
    group = open_group(agents)
    await group.admit(place(1), 5.0)
    await group.prepare(FILM, 0.0, 5.0)
    await group.start(lead_s=0.0)
    await group.admit(place(2), 5.0)
    plan_id = agents[1].of(m.SetPlan)[-1].plan.plan_id
    for agent in agents.values():
        agent.report(plan_id=plan_id, state=PageState.PLAYING, started_ms=perf_counter_ns() / 1e6)
    await until(
        lambda: all(member.follower.report and member.follower.report.started_ms for member in group.members)
    )
    errors = {headset.serial: headset.start_error_ms for headset in group.receipt().headsets}
    assert errors["S1"] is not None
    assert errors["S2"] is None


async def test_headset_that_comes_back_goes_on_with_what_it_has_contributed(open_group: OpenGroup) -> None:
    agents = {1: FakeAgent()}
    group = open_group(agents)
    await group.admit(place(1), 5.0)
    await group.prepare(FILM, 0.0, 5.0)
    await group.start(lead_s=0.0)
    plan_id = agents[1].of(m.SetPlan)[-1].plan.plan_id
    agents[1].report(plan_id=plan_id, state=PageState.PLAYING, started_ms=perf_counter_ns() / 1e6)
    await until(lambda: group.members[0].follower.passed_start is not None)
    first_heard_ns = group.members[0].follower.places.track.heard_ns[0]
    agents[1].cut_the_link()
    await until(lambda: group.size == 0)
    agents[1] = FakeAgent()
    await group.admit(place(1), 5.0)
    assert group.problems == {}
    [member] = group.members
    assert member.follower.places.track.heard_ns[0] == first_heard_ns
    assert group.receipt().headsets[0].start_error_ms is not None


async def test_headset_that_cannot_come_back_keeps_its_part_of_the_receipt(open_group: OpenGroup) -> None:
    agents = {1: FakeAgent()}
    group = open_group(agents)
    await group.admit(place(1), 5.0)
    await group.prepare(FILM, 0.0, 5.0)
    await group.start(lead_s=0.0)
    agents[1].cut_the_link()
    await until(lambda: group.size == 0)
    agents[1] = FakeAgent()
    agents[1].refuse = m.Refused(code="version", holder="Berit")
    await group.admit(place(1), 5.0)
    assert isinstance(group.problems["S1"], AgentOfAnotherVersion)
    assert [headset.serial for headset in group.receipt().headsets] == ["S1"]


async def test_nobody_is_started_by_joining_a_group_that_was_stopped(open_group: OpenGroup) -> None:
    agents = {1: FakeAgent(), 2: FakeAgent()}
    group = open_group(agents)
    await group.admit(place(1), 5.0)
    await group.prepare(FILM, 0.0, 5.0)
    await group.start(lead_s=0.0)
    await group.stop()
    await group.admit(place(2), 5.0)
    assert agents[2].of(m.SetPlan) == []
    assert not group.now().moving


async def test_player_that_left_vr_is_opened_again_and_its_film_goes_on(open_group: OpenGroup) -> None:
    agents = {1: FakeAgent()}
    group = open_group(agents)
    await group.admit(place(1), 5.0)
    await group.prepare(FILM, 0.0, 5.0)
    plans, opened = len(agents[1].of(m.SetPlan)), len(agents[1].of(m.OpenPlayer))
    await group.reopen("S1", 5.0)
    assert len(agents[1].of(m.OpenPlayer)) == opened + 1
    assert len(agents[1].of(m.SetPlan)) == plans
    agents[1].failing = {m.OpenPlayer: "xr_refused"}
    await group.reopen("S1", 5.0)
    assert isinstance(group.problems["S1"], VrRefused)


async def test_dismissed_headset_is_dark_and_forgotten(open_group: OpenGroup) -> None:
    agents = {1: FakeAgent(), 2: FakeAgent()}
    group = open_group(agents)
    for number in agents:
        await group.admit(place(number), 5.0)
    await group.prepare(FILM, 0.0, 5.0)
    await group.dismiss("S2")
    assert agents[2].of(m.StopNow)
    assert (group.size, group.problems) == (1, {})
    await group.start()
    assert agents[2].of(m.SetPlan)[-1].plan.action is Action.PREPARE


async def test_what_the_others_were_apart_from_a_dismissed_headset_stays_in_the_receipt(
    open_group: OpenGroup,
) -> None:
    agents = {1: FakeAgent(), 2: FakeAgent()}
    group = open_group(agents)
    for number in agents:
        await group.admit(place(number), 5.0)
    await group.prepare(FILM, 0.0, 5.0)
    await play_apart(group, *agents.values(), late_s=0.0)
    instants = group.receipt().instants
    assert instants
    await group.dismiss("S2")
    receipt = group.receipt()
    assert [headset.serial for headset in receipt.headsets] == ["S1"]
    assert receipt.instants == instants


async def test_slow_headset_holds_the_others_up_only_for_a_while_and_joins_late(group_of: MakeGroup) -> None:
    good, slow = FakeAgent(), FakeAgent()
    slow.silent = {m.OpenPlayer}
    group = await group_of(good, slow)
    async with asyncio.timeout(3):
        await group.prepare(FILM, 0.0, 30.0, patience_s=0.05)
    assert group.size == 2
    await group.start(lead_s=0.0)
    assert good.of(m.SetPlan)[-1].plan.action is Action.PLAY


# --- what is to be seen of it ----------------------------------------------------------------------------


async def test_what_players_show_is_told_to_whoever_listens(group_of: MakeGroup) -> None:
    agent = FakeAgent()
    group = await group_of(agent)
    changes: list[float] = []
    group.on_change = lambda: changes.append(group.players()["S1"].position_s)
    await group.prepare(FILM, 0.0, 5.0)
    await group.start(lead_s=0.0)
    plan_id = agent.of(m.SetPlan)[-1].plan.plan_id
    agent.report(
        plan_id=plan_id,
        state=PageState.STALLED,
        position_s=7.5,
        visible="hidden",
        yaw_deg=30,
        pitch_deg=-5,
    )
    await until(lambda: 7.5 in changes)
    player = group.players()["S1"]
    assert (player.showing, player.worn, player.heard) == (Showing.FILM, False, True)
    assert player.gaze == Gaze(yaw_deg=30, pitch_deg=-5)
    agent.event(m.PlayerGone())
    await until(lambda: not group.players()["S1"].heard)


async def test_position_start_and_spread_of_the_group(group_of: MakeGroup) -> None:
    agents = [FakeAgent(), FakeAgent()]
    group = await group_of(*agents)
    assert not group.now().moving
    await group.prepare(FILM, 12.0, 5.0)
    assert group.now().position_s == 12.0
    await group.start(lead_s=5.0)
    assert 4.0 < group.now().starts_in_s <= 5.0
    plan_id = agents[0].of(m.SetPlan)[-1].plan.plan_id
    at_ms = perf_counter_ns() / 1e6
    for agent, position in zip(agents, (3.0, 3.04), strict=True):
        agent.report(plan_id=plan_id, state=PageState.PLAYING, position_s=position, at_ms=at_ms)
    await until(lambda: group.players()["S2"].position_s == 3.04)
    assert group.now().spread_ms == pytest.approx(40.0, abs=1.0)


async def test_volume_holds_for_those_that_join_later_and_needs_no_page(open_group: OpenGroup) -> None:
    agents = {1: FakeAgent(), 2: FakeAgent()}
    agents[1].failing = {m.SetVolume: "no_page", m.Recentre: "no_page"}
    group = open_group(agents)
    await group.admit(place(1), 5.0)
    await group.set_volume(40)
    await group.recentre()
    await group.admit(place(2), 5.0)
    assert [request.level for request in agents[2].of(m.SetVolume)] == [0.4]
    assert group.size == 2


async def test_words_reach_those_they_are_for_and_cost_nobody_the_film(group_of: MakeGroup) -> None:
    agents = [FakeAgent(), FakeAgent(), FakeAgent(), FakeAgent(), FakeAgent(), FakeAgent()]
    agents[1].failing[m.ShowText] = "no_page"
    agents[2].failing[m.ShowText] = "not_allowed"  # it does not know what that is
    agents[4].visible = "hidden"  # nobody wears it
    agents[5].visible = None  # the page has left VR, and draws no words
    group = await group_of(*agents)
    await group.prepare(FILM, 0.0, 5.0)
    reached = await group.show_text("Snart stopp.", 8.0, {"S1", "S2", "S3", "S5", "S6"})
    assert reached == {"S1"}
    assert [(each.text, each.seconds) for each in agents[0].of(m.ShowText)] == [("Snart stopp.", 8.0)]
    assert agents[3].of(m.ShowText) == []
    assert len(agents[4].of(m.ShowText)) == 1  # it may be put on while the words are there
    assert (group.size, group.problems) == (6, {})


async def test_words_that_get_no_answer_have_not_arrived(
    group_of: MakeGroup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(member_module, "_TEXT_WAIT_S", 0.05)
    agent = FakeAgent()
    agent.silent.add(m.ShowText)
    group = await group_of(agent)
    await group.prepare(FILM, 0.0, 5.0)
    assert await group.show_text("Snart stopp.", 8.0, {"S1"}) == set()
    assert group.problems == {}
