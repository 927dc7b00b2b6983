"""A headset that cannot run the agent plays with the others, as long as its cable and this program last."""

from __future__ import annotations

import gzip
import signal
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.waiting import until
from tests.integration.care.android import observed
from tests.integration.live.table import Table, film_in
from tests.integration.tethered.conftest import OnCable, agents_beside_us
from trainer_app.domain.filling import FilmToSend
from trainer_app.domain.films import Film
from trainer_app.domain.headset_state import HeadsetState as S
from trainer_app.domain.headset_state import PlayMode
from trainer_app.domain.link_errors import CableLost, NotPluggedIn
from trainer_app.domain.playback_errors import CableNeeded
from trainer_app.headsets.agent import runtime
from trainer_app.headsets.emergency import EmergencyStop
from trainer_app.headsets.emergency_notice import NoticedHeadset
from trainer_app.headsets.link import AdbKey
from trainer_app.headsets.link.usb import connect_usb

LONG_S = 600.0
WITHIN_S = 50.0


@pytest.fixture
def film(film_file: Path) -> Film:
    return film_in(film_file, length_s=LONG_S)


def files_below(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*")]


async def test_it_plays_in_step_with_a_headset_that_runs_the_agent_itself_and_nothing_stays_changed(
    on_cable: OnCable, able: dict[str, Any], table: Table, film: Film
) -> None:
    await table.open([on_cable.address, able["adb"]])
    await table.ready(film)
    modes = {one.address: one.facts.play_mode for one in table.kit.now.headsets if one.facts is not None}
    assert modes == {on_cable.address: PlayMode.TETHERED, able["adb"]: PlayMode.VR}
    await table.kit.start_film()
    await table.all_are(S.PLAYING)
    await until(lambda: table.kit.now.spread_ms is not None, within_s=WITHIN_S)
    await table.kit.stop_all()
    assert await on_cable.is_dark()
    receipt = table.kit.receipt()
    assert receipt is not None
    by_serial = {one.serial: one for one in receipt.headsets}
    assert by_serial[on_cable.usb.serial].play_mode is PlayMode.TETHERED
    assert by_serial[able["serial"]].play_mode is PlayMode.VR
    assert by_serial[on_cable.usb.serial].clock_uncertainty_ms < 1000
    await table.kit.session_over()
    await table.kit.release()
    android = await observed(on_cable.described)
    changes = [command for command in android.recorded if command[0] in ("setprop", "settings")]
    assert changes == [], "a cable that is pulled would leave it so"
    assert "sensor" not in android.owed
    assert not any(film.sha256 in name for name in files_below(Path(on_cable.described["storage"])))


async def test_whatever_cuts_it_off_leaves_it_dark_and_it_comes_back_by_itself(
    on_cable: OnCable, table: Table, film: Film
) -> None:
    await table.open([on_cable.address])
    await table.ready(film)
    await table.kit.start_film(from_s=20.0)
    await table.all_are(S.PLAYING)
    await _lose_the_agent(on_cable, table)
    await _lose_the_cable(on_cable, table)
    await _stop_with_an_agent_that_hangs_and_start_anew(on_cable, table, film)


async def _lose_the_agent(on_cable: OnCable, table: Table) -> None:
    seen = len(table.seen)
    [agent] = agents_beside_us()
    agent.kill()
    await until(on_cable.is_dark, within_s=WITHIN_S)
    await until(lambda: table.troubled(seen), within_s=WITHIN_S)
    await until(on_cable.plays, within_s=WITHIN_S)
    await table.all_are(S.PLAYING)
    assert (await on_cable.player())["position_s"] > 20.0, "where the others are, not at the beginning"


async def _lose_the_cable(on_cable: OnCable, table: Table) -> None:
    on_cable.bus.plugged_in.clear()
    on_cable.usb.cable.pull()
    await until(on_cable.is_dark, within_s=WITHIN_S)
    await until(
        lambda: isinstance(table.kit.now.headsets[0].problem, CableLost | NotPluggedIn), within_s=WITHIN_S
    )
    assert not table.kit.now.headsets[0].on_its_own, "it cannot play without us"
    on_cable.usb.plug_in_again()
    on_cable.bus.plugged_in.append(on_cable.usb)
    await until(on_cable.plays, within_s=WITHIN_S)
    await table.all_are(S.PLAYING)


async def _stop_with_an_agent_that_hangs_and_start_anew(on_cable: OnCable, table: Table, film: Film) -> None:
    [agent] = agents_beside_us()
    agent.send_signal(signal.SIGSTOP)
    try:
        await table.kit.stop_all()
        await until(on_cable.is_dark, within_s=WITHIN_S)
        recorded = (await observed(on_cable.described)).recorded
        assert any(command[:2] == ["am", "force-stop"] for command in recorded)
        await until(lambda: not table.kit.now.headsets[0].not_dark, within_s=WITHIN_S)
        await table.ready(film)
        await table.kit.start_film(from_s=20.0)
        await table.all_are(S.PLAYING)
        assert not agent.is_running(), "one that hangs is replaced"
        assert len(agents_beside_us()) == 1
    finally:
        if agent.is_running():
            agent.kill()


async def test_stop_of_a_program_that_was_killed_ends_the_browser(
    on_cable: OnCable, key: AdbKey, unused_tcp_port: int
) -> None:
    """Its agent has gone with it: the page is dark by itself, and nobody is left who could say so."""
    notice = NoticedHeadset(on_cable.address, "S1", "token", "b" * 64, unused_tcp_port)
    stop = EmergencyStop(key, {on_cable.address: notice})
    before = await force_stops(on_cable)
    async with await connect_usb(on_cable.usb.serial, on_cable.bus, key=key) as link:
        outcome = await stop.stop_over(link, on_cable.address, by="Anna")
    assert (outcome.serial, outcome.dark) == ("S1", True)
    assert await force_stops(on_cable) > before


async def force_stops(on_cable: OnCable) -> int:
    recorded = (await observed(on_cable.described)).recorded
    return sum(command[:2] == ["am", "force-stop"] for command in recorded)


async def test_over_the_network_it_asks_for_its_cable(
    on_cable: OnCable, film: Film, film_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = tmp_path / "bundle.tar.gz"
    bundle.write_bytes(gzip.compress(b"a bundle for 64 bits"))
    monkeypatch.setattr(runtime, "_places", lambda: iter([bundle]))
    headset = await on_cable.gateway.connect(on_cable.described["adb"], lambda _address: None)
    cargo = FilmToSend(sha256=film.sha256, path=film_file, size=film.size_bytes, title=film.title)
    try:
        with pytest.raises(CableNeeded):
            await headset.fill([cargo], keep=None, label="1", progress=lambda *_: None)
        assert (await headset.facts()).play_mode is PlayMode.TETHERED
        assert agents_beside_us() == []
    finally:
        await headset.close()
