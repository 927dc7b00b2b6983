"""Films reach every headset whole, whatever happens on the way."""

from __future__ import annotations

import hashlib
from contextlib import AsyncExitStack
from pathlib import Path

import psutil
import pytest

from tests.e2e.commands import Desk
from tests.e2e.conftest import TITLE, addresses, pushed
from tests.e2e.films import padded
from tests.e2e.outside import STEP_S
from tests.fakes.network import Network
from tests.fakes.waiting import until
from trainer_app.headsets.rehearsal import VirtualHeadset, VirtualKit

pytestmark = pytest.mark.slow

SIZE = 16 << 20


def films_of(headset: VirtualHeadset) -> Path:
    return Path(headset.storage) / "SimKoffert" / "films"


def everything_on(headset: VirtualHeadset) -> set[str]:
    storage = Path(headset.storage)
    return {str(file.relative_to(storage)) for file in storage.rglob("*") if file.is_file()}


async def imported(desk: Desk, film: Path) -> str:
    done = await desk.run("film", "import", str(film), "--theme", "INN", "--title", TITLE, "--json")
    assert done.code == 0, done.stderr
    return str(done.document["sha256"])


async def part_grown(headset: VirtualHeadset, sha256: str, size: int) -> None:
    """Wait until so much of a film has been appended on the headset."""
    part = films_of(headset) / f"{sha256}.part"
    await until(lambda: part.exists() and part.stat().st_size >= size, within_s=100, every_s=STEP_S)


def give_a_film_up(headset: VirtualHeadset) -> None:
    """What another library's push has left half done."""
    films_of(headset).mkdir(parents=True)
    (films_of(headset) / f"{'0' * 64}.part").write_bytes(b"half a film")
    (films_of(headset) / f"{'0' * 64}.chunk0").write_bytes(b"half a chunk")


async def test_a_push_that_was_killed_goes_on_and_leaves_nothing_else(
    desk: Desk, film_file: Path, tmp_path: Path
) -> None:
    film = padded(film_file, tmp_path / "stor film.mp4", SIZE)
    sha256 = await imported(desk, film)
    async with VirtualKit(count=2) as two, AsyncExitStack() as stack:
        give_a_film_up(two.headsets[1])
        slow = [await stack.enter_async_context(Network(at, bytes_per_s=5e6)) for at in two.addresses]
        async with await desk.start("film", "push", "all", "--at", ",".join(n.address for n in slow)) as push:
            await part_grown(two.headsets[0], sha256, 8 << 20)
            push.kill()
            await push.ended()
        again = await desk.run("film", "push", "all", "--at", addresses(two), "--json")
        assert again.code == 0, again.stderr
        assert [result["verified"] for result in again.document["results"]] == [True] * 2
        assert again.document["results"][0]["sent_bytes"] <= SIZE - (8 << 20)
        expected = {f"SimKoffert/films/{name}" for name in (f"{sha256}.mp4", "manifest.json", ".nomedia")}
        for headset in two.headsets:
            assert everything_on(headset) == expected
            there = (films_of(headset) / f"{sha256}.mp4").read_bytes()
            assert hashlib.sha256(there).hexdigest() == sha256
        third = await desk.run("film", "push", "all", "--at", addresses(two), "--json")
        assert {result["sent_bytes"] for result in third.document["results"]} == {0}


async def test_a_headset_that_vanishes_does_not_hold_the_others_up(
    desk: Desk, film_file: Path, tmp_path: Path
) -> None:
    sha256 = await imported(desk, padded(film_file, tmp_path / "stor film.mp4", SIZE))
    async with VirtualKit(count=3) as three, AsyncExitStack() as stack:
        slow = await stack.enter_async_context(Network(three.addresses[1], bytes_per_s=4e6))
        at = [three.addresses[0], slow.address, three.addresses[2]]
        async with await desk.start("film", "push", "all", "--at", ",".join(at), "--json") as push:
            await part_grown(three.headsets[1], sha256, 3 << 20)
            slow.takes = slow.accepted  # for good: a cut alone is made up for
            slow.cut()
            ended = await push.ended()
    assert ended.code == 3
    results = {result["number"]: result for result in ended.document["results"]}
    assert [results[n]["verified"] for n in (1, 2, 3)] == [True, False, True]
    assert f"Brille 2 ({three.headsets[1].serial}) er borte." in ended.stderr
    assert results[2]["error"]["key"] == "playback.vanished"


async def test_the_kit_leaves_no_process_behind(stocked_desk: Desk) -> None:
    """Agents are detached from the shell that started them, and still end with their headset."""
    async with VirtualKit(count=2) as kit:
        await pushed(stocked_desk, addresses(kit))
        below = psutil.Process(kit.pid).children(recursive=True)
        assert sum("agent-" in " ".join(process.cmdline()) for process in below) == 2
    assert not [process for process in below if process.is_running()]
