"""Room on the headset, films that lie there, packages that are installed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec

from headset_agent.protocol.reading import JsonReader
from trainer_app.domain.films import Sha256
from trainer_app.domain.headset_films import StoredFilm

_FILE = re.compile(r"^([0-9]{1,18}) (?:([0-9]{1,10}) )?(\S+)\r?$", re.MULTILINE)
"""Size, when it was written (seconds since 1970), name."""

_FILM_FILE = re.compile(r"([0-9a-f]{64})\.(?:part|[a-z0-9]{1,5})")


class _Known(msgspec.Struct, frozen=True):
    size: int
    suffix: str = ".mp4"
    title: str = ""


_MANIFEST: JsonReader[dict[str, _Known]] = JsonReader(dict[str, _Known])


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """Bytes of the data partition."""

    free: int | None = None
    total: int | None = None


def parse_space(answer: str) -> Space:
    """Read ``stat -f -c %S:%b:%a``: block size, blocks, blocks free for users."""
    found = re.match(r"\s*([0-9]{1,9}):([0-9]{1,15}):([0-9]{1,15})\s*$", answer)
    if found is None:
        return Space()
    block = int(found[1])
    return Space(free=block * int(found[3]), total=block * int(found[2]))


def parse_films(manifest: str, files: str) -> dict[str, str]:
    """Return title by sha256 of each film that was verified there and still has its full size."""
    return {film.sha256: film.title for film in parse_stored(manifest, files) if film.whole}


def parse_stored(manifest: str, files: str) -> tuple[StoredFilm, ...]:
    """Return all that lies in the film folder, by sha256; pieces that were never joined are no film."""
    known = _known(manifest)
    found = []
    for size, written, name in _FILE.findall(files):
        if matched := _FILM_FILE.fullmatch(name):
            found.append(_stored(Sha256(matched[1]), name, int(size), written, known.get(matched[1])))
    return tuple(sorted(found, key=lambda film: (film.sha256, not film.whole)))


def _known(manifest: str) -> dict[str, _Known]:
    try:
        return _MANIFEST.decode(manifest or "{}")
    except msgspec.DecodeError:
        return {}


def _stored(sha256: Sha256, name: str, size: int, written: str, known: _Known | None) -> StoredFilm:
    return StoredFilm(
        sha256=sha256,
        size_bytes=size,
        whole=known is not None and name == f"{sha256}{known.suffix}" and size == known.size,
        title="" if known is None else known.title,
        since=datetime.fromtimestamp(int(written), UTC) if written else None,
    )


def parse_packages(listed: str) -> set[str]:
    """Read ``pm list packages``."""
    return set(re.findall(r"^package:(\S+)", listed, re.MULTILINE))
