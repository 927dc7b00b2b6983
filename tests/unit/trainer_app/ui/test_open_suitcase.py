"""The suitcase on the table follows the stored one, whatever page is open."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.office import TestOffice, make_office
from trainer_app.domain.kits import Kit
from trainer_app.domain.live_kit import KitNow
from trainer_app.runtime.changes import Topic
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


def test_nothing_is_laid_out_while_no_suitcase_is_open(made: TestOffice, suitcase: OpenSuitcase) -> None:
    made.office.changes.announce(Topic.KITS)
    assert made.live.asked == []
