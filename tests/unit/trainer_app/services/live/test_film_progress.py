"""What becomes of a film that has been started, and what is kept of it."""

from __future__ import annotations

from tests.fakes.showing_room import FILM, ShowingRoom
from tests.fakes.waiting import until
from tests.unit.trainer_app.services.live.conftest import MakeRoom
from trainer_app.domain.headset_state import Showing
from trainer_app.domain.kits import Serial
from trainer_app.domain.live_kit import FilmStage
from trainer_app.domain.playback import LEAD_S
from trainer_app.domain.playback_errors import PlaybackStopped
from trainer_app.services.headset_port import GroupNow

LENGTH_S = FILM.probe.duration_s


async def is_followed(room: ShowingRoom) -> None:
    """It has been looked where the film is, more than once."""
    looked = room.changes
    await until(lambda: room.changes > looked + 2)


async def test_it_plays_from_the_common_start_to_the_end_of_the_film(room_of: MakeRoom) -> None:
    room = room_of(2)
    await room.starts()
    room.group.at = GroupNow(moving=True, starts_in_s=1.5)
    await is_followed(room)
    assert room.progress.stage is FilmStage.STARTING
    room.is_at(LENGTH_S - 0.5)
    await until(lambda: room.progress.stage is FilmStage.PLAYING)
    room.passes(120.0)
    room.is_at(LENGTH_S)
    await until(lambda: room.progress.stage is FilmStage.ENDED)
    playback = room.progress.playback
    assert playback is not None
    assert playback.ended_at == room.now
    assert playback.receipt is not None
    assert sorted(playback.headsets.values()) == [1, 2]


async def test_a_stop_point_is_no_end_even_where_it_is_the_last_picture(room_of: MakeRoom) -> None:
    room = room_of(1)
    await room.starts()
    room.group.stands_at(LENGTH_S)
    await until(lambda: room.progress.stage is FilmStage.PAUSED)
    await is_followed(room)
    assert room.progress.stage is FilmStage.PAUSED


async def test_a_film_that_others_have_stopped_was_not_shown_to_its_end(room_of: MakeRoom) -> None:
    room = room_of(2)
    await room.starts()
    room.is_at(5.0)
    await until(lambda: room.progress.stage is FilmStage.PLAYING)
    for serial in ("S1", "S2"):
        room.group.drops(serial, PlaybackStopped(headset=serial, by="Berit"))
    await until(lambda: room.progress.stage is FilmStage.STOPPED)
    assert room.progress.playback is not None
    assert room.progress.playback.ended_at == room.now


async def test_a_headset_that_comes_under_way_is_in_what_is_kept(room_of: MakeRoom) -> None:
    room = room_of(2)
    away, room.slots[1].headset = room.slots[1].headset, None
    await room.starts()
    room.is_at(5.0)
    room.slots[1].headset = away
    await until(lambda: "S2" in room.group.told)
    room.group.says("S2", showing=Showing.FILM)
    room.is_at(LENGTH_S)
    await until(lambda: room.progress.stage is FilmStage.ENDED)
    assert room.progress.playback is not None
    assert sorted(room.progress.playback.headsets.values()) == [1, 2]


async def test_a_screen_that_is_off_counts_while_the_film_is_on(room_of: MakeRoom) -> None:
    room = room_of(2)
    await room.starts()
    room.passes(30.0)
    room.sleeps(2)
    room.is_at(LENGTH_S)
    await until(lambda: room.progress.stage is FilmStage.ENDED)
    room.sleeps(1)
    assert room.progress.playback is not None
    assert room.progress.playback.asleep_s == {Serial("S2"): (30.0 - LEAD_S,)}


async def test_many_words_that_only_move_are_looked_at_once(room_of: MakeRoom) -> None:
    room = room_of(1)
    await room.cast.assemble()
    seen = room.changes
    for _ in range(50):
        room.progress.note_soon()
    await until(lambda: room.changes > seen)
    assert room.changes == seen + 1


async def test_a_film_that_is_left_to_itself_is_not_over(room_of: MakeRoom) -> None:
    """The next run of the program is to find it going on."""
    room = room_of(1)
    await room.starts()
    room.is_at(5.0)
    await until(lambda: room.progress.stage is FilmStage.PLAYING)
    await room.close()
    assert room.progress.playback is not None
    assert room.progress.playback.ended_at is None
