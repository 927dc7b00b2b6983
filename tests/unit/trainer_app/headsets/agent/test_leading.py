"""What the group is told on its way through the film: stop-points, other places, and by whom it is led."""

from __future__ import annotations

from time import perf_counter_ns

import pytest

from headset_agent.protocol import messages as m
from headset_agent.protocol.playing import Action, PageState, Plan
from tests.fakes.agents import SECOND
from tests.fakes.films import a_film
from tests.fakes.groups import FILM, MakeGroup, identity, joined
from tests.fakes.links import FakeAgent
from tests.fakes.waiting import until
from trainer_app.domain.films import Sha256
from trainer_app.domain.playback import Course
from trainer_app.domain.playback_errors import FilmNotOnHeadset
from trainer_app.headsets.agent.group import Group
from trainer_app.headsets.agent.member import Member
from trainer_app.services.headset_port import Place


def last_plan(agent: FakeAgent) -> Plan:
    plan = agent.of(m.SetPlan)[-1].plan
    assert isinstance(plan, Plan)
    return plan


async def test_group_stands_at_its_stop_point_and_the_pause_counts_from_there(group_of: MakeGroup) -> None:
    agent = FakeAgent()
    group = await group_of(agent)
    await group.prepare(FILM, 1.0, 5.0, course=Course(stops_s=(1.05, 20.0)))
    started = await group.start(lead_s=0.0)
    assert last_plan(agent).film is not None
    assert last_plan(agent).film.stops_s == (1.05, 20.0)  # type: ignore[union-attr]
    await until(lambda: group.now().at_stop_s is not None)
    assert (group.now().at_stop_s, group.now().position_s, group.now().moving) == (1.05, 1.05, False)
    # It is known to the nanosecond when that was, whenever somebody looks.
    ((begin, _end),) = group.receipt().pauses_s
    assert begin == pytest.approx(0.05, abs=1e-6)

    at_ns = await group.resume(lead_s=60.0)
    assert at_ns > started
    assert (last_plan(agent).action, last_plan(agent).position_s) == (Action.PLAY, 1.05)
    assert group.now().at_stop_s is None


async def test_who_pauses_just_before_a_stop_point_stands_at_it(group_of: MakeGroup) -> None:
    agent = FakeAgent()
    group = await group_of(agent)
    await group.prepare(FILM, 1.0, 5.0, course=Course(stops_s=(1.001,)))
    await group.start(lead_s=0.0)
    assert await group.pause() == 1.001
    assert last_plan(agent).position_s == 1.001


async def test_other_stop_points_hold_from_now_on(group_of: MakeGroup) -> None:
    agent = FakeAgent()
    group = await group_of(agent)
    await group.prepare(FILM, 0.0, 5.0, course=Course(stops_s=(30.0,)))
    await group.start()
    await group.set_stops((40.0, 10.0))
    film = last_plan(agent).film
    assert film is not None
    assert film.stops_s == (10.0, 40.0)


async def test_group_goes_on_from_another_place_as_a_start_of_its_own(group_of: MakeGroup) -> None:
    agents = [FakeAgent(), FakeAgent(offset_ns=7 * SECOND)]
    group = await group_of(*agents)
    await group.prepare(FILM, 0.0, 5.0, course=Course(stops_s=(40.0,)))
    await group.start(lead_s=0.0)
    await group.pause()
    first_id = last_plan(agents[0]).plan_id
    await group.seek(30.0, lead_s=60.0)
    plans = [last_plan(agent) for agent in agents]
    assert {(plan.action, plan.position_s) for plan in plans} == {(Action.PLAY, 30.0)}
    assert {plan.film.stops_s for plan in plans if plan.film} == {(40.0,)}
    assert first_id not in {plan.plan_id for plan in plans}
    assert 0.0 < group.now().starts_in_s <= 60.0
    assert group.receipt().pauses_s == ()

    await group.seek(1e6, Course(plan_id="last"))
    assert (group.now().position_s, last_plan(agents[0]).plan_id) == (FILM.probe.duration_s, "last")


