"""A suitcase of virtual headsets, each with a clock of its own: ready, together, back after trouble."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import socket
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from headset_agent.protocol.messages import HTTP_PORT
from tests.fakes.waiting import until, wait_until
from tests.integration.live.table import Devices, MakeTable, Table
from tests.integration.virtual.kits import Adb, VirtualProcess, adb_server
from trainer_app.domain.absences import AbsenceCause
from trainer_app.domain.films import Film
from trainer_app.domain.headset_state import HeadsetState as S
from trainer_app.domain.live_kit import FilmStage
from trainer_app.domain.playback_errors import HeadsetStorageFull
from trainer_app.domain.playback_records import PlaybackId
from trainer_app.domain.sessions import SessionId
from trainer_app.services.live.playback import Playback

LONG_S = 600.0
ROOT = Path(__file__).parents[3]


def long(film: Film) -> Film:
    """The same film, so long that no test sees its end."""
    return replace(film, probe=replace(film.probe, duration_s=LONG_S))


async def test_film_is_brought_started_paused_and_seen_to_its_end(
    devices: Devices, table_of: MakeTable, film: Film
) -> None:
    table = await table_of(*devices.addresses)
    await table.ready(film)
    assert table.kit.now.ready_count == 3
    await table.kit.open_players()
    assert table.kit.now.stage is FilmStage.READY
    since = len(table.seen)
    await table.kit.start_film()
    await table.all_are(S.PLAYING)
    told = await table.kit.show_text("Snart stopp. Æøå.")
    assert (told.reached, told.missed) == ((1, 2, 3), ())
    await table.kit.pause()
    await table.all_are(S.PAUSED)
    at = table.kit.now.position_s
    assert 0 < at < film.probe.duration_s
    assert all(abs(headset.position_s - at) < 0.2 for headset in table.kit.now.headsets)
    await table.kit.resume()
    await table.stage(FilmStage.ENDED)
    assert table.troubled(since) == []
    receipt = table.kit.receipt()
    assert receipt is not None
    assert receipt.start_spread_ms is not None
    assert receipt.instants > 0
    stages = list(dict.fromkeys(now.stage for now in table.seen))
    assert stages[:4] == [FilmStage.NONE, FilmStage.PREPARING, FilmStage.READY, FilmStage.STARTING]


async def test_headset_that_restarts_in_the_film_joins_again_where_the_others_are(
    devices: Devices, table_of: MakeTable, film: Film
) -> None:
    first, *others = devices.addresses
    table = await table_of(*devices.addresses)
    await table.ready(long(film))
    await table.kit.start_film(from_s=100.0)
    await table.all_are(S.PLAYING)
    await until(lambda: table.of_address(first).position_s > 100.2)
    devices.process.write("restart-adb 1")
    await until(lambda: table.of_address(first).on_its_own, within_s=50)
    assert table.of_address(first).state is S.PLAYING
    assert all(table.of_address(other).state is S.PLAYING for other in others)
    await until(lambda: not table.of_address(first).on_its_own, within_s=50)
    await table.all_are(S.PLAYING)
    await until(lambda: abs(table.of_address(first).position_s - table.kit.now.position_s) < 0.5)
    await table.kit.stop_all()
    await table.all_are(S.READY)
    receipt = table.kit.receipt()
    assert receipt is not None
    back = next(h for h in receipt.headsets if h.serial == table.of_address(first).serial)
    assert len(back.absences_s) == 1
    assert AbsenceCause.LOST in {absence.cause for absence in back.away}
    assert back.start_error_ms is not None


async def test_stop_breaks_a_start_off_and_the_film_goes_on_afterwards(
    devices: Devices, table_of: MakeTable, film: Film
) -> None:
    table = await table_of(*devices.addresses)
    await table.ready(long(film))
    starting = asyncio.create_task(table.kit.start_film())
    await table.stage(FilmStage.STARTING)
    await table.kit.stop_all()
    await starting
    assert table.kit.now.stage is FilmStage.STOPPED
    await table.all_are(S.READY)
    await table.kit.start_film(from_s=30.0)
    await table.all_are(S.PLAYING)
    assert min(headset.position_s for headset in table.kit.now.headsets) >= 30.0


async def test_headset_switched_off_while_it_is_filled_gets_the_rest_when_it_is_on_again(
    table_of: MakeTable, film: Film, tmp_path: Path
) -> None:
    options = ("--number", "9", "--root", str(tmp_path / "headset"))
    with VirtualProcess(*options) as process:
        address = process.ready()["adb"]
        table = await table_of(address)
        await table.all_are(S.READY)
        await table.kit.choose_film(film)
        getting_ready = asyncio.create_task(table.kit.get_ready(minutes=90))
        await until(lambda: table.kit.now.headsets[0].transfer is not None)
    await getting_ready
    await table.is_(address, S.NOT_CONNECTED)
    assert not table.of_address(address).has_film
    with VirtualProcess(*options, "--adb-port", address.rpartition(":")[2]) as process:
        process.ready()
        await until(lambda: table.of_address(address).is_ready, within_s=50)
        await table.kit.release()


async def test_full_headset_waits_for_room_and_the_one_nobody_has_accepted_for_somebody(
    table_of: MakeTable, film: Film
) -> None:
    with (
        VirtualProcess("--number", "8", "--free-bytes", "3000000") as full,
        VirtualProcess("--number", "9", "--require-auth") as shy,
    ):
        full_at, shy_at = full.ready()["adb"], shy.ready()["adb"]
        table = await table_of(full_at, shy_at)
        await table.is_(full_at, S.READY)
        await table.is_(shy_at, S.NOT_AUTHORISED)
        await table.kit.choose_film(film)
        await table.kit.get_ready(minutes=90)
        await table.is_(full_at, S.STORAGE_FULL)
        assert isinstance(table.of_address(full_at).problem, HeadsetStorageFull)
        shy.write("accept")
        await until(lambda: table.of_address(shy_at).is_ready, within_s=50)
        await table.kit.release()


async def test_suitcase_is_let_go_of_and_taken_up_again(
    devices: Devices, table_of: MakeTable, film: Film
) -> None:
    for _ in range(2):
        table = await table_of(*devices.addresses)
        await table.ready(film)
        await table.kit.open_players()
        assert table.kit.now.stage is FilmStage.READY
        await table.kit.release()


async def kill_while_it_plays(film: Film, key_file: Path, film_file: Path, *addresses: str) -> Playback:
    """A run of the program that starts the film at 100 s dies without a word; what is known of it."""
    words = ("-m", "tests.integration.live.former_run", str(key_file), str(film_file), "100", *addresses)
    process = await asyncio.create_subprocess_exec(
        sys.executable, *words, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        async with asyncio.timeout(60):
            said = json.loads(await process.stdout.readline())
    finally:
        process.kill()
        await process.communicate()
    return Playback(
        film=film,
        id=PlaybackId(UUID(said["id"])),
        started_at=datetime.fromisoformat(said["started_at"]),
        from_s=100.0,
    )


async def test_film_that_a_killed_run_has_started_is_told_and_led_again_or_stopped(
    devices: Devices, table_of: MakeTable, film: Film, film_file: Path, key_file: Path
) -> None:
    killed = await kill_while_it_plays(long(film), key_file, film_file, *devices.addresses)
    await lead_on(await table_of(*devices.addresses), long(film), killed)

    again = await table_of(*devices.addresses)
    await until(lambda: len(again.kit.now.headsets) == 3)
    await again.all_are(S.PLAYING)
    assert all(headset.started_elsewhere for headset in again.kit.now.headsets)
    assert all(100 < headset.position_s < 200 for headset in again.kit.now.headsets)
    await again.kit.choose_film(long(film))
    await again.kit.open_players()  # as the film's phase does; nobody's film is touched by it
    assert {headset.state for headset in again.kit.now.headsets} == {S.PLAYING}
    await again.kit.start_film(from_s=200.0)
    await again.stage(FilmStage.PLAYING)
    await until(lambda: all(headset.position_s > 200 for headset in again.kit.now.headsets))
    assert not any(headset.started_elsewhere for headset in again.kit.now.headsets)
    left = again.kit.playback()
    assert left is not None
    await again.kit.release()  # the program ends as it should: the headsets are left as they are

    await lead_on(await table_of(*devices.addresses), long(film), left)

    last = await table_of(*devices.addresses)
    await last.all_are(S.PLAYING)
    await last.kit.stop_all()
    await last.all_are(S.READY)
    assert not any(headset.started_elsewhere for headset in last.kit.now.headsets)


async def lead_on(table: Table, film: Film, left: Playback) -> None:
    """The next run knows the film that goes on as its session's own, and leads it where it is."""
    await table.kit.choose_film(film)
    await table.kit.recognise(left.record(SessionId(uuid4()), wave=1))
    await table.stage(FilmStage.PLAYING)

    def all_are_led() -> bool:
        headsets = table.kit.now.headsets
        return len(headsets) == 3 and not any(each.started_elsewhere or each.problem for each in headsets)

    await until(all_are_led, within_s=50)
    await table.kit.pause()
    await table.all_are(S.PAUSED)
    at_s = table.kit.now.position_s
    assert at_s > left.from_s
    await until(lambda: {headset.position_s for headset in table.kit.now.headsets} == {at_s}, within_s=50)
    await table.kit.resume()
    await table.stage(FilmStage.PLAYING)
    playback = table.kit.playback()
    assert playback is not None
    assert (playback.id, playback.started_at) == (left.id, left.started_at)
    await table.kit.release()


