"""Headsets in the database; implements ``services.ports.HeadsetRepository``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer_app.domain.kits import Headset, HeadsetId, Serial, lowest_free_number
from trainer_app.storage.database import Database
from trainer_app.storage.tables import HeadsetRow


class SqlHeadsetRepository:
    """Reads and writes the table ``headset``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def remember(self, serial: Serial, model: str, address: str | None, seen: datetime) -> Headset:
        """Record that a headset is here; one never seen gets the lowest free number."""
        with self._database.writing() as session:
            row = _find(session, serial) or _new_row(session, serial, seen)
            row.model, row.address = model, address
            row.last_seen = max(row.last_seen, seen)
            session.flush()
            return _headset(row)

    def by_serial(self, serial: Serial) -> Headset | None:
        """Return the headset with this serial number."""
        with self._database.reading() as session:
            row = _find(session, serial)
            return None if row is None else _headset(row)

    def all(self) -> Sequence[Headset]:
        """Return all headsets, by number."""
        with self._database.reading() as session:
            return [_headset(row) for row in session.scalars(select(HeadsetRow).order_by(HeadsetRow.number))]


def _find(session: Session, serial: Serial) -> HeadsetRow | None:
    return session.scalars(select(HeadsetRow).where(HeadsetRow.serial == serial)).one_or_none()


def _new_row(session: Session, serial: Serial, seen: datetime) -> HeadsetRow:
    number = lowest_free_number(session.scalars(select(HeadsetRow.number)))
    row = HeadsetRow(id=uuid4(), serial=serial, number=number, model="", first_seen=seen, last_seen=seen)
    session.add(row)
    return row


def _headset(row: HeadsetRow) -> Headset:
    return Headset(
        id=HeadsetId(row.id),
        serial=Serial(row.serial),
        number=row.number,
        model=row.model,
        address=row.address,
        first_seen=row.first_seen,
        last_seen=row.last_seen,
    )
