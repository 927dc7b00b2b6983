"""Room on the headset, films that lie there, packages that are installed."""

from __future__ import annotations

import re
from dataclasses import dataclass

import msgspec

from headset_agent.protocol.reading import JsonReader

_FILE = re.compile(r"^([0-9]{1,18}) (\S+)\r?$", re.MULTILINE)


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
    try:
        known = _MANIFEST.decode(manifest or "{}")
    except msgspec.DecodeError:
        return {}
    sizes = {name: int(size) for size, name in _FILE.findall(files)}
    return {sha: film.title for sha, film in known.items() if sizes.get(sha + film.suffix) == film.size}


def parse_packages(listed: str) -> set[str]:
    """Read ``pm list packages``."""
    return set(re.findall(r"^package:(\S+)", listed, re.MULTILINE))
