"""Where the group looks, from the headsets' reports to the showing that is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tests.fakes.head_movements import Script, bins_of, expected, only, seconds, still, turning
from tests.fakes.live_table import Lay, Table
from tests.fakes.waiting import until
from trainer_app.domain.headset_state import Showing
from trainer_app.domain.live_kit import FilmStage
from trainer_app.services.headset_port import PlayerNow

LENGTH_S = 8.0
GROUP: Mapping[str, Script] = {
    "S1": still(-24, 3),
    "S2": turning(-60, 7.5, 12),
    "S3": only(turning(100, 20.0, -31), 3.0, 7.0),
    "S4": turning(170, -33.0),
}


def report(table: Table, scripts: Mapping[str, Script], second: float) -> None:
    """All pages tell at once where the film is and where their wearers look."""
    for serial, script in scripts.items():
        gaze = script(second)
        player = table.group.told[serial]
        table.group.told[serial] = replace(player, position_s=second, gaze=gaze, worn=gaze is not None)
    table.group.is_at(second)
    table.group.on_change()


async def watch(table: Table, scripts: Mapping[str, Script], length_s: float = LENGTH_S) -> None:
    for second in seconds(length_s):
        report(table, scripts, second)


async def playing(lay: Lay, count: int) -> Table:
    table = lay(count)
    await table.playing()
    table.kit.playback()
    return table


async def test_the_showing_keeps_where_the_group_looked(lay: Lay) -> None:
    table = await playing(lay, 4)
    await watch(table, GROUP)
    await table.kit.stop_all()
    playback = table.kit.playback()
    assert playback is not None
    assert playback.heat is not None
    assert bins_of(playback.heat) == expected(GROUP, LENGTH_S)


async def test_of_two_headsets_nothing_is_kept(lay: Lay) -> None:
    table = await playing(lay, 2)
    await watch(table, {serial: GROUP[serial] for serial in ("S1", "S2")})
    await table.kit.stop_all()
    playback = table.kit.playback()
    assert playback is not None
    assert playback.receipt is not None
    assert playback.heat is None


async def test_while_the_film_stands_still_they_look_at_one_another(lay: Lay) -> None:
    table = await playing(lay, 4)
    heads = {f"S{n}": still(10 * n) for n in range(1, 5)}
    await watch(table, heads, 2.0)
    await table.kit.pause()
    elsewhere = {serial: still(170) for serial in heads}
    for second in (2.0, 2.2, 2.4):
        report(table, elsewhere, second)
    await table.kit.stop_all()
    playback = table.kit.playback()
    assert playback is not None
    assert playback.heat is not None
    assert bins_of(playback.heat) == expected(heads, 2.0)


async def test_who_shows_no_film_or_has_left_vr_does_not_count(lay: Lay) -> None:
    table = await playing(lay, 4)
    away: tuple[PlayerNow, ...] = (
        replace(table.group.told["S3"], showing=Showing.NOTHING),
        replace(table.group.told["S4"], in_vr=False),
    )
    table.group.told.update(S3=away[0], S4=away[1])
    await watch(table, {f"S{n}": still(10 * n) for n in range(1, 5)}, 4.0)
    await table.kit.stop_all()
    playback = table.kit.playback()
    assert playback is not None
    assert playback.heat is None


async def test_a_long_film_is_told_of_while_it_is_on(lay: Lay) -> None:
    """If the program ends now, what was seen before is kept."""
    table = await playing(lay, 3)
    heads = {f"S{n}": still(10 * n) for n in range(1, 4)}
    await watch(table, heads, 40.0)
    await until(lambda: (playback := table.kit.playback()) is not None and playback.heat is not None)
    playback = table.kit.playback()
    assert playback is not None
    assert playback.heat is not None
    assert playback.ended_at is None
    known, all_ = bins_of(playback.heat), expected(heads, 40.0)
    assert known == {number: all_[number] for number in known}
    assert len(known) >= 15


async def test_the_next_start_begins_a_map_of_its_own(lay: Lay) -> None:
    table = await playing(lay, 3)
    heads = {f"S{n}": still(10 * n) for n in range(1, 4)}
    await watch(table, heads, 4.0)
    await table.kit.skip_to(20.0)
    await table.stage(FilmStage.PLAYING)
    for second in (20.0, 20.2, 20.4):
        report(table, heads, second)
    await table.kit.stop_all()
    playback = table.kit.playback()
    assert playback is not None
    assert playback.heat is not None
    assert bins_of(playback.heat) == {10: (3, {(38, 18): 3, (40, 18): 3, (42, 18): 3})}
