"""*Stopp alt* reaches everybody. (How fast is proved by the benchmark ``stop``.)"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from time import perf_counter_ns

import psutil
import pytest
import pytest_asyncio

from tests.e2e.commands import Desk
from tests.e2e.conftest import FILM_SECONDS, TITLE, addresses, pushed
from tests.e2e.films import padded
from tests.e2e.outside import STEP_S, Watch, all_seen, is_pushed_to, watching
from tests.fakes.network import Network
from tests.fakes.waiting import until
from trainer_app.headsets.rehearsal import VirtualHeadset, VirtualKit

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def five(library: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[VirtualKit]:
    """Five simulated headsets with the film on them; every test leaves them silent."""
    async with VirtualKit(count=5, clock_skew=True) as kit:
        await pushed(Desk(tmp_path_factory.mktemp("filling")).stocked(library), addresses(kit))
        yield kit


def is_heard_after(watch: Watch, at_ns: int) -> bool:
    return any(seen.audible and seen.at_ns > at_ns for seen in watch.seen)


def last_heard_ns(watches: list[Watch]) -> int:
    return max(seen.at_ns for watch in watches for seen in watch.seen if seen.audible)


async def test_interrupting_play_stops_all(stocked_desk: Desk, five: VirtualKit) -> None:
    async with (
        watching(five.headsets) as watches,
        await stocked_desk.start("play", TITLE, "--at", addresses(five)) as play,
    ):
        await all_seen(watches, playing=True)
        play.interrupt()
        ended = await play.ended()
        ended_ns = perf_counter_ns()
        await all_seen(watches, playing=False)
    assert ended.code == 1
    assert "Avbrutt." in ended.stderr
    for watch in watches:
        assert not is_heard_after(watch, ended_ns)
        assert watch.seen[-1].dark


async def test_stop_from_outside_while_a_film_is_pushed_and_a_link_hangs(
    stocked_desk: Desk, five: VirtualKit, film_file: Path, tmp_path: Path
) -> None:
    desk, other = stocked_desk, padded(film_file, tmp_path / "to.mp4", 24 << 20)
    imported = await desk.run("film", "import", str(other), "--theme", "VOT", "--title", "To")
    assert imported.code == 0, imported.stderr
    async with AsyncExitStack() as stack:
        hanging = await stack.enter_async_context(Network(five.addresses[4]))
        slow = [await stack.enter_async_context(Network(at, bytes_per_s=8e6)) for at in five.addresses]
        watches = await stack.enter_async_context(watching(five.headsets))
        played_at = ",".join([*five.addresses[:4], hanging.address])
        play = await stack.enter_async_context(await desk.start("play", TITLE, "--at", played_at))
        await all_seen(watches, playing=True)
        pushed_at = ",".join(network.address for network in slow)
        push = await stack.enter_async_context(await desk.start("film", "push", "To", "--at", pushed_at))
        await asyncio.gather(*map(under_way, five.headsets, slow))
        # The connections that play uses fall silent; the headset itself is still there for a new one.
        hanging.hang()
        since_ns = perf_counter_ns()
        stopped = await desk.run("stop", "--at", played_at, "--json")
        stopped_ns = perf_counter_ns()
        await all_seen(watches, playing=False)
        assert all(map(is_pushed_to, five.headsets)), "the push was under way all the time"
        for network in slow:
            network.bytes_per_s = None
        ended, other_pushed = await play.ended(), await push.ended()
    assert stopped.code == 0, stopped.stderr
    assert [headset["dark"] for headset in stopped.document["headsets"]] == [True] * 5
    assert not any(is_heard_after(watch, stopped_ns) for watch in watches)
    # The others are silent long before the one whose link hangs has been reached another way.
    silent_ns = last_heard_ns(watches[:4])
    assert silent_ns - since_ns < stopped_ns - silent_ns
    assert ended.code == 1
    assert "«Stopp alt» ble brukt av SimKoffert på" in ended.stderr
    assert other_pushed.code == 0, other_pushed.stderr


async def under_way(headset: VirtualHeadset, network: Network) -> None:
    """Wait until a film is on its way to a headset; from then on it comes so slowly that it stays so."""
    await until(lambda: is_pushed_to(headset), within_s=60, every_s=STEP_S)
    network.bytes_per_s = 0.25e6


async def test_stop_does_not_wait_for_a_headset_that_is_gone(stocked_desk: Desk, five: VirtualKit) -> None:
    async with AsyncExitStack() as stack:
        gone = await stack.enter_async_context(Network(five.addresses[0]))
        watches = await stack.enter_async_context(watching(five.headsets[1:]))
        played_at = ",".join([gone.address, *five.addresses[1:]])
        play = await stack.enter_async_context(await stocked_desk.start("play", TITLE, "--at", played_at))
        await all_seen(watches, playing=True)
        gone.hang()
        since_ns = perf_counter_ns()
        play.interrupt()
        await play.ended()
        ended_ns = perf_counter_ns()
        await all_seen(watches, playing=False)
    silent_ns = last_heard_ns(watches)
    # What it then waits for is an answer of the one that is gone.
    assert silent_ns - since_ns < ended_ns - silent_ns


async def test_a_film_whose_agent_was_killed_is_stopped_as_well(stocked_desk: Desk, five: VirtualKit) -> None:
    """The page plays on by itself without its agent; that must not make it unstoppable."""
    async with (
        watching(five.headsets) as watches,
        await stocked_desk.start("play", TITLE, "--at", addresses(five)) as play,
    ):
        await all_seen(watches, playing=True)
        below = psutil.Process(five.pid).children(recursive=True)
        agents = [process for process in below if "agent-" in " ".join(process.cmdline())]
        assert len(agents) == 5
        play.kill()
        for agent in agents:
            agent.kill()
        await play.ended()
        assert all(watch.seen[-1].playing for watch in watches)
        stopped = await stocked_desk.run("stop", "--at", addresses(five), "--json")
        await all_seen(watches, playing=False)
    assert stopped.code == 0, stopped.stderr
    assert [headset["dark"] for headset in stopped.document["headsets"]] == [True] * 5


async def test_stop_reaches_all_that_are_led_though_the_program_that_leads_hangs(
    stocked_desk: Desk, five: VirtualKit
) -> None:
    """Without addresses, and without an answer on this laptop."""
    async with (
        watching(five.headsets) as watches,
        await stocked_desk.start("play", TITLE, "--at", addresses(five)) as play,
    ):
        await all_seen(watches, playing=True)
        play.hang()
        stopped = await stocked_desk.run("stop", "--json")
        await all_seen(watches, playing=False)
    assert stopped.code == 0, stopped.stderr
    assert [headset["dark"] for headset in stopped.document["headsets"]] == [True] * 5
    for watch in watches:
        assert watch.seen[-1].position_s < FILM_SECONDS - 1  # not merely at its end
