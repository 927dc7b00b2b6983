"""A command's short visit to the database: it looks up films and headsets, and notes that headsets are here.

SQLAlchemy and the tables cost half a second of the processor before the first row is read, more than all
else that ``film push`` does before its first byte. A file that is up to date, on a disk of this machine, is
visited with Python's sqlite3 alone. Whatever is out of the ordinary (no file yet, an older or newer version,
a headset that nobody has seen before, anything SQLite complains of) is left to the usual way, which deals
with it and has words for it.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec

from trainer_app.domain.films import Film
from trainer_app.domain.kits import Headset, Serial
from trainer_app.storage.kept_films import film_of, order_of
from trainer_app.storage.schema_steps import VERSION_TABLE, newest_step
from trainer_app.storage.sqlite_files import journal_of, set_up

if TYPE_CHECKING:
    from trainer_app.services.ports import FilmRepository, HeadsetRepository

_TIMES = ("imported_at", "first_seen", "last_seen", "condition_since", "armed_at")
_IDS = ("id", "kit_id")
_DOCUMENTS = ("probe",)


class Visit:
    """An open file, for one thread; close it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Use :meth:`begin`."""
        self._connection = connection

    @classmethod
    def begin(cls, file: Path) -> Visit | None:
        """Open a file; None: the usual way has to be taken."""
        if not file.is_file():
            return None
        try:
            connection = sqlite3.connect(file)
        except sqlite3.Error:
            return None
        visit = cls(connection)
        try:
            set_up(connection, journal_of(file))
            if visit._version() == newest_step():
                return visit
        except sqlite3.Error:
            pass
        visit.close()
        return None

    def films(self) -> list[Film]:
        """All films, by theme in the themes' order, then title."""
        return sorted((film_of(row) for row in self._rows("SELECT * FROM film")), key=order_of)

    def headsets(self) -> list[Headset]:
        """All headsets, by number."""
        return [_headset(row) for row in self._rows("SELECT * FROM headset ORDER BY number")]

    def note_sighting(
        self, serial: Serial, model: str, address: str | None, seen: datetime
    ) -> Headset | None:
        """Record that a headset is here; None: nobody has seen it before, and nothing was recorded."""
        with self._connection as transaction:
            transaction.execute("BEGIN IMMEDIATE")
            transaction.execute(
                "UPDATE headset SET model = ?, address = ?, last_seen = max(last_seen, ?) WHERE serial = ?",
                (model, address, f"{seen.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}", serial),
            )
            found = self._rows("SELECT * FROM headset WHERE serial = ?", serial)
        return _headset(found[0]) if found else None

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _version(self) -> str | None:
        there = self._rows("SELECT name FROM sqlite_master WHERE name = ?", VERSION_TABLE)
        found = self._rows(f"SELECT version_num FROM {VERSION_TABLE}") if there else []
        return found[0].version_num if found else None

    def _rows(self, query: str, *values: object) -> list[SimpleNamespace]:
        cursor = self._connection.execute(query, values)
        names = [column[0] for column in cursor.description]
        return [_row(dict(zip(names, values, strict=True))) for values in cursor]


def _row(kept: dict[str, Any]) -> SimpleNamespace:
    """A row with its values as SQLAlchemy's types give them."""
    for names, read in ((_TIMES, _instant), (_IDS, UUID), (_DOCUMENTS, json.loads)):
        for name in names:
            if kept.get(name) is not None:
                kept[name] = read(kept[name])
    return SimpleNamespace(**kept)


def _instant(kept: str) -> datetime:
    return datetime.fromisoformat(kept).replace(tzinfo=UTC)


def _headset(row: SimpleNamespace) -> Headset:
    return msgspec.convert(vars(row), Headset, builtin_types=(datetime, UUID))


class Visitor:
    """Takes the short way where there is one; implements ``services.ports.HeadsetRepository``.

    Args:
        file: The database; None: a server, which only the usual way leads to.
        films: The usual way to films, made only when it is needed.
        headsets: The usual way to headsets.
    """

    def __init__(
        self,
        file: Path | None,
        films: Callable[[], FilmRepository],
        headsets: Callable[[], HeadsetRepository],
    ) -> None:
        self._visit = None if file is None else Visit.begin(file)
        self._usual_films = films
        self._usual_headsets = headsets

    def films(self) -> Sequence[Film]:
        """All films, by theme in the themes' order, then title."""
        if self._visit is not None:
            with contextlib.suppress(sqlite3.Error):
                return self._visit.films()
        return self._usual_films().all()

    def all(self) -> Sequence[Headset]:
        """Return all headsets, by number."""
        if self._visit is not None:
            with contextlib.suppress(sqlite3.Error):
                return self._visit.headsets()
        return self._usual_headsets().all()

    def remember(self, serial: Serial, model: str, address: str | None, seen: datetime) -> Headset:
        """Record that a headset is here; one never seen gets the lowest free number."""
        if self._visit is not None:
            with contextlib.suppress(sqlite3.Error):
                known = self._visit.note_sighting(serial, model, address, seen)
                if known is not None:
                    return known
        return self._usual_headsets().remember(serial, model, address, seen)

    def mark_armed(self, serial: Serial, at: datetime) -> None:
        """Record that a headset was made ready for Wi-Fi; seldom enough for the usual way."""
        self._usual_headsets().mark_armed(serial, at)

    def close(self) -> None:
        """End the visit."""
        if self._visit is not None:
            self._visit.close()