async def test_headset_that_vanishes_between_two_waves_joins_the_second_when_it_is_back(
    devices: Devices, table_of: MakeTable, film: Film
) -> None:
    first, *others = devices.addresses
    table = await table_of(*devices.addresses)
    await table.ready(film)
    await table.kit.start_film()
    await table.stage(FilmStage.ENDED)
    await table.all_are(S.READY)
    devices.process.write("restart-adb 1")
    await table.is_(first, S.NOT_CONNECTED)
    assert table.of_address(first).problem is not None
    assert all(table.of_address(other).state is S.READY for other in others)
    await table.is_(first, S.READY)
    await table.kit.start_film()
    await table.stage(FilmStage.ENDED)
    receipt = table.kit.receipt()
    assert receipt is not None
    assert len(receipt.headsets) == 3


async def test_official_adb_pushes_and_tunnels_while_the_film_plays(
    devices: Devices, table_of: MakeTable, film: Film, tmp_path: Path
) -> None:
    used = devices.described[0]
    table = await table_of(used["adb"])
    await table.ready(long(film))
    await table.kit.start_film()
    await table.all_are(S.PLAYING)
    since = len(table.seen)
    source = tmp_path / "theirs.mp4"
    source.write_bytes(random.Random(4).randbytes(20 << 20))
    with adb_server(tmp_path / "home") as adb:
        await asyncio.to_thread(push_beside_tunnels, adb, used, source)
    assert (Path(used["storage"]) / "theirs.mp4").read_bytes() == source.read_bytes()
    assert [(h.state, h.problem) for h in table.kit.now.headsets] == [(S.PLAYING, None)]
    assert table.troubled(since) == []
    await table.kit.stop_all()
    await table.all_are(S.READY)


