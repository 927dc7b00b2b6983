"""The film stands still by itself, and a film of a former run is led on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

from tests.fakes.live_table import FILM, NOW, Lay, Table
from tests.fakes.waiting import until
from trainer_app.domain.films import Sha256
from trainer_app.domain.headset_state import HeadsetState as S
from trainer_app.domain.headset_state import Showing
from trainer_app.domain.live_kit import FilmStage
from trainer_app.domain.playback_errors import HeadsetBusy
from trainer_app.domain.playback_records import PlaybackId, PlaybackRecord
from trainer_app.domain.sessions import SessionId
from trainer_app.services.headset_port import GroupNow

RECORD = PlaybackRecord(
    id=PlaybackId(UUID(int=7)),
    session_id=SessionId(uuid4()),
    film_sha256=FILM.sha256,
    wave=1,
    started_at=NOW - timedelta(seconds=42),
)


async def test_film_that_came_to_a_stop_point_is_paused_until_it_is_gone_on_with(lay: Lay) -> None:
    table = lay(2)
    await table.ready()
    await table.kit.set_stops([40.0, 20.0])
    await table.kit.start_film()
    await table.stage(FilmStage.PLAYING)
    assert table.group.stops_s == (20.0, 40.0)
    table.group.stands_at(20.0)
    await table.stage(FilmStage.PAUSED)
    assert (table.kit.now.at_stop_s, table.kit.now.position_s) == (20.0, 20.0)
    assert table.states() == [S.PAUSED, S.PAUSED]
    await table.kit.resume()
    await table.stage(FilmStage.PLAYING)
    assert table.kit.now.at_stop_s is None


async def test_other_stop_points_reach_a_film_that_is_on(lay: Lay) -> None:
    table = lay(1)
    await table.playing()
    await table.kit.set_stops([30.0])
    assert table.group.stops_s == (30.0,)
    await table.kit.skip_to(10.0)
    assert table.group.stops_s == (30.0,)


# --- after a restart -------------------------------------------------------------------------------------


def shows(table: Table, number: int, showing: Showing, plan_id: str) -> None:
    device = table.device(number)
    device.shows, device.shows_at_s, device.shows_plan = showing, 20.0, plan_id
    device.told = replace(device.told, films={FILM.sha256: FILM.title})


async def restarted(table: Table, *showing: int, plan_id: str = RECORD.plan_id) -> None:
    """These headsets show what the program has started before it was ended."""
    for number in showing:
        shows(table, number, Showing.FILM, plan_id)
    table.group.former = GroupNow(moving=True, position_s=40.0)
    await table.open()
    await table.kit.choose_film(FILM)


async def test_film_of_the_session_is_led_on_after_a_restart(lay: Lay) -> None:
    table = lay(3)
    await restarted(table, 1, 2)
    await table.kit.recognise(RECORD)
    await table.stage(FilmStage.PLAYING)
    await until(lambda: not any(headset.started_elsewhere for headset in table.kit.now.headsets))
    assert table.states() == [S.PLAYING, S.PLAYING, S.READY]
    assert [did for did in table.group.did if did.startswith(("prepare", "start", "stop"))] == []
    playback = table.kit.playback()
    assert playback is not None
    assert (playback.id, playback.started_at, playback.ended_at) == (RECORD.id, RECORD.started_at, None)

    await table.kit.stop_all()
    ended = table.kit.playback()
    assert ended is not None
    assert (ended.id, ended.ended_at, ended.receipt is None) == (RECORD.id, NOW, False)


async def test_it_is_led_on_also_where_it_is_recognised_before_a_headset_is_there(lay: Lay) -> None:
    table = lay(1)
    shows(table, 1, Showing.PAUSED_FILM, RECORD.plan_id)
    table.group.former = GroupNow(position_s=20.0, at_stop_s=20.0)
    await table.kit.choose_film(FILM)
    await table.kit.recognise(RECORD)
    await table.open()
    await table.kit.choose_film(FILM)
    await table.kit.recognise(RECORD)
    await table.kit.open_players()  # as the film phase does; it is not in the way
    await table.stage(FilmStage.PAUSED)
    assert table.kit.now.at_stop_s == 20.0
    await table.kit.resume()
    await table.stage(FilmStage.PLAYING)


async def test_any_other_film_that_is_found_is_left_alone(lay: Lay) -> None:
    for record, plan_id in (
        (RECORD, "another"),
        (replace(RECORD, ended_at=NOW), RECORD.plan_id),
        (replace(RECORD, film_sha256=Sha256("ee" * 32)), RECORD.plan_id),
    ):
        table = lay(1)
        await restarted(table, 1, plan_id=plan_id)
        await table.kit.recognise(record)
        await table.is_(1, S.PLAYING)
        await table.everybody_is_tried()
        assert table.of(1).started_elsewhere
        assert table.kit.now.stage is FilmStage.NONE
        assert table.group.did == []


async def test_lead_that_somebody_has_is_waited_for(lay: Lay) -> None:
    table = lay(1)
    table.group.refuses["S1"] = HeadsetBusy(headset="1 (S1)", holder="pc-042")
    await restarted(table, 1)
    table.group.former = GroupNow()  # nobody tells the group what to lead
    await table.kit.recognise(RECORD)

    def has_tried_again(than: int) -> bool:
        # Time goes on for as long as it takes: when the next try is due is reckoned only after the last one.
        table.ns += 5 * 10**9
        return table.group.did.count("admit S1") > than

    for tries in (0, 1):
        await until(partial(has_tried_again, tries))
    assert table.kit.now.stage is FilmStage.NONE
    del table.group.refuses["S1"]
    table.group.former = GroupNow(moving=True, position_s=44.0)
    await until(partial(has_tried_again, table.group.did.count("admit S1")))
    await table.stage(FilmStage.PLAYING)


async def test_stop_all_ends_what_is_just_being_taken_over(lay: Lay) -> None:
    table = lay(1)
    table.group.held = {"S1"}
    await restarted(table, 1)
    table.group.former = GroupNow()
    await table.kit.recognise(RECORD)
    await until(lambda: "admit S1" in table.group.did)
    stopping = table.kit.stop_all()
    table.group.may_join.set()
    await stopping
    await until(lambda: bool(table.device(1).darkened_by) or any("stop" in did for did in table.group.did))
    assert table.kit.now.stage is FilmStage.NONE
