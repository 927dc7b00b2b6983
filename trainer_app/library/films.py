"""The folder that holds the film files, each under its sha256; a file is there whole or not at all.

PyAV is imported when a file is looked into: a film on its way to a headset is not.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import logging
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from trainer_app.domain.errors import UserCancelled
from trainer_app.domain.film_errors import (
    FileUnreadable,
    FilmChanged,
    FilmFileGone,
    FilmFileHeld,
    FilmRefused,
    LibraryFull,
    LibraryUnwritable,
)
from trainer_app.domain.films import Film, Probe, Projection, Sha256, Stereo
from trainer_app.library.boxes import BoxError
from trainer_app.library.programs import is_running, this_program
from trainer_app.library.retold import told_ahead
from trainer_app.library.unclaimed import Unclaimed

if TYPE_CHECKING:
    from trainer_app.services.ports import Cancelled, Progress, StoredFile, Swept

_logger = logging.getLogger(__name__)

_BLOCK_BYTES = 4 * 1024 * 1024
_INCOMING = re.compile(r"\.incoming-(?P<program>\d+-\d+)-[0-9a-f]+")
_NO_ROOM = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})


class _Sums(NamedTuple):
    """Of the bytes that were copied: the film's name, and what headsets verify it by."""

    sha256: Sha256
    blake3: str


