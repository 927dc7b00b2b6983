"""Films without files: probes and films as values, and a library and a repository in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from trainer_app.domain.film_errors import FilmFileGone
from trainer_app.domain.films import THEMES, Film, Probe, Projection, Sha256, Stereo, ThemeCode
from trainer_app.services.ports import Cancelled, Progress, StoredFile, Swept

PROBE = Probe(
    container="mp4",
    video_codec="h264",
    profile="High",
    width=1920,
    height=960,
    frame_rate=30.0,
    duration_s=60.0,
    bit_rate=8_000_000,
    pixel_format="yuv420p",
    index_first=True,
)


def a_film(**changes: Any) -> Film:
    film = Film(
        sha256=Sha256("ab" * 32),
        title="Innkomst",
        theme=ThemeCode("INN"),
        file_name="innkomst.mp4",
        size_bytes=1000,
        probe=PROBE,
        projection=Projection.EQUIRECT,
        stereo=Stereo.MONO,
        imported_at=datetime(2026, 11, 21, 12, 0, tzinfo=UTC),
    )
    return replace(film, **changes)


class FilmsInMemory:
    """A film repository."""

    def __init__(self, *films: Film) -> None:
        self._films = {film.sha256: film for film in films}

    def add(self, film: Film) -> None:
        assert film.sha256 not in self._films
        self._films[film.sha256] = film

    def change(self, film: Film) -> None:
        assert film.sha256 in self._films
        self._films[film.sha256] = film

    def remove(self, sha256: Sha256) -> None:
        del self._films[sha256]

    def by_sha256(self, sha256: Sha256) -> Film | None:
        return self._films.get(sha256)

    def all(self) -> Sequence[Film]:
        return sorted(self._films.values(), key=lambda film: (THEMES.index(film.theme), film.title))


class LibraryInMemory:
    """A film library in which every file has the same probe and the digest it was given."""

    def __init__(self, *, probe: Probe = PROBE, sha256: str = "cd" * 32) -> None:
        self.probe_found = probe
        self.sha256 = Sha256(sha256)
        self.blake3 = "b3" * 32
        self.stored: set[str] = set()
        self.unclaimed: set[Sha256] = set()

    def probe(self, file: Path) -> Probe:
        return self.probe_found

    def store(
        self,
        file: Path,
        probe: Probe,
        *,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> StoredFile:
        was_there = self.sha256 in self.stored
        self.stored.add(self.sha256)
        if not was_there:
            self.unclaimed.add(self.sha256)
        return StoredFile(sha256=self.sha256, blake3=self.blake3, size_bytes=1000, was_there=was_there)

    def path_of(self, film: Film) -> Path:
        if film.sha256 not in self.stored:
            raise FilmFileGone(film=film.title, folder="memory")
        return Path(film.sha256)

    def discard(self, sha256: Sha256, suffix: str) -> None:
        self.stored.discard(sha256)
        self.unclaimed.discard(sha256)

    def claim(self, sha256: Sha256) -> None:
        self.unclaimed.discard(sha256)

    def sweep(self, is_known: Callable[[Sha256], bool]) -> Swept:
        gone = {sha256 for sha256 in self.unclaimed if not is_known(sha256)}
        for sha256 in gone:
            self.discard(sha256, ".mp4")
        self.unclaimed.clear()
        return Swept(files=len(gone), size_bytes=1000 * len(gone))
