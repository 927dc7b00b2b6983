"""An old headset beside four that keep together: filled, started and ended with them, as what it is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.integration.faults.trouble import BRISK
from tests.integration.live.table import Devices, FilmFile, Table, film_in
from tests.integration.manual.old_headset import SHA, OldHeadset, film_at
from tests.integration.virtual.kits import VirtualProcess
from trainer_app.domain.films import Film
from trainer_app.domain.headset_state import HeadsetState as S
from trainer_app.domain.headset_state import PlayMode
from trainer_app.domain.live_kit import FilmStage, HeadsetNow
from trainer_app.headsets.gateway import AdbGateway
from trainer_app.headsets.link import AdbKey, DirectLink

TOGETHER = 4

UNHURRIED = replace(BRISK, prepare=100.0, patience=100.0)
"""All are waited for, however slow the machine is."""


@pytest.fixture(scope="module")
def others() -> Iterator[Devices]:
    with VirtualProcess("--count", str(TOGETHER), "--base-port", "0", "--clock-skew") as process:
        yield Devices(process, process.ready()["headsets"])


@pytest.fixture(scope="module")
def film_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return film_at(tmp_path_factory.mktemp("library") / f"{SHA}.mp4").path


@pytest.fixture
def film(film_file: Path) -> Film:
    return replace(film_in(film_file, length_s=600.0), title="Innkomst på kvelden")


@pytest.fixture
async def table(
    others: Devices, old: OldHeadset, link: DirectLink, film_file: Path, key: AdbKey
) -> AsyncIterator[Table]:
    table = Table(AdbGateway(key), FilmFile(film_file), lambda: datetime.now(UTC), UNHURRIED)
    await table.open([*others.addresses, old.adb])
    yield table
    await table.kit.stop_all()
    await table.kit.release()


async def test_it_takes_part_as_far_as_it_can_and_the_others_are_none_the_worse(
    table: Table, old: OldHeadset, film: Film
) -> None:
    def it() -> HeadsetNow:
        return table.of_address(old.adb)

    await table.ready(film)
    assert table.kit.now.ready_count == TOGETHER + 1
    facts = it().facts
    assert facts is not None
    assert facts.play_mode is PlayMode.MANUAL
    assert it().film_checked
    await table.kit.start_film()
    await table.all_are(S.PLAYING)
    assert (old.shows() or "").endswith("_360.mp4")
    told = await table.kit.show_text("Snart stopp.")
    assert told.missed == (it().number,), "it has no page to show words on"

    await table.kit.pause()
    await table.stage(FilmStage.PAUSED)
    assert it().state is S.PLAYING, "it cannot be paused, and nobody says that it is"
    assert old.shows() is not None

    await table.kit.stop_all()
    assert old.shows() is None
    assert not any(headset.not_dark for headset in table.kit.now.headsets)
    await table.stage(FilmStage.STOPPED)
    receipt = table.kit.receipt()
    assert receipt is not None
    assert [each.number for each in receipt.unsynchronised] == [it().number]
    assert receipt.unsynchronised[0].accepted_s is not None
    assert not receipt.unsynchronised[0].joined_late
    serials = {headset.serial for headset in receipt.headsets}
    assert len(serials) == TOGETHER
    assert it().serial not in serials
