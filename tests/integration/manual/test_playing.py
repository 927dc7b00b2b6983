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
from trainer_app.domain.playback_errors import FilmNotOnHeadset, OwnPlayerMissing
from trainer_app.headsets.emergency import EmergencyStop
from trainer_app.headsets.link import DirectLink, run
from trainer_app.headsets.manual.headset import OwnPlayerHeadset
from trainer_app.headsets.manual.member import OwnPlayerMember
from trainer_app.headsets.manual.players import player_of
from trainer_app.headsets.manual.recognising import Kind
from trainer_app.headsets.manual.shelf import HOME, Note

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
    now, found = member.player_now(), await headset.showing()
    assert (now.showing, now.synchronised) == (Showing.FILM, False)
    assert found.showing is Showing.FILM
    contribution = member.contribution()
    assert contribution is not None
    assert contribution.accepted_s is not None
    assert contribution.accepted_s >= 0
    assert await member.stop(), "it says that something else is in front"
    assert old.shows() is None
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