async def test_positions_reported_during_a_pause_spoil_no_receipt(group_of: MakeGroup) -> None:
    agents = [FakeAgent(), FakeAgent()]
    group = await group_of(*agents)
    await group.prepare(FILM, 0.0, 5.0)
    started = await group.start(lead_s=0.0)
    await group.pause()
    await group.resume()
    plan_id = last_plan(agents[0]).plan_id
    heard = len(group.members[1].follower.places.track.samples)
    ((begin, end),) = group.receipt().pauses_s
    for step in range(3):
        # One gets ready for going on, the other stands where it was; both are heard in the middle of it.
        at_ms = started / 1e6 + (begin + end) * 500 + 200 * step
        agents[0].report(plan_id=plan_id, state=PageState.STALLED, position_s=30.0, at_ms=at_ms)
        agents[1].report(plan_id=plan_id, state=PageState.PLAYING, position_s=0.1, at_ms=at_ms)
    await until(lambda: len(group.members[1].follower.places.track.samples) >= heard + 3)
    assert group.receipt().spread_ms is None


# --- after a restart of the program ----------------------------------------------------------------------


class Connected:
    def __init__(self, serial: str) -> None:
        self.serial = serial


def place(number: int) -> Place:
    return Place(headset=Connected(f"S{number}"), number=number)  # type: ignore[arg-type]


def next_run(*agents: FakeAgent) -> Group:
    async def enlist(where: Place) -> Member:
        member = await joined(agents[where.number - 1], where.number)
        assert member.identity == identity(where.number)
        return member

    return Group([], enlist)


async def test_film_of_a_former_run_is_led_on_where_it_is(group_of: MakeGroup) -> None:
    agents = [FakeAgent(offset_ns=3 * SECOND), FakeAgent(offset_ns=-9 * SECOND)]
    former = await group_of(*agents)
    await former.prepare(FILM, 5.0, 5.0, course=Course(plan_id="ours", stops_s=(50.0,)))
    await former.start(lead_s=0.0)
    await former.close()

    group = next_run(*agents)
    group.take_over("ours", 10.0)
    assert not group.under_way
    await group.admit(place(1), 5.0)
    await group.admit(place(2), 5.0)
    assert group.under_way
    before, led, after = former.now().position_s, group.now().position_s, former.now().position_s
    assert before - 0.05 <= led <= after + 0.05
    for agent in agents:
        told = [request.plan for request in agent.of(m.SetPlan)]
        assert {plan.plan_id for plan in told} == {"ours"}
        # A word that the agent would take for an old one leads nobody.
        assert [plan.revision for plan in told] == sorted({plan.revision for plan in told})
        assert told[-1].film.stops_s == (50.0,)
    receipt = group.receipt()
    assert [headset.start_error_ms for headset in receipt.headsets] == [None, None]
    assert [headset.absences_s for headset in receipt.headsets] == [(), ()]
    await group.close()


async def test_the_last_word_of_the_former_run_counts_though_not_all_have_heard_it(
    group_of: MakeGroup,
) -> None:
    agents = [FakeAgent(), FakeAgent()]
    former = await group_of(*agents)
    await former.prepare(FILM, 5.0, 5.0, course=Course(plan_id="ours"))
    await former.start(lead_s=0.0)
    heard_before = agents[0].plan
    paused_at = await former.pause()
    await former.close()
    agents[0].plan = heard_before  # the pause did not reach it any more

    group = next_run(*agents)
    group.take_over("ours", 10.0)
    await group.admit(place(1), 5.0)
    assert group.now().moving
    await group.admit(place(2), 5.0)
    assert not group.now().moving
    assert group.now().position_s == paused_at
    await group.keep(perf_counter_ns() + 20_000_000)
    assert last_plan(agents[0]).action is Action.PAUSE
    await group.close()


async def test_a_film_of_somebody_else_is_not_taken_for_ones_own(group_of: MakeGroup) -> None:
    agent = FakeAgent()
    former = await group_of(agent)
    await former.prepare(FILM, 5.0, 5.0, course=Course(plan_id="theirs"))
    await former.start(lead_s=0.0)
    await former.close()
    group = next_run(agent)
    group.take_over("ours", 10.0)
    before = len(agent.of(m.SetPlan))
    await group.admit(place(1), 5.0)
    assert not group.under_way
    assert len(agent.of(m.SetPlan)) == before
    await group.close()


async def test_film_that_would_follow_and_is_missing_is_called_by_its_name(group_of: MakeGroup) -> None:
    agent, later = FakeAgent(), a_film(title="Etterpå", sha256=Sha256("cc" * 32))
    group = await group_of(agent)
    agent.failing[m.SetPlan] = "film_missing"
    agent.failing_detail = later.sha256
    await group.prepare(FILM, 0.0, 5.0, course=Course(then=(later,)))
    (problem,) = group.problems.values()
    assert isinstance(problem, FilmNotOnHeadset)
    assert problem.params["film"] == "Etterpå"
