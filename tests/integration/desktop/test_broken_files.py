"""A file that cannot be used is named at the start, with the reason; everything else goes on working."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import pytest

from tests.fakes.waiting import until
from tests.integration.desktop.disks import in_place_of, is_possible
from tests.integration.desktop.programs import App, played
from trainer_app.library.data import data_folder
from trainer_app.texts.catalogue import Texts

needs_mounts = pytest.mark.skipif(not is_possible(), reason="mounts folders, as root on Linux")


@pytest.fixture
def scenarios(tmp_path: Path) -> Path:
    """A copy of the program's scenarios, to be spoilt."""
    return Path(shutil.copytree(data_folder("scenarios"), tmp_path / "scenarios"))


def _spoil_key(file: Path, table: str) -> None:
    """Put a key nobody knows into a file, in place of nothing."""
    text = file.read_text(encoding="utf-8")
    before, found, after = text.partition(f"[{table}]\n")
    file.write_text(f'{before}{found}tittel = "Feil"\n{after}' if found else f'{text}\n[{table}]\nnb = "x"\n')


@needs_mounts
def test_theme_files_that_cannot_be_used_are_named_and_the_others_are_there(
    tmp_path: Path, scenarios: Path
) -> None:
    _spoil_key(scenarios / "themes" / "SAM.toml", "scenario")
    (scenarios / "themes" / "TVA.toml").write_bytes(b"\xff\xfe[theme")
    within = partial(in_place_of, scenarios, data_folder("scenarios"))
    seen = played("library", tmp_path / "scene", within)
    problems = seen["problems"]
    assert isinstance(problems, list)
    unknown, broken = problems
    assert "«scenario.tittel» i scenariofilen «themes/SAM.toml» er ukjent." in unknown
    assert "«themes/TVA.toml»" in broken
    assert "UTF-8" in broken
    assert seen["shown"] == problems
    assert seen["themes"] == ["Innkomst", "Vold og trusler", "Selvmordsfare", "Filmer"]
    assert seen["offered"] == ["Ikke valgt", "Innkomst", "Vold og trusler", "Selvmordsfare"]


@needs_mounts
async def test_shared_content_that_cannot_be_used_is_named(tmp_path: Path, scenarios: Path) -> None:
    _spoil_key(scenarios / "shared" / "texts.toml", "tull")
    within = partial(in_place_of, scenarios, data_folder("scenarios"))
    with App(data=tmp_path / "data", within=within) as app:
        await app.says(Texts("nb")("scenario.key_unknown.next"))
        assert app.interrupt() == 1
    assert "shared/texts.toml" in app.said
    assert "«tull»" in app.said
    assert "Traceback" not in app.said


def _film(data: Path) -> None:
    (data / "films").mkdir()
    (data / "films" / f"{'0' * 64}.mp4").write_text("Dette er ingen film.")


def _notice(data: Path) -> None:
    (data / "leading").mkdir()
    (data / "leading" / "1-1.json").write_text("{")


def _backup(data: Path) -> None:
    (data / "backups").mkdir()
    (data / "backups" / "simkoffert-2026-02-31.sqlite").write_text("Dette er ingen database.")
    (data / "backups" / "simkoffert-2020-01-01.sqlite").mkdir()


async def test_broken_files_beside_the_database_do_not_keep_the_app_from_opening(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    for spoil in (_film, _notice, _backup):
        spoil(data)
    with App(data=data) as app:
        await until(lambda: _has_opened(data), within_s=60)
        assert app.is_running
        assert app.interrupt() == 0
    assert "Traceback" not in app.said


def _has_opened(data: Path) -> bool:
    """Its housekeeping is done: the backup of the day is there."""
    return any(path.is_file() and path.stat().st_size > 100_000 for path in data.glob("backups/*.sqlite"))
