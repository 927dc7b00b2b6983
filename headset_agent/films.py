"""The films on this headset: a folder of files named by their sha256, and what was verified of them.

A film arrives as a stream of bytes that are written to ``<sha256>.part`` as they come: once, because flash
wears by being written. They are summed as they are written, and read back where an earlier run has written
them; only when the whole is right does the file get its name.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
from io import FileIO
from pathlib import Path
from typing import NoReturn, Protocol

import msgspec

from headset_agent.arriving import Arrival, Incoming, finished
from headset_agent.following import FollowedFile
from headset_agent.protocol.messages import FilmBegin, FilmEntry, Films
from headset_agent.protocol.reading import JsonReader
from headset_agent.store_errors import StoreError, storage_error
from headset_agent.sums import begun_sum, expected_sum, sum_of

MANIFEST = "manifest.json"
_FRESH_MANIFEST = MANIFEST + ".new"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_BLAKE3 = _SHA256
_SUFFIX = re.compile(r"\.[a-z0-9]{1,5}")


class _Known(msgspec.Struct, frozen=True, kw_only=True):
    """What the manifest says of one film: that this file was the film of this name."""

    size: int
    suffix: str
    title: str = ""


_MANIFEST: JsonReader[dict[str, _Known]] = JsonReader(dict[str, _Known])


class FilmShelf(Protocol):
    """Films that may be played, whoever keeps them."""

    def path(self, sha256: str) -> Path | None:
        """The file of a verified film, or None."""

    async def listing(self, request_id: int) -> Films:
        """All that is here."""

    async def free_bytes(self) -> int:
        """Bytes that may still be written."""

    async def begin(self, request: FilmBegin) -> tuple[int, bool]:
        """Make ready for a film; return how many bytes are there, and whether it is whole and verified."""

    async def arrive(self, sha256: str, offset: int) -> Arrival:
        """Take the film's bytes from ``offset`` on."""

    async def commit(self, sha256: str) -> None:
        """Verify a film that has arrived whole and give it its name."""

    async def remove(self, sha256: str) -> None:
        """Remove a film or what there is of it."""


