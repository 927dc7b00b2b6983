"""The notice of a program that leads headsets: how *Stopp alt* reaches that program, and how without it.

One small file a program, readable by its user only, as secret as the ADB key it lies beside. A program that
ends takes its notice away; that of one that was killed stays, and its tokens still open the way to agents.

*Stopp alt* reads notices before it imports anything else, so this imports next to nothing.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, NamedTuple


class NoticedHeadset(NamedTuple):
    """A headset that is led: ``address`` as the user gave it, and what opens the way to its agent.

    ``laptop_port``: where that listens on this computer; 0: it runs on the headset.
    """

    address: str
    serial: str
    token: str
    build: str
    laptop_port: int = 0


class Notice(NamedTuple):
    """A program that leads headsets.

    Attributes:
        pid: Its process id.
        port: Where it listens, on this machine only.
        ask: The word with which it is asked, so that nobody else on this machine can stop a film.
        answer: The word with which it answers, so that nobody else can claim that a headset is dark.
    """

    pid: int
    port: int
    ask: str
    answer: str
    headsets: tuple[NoticedHeadset, ...]


def post(file: Path, notice: Notice) -> None:
    """Put a notice up, or what it says now; whole or not at all.

    Raises:
        OSError: the folder cannot be written to.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        document = notice._asdict() | {"headsets": [headset._asdict() for headset in notice.headsets]}
        json.dump(document, stream)
    fresh.replace(file)


def posted(folder: Path) -> list[tuple[Path, Notice]]:
    """All notices that can be read, the newest first."""
    found = []
    try:
        with os.scandir(folder) as entries:
            files = [
                (entry.stat().st_mtime_ns, Path(entry)) for entry in entries if entry.name.endswith(".json")
            ]
    except OSError:
        return []
    for _, file in sorted(files, reverse=True):
        notice = _read(file)
        if notice is not None:
            found.append((file, notice))
    return found


def read_json(data: bytes) -> Any:
    """Read JSON that somebody else has written; raises ValueError for whatever is none.

    Not by ``protocol.reading``: the emergency stop is on its way before msgspec would be imported.
    """
    try:
        return json.loads(data)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def _read(file: Path) -> Notice | None:
    try:
        said = read_json(file.read_bytes())
        return Notice(
            pid=_number(said["pid"], 1 << 32),
            port=_number(said["port"], 1 << 16),
            ask=_word(said["ask"]),
            answer=_word(said["answer"]),
            headsets=tuple(_headset(headset) for headset in said["headsets"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None  # taken away meanwhile, or none of ours


def _headset(said: Any) -> NoticedHeadset:
    address, serial, token, build = (_word(said[name]) for name in ("address", "serial", "token", "build"))
    port = said["laptop_port"]
    return NoticedHeadset(address, serial, token, build, _number(port, 1 << 16) if port else 0)


def _number(value: Any, limit: int) -> int:
    if not isinstance(value, int) or not 0 < value < limit:
        raise ValueError(value)
    return value


def _word(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(value)
    return value
