"""A suitcase on the table: who is there, who is ready, who sees the film; one's trouble is nobody else's."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from uuid import uuid4

import pytest

from tests.fakes.headsets import FakeHeadset
from tests.fakes.live_headsets import KIT, a_headset
from tests.fakes.live_table import FILM, NOW, QUICK, Lay, address
from tests.fakes.waiting import until
from trainer_app.domain.film_errors import FilmFileGone
from trainer_app.domain.films import Sha256
from trainer_app.domain.headset_films import StoredFilm
from trainer_app.domain.headset_state import HeadsetState as S
from trainer_app.domain.headset_state import Showing
from trainer_app.domain.kits import KitId
from trainer_app.domain.link_errors import (
    AddressAnswers,
    AddressMalformed,
    HeadsetSilent,
    NotAccepted,
    NothingListens,
)
from trainer_app.domain.live_kit import FilmStage, Gaze, KitNow
from trainer_app.domain.playback_errors import (
    AgentNotThere,
    AgentSilent,
    AgentWillNotStart,
    FilmNotPlayable,
    HeadsetBusy,
    HeadsetPlays,
    HeadsetStorageFull,
    NoBrowser,
    NoFilmChosen,
    NoHeadsetLeft,
    PlaybackStopped,
    SameHeadset,
    StartBeyondEnd,
    VrEnded,
    VrRefused,
)
from trainer_app.services.headset_port import Outfitting

# --- being there -----------------------------------------------------------------------------------------


async def test_remembered_headsets_are_reached_and_missing_ones_have_their_places(lay: Lay) -> None:
    table = lay(2)
    await table.open(target=4)
    await table.all_are(S.READY, S.READY, S.NOT_CONNECTED, S.NOT_CONNECTED)
    assert [headset.serial for headset in table.kit.now.headsets] == ["S1", "S2", "", ""]
    assert table.of(1).last_contact == NOW
    assert table.of(1).facts is not None


async def test_headset_where_nothing_listens_is_tried_until_it_is_there(lay: Lay) -> None:
    table = lay(2)
    table.gateway.problems[address(1)] = NothingListens(headset=address(1))
    await table.open()
    await table.all_are(S.NOT_CONNECTED, S.READY)
    assert isinstance(table.of(1).problem, NothingListens)
    del table.gateway.problems[address(1)]
    await table.all_are(S.READY, S.READY)
    assert table.of(1).problem is None


async def test_headset_that_waits_for_somebody_goes_on_by_itself_once_it_is_accepted(lay: Lay) -> None:
    table = lay(1)
    accepted = table.gateway.unaccepted[address(1)] = asyncio.Event()
    await table.open()
    await table.all_are(S.NOT_AUTHORISED)
    accepted.set()
    await table.all_are(S.READY)


async def test_headset_nobody_accepted_in_time_still_says_so(lay: Lay) -> None:
    table = lay(1)
    table.gateway.problems[address(1)] = NotAccepted(headset=address(1), seconds=60)
    await table.open()
    await table.all_are(S.NOT_AUTHORISED)


async def test_headset_that_vanishes_says_since_when_and_comes_back(lay: Lay) -> None:
    table = lay(1)
    await table.open()
    await table.all_are(S.READY)
    table.device(1).lose()
    await table.all_are(S.NOT_CONNECTED)
    assert table.of(1).last_contact == NOW
    table.gateway.comes_back(address(1))
    await table.all_are(S.READY)


async def test_headset_that_does_not_answer_any_more_is_reached_anew(lay: Lay) -> None:
    table = lay(1)
    await table.open()
    await table.all_are(S.READY)
    table.device(1).problem = HeadsetSilent(headset="1", seconds=5)
    await table.all_are(S.NOT_CONNECTED)


async def test_headset_that_sleeps_or_is_empty_says_so(lay: Lay) -> None:
    table = lay(2)
    table.device(1).told = replace(table.device(1).told, awake=False)
    table.device(2).told = replace(table.device(2).told, battery_percent=12)
    await table.open()
    await table.all_are(S.ASLEEP, S.LOW_BATTERY)


# --- numbers ---------------------------------------------------------------------------------------------


async def test_new_headset_at_a_typed_address_gets_the_lowest_free_number(lay: Lay) -> None:
    table = lay(1)
    await table.open(target=3)
    table.gateway.headsets["10.0.0.9:5555"] = FakeHeadset("10.0.0.9:5555", "NEW")
    await table.kit.add_address(" 10.0.0.9 ")
    await until(lambda: table.of(2).serial == "NEW" and table.of(2).state is S.READY)
    assert table.memory.known[table.of(2).serial].kit_id == KIT  # type: ignore[index]
    assert len(table.kit.now.headsets) == 3


async def test_address_at_which_nothing_is_shows_its_trouble_in_a_free_place(lay: Lay) -> None:
    table = lay(1)
    await table.open(target=1)
    await table.kit.add_address("10.0.0.9:5555")
    await until(lambda: len(table.kit.now.headsets) == 2 and table.of(2).problem is not None)
    assert (table.of(2).state, table.of(2).address) == (S.NOT_CONNECTED, "10.0.0.9:5555")


@pytest.mark.parametrize("typed", ["", "  ", "10.0.0.9:", "10.0.0.9:0", "10.0.0.9:70000", "a b", "http://a/"])
async def test_what_is_no_address_is_refused(lay: Lay, typed: str) -> None:
    with pytest.raises(AddressMalformed):
        await lay(1).kit.add_address(typed)


async def test_second_address_of_a_headset_is_named_and_takes_nothing_away(lay: Lay) -> None:
    table = lay(1)
    await table.open(target=2)
    await table.all_are(S.READY, S.NOT_CONNECTED)
    table.gateway.headsets["10.0.0.9:5555"] = FakeHeadset("10.0.0.9:5555", "S1")
    await table.kit.add_address("10.0.0.9:5555")
    await until(lambda: isinstance(table.of(2).problem, SameHeadset))
    assert table.of(1).state is S.READY
    assert table.memory.known[table.of(1).serial].address == address(1)  # type: ignore[index]


async def test_headset_that_moved_to_another_address_keeps_its_number(lay: Lay) -> None:
    table = lay(1)
    del table.gateway.headsets[address(1)]
    await table.open()
    table.gateway.headsets["10.0.0.9:5555"] = FakeHeadset("10.0.0.9:5555", "S1")
    await table.kit.add_address("10.0.0.9:5555")
    await until(lambda: table.states() == [S.READY])
    assert table.of(1).address == "10.0.0.9:5555"
    tries = table.gateway.tries[address(1)]
    await table.everybody_is_tried()
    assert table.gateway.tries[address(1)] == tries


async def test_a_mistyped_address_is_corrected_and_no_longer_tried(lay: Lay) -> None:
    table = lay(1)
    await table.open(target=2)
    table.gateway.headsets["10.0.0.9:5555"] = FakeHeadset("10.0.0.9:5555", "NEW")
    await table.kit.add_address("10.0.0.8")
    await until(lambda: table.of(2).problem is not None)
    assert (table.of(2).address, table.of(2).address_is_new) == ("10.0.0.8:5555", True)
    await table.kit.change_address(2, " 10.0.0.9 ")
    assert (table.of(2).address, table.of(2).problem) == ("10.0.0.9:5555", None)
    await table.all_are(S.READY, S.READY)
    assert (table.of(2).serial, table.of(2).address_is_new) == ("NEW", False)
    tries = table.gateway.tries["10.0.0.8:5555"]
    await table.everybody_is_tried()
    assert table.gateway.tries["10.0.0.8:5555"] == tries


async def test_a_known_headset_is_looked_for_where_somebody_says_it_is_now(lay: Lay) -> None:
    table = lay(1)
    table.gateway.headsets = {"10.0.0.9:5555": FakeHeadset("10.0.0.9:5555", "S1")}
    await table.open()
    await until(lambda: table.of(1).problem is not None)
    assert not table.of(1).address_is_new
    await table.kit.change_address(1, "10.0.0.7:5555")
    stored = [replace(known, address="10.0.0.7:5555") for known in table.memory.known.values()]
    await table.kit.lay_anew(KIT, stored, target_count=1)
    assert (table.of(1).address, table.of(1).address_is_new) == ("10.0.0.7:5555", True)
    await table.kit.change_address(1, "10.0.0.9:5555")
    await table.all_are(S.READY)
    assert not table.of(1).address_is_new
    assert table.memory.known[table.of(1).serial].address == "10.0.0.9:5555"  # type: ignore[index]


async def test_a_correction_to_where_another_one_is_looked_for_in_vain_is_followed(lay: Lay) -> None:
    table = lay(2)
    table.gateway.headsets = {}
    await table.open(target=2)
    await until(lambda: table.of(2).problem is not None)
    await table.kit.change_address(1, address(2))
    assert (table.of(1).address, table.of(1).address_is_new) == (address(2), True)
    assert table.of(2).problem is None
    table.gateway.headsets = {address(2): FakeHeadset(address(2), "S1")}
    await table.all_are(S.READY, S.NOT_CONNECTED)
    assert not any(headset.address_is_new for headset in table.kit.now.headsets)


@pytest.mark.parametrize(("number", "typed"), [(2, "10.0.0.1"), (1, "10.0.0.9")])
async def test_a_correction_takes_no_connected_headset_away(lay: Lay, number: int, typed: str) -> None:
    table = lay(1)
    await table.open(target=2)
    await table.is_(1, S.READY)
    with pytest.raises(AddressAnswers) as problem:
        await table.kit.change_address(number, typed)
    assert problem.value.params == {"address": address(1), "number": 1}
    with pytest.raises(AddressMalformed):
        await table.kit.change_address(2, "a b")
    assert table.states() == [S.READY, S.NOT_CONNECTED]


async def test_two_headsets_last_seen_at_one_address_are_told_apart_by_their_serials(lay: Lay) -> None:
    table = lay(2)
    table.memory.known = {h.serial: replace(h, address=address(1)) for h in table.memory.known.values()}
    table.gateway.headsets = {address(1): FakeHeadset(address(1), "S2")}
    await table.open()
    await table.all_are(S.NOT_CONNECTED, S.READY)


async def test_headset_that_cannot_be_remembered_says_why_and_is_tried_again(lay: Lay) -> None:
    table = lay(1)
    table.memory.problem = FilmNotPlayable(headset="1", film="x")
    await table.open()
    await until(lambda: table.of(1).problem is table.memory.problem)
    table.memory.problem = None
    await table.all_are(S.READY)


# --- getting ready ---------------------------------------------------------------------------------------


async def test_all_headsets_get_the_film_and_are_awake(lay: Lay) -> None:
    table = lay(2)
    await table.ready()
    assert [headset.has_film for headset in table.kit.now.headsets] == [True, True]
    assert table.kit.now.ready_count == 2
    assert table.device(1).woken == 1
    assert table.device(1).kept is None


async def test_program_that_a_headset_needs_once_is_seen_on_its_way(lay: Lay) -> None:
    table = lay(1)
    await table.open()
    await table.all_are(S.READY)
    table.device(1).on_outfitting(Outfitting(there=9_000_000, whole=14_700_000))
    await table.all_are(S.GETTING_READY)
    transfer = table.of(1).transfer
    assert transfer is not None
    assert (transfer.film, transfer.done_bytes, transfer.whole_bytes) == (None, 9_000_000, 14_700_000)
    table.device(1).on_outfitting(None)
    await table.all_are(S.READY)
    assert table.of(1).transfer is None


async def test_headset_that_is_lost_while_it_gets_its_program_is_not_getting_ready_any_more(lay: Lay) -> None:
    table = lay(1)
    await table.open()
    await table.all_are(S.READY)
    device = table.device(1)
    device.on_outfitting(Outfitting(there=9_000_000, whole=14_700_000))
    device.lose()
    await table.all_are(S.NOT_CONNECTED)
    device.on_outfitting(Outfitting(there=9_500_000, whole=14_700_000))
    table.gateway.comes_back(address(1))
    await table.all_are(S.READY)
    assert table.of(1).transfer is None


async def test_progress_is_seen_while_a_film_is_on_its_way(lay: Lay) -> None:
    table = lay(1)
    table.device(1).may_fill.clear()
    getting_ready = asyncio.create_task(table.ready())
    await until(lambda: table.kit.now.headsets and table.of(1).transfer)
    assert table.of(1).state is S.GETTING_READY
    transfer = table.of(1).transfer
    assert transfer is not None
    assert (transfer.done_bytes, transfer.whole_bytes) == (500, 1000)
    table.device(1).may_fill.set()
    await getting_ready
    await table.all_are(S.READY)
    assert table.of(1).transfer is None


async def test_headset_that_vanishes_while_it_is_filled_is_filled_when_it_is_back(lay: Lay) -> None:
    table = lay(2)
    table.device(1).may_fill.clear()
    getting_ready = asyncio.create_task(table.ready())
    await until(lambda: table.kit.now.headsets and table.of(1).transfer)
    await until(lambda: table.of(2).is_ready)
    table.device(1).lose()
    await getting_ready
    await table.is_(1, S.NOT_CONNECTED)
    table.gateway.comes_back(address(1))
    await until(lambda: table.of(1).is_ready)


async def test_headset_whose_agent_does_not_answer_says_so_until_it_does(lay: Lay) -> None:
    table = lay(2)
    table.device(1).film_problem = AgentNotThere(headset="1")
    await table.ready()
    await table.all_are(S.FAULT, S.READY)
    assert isinstance(table.of(1).problem, AgentSilent)
    table.device(1).film_problem = None
    await until(lambda: table.of(1).is_ready)
    assert table.of(1).problem is None


async def test_full_headset_says_so_and_the_others_are_filled(lay: Lay) -> None:
    table = lay(2)
    table.device(1).film_problem = HeadsetStorageFull(headset="1", film="x", needed=2, free=1)
    await table.ready()
    await table.all_are(S.STORAGE_FULL, S.READY)
    assert table.of(1).problem is table.device(1).film_problem
    assert table.kit.now.ready_count == 1
    table.device(1).film_problem = None
    await table.kit.retry(1)
    await until(lambda: table.of(1).is_ready)


async def test_film_that_is_gone_from_the_library_is_missed_only_where_it_lacks(lay: Lay) -> None:
    table = lay(2)
    table.library.stored.clear()
    table.device(1).told = replace(table.device(1).told, films={FILM.sha256: FILM.title})
    await table.ready()
    await table.all_are(S.READY, S.FAULT)
    assert isinstance(table.of(2).problem, FilmFileGone)


async def test_battery_that_does_not_last_for_the_session_is_named_until_the_film_starts(lay: Lay) -> None:
    table = lay(1)
    table.device(1).told = replace(table.device(1).told, battery_percent=40)
    await table.ready()
    await table.all_are(S.LOW_BATTERY)
    assert table.of(1).lasts_min == 60
    await table.kit.start_film()
    await table.all_are(S.PLAYING)


async def test_headset_that_comes_after_the_others_were_made_ready_is_measured_by_the_same_session(
    lay: Lay,
) -> None:
    table = lay(1)
    table.device(1).told = replace(table.device(1).told, battery_percent=40)
    missing = table.gateway.headsets.pop(address(1))
    table.gateway.problems[address(1)] = NothingListens(headset=address(1))
    await table.open()
    await table.kit.choose_film(FILM)
    await table.kit.get_ready(minutes=90)
    table.gateway.headsets[address(1)] = missing
    del table.gateway.problems[address(1)]
    await table.all_are(S.LOW_BATTERY)


async def test_headsets_made_ready_for_a_session_that_does_not_take_place_may_sleep(lay: Lay) -> None:
    table = lay(1)
    table.device(1).told = replace(table.device(1).told, battery_percent=40)
    await table.ready()
    await table.all_are(S.LOW_BATTERY)
    await until(lambda: table.device(1).is_kept_awake)
    await table.kit.choose_film(None)
    await until(lambda: not table.device(1).is_kept_awake)
    await table.all_are(S.READY)


async def test_headsets_of_a_session_that_was_only_made_ready_may_sleep_when_it_is_left(lay: Lay) -> None:
    table = lay(1, pace=replace(QUICK, linger=0.005))
    await table.ready()
    await until(lambda: table.device(1).is_kept_awake)
    await table.kit.session_left()
    await until(lambda: not table.device(1).is_kept_awake)
    await table.kit.stay_awake()
    await until(lambda: table.device(1).is_kept_awake)


async def test_headset_that_is_still_filled_stays_awake_after_its_session_was_left(lay: Lay) -> None:
    table = lay(1, pace=replace(QUICK, linger=0.002))
    table.device(1).may_fill.clear()
    getting_ready = asyncio.create_task(table.ready())
    await until(lambda: table.kit.now.headsets and table.of(1).transfer)
    await until(lambda: table.device(1).is_kept_awake)
    await table.kit.session_left()
    await table.everybody_is_tried()
    assert table.device(1).is_kept_awake
    table.device(1).may_fill.set()
    await getting_ready
    await until(lambda: not table.device(1).is_kept_awake)


async def test_session_that_is_held_after_it_was_left_keeps_its_headsets_awake(lay: Lay) -> None:
    table = lay(1, pace=replace(QUICK, linger=0.005))
    await table.ready()
    await until(lambda: table.device(1).is_kept_awake)
    await table.kit.session_left()
    await table.kit.stay_awake()
    await table.everybody_is_tried()
    assert table.device(1).is_kept_awake


# --- clearing up -----------------------------------------------------------------------------------------

FOREIGN = StoredFilm(sha256=Sha256("ee" * 32), size_bytes=500, whole=True)


async def test_films_that_people_have_agreed_to_go_and_no_others(lay: Lay) -> None:
    table = lay(3)
    own = StoredFilm(sha256=FILM.sha256, size_bytes=1000, whole=True)
    for number in (1, 2, 3):
        table.device(number).told = replace(table.device(number).told, stored=(own, FOREIGN))
    await table.open()
    await table.all_are(S.READY, S.READY, S.READY)
    table.device(2).lose()
    await table.is_(2, S.NOT_CONNECTED)
    cleared = await table.kit.remove_films({1: [FOREIGN.sha256], 2: [FOREIGN.sha256]})
    assert (cleared.cleared, list(cleared.problems)) == ([1], [2])
    assert table.device(1).told.stored == (own,)
    assert table.device(3).told.stored == (own, FOREIGN), "nobody has spoken of it"
    await until(lambda: table.of(1).facts == table.device(1).told)


async def test_headset_that_shows_a_film_keeps_all_of_its_films(lay: Lay) -> None:
    table = lay(2)
    table.device(2).told = replace(table.device(2).told, stored=(FOREIGN,))
    table.device(2).shows = Showing.FILM
    await table.ready()
    await table.is_(2, S.PLAYING)
    assert isinstance((await table.kit.remove_films({2: [FOREIGN.sha256]})).problems[2], HeadsetPlays)
    await table.kit.start_film()
    await table.stage(FilmStage.PLAYING)
    assert set((await table.kit.remove_films({1: [FILM.sha256]})).problems) == {1}
    assert FILM.sha256 in table.device(1).told.films


async def test_full_headset_gets_the_film_by_itself_once_there_is_room(lay: Lay) -> None:
    table = lay(1)
    device = table.device(1)
    device.told = replace(device.told, stored=(FOREIGN,), free_bytes=10)
    device.film_problem = HeadsetStorageFull(headset="1", film=FILM.title, needed=1000, free=10)
    await table.ready()
    await table.all_are(S.STORAGE_FULL)
    device.film_problem = None
    await table.kit.remove_films({1: [FOREIGN.sha256]})
    device.told = replace(device.told, free_bytes=5000)
    await table.all_are(S.READY)
    assert table.of(1).has_film


# --- the film --------------------------------------------------------------------------------------------


async def test_film_starts_in_all_that_are_ready_and_ends_by_itself(lay: Lay) -> None:
    table = lay(2)
    await table.ready()
    await table.kit.open_players()
    assert table.kit.now.stage is FilmStage.READY
    await table.kit.start_film()
    assert table.group.did.count("prepare 0") == 1
    await table.all_are(S.PLAYING, S.PLAYING)
    assert table.kit.receipt() is None
    table.group.is_at(60.0)
    await table.stage(FilmStage.ENDED)
    playback = table.kit.playback()
    assert playback is not None
    assert playback.receipt is not None
    assert (playback.started_at, playback.from_s, playback.ended_at) == (NOW, 0.0, NOW)
    assert sorted(playback.headsets.values()) == [1, 2]


async def test_count_is_seen_before_the_start(lay: Lay) -> None:
    table = lay(1)
    await table.ready()
    await table.kit.open_players()
    starting = asyncio.create_task(table.kit.start_film())
    await until(lambda: table.group.at.moving)
    table.group.at = replace(table.group.at, starts_in_s=1.5)
    await starting
    await until(lambda: table.kit.now.starts_in_s == 1.5)
    assert table.kit.now.stage in (FilmStage.STARTING, FilmStage.PLAYING)
    table.group.at = replace(table.group.at, starts_in_s=0.0)
    await table.stage(FilmStage.PLAYING)


async def test_headset_that_cannot_join_says_why_and_the_others_play(lay: Lay) -> None:
    table = lay(2)
    await table.ready()
    table.group.refuses["S1"] = FilmNotPlayable(headset="1", film="x")
    await table.kit.start_film()
    await table.all_are(S.FAULT, S.PLAYING)
    assert isinstance(table.of(1).problem, FilmNotPlayable)


async def test_headset_that_somebody_else_leads_is_taken_in_when_it_is_free(lay: Lay) -> None:
    table = lay(2)
    await table.ready()
    table.group.refuses["S1"] = HeadsetBusy(headset="1", holder="Kari")
    await table.kit.start_film()
    await table.all_are(S.FAULT, S.PLAYING)
    del table.group.refuses["S1"]
    table.ns += 10**9
    await table.all_are(S.PLAYING, S.PLAYING)


async def test_fault_that_is_over_after_a_while_needs_nobody_at_the_laptop(lay: Lay) -> None:
    table = lay(2)
    await table.ready()
    table.group.refuses["S1"] = NoBrowser(headset="1")
    await table.kit.start_film()
    await table.all_are(S.FAULT, S.PLAYING)
    table.ns += 7 * 10**9
    await table.everybody_is_tried()
    assert table.of(1).state is S.FAULT
    del table.group.refuses["S1"]
    table.ns += 2 * 10**9
    await table.is_(1, S.PLAYING)


async def test_storage_that_has_room_again_is_filled_by_itself(lay: Lay) -> None:
    table = lay(1)
    table.device(1).film_problem = HeadsetStorageFull(headset="1", film="x", needed=2, free=1)
    table.device(1).told = replace(table.device(1).told, free_bytes=1)
    await table.ready()
    await table.is_(1, S.STORAGE_FULL)
    table.device(1).film_problem = None
    table.device(1).told = replace(table.device(1).told, free_bytes=2)
    await until(lambda: table.of(1).is_ready)


async def test_film_does_not_start_where_nobody_can_see_it(lay: Lay) -> None:
    table = lay(1)
    await table.open()
    await table.kit.choose_film(FILM)
    with pytest.raises(NoHeadsetLeft):
        await table.kit.start_film()
    assert table.kit.now.stage is FilmStage.NONE
    with pytest.raises(StartBeyondEnd):
        await table.kit.start_film(from_s=60.0)


async def test_without_a_film_a_start_says_so(lay: Lay) -> None:
    table = lay(1)
    await table.open()
    with pytest.raises(NoFilmChosen):
        await table.kit.start_film()


async def test_headset_that_loses_contact_plays_on_and_joins_again(lay: Lay) -> None:
    table = lay(2)
    await table.playing()
    table.group.is_at(20.0)
    table.device(1).lose()
    table.group.drops("S1")
    await until(lambda: table.of(1).on_its_own)
    assert table.of(1).state is S.PLAYING
    assert all(S.READY not in (h.state for h in now.headsets) for now in table.seen[-3:])
    table.ns += 5 * 10**9
    await until(lambda: table.of(1).position_s == 25.0)
    table.gateway.comes_back(address(1))
    await until(lambda: not table.of(1).on_its_own and table.of(1).state is S.PLAYING)
    assert "S1" in table.group.players()


async def test_headset_that_cannot_join_again_plays_on_until_its_film_is_over(lay: Lay) -> None:
    table = lay(2)
    await table.playing()
    table.device(1).lose()
    table.group.drops("S1")
    await until(lambda: table.of(1).on_its_own)
    table.group.refuses["S1"] = AgentWillNotStart(headset="1 (S1)")
    back = table.gateway.comes_back(address(1))
    await until(lambda: isinstance(table.of(1).problem, AgentWillNotStart))
    await table.everybody_is_tried()
    assert back.darkened_by == []
    assert table.of(1).on_its_own
    table.group.is_at(61.0)
    await table.stage(FilmStage.ENDED)
    await until(lambda: back.darkened_by)


async def test_headset_that_cannot_join_after_a_jump_does_not_play_the_old_place(lay: Lay) -> None:
    table = lay(2)
    await table.playing()
    table.device(1).lose()
    table.group.drops("S1")
    await until(lambda: table.of(1).on_its_own)
    await table.kit.skip_to(30.0)
    await table.stage(FilmStage.PLAYING)
    table.group.refuses["S1"] = AgentWillNotStart(headset="1 (S1)")
    back = table.gateway.comes_back(address(1))
    await until(lambda: back.darkened_by)


async def test_headset_out_of_contact_is_gone_when_its_film_is_over(lay: Lay) -> None:
    table = lay(2)
    await table.playing()
    table.group.is_at(50.0)
    table.device(1).lose()
    table.group.drops("S1")
    await until(lambda: table.of(1).on_its_own)
    table.ns += 11 * 10**9
    table.group.is_at(61.0)
    await table.stage(FilmStage.ENDED)
    await table.is_(1, S.NOT_CONNECTED)


async def test_headset_that_is_taken_off_says_for_how_long(lay: Lay) -> None:
    table = lay(1)
    await table.playing()
    table.group.says("S1", gaze=Gaze(yaw_deg=10, pitch_deg=5))
    table.group.says("S1", worn=False, gaze=Gaze(yaw_deg=90, pitch_deg=0))
    await table.all_are(S.TAKEN_OFF)
    table.ns += 42 * 10**9
    await until(lambda: table.of(1).off_s == 42.0)
    assert table.of(1).gaze == Gaze(yaw_deg=10, pitch_deg=5)
    table.group.says("S1", worn=True)
    await table.all_are(S.PLAYING)


async def test_reports_that_only_move_are_looked_at_together(lay: Lay) -> None:
    """Fifty headsets report five hundred times a second, also while they wait for the start."""
    table = lay(2, pace=replace(QUICK, publish=0.05))
    await table.ready()
    await table.kit.open_players()
    await table.stage(FilmStage.READY)
    looks = table.group.looks
    for step in range(50):
        table.group.moves("S1", step / 10)
    await until(lambda: table.of(1).position_s == 4.9)
    assert table.group.looks - looks <= 5


async def test_headset_that_left_vr_says_so_and_is_brought_back(lay: Lay) -> None:
    table = lay(2)
    await table.playing()
    table.group.says("S1", in_vr=False, worn=None)
    await table.is_(1, S.FAULT)
    assert isinstance(table.of(1).problem, VrEnded)
    assert table.of(2).state is S.PLAYING
    assert "reopen S1" not in table.group.did
    table.ns += 3_000_000_000
    await table.is_(1, S.PLAYING)
    assert table.group.did.count("reopen S1") == 1
    assert table.of(1).problem is None


async def test_headset_that_does_not_go_back_into_vr_is_not_asked_again_at_once(lay: Lay) -> None:
    table = lay(1)
    await table.playing()
    table.group.refuses["S1"] = VrRefused(headset="1")
    table.group.says("S1", in_vr=False, worn=None)
    await table.is_(1, S.FAULT)
    table.ns += 3_000_000_000
    await until(lambda: isinstance(table.of(1).problem, VrRefused))
    del table.group.refuses["S1"]
    await table.kit.retry(1)
    await table.is_(1, S.PLAYING)
    assert table.group.did.count("reopen S1") == 1


async def test_headset_that_left_vr_is_brought_back_at_once_when_it_is_tried_again(lay: Lay) -> None:
    table = lay(1)
    await table.playing()
    table.group.says("S1", in_vr=False, worn=None)
    await table.kit.retry(1)
    await table.is_(1, S.PLAYING)


async def test_headset_that_sleeps_outside_vr_was_taken_off(lay: Lay) -> None:
    table = lay(1)
    await table.playing()
    table.device(1).told = replace(table.device(1).told, awake=False)
    await until(lambda: not table.of(1).facts.awake)  # type: ignore[union-attr]
    table.group.says("S1", in_vr=False, worn=None)
    await table.is_(1, S.TAKEN_OFF)
    table.ns += 3_000_000_000
    await until(lambda: table.of(1).off_s == 3.0)
    await table.a_moment_of_film()
    assert "reopen S1" not in table.group.did


async def test_headset_that_is_still_on_its_way_into_vr_has_not_left_it(lay: Lay) -> None:
    table = lay(1)
    await table.ready()
    await table.kit.open_players()
    table.group.says("S1", in_vr=False, worn=None)
    await table.kit.start_film()
    await table.stage(FilmStage.PLAYING)
    table.ns += 3_000_000_000
    table.group.says("S1", in_vr=False)
    await table.a_moment_of_film()
    assert table.of(1).state is S.PLAYING
    assert "reopen S1" not in table.group.did


async def test_pause_and_resume(lay: Lay) -> None:
    table = lay(1)
    await table.playing()
    await table.kit.pause()
    await table.all_are(S.PAUSED)
    assert table.kit.now.stage is FilmStage.PAUSED
    await table.kit.resume()
    await table.stage(FilmStage.PLAYING)
    await table.all_are(S.PLAYING)


async def test_stop_waits_for_nothing_and_the_film_goes_on_from_there(lay: Lay) -> None:
    table = lay(1)
    await table.playing()
    table.group.is_at(20.0)
    await table.kit.stop_all()
    assert table.kit.now.stage is FilmStage.STOPPED
    assert table.kit.now.position_s == 20.0
    await table.all_are(S.READY)
    first = table.kit.playback()
    await table.kit.start_film(from_s=20.0)
    await table.stage(FilmStage.PLAYING)
    second = table.kit.playback()
    assert first is not None
    assert second is not None
    assert (first.id != second.id, second.from_s) == (True, 20.0)
    assert first.receipt is not None


async def test_stop_while_the_film_is_being_prepared(lay: Lay) -> None:
    table = lay(1)
    await table.ready()
    table.group.may_prepare.clear()
    starting = asyncio.create_task(table.kit.start_film())
    await until(lambda: "prepare 0" in table.group.did)
    await table.kit.stop_all()
    await starting
    assert table.kit.now.stage is FilmStage.STOPPED
    assert "start" not in table.group.did


async def test_stop_that_did_not_reach_a_headset_is_made_up_for_when_it_is_back(lay: Lay) -> None:
    table = lay(2)
    await table.playing()
    table.device(1).lose()
    table.group.drops("S1")
    await until(lambda: table.of(1).on_its_own)
    table.group.dark["S1"] = False
    await table.kit.stop_all()
    assert table.of(1).on_its_own
    back = table.gateway.comes_back(address(1))
    await until(lambda: back.darkened_by == ["Anna"])
    await until(lambda: table.of(1).state is S.READY)


async def test_headset_that_loses_contact_just_before_the_stop_is_not_called_dark(lay: Lay) -> None:
    table = lay(2)
    await table.playing()
    table.group.is_at(20.0)
    table.group.dark["S1"] = table.device(1).says_dark = False  # its Wi-Fi is gone; nobody has noticed yet
    await table.kit.stop_all()
    assert [headset.not_dark for headset in table.kit.now.headsets] == [True, False]
    table.device(1).lose()
    table.group.drops("S1")
    await until(lambda: table.of(1).on_its_own)
    table.ns += 5_000_000_000
    table.group.on_change()
    assert table.of(1).position_s == 25.0
    back = table.gateway.comes_back(address(1))
    await until(lambda: back.darkened_by == ["Anna"])
    await until(lambda: not table.of(1).not_dark)
    assert table.states() == [S.READY, S.READY]


async def test_headset_out_of_contact_is_no_longer_feared_when_its_film_is_over(lay: Lay) -> None:
    table = lay(1)
    await table.playing()
    table.device(1).lose()
    table.group.drops("S1")
    table.group.dark["S1"] = False
    await table.kit.stop_all()
    assert table.of(1).not_dark
    table.ns += 60_000_000_000
    await until(lambda: not table.of(1).not_dark)
    assert table.of(1).state is S.NOT_CONNECTED


@pytest.mark.expects_log("headset 1 \\(S1\\) has not said that it is dark")
async def test_headset_whose_page_does_not_answer_is_told_again_until_it_does(lay: Lay) -> None:
    table = lay(1)
    await table.open()
    await table.all_are(S.READY)
    table.device(1).says_dark = False
    await table.kit.stop_all()
    assert table.of(1).not_dark
    table.device(1).says_dark = True
    await until(lambda: not table.of(1).not_dark)
    assert len(table.device(1).darkened_by) >= 2


async def test_second_stop_waits_for_no_slow_headset(lay: Lay) -> None:
    table = lay(2)
    await table.ready()
    table.group.may_prepare.clear()
    starting = asyncio.create_task(table.kit.start_film())
    await until(lambda: "prepare 0" in table.group.did)
    table.group.slow["S2"] = asyncio.Event()
    stopping = asyncio.create_task(table.kit.stop_all())
    await until(lambda: table.group.did.count("stop") == 2)
    table.group.slow["S2"].set()
    await asyncio.gather(starting, stopping)
    assert not any(headset.not_dark for headset in table.kit.now.headsets)


async def test_headset_that_was_joining_is_stopped_again_though_another_one_is_slow(lay: Lay) -> None:
    table = lay(3)
    table.group.held = {"S1"}
    await table.playing()
    table.group.slow["S2"] = asyncio.Event()
    stopping = asyncio.create_task(table.kit.stop_all())
    await until(lambda: "stop" in table.group.did)
    table.group.may_join.set()
    await until(lambda: "stop S1" in table.group.did)
    table.group.slow["S2"].set()
    await stopping


async def test_headset_is_taken_in_once_though_the_film_is_chosen_meanwhile(lay: Lay) -> None:
    table = lay(1)
    await table.ready()
    await table.kit.choose_film(None)
    table.group.held = {"S1"}
    identifying = asyncio.create_task(table.kit.identify())
    await until(lambda: "admit S1" in table.group.did)
    await table.kit.choose_film(FILM)
    starting = asyncio.create_task(table.kit.start_film())
    await table.stage(FilmStage.PREPARING)
    table.group.may_join.set()
    await asyncio.gather(identifying, starting)
    assert table.group.did.count("admit S1") == 1
    await table.all_are(S.PLAYING)


async def test_two_that_need_the_group_at_once_get_the_same(lay: Lay) -> None:
    table = lay(1)
    await table.ready()
    await asyncio.gather(table.kit.identify(), table.kit.open_players())
    assert table.gateway.groups_made == 1


async def test_stop_says_who_has_not_answered_yet(lay: Lay) -> None:
    table = lay(2)
    await table.playing()
    table.group.slow["S2"] = asyncio.Event()
    stopping = asyncio.create_task(table.kit.stop_all())
    await until(lambda: [headset.not_dark for headset in table.kit.now.headsets] == [False, True])
    assert (table.kit.now.stopping, table.kit.now.stage) == (True, FilmStage.STOPPED)
    table.group.slow["S2"].set()
    await stopping
    assert not table.kit.now.stopping
    assert not any(headset.not_dark for headset in table.kit.now.headsets)


async def test_headset_that_is_set_aside_out_of_contact_is_darkened_when_it_is_back(lay: Lay) -> None:
    table = lay(2)
    await table.playing()
    table.device(1).lose()
    table.group.drops("S1")
    table.group.dark["S1"] = False
    await table.kit.set_aside(1, True)
    assert table.of(1).not_dark
    back = table.gateway.comes_back(address(1))
    await until(lambda: back.darkened_by == ["Anna"])
    assert table.kit.now.stage is FilmStage.PLAYING


async def test_headset_that_was_not_dark_takes_part_in_the_next_start(lay: Lay) -> None:
    table = lay(2)
    await table.playing()
    table.device(1).lose()
    table.group.drops("S1")
    table.group.dark["S1"] = False
    await table.kit.stop_all()
    await table.kit.start_film()
    await table.stage(FilmStage.PLAYING)
    back = table.gateway.comes_back(address(1))
    await until(lambda: not table.of(1).not_dark)
    await table.all_are(S.PLAYING, S.PLAYING)
    assert back.darkened_by == []


async def test_stop_also_reaches_what_a_former_run_of_the_program_has_started(lay: Lay) -> None:
    table = lay(2)
    await table.open()
    await table.all_are(S.READY, S.READY)
    await table.kit.stop_all()
    assert [table.device(number).darkened_by for number in (1, 2)] == [["Anna"], ["Anna"]]


async def test_stop_by_somebody_else_ends_the_film(lay: Lay) -> None:
    table = lay(1)
    await table.playing()
    table.group.drops("S1", PlaybackStopped(headset="1", by="Kari"))
    await table.stage(FilmStage.STOPPED)
    assert table.of(1).state is S.READY
    await table.kit.start_film()
    await table.all_are(S.PLAYING)


async def test_headset_that_is_set_aside_takes_no_part_until_it_is_taken_back(lay: Lay) -> None:
    table = lay(2)
    await table.playing()
    await table.kit.set_aside(1, True)
    assert "dismiss S1" in table.group.did
    assert (table.of(1).set_aside, table.kit.now.ready_count) == (True, 1)
    await table.kit.set_aside(1, False)
    await until(lambda: table.of(1).state is S.PLAYING)


async def test_headset_that_vanishes_in_the_break_is_there_for_the_next_wave(lay: Lay) -> None:
    table = lay(2)
    await table.playing()
    table.group.is_at(60.0)
    await table.stage(FilmStage.ENDED)
    table.device(1).lose()
    table.group.drops("S1")
    await table.is_(1, S.NOT_CONNECTED)
    table.gateway.comes_back(address(1))
    await table.is_(1, S.READY)
    await table.kit.open_players()
    await table.kit.start_film()
    await table.all_are(S.PLAYING, S.PLAYING)


async def test_skipping_goes_on_from_another_place(lay: Lay) -> None:
    table = lay(1)
    await table.playing()
    first = table.kit.playback()
    await table.kit.skip_to(30.0)
    await table.stage(FilmStage.PLAYING)
    assert table.group.did[-1] == "seek 30"
    # A start of its own: what was shown until then has an end and a receipt.
    second = table.kit.playback()
    assert first is not None
    assert second is not None
    assert (second.from_s, second.ended_at, second.id == first.id) == (30.0, None, False)
    assert table.group.course is not None
    assert table.group.course.plan_id == second.plan_id


async def test_numbers_are_shown_in_all_that_are_connected_also_without_the_film(lay: Lay) -> None:
    table = lay(2)
    await table.open()
    await table.all_are(S.READY, S.READY)
    await table.kit.identify()
    assert table.group.did[-1] == "identify"
    assert {"admit S1", "admit S2"} <= set(table.group.did)


async def test_all_are_recentred(lay: Lay) -> None:
    table = lay(1)
    await table.kit.recentre()
    await table.playing()
    await table.kit.recentre()
    assert table.group.did[-1] == "recentre"


async def test_words_to_the_wearers_name_whom_they_did_not_reach(lay: Lay) -> None:
    table = lay(3)
    assert (await table.kit.show_text("Hei.")).reached == ()
    await table.playing()
    table.group.drops("S2")
    told = await table.kit.show_text("  Snart\n stopp. ")
    assert table.group.did[-1] == "text Snart stopp."
    assert (told.reached, told.missed) == ((1, 3), (2,))
    assert (await table.kit.show_text("Se deg rundt.", [3])).reached == (3,)
    await table.kit.set_aside(2, aside=True)
    assert (await table.kit.show_text("Hei.")).missed == ()


@pytest.mark.parametrize("words", [" \n", "x" * 121])
async def test_words_that_nobody_can_read_are_not_sent(lay: Lay, words: str) -> None:
    table = lay(1)
    await table.playing()
    with pytest.raises(ValueError, match="characters"):
        await table.kit.show_text(words)
    assert not any(each.startswith("text") for each in table.group.did)


async def test_volume_is_kept_between_silence_and_full(lay: Lay) -> None:
    table = lay(1)
    await table.playing()
    await table.kit.set_volume(140)
    assert (table.kit.now.volume_percent, table.group.did[-1]) == (100, "volume 100")


# --- the end ---------------------------------------------------------------------------------------------


async def test_app_that_closes_in_the_middle_leaves_nothing_running(lay: Lay) -> None:
    table = lay(2)
    await table.playing()
    table.device(2).may_fill.clear()
    await table.kit.release()
    assert table.group.closed
    assert table.device(1).closed
    assert table.device(2).closed
    assert table.kit.now == KitNow()


async def test_another_suitcase_takes_the_place_of_the_first(lay: Lay) -> None:
    table = lay(1)
    await table.ready()
    await table.kit.open(KitId(uuid4()), [], target_count=2)
    assert table.states() == [S.NOT_CONNECTED, S.NOT_CONNECTED]
    assert table.kit.now.film is None


async def test_suitcase_that_is_opened_again_is_found_as_it_is(lay: Lay) -> None:
    table = lay(2)
    await table.ready()
    before = table.kit.now
    await table.kit.open(KIT, [], target_count=0)
    assert [headset.serial for headset in table.kit.now.headsets] == [h.serial for h in before.headsets]
    assert table.kit.now.film == FILM.sha256


async def test_headset_that_is_put_into_the_open_suitcase_is_reached_and_the_film_plays_on(lay: Lay) -> None:
    table = lay(3)
    third = table.memory.known.pop(a_headset(3).serial)
    await table.playing()
    assert [headset.number for headset in table.kit.now.headsets] == [1, 2]
    known = [*table.memory.known.values(), third]
    table.memory.known[third.serial] = third
    await table.kit.lay_anew(KIT, known, target_count=4)
    assert table.states() == [S.PLAYING, S.PLAYING, S.NOT_CONNECTED, S.NOT_CONNECTED]
    assert table.of(3).headset_id == third.id
    await until(lambda: table.of(3).facts is not None, within_s=2)
    assert table.states()[:2] == [S.PLAYING, S.PLAYING]


async def test_changes_to_another_suitcase_leave_the_open_one_alone(lay: Lay) -> None:
    table = lay(2)
    await table.ready()
    await table.kit.lay_anew(KitId(uuid4()), [], target_count=5)
    assert len(table.states()) == 2


async def test_fault_of_our_own_reaches_the_loop_s_handler(lay: Lay) -> None:
    table = lay(2)
    caught: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: caught.append(context))

    async def broken() -> None:
        raise ZeroDivisionError

    table.device(1).facts = broken  # type: ignore[method-assign, assignment]
    await table.open()
    await until(lambda: caught)
    assert isinstance(caught[0]["exception"], ZeroDivisionError)  # type: ignore[index]
    await table.is_(2, S.READY)


async def test_states_are_told_at_once_and_movement_only_now_and_then(lay: Lay) -> None:
    table = lay(1)
    table.kit._publisher._interval_s = 3600.0
    await table.playing()
    before = len(table.seen)
    for step in range(50):
        table.group.says("S1", position_s=float(step))
    assert len(table.seen) - before <= 1
    table.group.says("S1", worn=False)
    assert table.seen[-1].headsets[0].state is S.TAKEN_OFF


async def test_film_of_a_former_run_is_left_alone_until_somebody_starts_or_stops(lay: Lay) -> None:
    table = lay(2)
    table.device(1).shows = Showing.FILM
    await table.ready()
    await table.all_are(S.PLAYING, S.READY)
    assert (table.of(1).started_elsewhere, table.of(2).started_elsewhere) == (True, False)
    await table.kit.open_players()
    assert "admit S1" not in table.group.did
    await table.kit.start_film()
    await until(lambda: not table.of(1).started_elsewhere)
    await table.all_are(S.PLAYING, S.PLAYING)
    assert "admit S1" in table.group.did


async def test_film_of_a_former_run_that_is_over_is_not_shown_any_more(lay: Lay) -> None:
    table = lay(1)
    table.device(1).shows = Showing.FILM
    await table.open()
    await table.is_(1, S.PLAYING)
    table.device(1).shows = Showing.NOTHING
    await table.is_(1, S.READY)


async def test_stop_makes_the_film_of_a_former_run_dark(lay: Lay) -> None:
    table = lay(1)
    table.device(1).shows = Showing.FILM
    await table.open()
    await table.is_(1, S.PLAYING)
    table.device(1).shows = Showing.NOTHING
    await table.kit.stop_all()
    assert table.device(1).darkened_by == ["Anna"]
    assert table.states() == [S.READY]