class FilmFolder:
    """Film files on disk; implements ``services.ports.FilmLibrary`` and ``preview.FilmSource``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._unclaimed = Unclaimed(folder)

    def clean_up(self) -> None:
        """Remove what imports that were killed have left; those of running programs stay."""
        if not self._folder.is_dir():
            return
        for path in self._folder.iterdir():
            match = _INCOMING.fullmatch(path.name)
            if match is not None and not is_running(match["program"]):
                # On Windows somebody may still be reading it; then the next start will do.
                with contextlib.suppress(OSError):
                    path.unlink()

    def probe(self, file: Path) -> Probe:
        """Look into a file; see :func:`~trainer_app.library.probe.probe_film`."""
        from trainer_app.library.probe import probe_film

        return probe_film(file)

    def store(
        self,
        file: Path,
        probe: Probe,
        *,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> StoredFile:
        """Copy a probed file into the folder; see ``services.ports.FilmLibrary``."""
        from trainer_app.services.ports import StoredFile

        self._make_folder(file)
        self.clean_up()
        incoming = self._folder / f".incoming-{this_program()}-{secrets.token_hex(4)}"
        try:
            sums, size = self._copy(file, incoming, progress, cancelled)
            _check_unchanged(incoming, probe, file)
            target = self._folder / f"{sums.sha256}.{probe.container}"
            was_there = target.is_file()
            with self._library_errors(file, size):
                if not was_there:
                    self._unclaimed.note(sums.sha256, target.suffix)
                incoming.replace(target)
                _sync_folder(self._folder)
        finally:
            with contextlib.suppress(OSError):
                incoming.unlink(missing_ok=True)
        return StoredFile(sha256=sums.sha256, blake3=sums.blake3, size_bytes=size, was_there=was_there)

    def path_of(self, film: Film) -> Path:
        """Return where a film lies; raises FilmFileGone."""
        path = self._folder / f"{film.sha256}{film.suffix}"
        if not path.is_file():
            raise FilmFileGone(film=film.title, folder=str(self._folder))
        return path

    def told_ahead(
        self, film: Film, *, projection: Projection, stereo: Stereo, padding: int = 0
    ) -> bytes | None:
        """Return what makes a film say how it lies; see ``services.ports.preview.FilmSource``."""
        path = self.path_of(film)
        try:
            return told_ahead(path, projection=projection, stereo=stereo, padding=padding)
        except (BoxError, OSError) as error:
            _logger.info("a film cannot be made to say how it lies: %s", error)
            return None

    def discard(self, sha256: Sha256, suffix: str) -> None:
        """Remove a file; see ``services.ports.FilmLibrary``."""
        file = self._folder / f"{sha256}{suffix}"
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            # Windows lets nobody remove a file that somebody reads.
            raise FilmFileHeld(file=file.name, folder=str(self._folder), detail=str(error)) from error
        self._unclaimed.claim(sha256)

    def claim(self, sha256: Sha256) -> None:
        """A film is remembered now; see ``services.ports.FilmLibrary``."""
        self._unclaimed.claim(sha256)

    def sweep(self, is_known: Callable[[Sha256], bool]) -> Swept:
        """Remove what nobody has remembered; see ``services.ports.FilmLibrary``."""
        from trainer_app.services.ports import Swept

        files, size = 0, 0
        for sha256, suffix in tuple(self._unclaimed.of_ended_programs()):
            file = self._folder / f"{sha256}{suffix}"
            if is_known(sha256) or not file.is_file():
                self._unclaimed.claim(sha256)
                continue
            with contextlib.suppress(FilmFileHeld, OSError):  # then the next start will do
                length = file.stat().st_size
                self.discard(sha256, suffix)
                files, size = files + 1, size + length
        return Swept(files=files, size_bytes=size)

    def _make_folder(self, file: Path) -> None:
        with self._library_errors(file, 0):
            self._folder.mkdir(parents=True, exist_ok=True)

    def _copy(
        self, file: Path, incoming: Path, progress: Progress | None, cancelled: Cancelled | None
    ) -> tuple[_Sums, int]:
        with _reading(file) as source:
            before = os.fstat(source.fileno())
            self._check_room(file, before.st_size)
            with self._library_errors(file, before.st_size), incoming.open("xb") as copy:
                sums = _pump(source, copy, file, before.st_size, progress, cancelled)
                copy.flush()
                os.fsync(copy.fileno())
                copied = copy.tell()
            after = os.fstat(source.fileno())
        if copied != before.st_size or (before.st_size, before.st_mtime_ns) != (
            after.st_size,
            after.st_mtime_ns,
        ):
            raise FilmChanged(file=file.name)
        return sums, copied

    def _check_room(self, file: Path, size: int) -> None:
        free = shutil.disk_usage(self._folder).free
        if size > free:
            raise LibraryFull(file=file.name, size=size, free=free, folder=str(self._folder))

    @contextlib.contextmanager
    def _library_errors(self, file: Path, size: int) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno in _NO_ROOM:
                free = shutil.disk_usage(self._folder).free
                raise LibraryFull(
                    file=file.name, size=size, free=free, folder=str(self._folder), detail=str(error)
                ) from error
            raise LibraryUnwritable(file=file.name, folder=str(self._folder), detail=str(error)) from error


@contextlib.contextmanager
def _reading(file: Path) -> Iterator[BinaryIO]:
    try:
        source = file.open("rb")
    except OSError as error:
        raise FileUnreadable(file=file.name, detail=str(error)) from error
    with source:
        yield source


def _pump(
    source: BinaryIO,
    copy: BinaryIO,
    file: Path,
    total: int,
    progress: Progress | None,
    cancelled: Cancelled | None,
) -> _Sums:
    from blake3 import blake3

    name, quick = hashlib.sha256(), blake3()
    done = 0
    while True:
        if cancelled is not None and cancelled():
            raise UserCancelled
        block = _read_block(source, file)
        if not block:
            return _Sums(Sha256(name.hexdigest()), quick.hexdigest())
        name.update(block)
        quick.update(block)
        copy.write(block)
        done += len(block)
        # Without this a recording that is still running would be copied for as long as it runs.
        if done > total:
            raise FilmChanged(file=file.name)
        if progress is not None:
            progress(done, total)


def _read_block(source: BinaryIO, file: Path) -> bytes:
    # A memory stick that is pulled out fails here; that is the film's trouble, not the library's.
    try:
        return source.read(_BLOCK_BYTES)
    except OSError as error:
        raise FileUnreadable(file=file.name, detail=str(error)) from error


def _check_unchanged(copy: Path, probe: Probe, file: Path) -> None:
    from trainer_app.library.probe import probe_film

    try:
        same = probe_film(copy) == probe
    except FilmRefused as refused:
        raise FilmChanged(file=file.name, detail=str(refused)) from refused
    if not same:
        raise FilmChanged(file=file.name)


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut; Windows has no such call and does it by itself."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
