"""*Stopp alt* reaches everybody. (How fast is proved by the benchmark ``stop``.)"""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from time import perf_counter_ns

import psutil
import pytest

from tests.e2e.commands import Desk
from tests.e2e.conftest import FILM_SECONDS, TITLE, addresses
from tests.e2e.films import padded
from tests.e2e.outside import Watch, until, watching
from tests.fakes.network import Network
from trainer_app.headsets.rehearsal import VirtualKit

pytestmark = pytest.mark.slow


async def filled(desk: Desk, kit: VirtualKit, film: Path) -> None:
    imported = await desk.run("film", "import", str(film), "--theme", "INN", "--title", TITLE)
    assert imported.code == 0, imported.stderr
    pushed = await desk.run("film", "push", TITLE, "--at", addresses(kit))
    assert pushed.code == 0, pushed.stderr


async def all_seen(watches: list[Watch], *, playing: bool) -> None:
    """Wait until every headset is seen so."""

    async def so() -> bool:
        return all(watch.seen and watch.seen[-1].playing is playing for watch in watches)

    await until(so)


def silent_after_s(watch: Watch, since_ns: int) -> float:
    """How long it was heard after an instant."""
    return max((seen.at_ns - since_ns for seen in watch.seen if seen.audible), default=0) * 1e-9


async def test_interrupting_play_stops_all(desk: Desk, five: VirtualKit, film_file: Path) -> None:
    await filled(desk, five, film_file)
    async with (
        watching(five.headsets) as watches,
        await desk.start("play", TITLE, "--at", addresses(five)) as play,
    ):
        await all_seen(watches, playing=True)
        since = perf_counter_ns()
        play.interrupt()
        await all_seen(watches, playing=False)
        ended = await play.ended()
    assert ended.code == 1
    assert "Avbrutt." in ended.stderr
    for watch in watches:
        assert silent_after_s(watch, since) < 2
        assert watch.seen[-1].dark


async def test_stop_from_outside_while_a_film_is_pushed_and_a_link_hangs(
    desk: Desk, five: VirtualKit, film_file: Path, tmp_path: Path
) -> None:
    await filled(desk, five, film_file)
    other = await desk.run(
        "film",
        "import",
        str(padded(film_file, tmp_path / "to.mp4", 60 << 20)),
        "--theme",
        "VOT",
        "--title",
        "To",
    )
    assert other.code == 0, other.stderr
    async with AsyncExitStack() as stack:
        hanging = await stack.enter_async_context(Network(five.addresses[4]))
        slow = [await stack.enter_async_context(Network(at, bytes_per_s=8e6)) for at in five.addresses]
        watches = await stack.enter_async_context(watching(five.headsets))
        played_at = ",".join([*five.addresses[:4], hanging.address])
        play = await stack.enter_async_context(await desk.start("play", TITLE, "--at", played_at))
        await all_seen(watches, playing=True)
        pushed_at = ",".join(network.address for network in slow)
        push = await stack.enter_async_context(await desk.start("film", "push", "To", "--at", pushed_at))
        await _pushing(five)
        # The connections that play uses fall silent; the headset itself is still there for a new one.
        hanging.hang()
        since = perf_counter_ns()
        stopped = await desk.run("stop", "--at", played_at, "--json")
        await all_seen(watches, playing=False)
        assert stopped.code == 0, stopped.stderr
        assert [headset["dark"] for headset in stopped.document["headsets"]] == [True] * 5
        ended = await play.ended()
        pushed = await push.ended()
    for watch in watches:
        assert silent_after_s(watch, since) < 3
    assert ended.code == 1
    assert "«Stopp alt» ble brukt av SimKoffert på" in ended.stderr
    assert pushed.code == 0, pushed.stderr


async def _pushing(kit: VirtualKit) -> None:
    """Wait until a film is on its way to every headset."""

    def under_way() -> bool:
        return all(list(Path(headset.storage).rglob("*.part")) for headset in kit.headsets)

    await until(lambda: asyncio.to_thread(under_way))


async def test_stop_does_not_wait_for_a_headset_that_is_gone(
    desk: Desk, five: VirtualKit, film_file: Path
) -> None:
    await filled(desk, five, film_file)
    async with AsyncExitStack() as stack:
        gone = await stack.enter_async_context(Network(five.addresses[0]))
        watches = await stack.enter_async_context(watching(five.headsets[1:]))
        played_at = ",".join([gone.address, *five.addresses[1:]])
        play = await stack.enter_async_context(await desk.start("play", TITLE, "--at", played_at))
        await all_seen(watches, playing=True)
        gone.hang()
        since = perf_counter_ns()
        play.interrupt()
        await all_seen(watches, playing=False)
        await play.ended()
    for watch in watches:
        assert silent_after_s(watch, since) < 2


async def test_a_film_whose_agent_was_killed_is_stopped_as_well(
    desk: Desk, five: VirtualKit, film_file: Path
) -> None:
    """The page plays on by itself without its agent; that must not make it unstoppable."""
    await filled(desk, five, film_file)
    below = psutil.Process(five.pid).children(recursive=True)
    agents = [process for process in below if "agent-" in " ".join(process.cmdline())]
    assert len(agents) == 5
    async with (
        watching(five.headsets) as watches,
        await desk.start("play", TITLE, "--at", addresses(five)) as play,
    ):
        await all_seen(watches, playing=True)
        play.kill()
        for agent in agents:
            agent.kill()
        await play.ended()
        assert all(watch.seen[-1].playing for watch in watches)
        stopped = await desk.run("stop", "--at", addresses(five), "--json")
        await all_seen(watches, playing=False)
    assert stopped.code == 0, stopped.stderr
    assert [headset["dark"] for headset in stopped.document["headsets"]] == [True] * 5


async def test_stop_reaches_all_that_are_led_though_the_program_that_leads_hangs(
    desk: Desk, five: VirtualKit, film_file: Path
) -> None:
    """Without addresses, and without an answer on this laptop."""
    await filled(desk, five, film_file)
    async with (
        watching(five.headsets) as watches,
        await desk.start("play", TITLE, "--at", addresses(five)) as play,
    ):
        await all_seen(watches, playing=True)
        play.hang()
        stopped = await desk.run("stop", "--json")
        await all_seen(watches, playing=False)
    assert stopped.code == 0, stopped.stderr
    assert [headset["dark"] for headset in stopped.document["headsets"]] == [True] * 5
    for watch in watches:
        assert watch.seen[-1].position_s < FILM_SECONDS - 1  # not merely at its end
