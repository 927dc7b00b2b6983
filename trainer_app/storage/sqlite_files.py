"""How a database file is set up on every connection, whoever makes it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from trainer_app.storage.network_drives import is_on_network

BUSY_TIMEOUT_MS = 5000
"""How long to wait for another writer. The command line writes in transactions of milliseconds."""


def journal_of(path: Path) -> str:
    """Return the journal that is safe where the file lies."""
    return "delete" if is_on_network(path) else "wal"


def set_up(connection: sqlite3.Connection, journal: str) -> None:
    """Set a new connection up; ``engine.make_engine`` says what for."""
    # Python's sqlite3 would commit before CREATE TABLE; we begin transactions ourselves.
    connection.isolation_level = None
    cursor = connection.cursor()
    try:
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        cursor.execute(f"PRAGMA journal_mode = {journal}")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        # What is deleted is gone: its place in the file is overwritten with zeros.
        cursor.execute("PRAGMA secure_delete = ON")
    finally:
        cursor.close()
