"""What lies on a headset for its own player: films under names it understands, and a note beside each.

Parts of films and notes have a folder of their own, which the headset's gallery passes over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from headset_agent.protocol.reading import JsonReader

HOME = "/sdcard/SimKoffert/own-player"
"""Notes, parts of films that are on their way, and which film was started."""

_FILES = "=SIMKOFFERT=files"
_NAME = re.compile(r"[A-Za-z0-9][\w.-]{0,120}", re.ASCII)
_SHA = re.compile(r"[0-9a-f]{64}")
_FILE = re.compile(r"^([0-9]{1,18}) (\S+)\r?$", re.MULTILINE)


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """What was brought there.

    Attributes:
        size: Bytes.
        name: Of the file in the player's folder.
        checked: It was read again on the headset and is the film.
    """

    sha256: str
    size: int
    name: str
    title: str
    checked: bool


_NOTE: JsonReader[Note] = JsonReader(Note)


def parse_note(line: bytes | str) -> Note | None:
    """Read one note; None: it is none of ours."""
    try:
        note = _NOTE.decode(line)
    except msgspec.DecodeError:
        return None
    return note if _NAME.fullmatch(note.name) and _SHA.fullmatch(note.sha256) else None


def listing(folder: str) -> str:
    """Shell: tells all notes and all files of the player's folder."""
    return (
        f'( cd {HOME} && for note in *.json; do cat "$note"; echo; done ) 2>/dev/null; echo; echo {_FILES}; '
        f"( cd {folder} && stat -c '%s %n' * ) 2>/dev/null"
    )


def parse_listing(answer: str) -> dict[str, Note]:
    """Read the answer to :func:`listing`: by sha256, the films that lie there in their full size."""
    notes, _, files = answer.partition(_FILES)
    sizes = {name: int(size) for size, name in _FILE.findall(files)}
    return {note.sha256: note for note in _notes(notes) if sizes.get(note.name) == note.size}


def _notes(text: str) -> Iterator[Note]:
    for line in text.splitlines():
        note = parse_note(line) if line.startswith("{") else None
        if note is not None:
            yield note
