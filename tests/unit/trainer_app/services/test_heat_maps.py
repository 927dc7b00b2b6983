"""Where groups looked, in the database: what is kept and found again, and that it tells of nobody."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from tests.fakes.films import a_film
from tests.fakes.head_movements import Script, bins_of, expected, seconds, turning
from tests.fakes.live_table import FILM, Lay
from tests.fakes.records import NOON, a_session
from trainer_app.domain.films import Sha256
from trainer_app.domain.heat_encoding import encoded
from trainer_app.domain.heat_map import HeatBin, HeatMap, KeptHeatMap
from trainer_app.domain.kits import Serial
from trainer_app.domain.sessions import Session, SessionState
from trainer_app.services.heat_maps import heat_of_film
from trainer_app.services.live.playback import Playback
from trainer_app.services.showing import Showing, Shown
from trainer_app.storage.repositories import SqlRepositories
from trainer_app.storage.tables import Base

HERE, THERE = HeatBin(headsets=3, looks={5: 4}), HeatBin(headsets=4, looks={9: 1})
OTHER_FILM = Sha256("cd" * 32)


@pytest.fixture
def held(department_stored: SqlRepositories) -> Session:
    department_stored.films.add(FILM)
    department_stored.films.add(a_film(sha256=OTHER_FILM, title="Stell"))
    return department_stored.sessions.save(a_session(state=SessionState.HELD, actual_start=NOON))


def shown(session: Session, heat: HeatMap | None, *, film: Sha256 = FILM.sha256) -> Shown:
    playback = Playback(film=a_film(sha256=film), started_at=NOON, from_s=0.0, heat=heat)
    return Shown(session_id=session.id, wave=1, playback=playback)


def test_a_showing_that_is_written_again_keeps_its_looks_once(
    department_stored: SqlRepositories, held: Session
) -> None:
    showing = Showing(department_stored)
    first = shown(held, HeatMap(bins={0: HERE}))
    showing.keep(first)
    showing.keep(replace(first, playback=replace(first.playback, heat=HeatMap(bins={0: HERE, 4: THERE}))))
    assert heat_of_film(department_stored, held.id, FILM.sha256) == HeatMap(bins={0: HERE, 4: THERE})


def test_what_was_kept_before_a_crash_is_not_lost_by_what_comes_after_it(
    department_stored: SqlRepositories, held: Session
) -> None:
    showing = Showing(department_stored)
    before = shown(held, HeatMap(bins={0: HERE}))
    showing.keep(before)
    showing.keep(replace(before, playback=replace(before.playback, heat=HeatMap(bins={4: THERE}))))
    assert heat_of_film(department_stored, held.id, FILM.sha256) == HeatMap(bins={0: HERE, 4: THERE})


def test_all_showings_of_the_film_count_and_no_others(
    department_stored: SqlRepositories, held: Session
) -> None:
    showing = Showing(department_stored)
    for heat, film in (
        (HeatMap(bins={0: HERE}), FILM.sha256),
        (HeatMap(bins={0: HERE, 4: THERE}), FILM.sha256),
        (HeatMap(bins={1: THERE}), OTHER_FILM),
        (None, FILM.sha256),
    ):
        showing.keep(shown(held, heat, film=film))
    found = heat_of_film(department_stored, held.id, FILM.sha256)
    assert found == HeatMap(bins={0: HeatBin(headsets=3, looks={5: 8}), 4: THERE})
    assert heat_of_film(department_stored, a_session().id, FILM.sha256) is None


@pytest.mark.expects_log("a heat map cannot be read")
def test_a_map_of_a_newer_program_hides_nothing_else(
    department_stored: SqlRepositories, held: Session
) -> None:
    showing = Showing(department_stored)
    newer, ours = shown(held, None), shown(held, HeatMap(bins={0: HERE}))
    showing.keep(newer)
    showing.keep(ours)
    department_stored.heat_maps.save(KeptHeatMap(playback_id=newer.playback.id, encoded=b"\x09?"))
    assert heat_of_film(department_stored, held.id, FILM.sha256) == HeatMap(bins={0: HERE})


# --- nobody can be told from it --------------------------------------------------------------------------

LENGTH_S = 12.0
HEADS = (turning(73.4, 0.0, 41.7), turning(-113.6, 3.7, -27.3), turning(12.8, -9.1, 8.9), turning(0, 31.3))
NUMBERS = ("73.4", "113.6", "41.7", "27.3")
WORDS = ("yaw", "pitch", "gaze")


async def see_a_film(lay: Lay, scripts: Mapping[str, Script]) -> Playback:
    """A suitcase of virtual headsets shows a film, and everybody's head moves as it is written."""
    table = lay(len(scripts))
    await table.playing()
    for second in seconds(LENGTH_S):
        for serial, script in scripts.items():
            player = table.group.told[serial]
            table.group.told[serial] = replace(player, position_s=second, gaze=script(second))
        table.group.is_at(second)
        table.group.on_change()
    await table.kit.stop_all()
    playback = table.kit.playback()
    assert playback is not None
    return playback