class FilmStore:
    """Knows, receives, verifies and removes films. One task at a time may touch a film."""

    def __init__(self, folder: Path) -> None:
        """Open the folder (made when missing) and clear what a former run left half-done."""
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        # Keeps the films out of the headset's gallery.
        (folder / ".nomedia").touch()
        self._known = self._read_manifest()
        self._incoming: dict[str, Incoming] = {}
        self._lock = asyncio.Lock()
        self._clear_leftovers()

    def path(self, sha256: str) -> Path | None:
        """The file of a verified film, or None."""
        known = self._known.get(sha256)
        if known is None:
            return None
        path = self._final(sha256, known.suffix)
        return path if path.is_file() and path.stat().st_size == known.size else None

    async def listing(self, request_id: int) -> Films:
        """All that is here, verified or on its way."""
        films = [
            FilmEntry(sha256=sha, size=known.size, verified=True, title=known.title)
            for sha, known in self._known.items()
            if self.path(sha) is not None
        ]
        films += [
            FilmEntry(sha256=part.stem, size=part.stat().st_size, verified=False)
            for part in sorted(self._folder.glob("*.part"))
        ]
        return Films(id=request_id, films=films, free_bytes=await self.free_bytes())

    async def free_bytes(self) -> int:
        """Bytes that may still be written, as the headset's own ``stat`` tells."""
        process = await asyncio.create_subprocess_exec(
            "stat", "-f", "-c", "%S:%a", str(self._folder), stdout=asyncio.subprocess.PIPE
        )
        output, _ = await process.communicate()
        try:
            block, free = output.decode().strip().split(":")
            return int(block) * int(free)
        except ValueError as error:
            raise StoreError("storage_error", f"stat -f said {output!r}") from error

    async def begin(self, request: FilmBegin) -> tuple[int, bool]:
        """Make ready for a film; return how many bytes are there, and whether it is whole and verified."""
        named = _SHA256.fullmatch(request.sha256) and _SUFFIX.fullmatch(request.suffix)
        told = not request.blake3 or _BLAKE3.fullmatch(request.blake3)
        if not named or not told or request.size <= 0:
            raise StoreError("malformed", request.sha256)
        async with self._lock:
            try:
                return await self._begin(request)
            except OSError as error:
                raise storage_error(error) from error

    async def _begin(self, request: FilmBegin) -> tuple[int, bool]:
        if self.path(request.sha256) is not None:
            return request.size, True
        if await asyncio.to_thread(self._adopt, request):
            return request.size, True
        incoming = self._incoming.get(request.sha256)
        if incoming is not None:
            # Its laptop has lost it and begins anew.
            await self._end_arrival(incoming)
            incoming = self._incoming.get(request.sha256)
        announced = (request.size, expected_sum(request))
        if incoming is None or (incoming.size, incoming.expected) != announced:
            await self._forget(request.sha256)
            incoming = await asyncio.to_thread(self._resume, request)
            self._incoming[request.sha256] = incoming
        incoming.content.grown_to(incoming.offset)
        return incoming.offset, False

    async def arrive(self, sha256: str, offset: int) -> Arrival:
        """Take the film's bytes from ``offset`` on, which is where it ends now.

        Raises:
            StoreError: That is not its next byte, or the storage is faulty.
        """
        async with self._lock:
            incoming = self._incoming.get(sha256)
            if incoming is None or offset != incoming.offset:
                raise StoreError("film_offset", f"{offset} is not the next byte of {sha256}")
            await self._end_arrival(incoming)
            try:
                file = await finished(asyncio.to_thread(self._open_part, incoming, sha256))
            except OSError as error:
                self._distrust(sha256, incoming)
                raise storage_error(error) from error
            incoming.arrival = Arrival(
                incoming, file, free_bytes=self.free_bytes, distrust=lambda: self._distrust(sha256, incoming)
            )
            return incoming.arrival

    async def _end_arrival(self, incoming: Incoming) -> None:
        former, incoming.arrival = incoming.arrival, None
        if former is not None:
            await former.close()

    def _open_part(self, incoming: Incoming, sha256: str) -> FileIO:
        file = FileIO(self._part(sha256), "a")
        with contextlib.ExitStack() as on_failure:
            on_failure.callback(file.close)
            if os.fstat(file.fileno()).st_size < incoming.offset:
                # Somebody has been at the file: what was read of it is no longer there.
                self._distrust(sha256, incoming)
                _refuse_offset(f"{sha256} has lost what had arrived")
            file.truncate(incoming.offset)
            on_failure.pop_all()
        return file

    def _distrust(self, sha256: str, incoming: Incoming) -> None:
        """Where a film ends now is for the next begin to find out."""
        incoming.content.stop()
        if self._incoming.get(sha256) is incoming:
            del self._incoming[sha256]

    async def commit(self, sha256: str) -> None:
        """Verify a film that has arrived whole and give it its name."""
        incoming = self._incoming.get(sha256)
        if incoming is None or incoming.offset != incoming.size:
            raise StoreError("film_offset", f"{sha256} is not complete")
        if incoming.arrival is not None:
            await incoming.arrival.close()
        try:
            # Other films may come and go meanwhile: after a restart this may mean reading gigabytes.
            digest = await incoming.content.hexdigest()
            async with self._lock:
                # A laptop that was away for a moment asks again while the first question is being answered.
                if self.path(sha256) is None:
                    await asyncio.to_thread(self._commit, incoming, sha256, digest)
        except OSError as error:
            raise storage_error(error) from error
        finally:
            # What is there may be another film's or none: the next begin reads it anew.
            if self._incoming.get(sha256) is incoming:
                del self._incoming[sha256]

    async def remove(self, sha256: str) -> None:
        """Remove a film or what there is of it."""
        if not _SHA256.fullmatch(sha256):
            raise StoreError("malformed", sha256)
        async with self._lock:
            await self._forget(sha256)
            try:
                await asyncio.to_thread(self._remove, sha256)
            except OSError as error:
                raise storage_error(error) from error

    async def _forget(self, sha256: str) -> None:
        incoming = self._incoming.pop(sha256, None)
        if incoming is not None:
            await self._end_arrival(incoming)
            await incoming.content.give_up()

    def _remove(self, sha256: str) -> None:
        # Files first: on a full storage the manifest could not be written while they are there.
        known = self._known.pop(sha256, None)
        # Also a whole file that the manifest has lost: nobody else will ever remove it.
        for file in tuple(self._folder.glob(f"{sha256}.*")):
            file.unlink(missing_ok=True)
        if known is not None:
            self._write_manifest()

    def _commit(self, incoming: Incoming, sha256: str, digest: str) -> None:
        part = self._part(sha256)
        if digest != incoming.expected or part.stat().st_size != incoming.size:
            part.unlink(missing_ok=True)
            raise StoreError("film_corrupt", sha256)
        try:
            with part.open("rb") as stream:
                os.fsync(stream.fileno())
            part.rename(self._final(sha256, incoming.suffix))
            self._remember(sha256, incoming.size, incoming.suffix, incoming.title)
        except OSError as error:
            raise storage_error(error) from error

    def _adopt(self, request: FilmBegin) -> bool:
        """Take a whole file that the manifest does not know (a restart between rename and manifest)."""
        path = self._final(request.sha256, request.suffix)
        if not path.is_file() or path.stat().st_size != request.size:
            return False
        if sum_of(path, begun_sum(request)) != expected_sum(request):
            path.unlink()
            return False
        self._remember(request.sha256, request.size, request.suffix, request.title)
        return True

    def _resume(self, request: FilmBegin) -> Incoming:
        part = self._part(request.sha256)
        if part.is_file() and part.stat().st_size > request.size:
            part.unlink()
        return Incoming(
            size=request.size,
            suffix=request.suffix,
            title=request.title,
            offset=part.stat().st_size if part.is_file() else 0,
            content=FollowedFile(part, begun_sum(request)),
            expected=expected_sum(request),
        )

    def _remember(self, sha256: str, size: int, suffix: str, title: str) -> None:
        self._known[sha256] = _Known(size=size, suffix=suffix, title=title)
        self._write_manifest()

    def _read_manifest(self) -> dict[str, _Known]:
        try:
            return parse_manifest((self._folder / MANIFEST).read_bytes())
        except FileNotFoundError:
            return {}

    def _write_manifest(self) -> None:
        fresh = self._folder / _FRESH_MANIFEST
        with fresh.open("wb") as stream:
            stream.write(msgspec.json.format(msgspec.json.encode(self._known), indent=1))
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(self._folder / MANIFEST)

    def _clear_leftovers(self) -> None:
        # Chunks are what versions before 2026-11-22 left of a push that broke off.
        for leftover in (*self._folder.glob("*.chunk?"), self._folder / _FRESH_MANIFEST):
            leftover.unlink(missing_ok=True)

    def _part(self, sha256: str) -> Path:
        return self._folder / f"{sha256}.part"

    def _final(self, sha256: str, suffix: str) -> Path:
        return self._folder / f"{sha256}{suffix}"


def parse_manifest(content: bytes) -> dict[str, _Known]:
    """Read a manifest; a damaged one only costs reading the films once more: begin() adopts what is whole."""
    try:
        return _MANIFEST.decode(content)
    except msgspec.DecodeError:
        return {}


def _refuse_offset(detail: str) -> NoReturn:
    raise StoreError("film_offset", detail)
