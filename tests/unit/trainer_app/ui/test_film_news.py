"""Which films the headsets have is stored whatever page is open, and stored again where it could not be."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.films import a_film
from tests.fakes.office import TUESDAY, LateTasks, TestOffice, make_office
from trainer_app.domain.films import Sha256
from trainer_app.domain.headset_state import HeadsetFacts, HeadsetState
from trainer_app.domain.kits import FilmPresence, Headset
from trainer_app.domain.live_kit import HeadsetNow, KitNow
from trainer_app.domain.storage_errors import DatabaseLocked
from trainer_app.runtime.changes import Topic
from trainer_app.storage.repositories import SqlRepositories
from trainer_app.ui.film_news import FilmNews

NEW = a_film(sha256=Sha256("aa" * 32), title="Ny film")


@pytest.fixture
def made(example_stored: SqlRepositories, tmp_path: Path) -> TestOffice:
    return make_office(example_stored, tmp_path)


@pytest.fixture(autouse=True)
def news(made: TestOffice) -> FilmNews:
    return _listening(made)


def _listening(made: TestOffice) -> FilmNews:
    office = made.office
    return FilmNews(
        made.stored, office.tasks, office.changes, office.kit_now, office.now, made.notices.problem
    )


@pytest.fixture
def headset(made: TestOffice) -> Headset:
    kit = made.stored.kits.where()[0]
    return made.stored.headsets.of_kit(kit.id)[0]


def _told(headset: Headset, films: dict[str, str], *, battery: int = 90) -> KitNow:
    facts = HeadsetFacts(battery_percent=battery, films=films)
    one = HeadsetNow(number=1, state=HeadsetState.READY, headset_id=headset.id, facts=facts)
    return KitNow(kit_id=headset.kit_id, headsets=(one,))


def _stored(made: TestOffice, headset: Headset) -> dict[str, FilmPresence]:
    rows = made.stored.headset_films.where(headset_id=headset.id)
    return {row.film_sha256: row.presence for row in rows}


def test_what_a_headset_tells_is_stored_and_announced_once(made: TestOffice, headset: Headset) -> None:
    heard: list[int] = []
    made.office.changes.on({Topic.KITS}, lambda: heard.append(1))
    made.kit_is(_told(headset, {}))
    made.kit_is(_told(headset, {}, battery=89))
    assert set(_stored(made, headset).values()) == {FilmPresence.NO}
    assert len(heard) == 1


def test_a_film_that_is_taken_in_later_is_looked_for_on_headsets_that_are_here(
    made: TestOffice, headset: Headset
) -> None:
    made.kit_is(_told(headset, {}))
    made.stored.films.add(NEW)
    made.office.changes.announce(Topic.FILMS)
    assert _stored(made, headset)[NEW.sha256] is FilmPresence.NO


def test_a_film_taken_in_while_the_matrix_is_written_is_not_forgotten(
    made: TestOffice, news: FilmNews, headset: Headset, tmp_path: Path
) -> None:
    news.end()
    tasks = LateTasks()
    late = make_office(made.stored, tmp_path, tasks=tasks)
    _listening(late)
    late.kit_is(_told(headset, {}))
    tasks.work()
    late.stored.films.add(NEW)
    late.office.changes.announce(Topic.FILMS)
    tasks.finish()
    assert _stored(late, headset)[NEW.sha256] is FilmPresence.NO


def test_what_the_database_refuses_is_said_once_and_stored_when_it_can_be(
    made: TestOffice, headset: Headset, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused() -> None:
        raise DatabaseLocked

    with monkeypatch.context() as patched:
        patched.setattr(made.stored, "together", refused)
        made.kit_is(_told(headset, {}))
        made.kit_is(_told(headset, {}, battery=89))
        made.at(TUESDAY + timedelta(seconds=11))
        made.kit_is(_told(headset, {}, battery=88))
    assert len(made.notices.problems) == 1
    assert FilmPresence.YES in _stored(made, headset).values()
    made.at(TUESDAY + timedelta(seconds=22))
    made.kit_is(_told(headset, {}, battery=87))
    assert set(_stored(made, headset).values()) == {FilmPresence.NO}


def test_nothing_is_stored_after_the_app_has_closed(
    made: TestOffice, news: FilmNews, headset: Headset
) -> None:
    before = _stored(made, headset)
    news.end()
    made.kit_is(_told(headset, {}))
    assert _stored(made, headset) == before
