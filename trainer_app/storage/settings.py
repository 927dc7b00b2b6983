"""Small settings that belong to the data; implements ``services.ports.Settings``."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select

from trainer_app.storage.database import Database
from trainer_app.storage.tables.organisation import SettingRow


class SqlSettings:
    """Reads and writes the table ``setting``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, key: str) -> str | None:
        """Return what was set, or None."""
        with self._database.reading() as session:
            row = session.get(SettingRow, key)
            return None if row is None else row.value

    def set(self, key: str, value: str) -> None:
        """Remember a word under a key (``laptop.letter``)."""
        with self._database.writing() as session:
            session.merge(SettingRow(key=key, value=value))

    def remove(self, key: str) -> None:
        """Forget what was set, if anything was."""
        with self._database.writing() as session:
            session.execute(delete(SettingRow).where(SettingRow.key == key))

    def keys(self, prefix: str) -> Sequence[str]:
        """Return the keys that begin so."""
        wanted = select(SettingRow.key).where(SettingRow.key.startswith(prefix, autoescape=True))
        with self._database.reading() as session:
            return list(session.scalars(wanted.order_by(SettingRow.key)))