def push_beside_tunnels(adb: Adb, headset: dict[str, Any], source: Path) -> None:
    """``adb forward``, ``adb reverse`` and ``adb -s SERIAL push``, the last while the others are in use."""
    adb.run("connect", headset["adb"])
    wait_until(lambda: adb.state_of(headset) == "device", within_s=40)
    forwarded = int(adb.on(headset, "forward", "tcp:0", f"tcp:{HTTP_PORT}").stdout)
    with socket.create_connection(("127.0.0.1", forwarded), 40) as agents_page:
        agents_page.sendall(b"GET / HTTP/1.0\r\nHost: somebody\r\n\r\n")
        assert agents_page.recv(5) == b"HTTP/"
    with socket.create_server(("127.0.0.1", 0)) as laptop:
        laptop.settimeout(40)
        led_back = adb.on(headset, "reverse", "tcp:0", f"tcp:{laptop.getsockname()[1]}")
        with socket.create_connection((headset["address"], int(led_back.stdout)), 40) as headsets_end:
            our_end, _ = laptop.accept()
            with our_end:
                pushed = adb.on(headset, "push", str(source), "/sdcard/theirs.mp4")
                assert pushed.returncode == 0, pushed.stderr
                headsets_end.sendall(b"from the headset")
                our_end.settimeout(40)
                assert our_end.recv(100) == b"from the headset"


def agent_of(headset: dict[str, Any]) -> int:
    """Process id of the agent that runs on a headset; 0 while none does."""
    announced = Path(headset["storage"]).parent / "data/local/tmp/simkoffert/run/agent.json"
    try:
        return int(json.loads(announced.read_bytes())["pid"])
    except FileNotFoundError:
        return 0


@pytest.mark.timeout(300)
async def test_killed_agent_comes_back_by_itself_before_the_film_and_in_it(
    devices: Devices, table_of: MakeTable, film: Film
) -> None:
    """Nobody presses anything; the film that plays on meanwhile is taken over where it is."""
    used, *_ = devices.described
    first, *others = devices.addresses
    table = await table_of(*devices.addresses)
    await table.ready(long(film))
    await table.kit.open_players()
    killed = agent_of(used)
    os.kill(killed, signal.SIGKILL)
    await until(lambda: agent_of(used) not in (0, killed), within_s=50)
    await until(lambda: table.of_address(first).is_ready, within_s=50)

    await table.kit.start_film(from_s=100.0)
    await table.all_are(S.PLAYING)
    killed = agent_of(used)
    os.kill(killed, signal.SIGKILL)
    await until(lambda: any(h.on_its_own for now in table.seen for h in now.headsets), within_s=50)
    assert all(table.of_address(other).state is S.PLAYING for other in others)
    await until(lambda: not table.of_address(first).on_its_own, within_s=50)
    assert agent_of(used) != killed
    await table.all_are(S.PLAYING)
    await until(lambda: abs(table.of_address(first).position_s - table.kit.now.position_s) < 0.5, within_s=50)
    await table.kit.stop_all()
    await table.all_are(S.READY)
