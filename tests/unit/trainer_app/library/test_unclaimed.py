"""A film that was stored and never remembered goes at a later start, and no other film ever does."""

from __future__ import annotations

from pathlib import Path

import pytest

from trainer_app.domain.films import Sha256
from trainer_app.library import unclaimed as unclaimed_module
from trainer_app.library.films import FilmFolder
from trainer_app.library.unclaimed import Unclaimed
from trainer_app.services.ports import Swept

FILM, OTHER = Sha256("ab" * 32), Sha256("cd" * 32)
ENDED = "4000000-1"
"""A program that there is none of: the process id is beyond what the system gives."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "films"
    folder.mkdir()
    for sha256 in (FILM, OTHER):
        (folder / f"{sha256}.mp4").write_bytes(b"film")
    return folder


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*"))


def noted_by_an_ended_program(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(unclaimed_module, "this_program", lambda: ENDED)
        Unclaimed(folder).note(FILM, ".mp4")


def test_what_an_ended_program_left_goes_with_its_note(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noted_by_an_ended_program(folder, monkeypatch)
    assert FilmFolder(folder).sweep(lambda _sha256: False) == Swept(files=1, size_bytes=4)
    assert names(folder.parent) == [f"{OTHER}.mp4", "films"]
    assert FilmFolder(folder).sweep(lambda _sha256: False) == Swept()


def test_what_is_remembered_stays_though_its_note_was_left(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted_by_an_ended_program(folder, monkeypatch)
    assert FilmFolder(folder).sweep(lambda sha256: sha256 == FILM) == Swept()
    assert names(folder.parent) == [f"{FILM}.mp4", f"{OTHER}.mp4", "films"]


def test_what_a_running_program_is_about_to_remember_stays(folder: Path) -> None:
    Unclaimed(folder).note(FILM, ".mp4")
    assert FilmFolder(folder).sweep(lambda _sha256: False) == Swept()
    assert names(folder) == [f"{FILM}.mp4", f"{OTHER}.mp4"]
    FilmFolder(folder).claim(FILM)
    assert names(folder.parent) == [f"{FILM}.mp4", f"{OTHER}.mp4", "films"]


def test_what_somebody_reads_is_tried_again_at_the_next_start(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(_path: Path, *, missing_ok: bool = False) -> None:
        raise PermissionError(13, "somebody reads it")

    noted_by_an_ended_program(folder, monkeypatch)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", held)
        assert FilmFolder(folder).sweep(lambda _sha256: False) == Swept()
    assert FilmFolder(folder).sweep(lambda _sha256: False).files == 1
