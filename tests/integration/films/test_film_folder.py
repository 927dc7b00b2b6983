"""Files enter the library whole or not at all, whatever happens on the way."""

from __future__ import annotations

import hashlib
import os
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from blake3 import blake3

from trainer_app.domain.errors import UserCancelled
from trainer_app.domain.film_errors import (
    FilmChanged,
    FilmFileGone,
    FilmFileHeld,
    FilmTruncated,
    LibraryFull,
    LibraryUnwritable,
)
from trainer_app.domain.films import Probe, choose_film
from trainer_app.library.films import FilmFolder
from trainer_app.library.probe import probe_film
from trainer_app.services.importing import FilmImporting
from trainer_app.storage.database import Database
from trainer_app.storage.film_repository import SqlFilmRepository


@pytest.fixture
def source(demo_film: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(demo_film, tmp_path / "På tur – økt 1.mp4"))


@pytest.fixture
def probe(source: Path) -> Probe:
    return probe_film(source)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "bibliotek æøå" / "films"


def test_a_film_is_imported_found_again_and_its_source_left_alone(
    source: Path, folder: Path, tmp_path: Path
) -> None:
    before = (source.read_bytes(), source.stat().st_mtime_ns)
    database = Database.open(tmp_path / "simkoffert.db")
    library = FilmFolder(folder)
    importing = FilmImporting(library, SqlFilmRepository(database))
    steps: list[tuple[int, int]] = []

    def note(done: int, total: int) -> None:
        steps.append((done, total))

    film = importing.import_film(source, theme="VOT", progress=note).film
    assert film.blake3 == blake3(source.read_bytes()).hexdigest(), "headsets will verify it by that"
    assert film.sha256 == hashlib.sha256(before[0]).hexdigest()
    assert library.path_of(film).read_bytes() == before[0]
    known = SqlFilmRepository(database).all()
    assert choose_film(known, "På tur – økt 1") == choose_film(known, film.sha256[:6]) == film
    assert steps[-1] == (len(before[0]), len(before[0]))
    assert importing.import_film(source, theme="VOT").was_known
    assert (source.read_bytes(), source.stat().st_mtime_ns) == before
    assert [path.name for path in folder.iterdir()] == [f"{film.sha256}.mp4"]
    assert list(folder.parent.iterdir()) == [folder], "nothing says any more that nobody remembers it"
    library.path_of(film).unlink()
    with pytest.raises(FilmFileGone):
        library.path_of(film)
    database.close()


def test_cancelling_leaves_nothing(source: Path, probe: Probe, folder: Path) -> None:
    with pytest.raises(UserCancelled):
        FilmFolder(folder).store(source, probe, cancelled=lambda: True)
    assert list(folder.iterdir()) == []


def test_a_disk_that_fills_up_leaves_nothing(source: Path, probe: Probe, folder: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
    try:
        with pytest.raises(LibraryFull) as caught:
            FilmFolder(folder).store(source, probe)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert caught.value.params["size"] == source.stat().st_size
    assert list(folder.iterdir()) == []


def test_a_film_larger_than_the_free_room_is_not_begun(source: Path, probe: Probe, folder: Path) -> None:
    os.truncate(source, shutil.disk_usage(source.parent).free + (1 << 30))  # sparse: takes no room
    with pytest.raises(LibraryFull):
        FilmFolder(folder).store(source, probe)
    assert list(folder.iterdir()) == []


def test_a_library_that_is_a_file_is_named(source: Path, probe: Probe, tmp_path: Path) -> None:
    (tmp_path / "films").write_text("")
    with pytest.raises(LibraryUnwritable) as caught:
        FilmFolder(tmp_path / "films").store(source, probe)
    assert caught.value.params["folder"] == str(tmp_path / "films")


def test_a_file_that_grows_while_it_is_copied_is_refused(source: Path, probe: Probe, folder: Path) -> None:
    def grow(done: int, total: int) -> None:
        with source.open("ab") as file:
            file.write(b"more")

    with pytest.raises(FilmChanged):
        FilmFolder(folder).store(source, probe, progress=grow)
    assert list(folder.iterdir()) == []


def test_a_file_replaced_after_it_was_probed_is_refused(source: Path, probe: Probe, folder: Path) -> None:
    source.write_bytes(source.read_bytes()[:-100])
    with pytest.raises(FilmChanged) as caught:
        FilmFolder(folder).store(source, probe)
    assert isinstance(caught.value.__cause__, FilmTruncated)
    assert list(folder.iterdir()) == []


KILL_ITSELF = """
import os, signal, sys
from pathlib import Path
from trainer_app.library.films import FilmFolder
source, folder = Path(sys.argv[1]), FilmFolder(Path(sys.argv[2]))
folder.store(source, folder.probe(source), progress=lambda *_: os.kill(os.getpid(), signal.SIGKILL))
"""


def test_an_import_that_was_killed_is_cleared_away_by_the_next(
    source: Path, probe: Probe, folder: Path
) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", KILL_ITSELF, str(source), str(folder)], check=False, timeout=60
    )
    assert killed.returncode == -signal.SIGKILL
    (left,) = folder.iterdir()
    assert left.name.startswith(".incoming-"), "never under a film's name"
    stored = FilmFolder(folder).store(source, probe)
    assert [path.name for path in folder.iterdir()] == [f"{stored.sha256}.mp4"]


def test_clearing_away_spares_the_imports_of_running_programs(
    source: Path, probe: Probe, folder: Path
) -> None:
    seen: list[bool] = []

    def look(done: int, total: int) -> None:
        FilmFolder(folder).clean_up()
        seen.append(any(path.name.startswith(".incoming-") for path in folder.iterdir()))

    FilmFolder(folder).store(source, probe, progress=look)
    assert seen
    assert all(seen)


def test_a_file_that_cannot_be_removed_is_named(
    source: Path, probe: Probe, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(_path: Path, *, missing_ok: bool = False) -> None:
        raise PermissionError(13, "somebody reads it")

    stored = FilmFolder(folder).store(source, probe)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", held)
        with pytest.raises(FilmFileHeld):
            FilmFolder(folder).discard(stored.sha256, ".mp4")
    FilmFolder(folder).discard(stored.sha256, ".mp4")
    assert list(folder.iterdir()) == []
