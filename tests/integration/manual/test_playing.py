"""A film in a headset's own player: started, found again, ended by whoever wants it dark."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from time import perf_counter_ns

import msgspec
import pytest

from tests.fakes.films import PROBE, a_film
from tests.fakes.waiting import until
from tests.integration.manual.old_headset import SHA, OldHeadset
from trainer_app.domain.films import Film, Sha256
from trainer_app.domain.headset_state import Showing
from trainer_app.domain.playback_errors import FilmNotOnHeadset, OwnPlayerClosed, OwnPlayerMissing
from trainer_app.headsets.agent.group import Group
from trainer_app.headsets.emergency import EmergencyStop
from trainer_app.headsets.link import DirectLink, run
from trainer_app.headsets.manual.group import MixedGroup
from trainer_app.headsets.manual.headset import OwnPlayerHeadset
from trainer_app.headsets.manual.member import OwnPlayerMember
from trainer_app.headsets.manual.players import player_of
from trainer_app.headsets.manual.recognising import Kind
from trainer_app.headsets.manual.shelf import HOME, Note
from trainer_app.services.headset_port import Place

URI = f"file:///sdcard/Download/Innkomst-pa-kvelden-{SHA[:12]}_360.mp4"


@pytest.fixture(scope="module")
def film() -> Film:
    return a_film(
        sha256=Sha256(SHA), title="Innkomst på kvelden", size_bytes=4, probe=replace(PROBE, duration_s=600.0)
    )


@pytest.fixture
async def headset(link: DirectLink) -> OwnPlayerHeadset:
    return own_player_of(link)


def own_player_of(link: DirectLink) -> OwnPlayerHeadset:
    return OwnPlayerHeadset("adb", link, "S5", "Pico G2 4K", Kind(maker="Pico", needs_own_player=True))


@pytest.fixture
async def member(headset: OwnPlayerHeadset) -> AsyncIterator[OwnPlayerMember]:
    member = OwnPlayerMember(headset, 5)
    yield member
    await member.close()


async def brought(link: DirectLink, film: Film) -> None:
    """The film lies there, as filling would have left it; what it holds is of no interest."""
    name = URI.rpartition("/")[2]
    note = Note(sha256=SHA, size=4, name=name, title=film.title, checked=True)
    script = f"mkdir -p {HOME} /sdcard/Download && printf abcd > {URI.removeprefix('file://')}"
    await run(link, f"{script} && cat > {HOME}/{SHA}.json", stdin=msgspec.json.encode(note), timeout_s=20)


async def plays(member: OwnPlayerMember, film: Film) -> None:
    await member.prepare(film)
    member.start_at(perf_counter_ns(), late=False)
    await until(lambda: member.is_on or member.problem is not None, within_s=50)
    assert member.problem is None


async def test_film_is_shown_by_the_player_and_ended(
    old: OldHeadset, link: DirectLink, headset: OwnPlayerHeadset, member: OwnPlayerMember, film: Film
) -> None:
    await brought(link, film)
    assert (await headset.showing()).showing is Showing.NOTHING
    await plays(member, film)
    assert old.shows() == URI
    *_, woken, ended, started = old.commands()
    assert woken.endswith("KEYCODE_WAKEUP"), "a headset that sleeps may refuse to open anything"
    assert ended == "am force-stop com.pvr.player", "one that is open would go on where it was"
    assert "picovr.intent.action.player" in started
    now, found = member.player_now(), await headset.showing()
    assert (now.showing, now.synchronised) == (Showing.FILM, False)
    assert found.showing is Showing.FILM
    contribution = member.contribution()
    assert contribution is not None
    assert contribution.accepted_s is not None
    assert contribution.accepted_s >= 0
    assert await member.stop(), "it says that something else is in front"
    assert old.shows() is None
    assert await member.stop(), "what is in front is home, and was before"
    assert member.player_now().showing is Showing.NOTHING
    assert (await headset.showing()).showing is Showing.NOTHING


async def test_headset_that_lost_contact_is_found_where_it_is_in_the_film(
    old: OldHeadset, link: DirectLink, headset: OwnPlayerHeadset, member: OwnPlayerMember, film: Film
) -> None:
    await brought(link, film)
    await plays(member, film)
    began_ns = member.began_ns
    async with await old.connect() as again:
        later = OwnPlayerMember(own_player_of(again), 5)
        await later.go_on_from(member)
        assert later.is_on
        assert began_ns is not None
        assert later.began_ns is not None
        assert abs(later.began_ns - began_ns) < 60e9, "a start of its own would be told as one"
        contribution = later.contribution()
        assert contribution == member.contribution()
        await later.close()


async def test_film_that_is_on_goes_on_where_the_others_jump_and_begins_anew_where_they_do(
    link: DirectLink, member: OwnPlayerMember, film: Film
) -> None:
    await brought(link, film)
    await plays(member, film)
    began_ns = member.began_ns
    await member.prepare(film, 100.0)
    member.start_at(perf_counter_ns(), late=True)
    assert member.began_ns == began_ns
    await plays(member, film)
    assert member.began_ns is not None
    assert began_ns is not None
    assert member.began_ns > began_ns


async def test_stop_of_another_program_ends_it_and_knows_that_it_is_dark(
    old: OldHeadset, link: DirectLink, member: OwnPlayerMember, film: Film
) -> None:
    stop = EmergencyStop(old.key)
    assert (await stop.stop(old.adb, by="Kari")).dark, "nothing of ours is in front"
    await brought(link, film)
    await plays(member, film)
    assert (await stop.stop(old.adb, by="Kari")).dark
    assert old.shows() is None


async def test_headset_without_the_film_or_a_player_says_so(
    link: DirectLink, headset: OwnPlayerHeadset, member: OwnPlayerMember, film: Film
) -> None:
    with pytest.raises(FilmNotOnHeadset):
        await member.prepare(film)
    headset.player = replace(player_of("Pico"), intents=lambda *_: ("-a nobody.listens -t video/mp4",))
    await brought(link, film)
    await member.prepare(film)
    member.start_at(perf_counter_ns(), late=False)
    await until(lambda: member.problem is not None, within_s=50)
    assert isinstance(member.problem, OwnPlayerMissing)
    assert await member.stop() is False, "nobody knows what is in front of its wearer"


async def test_one_that_comes_late_begins_at_the_beginning_and_is_not_held(
    old: OldHeadset, link: DirectLink, headset: OwnPlayerHeadset, film: Film
) -> None:
    led: list[str] = []

    async def lead(address: str, _member: OwnPlayerMember) -> None:
        led.append(address)

    await brought(link, film)
    group = MixedGroup(Group(()), lead)
    try:
        await group.prepare(film, 100.0, 45.0)
        await group.start()
        await group.admit(Place(headset=headset, number=5), 45.0)
        await until(lambda: group.players()["S5"].showing is Showing.FILM, within_s=50)
        assert led == ["adb"]
        assert group.players()["S5"].position_s < 100 <= group.now().position_s
        assert [each.joined_late for each in group.receipt().unsynchronised] == [True]
        await group.pause()
        await group.resume()
        assert group.players()["S5"].showing is Showing.FILM
        assert old.shows() == URI
        assert await group.show_text("Snart stopp.", 5.0, {"S5"}) == set()
        assert await group.stop() == {"S5": True}
        assert old.shows() is None
    finally:
        await group.close()


async def test_player_that_was_left_is_told_and_not_brought_back_by_itself(
    link: DirectLink, member: OwnPlayerMember, film: Film, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer_app.headsets.manual.member.WATCH_S", 0.05)
    await brought(link, film)
    await plays(member, film)
    await run(link, "input keyevent KEYCODE_HOME", timeout_s=20)
    await until(lambda: member.problem is not None, within_s=50)
    assert isinstance(member.problem, OwnPlayerClosed)
    assert member.player_now().showing is Showing.NOTHING


async def test_player_that_nobody_names_is_found_by_what_comes_to_the_front(
    old: OldHeadset, link: DirectLink, member: OwnPlayerMember, film: Film
) -> None:
    """Before Android 7 no command says who would open a film."""
    command = old.storage.parent / "system" / "bin" / "cmd"
    kept = command.read_bytes()
    command.write_bytes(b"#!/bin/sh\nexit 127\n")
    try:
        await brought(link, film)
        await plays(member, film)
        await until(lambda: member.is_ended_by_name, within_s=50)
    finally:
        command.write_bytes(kept)
    assert await member.stop()
    assert old.shows() is None
