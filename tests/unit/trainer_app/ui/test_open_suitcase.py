"""The suitcase on the table follows the stored one, whatever page is open."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from tests.fakes.first_starts import TYPED
from tests.fakes.office import TUESDAY, TestOffice, make_office
from trainer_app.domain.kits import Kit, KitId
from trainer_app.domain.live_kit import KitNow
from trainer_app.runtime.changes import Topic
from trainer_app.services.first_start import begin
from trainer_app.storage.repositories import SqlRepositories
from trainer_app.ui.open_suitcase import OpenSuitcase


@pytest.fixture
def made(example_stored: SqlRepositories, tmp_path: Path) -> TestOffice:
    return make_office(example_stored, tmp_path)


@pytest.fixture
def suitcase(made: TestOffice) -> OpenSuitcase:
    office = made.office
    return OpenSuitcase(office.services, office.tasks, office.changes)


@pytest.fixture
def kit(made: TestOffice) -> Kit:
    return made.stored.kits.where()[0]


def test_what_is_changed_of_the_open_suitcase_reaches_its_headsets(
    made: TestOffice, suitcase: OpenSuitcase, kit: Kit
) -> None:
    made.kit_is(KitNow(kit_id=kit.id))
    made.stored.kits.save(replace(kit, target_headset_count=7))
    made.office.changes.announce(Topic.KITS)
    assert made.live.asked == [("lay_anew", kit.id, 5, 7)]


def test_the_first_suitcase_is_laid_out_as_soon_as_there_is_one(
    empty_stored: SqlRepositories, tmp_path: Path
) -> None:
    made = make_office(empty_stored, tmp_path)
    office = made.office
    suitcase = OpenSuitcase(office.services, office.tasks, office.changes)
    suitcase.lay_out()
    assert made.live.asked == []
    begin(made.stored, TYPED, TUESDAY)
    (kit,) = made.stored.kits.where()
    office.changes.announce(Topic.KITS)
    assert made.live.asked == [("open", kit.id, 0, 5)]
    office.changes.announce(Topic.SETTINGS)  # where the department was chosen after the suitcase
    assert made.live.asked[1:] == [("open", kit.id, 0, 5)]


def test_a_suitcase_that_is_open_stays(made: TestOffice, suitcase: OpenSuitcase, kit: Kit) -> None:
    other = KitId(uuid4())
    made.kit_is(KitNow(kit_id=other))
    suitcase.lay_out()
    made.office.changes.announce(Topic.SETTINGS)
    assert made.live.asked == []


def test_nothing_is_laid_out_where_nobody_has_said_whose_laptop_it_is(
    department_stored: SqlRepositories, tmp_path: Path
) -> None:
    made = make_office(department_stored, tmp_path)
    office = made.office
    OpenSuitcase(office.services, office.tasks, office.changes)
    office.changes.announce(Topic.KITS, Topic.SETTINGS)
    assert made.live.asked == []