def close(stored: SqlRepositories, held: Session, playback: Playback) -> None:
    """Keep the showing with all its headsets, and close the session."""
    headsets = [stored.headsets.remember(Serial(f"S{n}"), "Quest 3", None, NOON) for n in range(1, 5)]
    kept = replace(playback, headsets={one.id: one.number for one in headsets})
    Showing(stored).keep(Shown(session_id=held.id, wave=1, playback=kept))
    over = replace(held, state=SessionState.CLOSED, actual_end=NOON + timedelta(hours=1), closed_at=NOON)
    stored.sessions.save(over)


def written_in(folder: Path) -> list[str]:
    """Everything that the data folder holds, database and log of it included."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert any(file.name == "simkoffert.db" for file in files)
    return [file.read_bytes().decode("latin-1") for file in files]


async def test_after_the_session_nothing_ties_a_direction_to_a_headset(
    lay: Lay,
    department_stored: SqlRepositories,
    held: Session,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    scripts = {f"S{n}": script for n, script in enumerate(HEADS, 1)}
    close(department_stored, held, await see_a_film(lay, scripts))

    heat = heat_of_film(department_stored, held.id, FILM.sha256)
    assert heat is not None
    assert bins_of(heat) == expected(scripts, LENGTH_S)

    for said in (*written_in(tmp_path), caplog.text):
        assert not [number for number in NUMBERS if number in said]
    assert not [word for word in WORDS if word in caplog.text.lower()]


async def test_another_group_that_looked_the_same_way_leaves_the_same_bytes(lay: Lay) -> None:
    """So nobody can be found in them: which headset looked where makes no difference to what is kept."""
    ours = await see_a_film(lay, {f"S{n}": script for n, script in enumerate(HEADS, 1)})
    theirs = await see_a_film(lay, {f"S{n}": script for n, script in enumerate(reversed(HEADS), 1)})
    assert ours.heat is not None
    assert theirs.heat is not None
    assert encoded(ours.heat) == encoded(theirs.heat)


def test_no_table_has_room_for_more() -> None:
    """Directions lie in one column of one table, and its row leads to a showing, not to a headset."""
    tables = Base.metadata.tables
    heat = tables["heat_map"]
    assert {column.name for column in heat.columns} == {"playback_id", "encoded"}
    assert {key.column.table.name for key in heat.foreign_keys} == {"playback"}
    named = [
        f"{table.name}.{column.name}"
        for table in tables.values()
        for column in table.columns
        if any(word in column.name for word in (*WORDS, "heat", "direction"))
    ]
    assert named == []


def test_a_map_goes_with_its_showing(department_stored: SqlRepositories, held: Session) -> None:
    one = shown(held, HeatMap(bins={0: HERE}))
    Showing(department_stored).keep(one)
    department_stored.playbacks.delete(one.playback.id)
    assert department_stored.heat_maps.where() == []
    assert department_stored.heat_maps.get(uuid4()) is None
