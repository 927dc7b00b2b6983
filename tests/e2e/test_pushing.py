"""Films reach every headset whole, whatever happens on the way."""

from __future__ import annotations

import hashlib
from contextlib import AsyncExitStack
from pathlib import Path

import psutil
import pytest

from tests.e2e.commands import Desk
from tests.e2e.conftest import TITLE, addresses
from tests.e2e.films import padded
from tests.e2e.outside import until
from tests.fakes.network import Network
from trainer_app.headsets.rehearsal import VirtualHeadset, VirtualKit

pytestmark = pytest.mark.slow

SIZE = 40 << 20


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

    async def grown() -> bool:
        return part.exists() and part.stat().st_size >= size

    await until(grown, timeout_s=100)


async def test_a_push_that_was_killed_goes_on_and_leaves_nothing_else(
    desk: Desk, five: VirtualKit, film_file: Path, tmp_path: Path
) -> None:
    film = padded(film_file, tmp_path / "stor film.mp4", SIZE)
    sha256 = await imported(desk, film)
    async with AsyncExitStack() as stack:
        slow = [await stack.enter_async_context(Network(at, bytes_per_s=20e6)) for at in five.addresses]
        async with await desk.start("film", "push", "all", "--at", ",".join(n.address for n in slow)) as push:
            await part_grown(five.headsets[0], sha256, 8 << 20)
            push.kill()
            await push.ended()
    again = await desk.run("film", "push", "all", "--at", addresses(five), "--json")
    assert again.code == 0, again.stderr
    assert [result["verified"] for result in again.document["results"]] == [True] * 5
    assert again.document["results"][0]["sent_bytes"] <= SIZE - (8 << 20)
    expected = {f"SimKoffert/films/{name}" for name in (f"{sha256}.mp4", "manifest.json", ".nomedia")}
    for headset in five.headsets:
        assert everything_on(headset) == expected
        there = (films_of(headset) / f"{sha256}.mp4").read_bytes()
        assert hashlib.sha256(there).hexdigest() == sha256
    third = await desk.run("film", "push", "all", "--at", addresses(five), "--json")
    assert {result["sent_bytes"] for result in third.document["results"]} == {0}


async def test_a_headset_that_vanishes_does_not_hold_the_others_up(
    desk: Desk, five: VirtualKit, film_file: Path, tmp_path: Path
) -> None:
    sha256 = await imported(desk, padded(film_file, tmp_path / "stor film.mp4", SIZE))
    async with AsyncExitStack() as stack:
        slow = await stack.enter_async_context(Network(five.addresses[3], bytes_per_s=10e6))
        at = [*five.addresses[:3], slow.address, five.addresses[4]]
        async with await desk.start("film", "push", "all", "--at", ",".join(at), "--json") as push:
            await part_grown(five.headsets[3], sha256, 4 << 20)
            slow.cut()
            ended = await push.ended()
    assert ended.code == 3
    results = {result["number"]: result for result in ended.document["results"]}
    assert [results[n]["verified"] for n in (1, 2, 3, 4, 5)] == [True, True, True, False, True]
    assert f"Brille 4 ({five.headsets[3].serial}) er borte." in ended.stderr
    assert results[4]["error"]["key"] == "playback.vanished"


async def test_a_film_that_was_given_up_is_cleared_away(stocked_desk: Desk) -> None:
    """What another library's push left half done does not fill the headset for ever."""
    async with VirtualKit(count=1) as kit:
        headset = kit.headsets[0]
        films_of(headset).mkdir(parents=True)
        (films_of(headset) / f"{'0' * 64}.part").write_bytes(b"half a film")
        (films_of(headset) / f"{'0' * 64}.chunk0").write_bytes(b"half a chunk")
        pushed = await stocked_desk.run("film", "push", "all", "--at", headset.adb)
        assert pushed.code == 0, pushed.stderr
        (film,) = (stocked_desk.folder / "data" / "films").glob("*.mp4")
        assert {file.name for file in films_of(headset).iterdir()} == {film.name, "manifest.json", ".nomedia"}


async def test_the_kit_leaves_no_process_behind(stocked_desk: Desk) -> None:
    """Agents are detached from the shell that started them, and still end with their headset."""
    async with VirtualKit(count=2) as kit:
        pushed = await stocked_desk.run("film", "push", "all", "--at", addresses(kit))
        assert pushed.code == 0, pushed.stderr
        below = psutil.Process(kit.pid).children(recursive=True)
        assert sum("agent-" in " ".join(process.cmdline()) for process in below) == 2
    assert not [process for process in below if process.is_running()]
