"""Films that lie on the laptop: lent to be played, never copied, changed or removed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from headset_agent.arriving import Arrival
from headset_agent.protocol.messages import FilmBegin, FilmEntry, Films
from headset_agent.store_errors import StoreError

_SHA256 = re.compile(r"[0-9a-f]{64}")
_SUFFIX = re.compile(r"\.[a-z0-9]{1,5}")


class LentFilms:
    """What a :class:`~headset_agent.films.FilmStore` is on a headset, for reading only.

    Args:
        folder: Films that are lent from the start, each named by its sha256; None: none.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._lent: dict[str, Path] = {}

    def lend(self, sha256: str, path: Path) -> None:
        """A film lies there; whoever lends it has verified it."""
        self._lent[sha256] = path

    def path(self, sha256: str) -> Path | None:
        """The file of a film, or None."""
        if _SHA256.fullmatch(sha256) is None:
            return None
        lent = self._lent.get(sha256)
        if lent is not None and lent.is_file():
            return lent
        return next((path for path in self._named(sha256) if path.is_file()), None)

    def _named(self, sha256: str) -> list[Path]:
        if self._folder is None:
            return []
        return [path for path in self._folder.glob(f"{sha256}.*") if _SUFFIX.fullmatch(path.suffix)]

    async def listing(self, request_id: int) -> Films:
        """The films that were lent one by one."""
        films = [
            FilmEntry(sha256=sha256, size=path.stat().st_size, verified=True)
            for sha256, path in self._lent.items()
            if path.is_file()
        ]
        return Films(id=request_id, films=films, free_bytes=await self.free_bytes())

    async def free_bytes(self) -> int:
        """Bytes that are free on the laptop; no film needs any of them."""
        return shutil.disk_usage(self._folder or Path.home()).free

    async def begin(self, request: FilmBegin) -> tuple[int, bool]:
        """A film that is lent is there, whole; any other cannot be brought."""
        path = self.path(request.sha256)
        if path is None or path.stat().st_size != request.size:
            raise StoreError("film_missing", request.sha256)
        return request.size, True

    async def arrive(self, sha256: str, offset: int) -> Arrival:
        """Nothing is ever written here."""
        raise StoreError("not_allowed", f"{sha256} is lent, from {offset} on as well")

    async def commit(self, sha256: str) -> None:
        """Nothing is ever written here."""
        raise StoreError("not_allowed", f"{sha256} is lent")

    async def remove(self, sha256: str) -> None:
        """Forget that it was lent; the file stays."""
        self._lent.pop(sha256, None)
