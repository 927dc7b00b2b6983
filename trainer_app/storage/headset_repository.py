"""Headsets in the database; implements ``services.ports.HeadsetRepository``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer_app.domain.kits import (
    Headset,
    HeadsetCondition,
    HeadsetId,
    KitId,
    Serial,
    lowest_free_number,
)
from trainer_app.domain.session_errors import HeadsetNumberTaken
from trainer_app.storage.database import Database
from trainer_app.storage.records import record_of
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
            return record_of(row, Headset)

    def mark_armed(self, serial: Serial, at: datetime) -> None:
        """Record that a known headset was made ready for Wi-Fi. ``at`` is UTC."""
        with self._database.writing() as session:
            row = _find(session, serial)
            if row is not None:
                row.armed_at = at

    def all(self) -> Sequence[Headset]:
        """Return all headsets, by number."""
        with self._database.reading() as session:
            return [
                record_of(row, Headset)
                for row in session.scalars(select(HeadsetRow).order_by(HeadsetRow.number))
            ]

    def place(self, headset_id: HeadsetId, kit_id: KitId, number: int | None = None) -> Headset:
        """Put a headset into a suitcase, under ``number`` (None: the lowest that is free there).

        Raises:
            HeadsetNumberTaken: another headset of the suitcase has that number.
        """
        with self._database.writing() as session:
            row = session.get_one(HeadsetRow, headset_id)
            if row.kit_id != kit_id or number not in (None, row.number):
                wanted = _free_number(session, kit_id) if number is None else number
                taken = select(HeadsetRow.id).where(HeadsetRow.kit_id == kit_id, HeadsetRow.number == wanted)
                if session.scalars(taken).one_or_none() is not None:
                    raise HeadsetNumberTaken(number=wanted)
                row.kit_id, row.number = kit_id, wanted
            session.flush()
            return record_of(row, Headset)

    def set_address(self, headset_id: HeadsetId, address: str) -> Headset:
        """Record where a headset is to be looked for (host:port)."""
        with self._database.writing() as session:
            row = session.get_one(HeadsetRow, headset_id)
            row.address = address
            session.flush()
            return record_of(row, Headset)

    def set_condition(
        self, headset_id: HeadsetId, condition: HeadsetCondition, since: datetime, note: str = ""
    ) -> Headset:
        """Record what people say of a headset as a thing. ``since`` is UTC."""
        with self._database.writing() as session:
            row = session.get_one(HeadsetRow, headset_id)
            row.condition, row.condition_since, row.condition_note = condition.value, since, note
            session.flush()
            return record_of(row, Headset)

    def of_kit(self, kit_id: KitId) -> Sequence[Headset]:
        """Return the headsets of a suitcase, by number."""
        wanted = select(HeadsetRow).where(HeadsetRow.kit_id == kit_id).order_by(HeadsetRow.number)
        with self._database.reading() as session:
            return [record_of(row, Headset) for row in session.scalars(wanted)]


def _find(session: Session, serial: Serial) -> HeadsetRow | None:
    return session.scalars(select(HeadsetRow).where(HeadsetRow.serial == serial)).one_or_none()


def _new_row(session: Session, serial: Serial, seen: datetime) -> HeadsetRow:
    row = HeadsetRow(
        id=uuid4(),
        serial=serial,
        number=_free_number(session, None),
        model="",
        first_seen=seen,
        last_seen=seen,
        condition=HeadsetCondition.READY.value,
        condition_note="",
    )
    session.add(row)
    return row


def _free_number(session: Session, kit_id: KitId | None) -> int:
    """The lowest number nobody has in the suitcase, or among those that are in none."""
    return lowest_free_number(session.scalars(select(HeadsetRow.number).where(HeadsetRow.kit_id == kit_id)))
