"""A film starts while something older is still on its way: stops, films of others, headsets not yet dark."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from tests.fakes.films import a_film
from tests.fakes.live_table import FILM, QUICK, Lay, Table
from tests.fakes.waiting import until
from trainer_app.domain.films import Sha256
from trainer_app.domain.headset_state import HeadsetState as S
from trainer_app.domain.headset_state import Showing
from trainer_app.domain.live_kit import FilmStage, KitNow
from trainer_app.domain.playback_errors import NoHeadsetLeft, VrEnded
from trainer_app.domain.playback_records import PlaybackId
from trainer_app.services.live.playback import Playback

OTHER_FILM = a_film(sha256=Sha256("cd" * 32), title="Stell")


async def stop_is_held_up(table: Table) -> tuple[asyncio.Event, asyncio.Task[None]]:
    """*Stopp alt* while headset 2 does not answer; gives what lets it answer, and the order."""
    answers = table.group.slow["S2"] = asyncio.Event()
    stopping = asyncio.create_task(table.kit.stop_all())
    await until(lambda: table.group.did[-1] == "stop")
    return answers, stopping


async def test_start_during_a_stop_comes_after_it_and_each_showing_keeps_its_own_receipt(lay: Lay) -> None:
    table = lay(2)
    await table.playing()
    told: dict[PlaybackId, Playback] = {}

    def hear(_now: KitNow) -> None:
        playback = table.kit.playback()
        assert playback is not None
        told[playback.id] = playback

    table.kit.on_change = hear
    answers, stopping = await stop_is_held_up(table)
    starting = asyncio.create_task(table.kit.start_film(from_s=20.0))
    await table.stage(FilmStage.PREPARING)
    await asyncio.sleep(0)
    assert table.group.did[-1] == "stop"
    answers.set()
    await asyncio.gather(stopping, starting)
    await table.stage(FilmStage.PLAYING)
    assert table.group.did[-3:] == ["stop", "prepare 20", "start"]
    first, second = told.values()
    assert first.receipt is not None
    assert sorted(first.headsets.values()) == [1, 2]
    assert (second.from_s, second.ended_at, second.receipt) == (20.0, None, None)


async def test_second_stop_ends_a_start_that_waits_for_the_first_and_a_third_try_counts(lay: Lay) -> None:
    table = lay(2)
    await table.playing()
    answers, stopping = await stop_is_held_up(table)
    starting = asyncio.create_task(table.kit.start_film())
    await table.stage(FilmStage.PREPARING)
    stopping_again = asyncio.create_task(table.kit.stop_all())
    starting_again = asyncio.create_task(table.kit.start_film(from_s=5.0))
    answers.set()
    await asyncio.gather(stopping, starting, stopping_again, starting_again)
    await table.stage(FilmStage.PLAYING)
    assert [did for did in table.group.did if did.startswith("prepare")] == ["prepare 0", "prepare 5"]


async def test_start_does_not_wait_for_a_headset_that_is_no_part_of_it(lay: Lay) -> None:
    table = lay(2)
    await table.playing()
    await table.kit.set_aside(2, True)
    table.device(2).may_darken.clear()
    stopping = asyncio.create_task(table.kit.stop_all())
    await until(lambda: table.device(2).darkened_by)
    await table.kit.start_film()
    await stopping
    assert not table.kit.now.stopping
    await table.stage(FilmStage.PLAYING)
    table.device(2).may_darken.set()
    await until(lambda: not table.of(2).not_dark)


async def test_what_only_darkens_a_headset_has_ended_before_the_film_is_prepared(lay: Lay) -> None:
    table = lay(1)
    await table.playing()
    table.group.dark["S1"] = False
    table.device(1).may_darken.clear()
    did = table.group.did

    async def darken(*, by: str) -> bool:
        try:
            return await asyncio.Event().wait()
        except asyncio.CancelledError:
            await asyncio.sleep(0.01)  # its connection closes
            did.append("darkening ended")
            raise

    table.device(1).darken = darken  # type: ignore[method-assign]
    await table.kit.stop_all()
    await table.kit.retry(1)
    await asyncio.sleep(0)
    await table.kit.start_film()
    assert did[-3:] == ["darkening ended", "prepare 0", "start"]


async def test_headset_that_is_not_dark_and_lacks_the_next_film_is_darkened_during_it(lay: Lay) -> None:
    table = lay(2)
    await table.playing()
    table.group.dark["S2"] = table.device(2).says_dark = False
    await table.kit.stop_all()
    await table.kit.choose_film(OTHER_FILM)
    has_both: dict[str, str] = {FILM.sha256: FILM.title, OTHER_FILM.sha256: OTHER_FILM.title}
    table.device(1).told = replace(table.device(1).told, films=has_both)
    await until(lambda: table.of(1).has_film)
    await table.kit.start_film()
    await table.stage(FilmStage.PLAYING)
    assert table.of(2).not_dark
    table.device(2).says_dark = True
    await until(lambda: not table.of(2).not_dark, within_s=2)
    assert table.kit.now.stage is FilmStage.PLAYING
    assert "S2" not in table.group.players()


async def test_film_of_another_computer_is_still_told_of_when_a_start_leaves_its_headset_out(
    lay: Lay,
) -> None:
    table = lay(2)
    table.device(1).shows = Showing.FILM
    await table.ready()
    await table.is_(1, S.PLAYING)
    await table.kit.set_aside(1, True)
    await table.kit.start_film()
    await table.stage(FilmStage.PLAYING)
    assert table.of(1).started_elsewhere


async def test_headset_that_comes_during_a_start_in_vain_tells_what_it_shows(lay: Lay) -> None:
    table = lay(2)
    table.device(1).shows = Showing.FILM
    table.device(1).lose()
    await table.open()
    await table.is_(2, S.READY)
    await table.kit.choose_film(FILM)
    table.gateway.group_may_be_made.clear()
    starting = asyncio.create_task(table.kit.start_film())
    await table.stage(FilmStage.PREPARING)
    table.gateway.comes_back(table.device(1).address).shows = Showing.FILM
    await until(lambda: table.of(1).state is not S.NOT_CONNECTED)
    assert not table.of(1).started_elsewhere
    table.gateway.group_may_be_made.set()
    with pytest.raises(NoHeadsetLeft):
        await starting
    await until(lambda: table.of(1).started_elsewhere, within_s=2)


async def test_headset_is_not_called_ready_before_it_has_told_of_itself(lay: Lay) -> None:
    table = lay(2)
    table.device(1).may_tell.clear()
    table.device(1).shows = Showing.FILM
    await table.ready()
    assert all(headset.facts for now in table.seen for headset in now.headsets if headset.state is S.READY)
    await table.kit.open_players()
    assert "admit S1" not in table.group.did
    table.device(1).may_tell.set()
    await until(lambda: table.of(1).started_elsewhere, within_s=2)
    assert "admit S1" not in table.group.did


async def test_film_of_another_computer_is_shown_where_it_is(lay: Lay) -> None:
    table = lay(1, pace=replace(QUICK, facts=60.0))
    table.device(1).shows, table.device(1).shows_at_s = Showing.FILM, 42.0
    await table.open()
    await until(lambda: table.of(1).position_s == 42.0, within_s=2)
    table.ns += 5_000_000_000
    await table.kit.set_volume(30)
    assert table.of(1).position_s == 47.0


async def test_leaving_vr_is_given_its_moment_in_a_second_showing_as_well(lay: Lay) -> None:
    table = lay(1)
    await table.playing()
    table.group.is_at(60.0)
    await table.stage(FilmStage.ENDED)
    await table.kit.start_film()
    await table.stage(FilmStage.PLAYING)
    table.group.says("S1", in_vr=False, worn=None)
    await table.a_moment_of_film()
    assert isinstance(table.of(1).problem, VrEnded)
    assert "reopen S1" not in table.group.did


async def test_headset_that_was_taken_off_is_asked_before_it_is_brought_back_into_vr(lay: Lay) -> None:
    table = lay(1, pace=replace(QUICK, facts_in_film=60.0))
    await table.playing()
    await table.a_moment_of_film()
    table.device(1).told = replace(table.device(1).told, awake=False)
    table.group.says("S1", in_vr=False, worn=None)
    table.ns += 3_000_000_000
    await table.is_(1, S.TAKEN_OFF)
    await table.a_moment_of_film()
    assert "reopen S1" not in table.group.did
