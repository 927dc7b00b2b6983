"""Small settings that belong to the data; implements ``services.ports.Settings``."""

from __future__ import annotations

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
