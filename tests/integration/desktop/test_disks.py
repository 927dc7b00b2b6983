"""A disk that is read-only or full: the app says so, keeps what was typed, and leaves nothing half done."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from functools import cache, partial
from pathlib import Path

import pytest

from tests.fakes.databases import DatabaseTemplates
from tests.integration.desktop.disks import is_possible, read_only
from tests.integration.desktop.programs import App, played
from trainer_app.storage.care import DatabaseCare
from trainer_app.texts.catalogue import Texts

pytestmark = pytest.mark.skipif(not is_possible(), reason="mounts disks, as root on Linux")


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], dict[str, object]]:
    """Plays a scene once for all tests that look at it."""
    folder = tmp_path_factory.mktemp("scenes")
    return cache(lambda name: played(name, folder / name))


@pytest.mark.parametrize(("lang", "used_before"), [("nb", False), ("en", True)])
async def test_a_read_only_folder_is_named_at_the_start(
    database_templates: DatabaseTemplates, tmp_path: Path, lang: str, used_before: bool
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    if used_before:
        database_templates.copy_examples(data / "simkoffert.sqlite").close()
        (data / "simkoffert.sqlite.lock").touch()
    texts = Texts(lang)
    with App("--lang", lang, data=data, within=partial(read_only, data)) as app:
        await app.says(texts("database.read_only.next"))
        assert app.is_running  # in front of its window
        assert app.interrupt() == 1
    assert texts("database.read_only.what", database=data / "simkoffert.sqlite") in app.said
    assert "Traceback" not in app.said


def test_a_read_only_database_can_be_checked_and_rescued(
    database_templates: DatabaseTemplates, tmp_path: Path
) -> None:
    data, rescued = tmp_path / "data", tmp_path / "rescued.sqlite"
    database_templates.copy_examples(data / "simkoffert.sqlite").close()
    for words in (["db", "check"], ["db", "backup", str(rescued)]):
        command = [sys.executable, "-m", "trainer_app", "--data", str(data), *words]
        done = subprocess.run(read_only(data, *command), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    assert DatabaseCare(rescued).check().is_sound
    with closing(DatabaseTemplates(tmp_path).copy_empty(tmp_path / "other.sqlite")):
        assert rescued.stat().st_size > (tmp_path / "other.sqlite").stat().st_size


def test_a_disk_that_turns_read_only_is_told_and_what_was_typed_stays(
    scene: Callable[[str], dict[str, object]],
) -> None:
    seen = scene("turning_read_only")
    texts = Texts("nb")
    assert texts("database.read_only.why") in str(seen["said"])
    assert "simkoffert.sqlite" in str(seen["said"])
    assert seen["typed"] == "Møterom Rogn"
    assert seen["goes on"] == "today"


def test_a_name_on_a_full_disk_stays_in_its_field_and_is_saved_when_there_is_room(
    scene: Callable[[str], dict[str, object]],
) -> None:
    seen = scene("full")
    assert Texts("nb")("database.full.next") in str(seen["said"])
    assert (seen["typed"], seen["stored"]) == ("Møterom Rogn", False)


def test_a_film_for_which_there_is_no_room_is_taken_in_later_as_it_was_described(
    scene: Callable[[str], dict[str, object]],
) -> None:
    seen = scene("full")
    assert Texts("nb")("film.disk_full.next") in str(seen["film"])
    assert "Kveldsvakt æøå.mp4" in str(seen["film"])
    assert seen["films"] == ["Kveldsvakt på døgn"]


def test_a_backup_for_which_there_is_no_room_is_told_and_leaves_nothing_half_done(
    scene: Callable[[str], dict[str, object]],
) -> None:
    seen = scene("full")
    assert Texts("nb")("database.backup_full.why") in str(seen["backup"])
    assert seen["half done"] == []
