"""Frozen domain objects in, frozen domain objects out: one mapping for all tables.

It rests on one rule: a column has the name of the field it keeps. Codes of enums are stored as their values,
structures inside a record as JSON.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from trainer_app.storage.database import Database
from trainer_app.storage.tables.columns import Base, Traced

D = TypeVar("D")

_KEPT = (datetime, date, UUID, bytes)
"""Types the database drivers take as they are."""


def record_of(row: Base, record: type[D]) -> D:
    """Return the domain object that a row keeps."""
    return msgspec.convert(row, record, from_attributes=True, builtin_types=_KEPT)


def columns_of(record: Any) -> dict[str, Any]:
    """Return the values of a domain object as its row keeps them."""
    return {
        field.name: msgspec.to_builtins(getattr(record, field.name), builtin_types=_KEPT)
        for field in dataclasses.fields(record)
    }


class SqlRecords(Generic[D]):
    """Reads and writes one table; implements ``services.ports.Records``."""

    def __init__(self, database: Database, row: type[Base], record: type[D], *order: str) -> None:
        """Keep ``record`` objects in ``row``'s table; ``order``: the fields they are sorted by."""
        self._database = database
        self._row = row
        self._record = record
        self._key = tuple(str(column.key) for column in inspect(row).primary_key)
        self._order = order or self._key

    def get(self, *key: object) -> D | None:
        """Return the record with this key; of several fields in their order."""
        with self._database.reading() as session:
            row = session.get(self._row, key)
            return None if row is None else record_of(row, self._record)

    def where(self, **fields: object) -> Sequence[D]:
        """Return the records with these values, in order; all without any."""
        wanted = (
            select(self._row)
            .filter_by(**msgspec.to_builtins(fields, builtin_types=_KEPT))
            .order_by(*(getattr(self._row, name) for name in self._order))
        )
        with self._database.reading() as session:
            return [record_of(row, self._record) for row in session.scalars(wanted)]

    def save(self, *records: D) -> None:
        """Add records, or put them in the place of those with their keys; all or none."""
        with self._database.writing() as session:
            for record in records:
                self.write(session, record)

    def replace(self, records: Sequence[D], **owner: object) -> None:
        """Put these records in the place of all that have the owner's values (the phases of a session)."""
        with self._database.writing() as session:
            kept = {self._key_of(record) for record in records}
            for row in session.scalars(select(self._row).filter_by(**owner)):
                if self._key_of(row) not in kept:
                    session.delete(row)
            session.flush()
            for record in records:
                self.write(session, record)

    def delete(self, *key: object) -> None:
        """Delete a record; one that is not there is no error."""
        with self._database.writing() as session:
            row = session.get(self._row, key)
            if row is not None:
                session.delete(row)
                session.flush()

    def write(self, session: Session, record: D) -> Base:
        """Write a record within a transaction that is going on."""
        values = columns_of(record)
        row = session.get(self._row, tuple(values[name] for name in self._key))
        if row is None:
            row = self._row(**values)
            session.add(row)
        else:
            for name, value in values.items():
                setattr(row, name, value)
        if isinstance(row, Traced):
            self._trace(row)
        session.flush()
        return row

    def _key_of(self, kept: object) -> tuple[object, ...]:
        values = (getattr(kept, name) for name in self._key)
        return tuple(msgspec.to_builtins(value, builtin_types=_KEPT) for value in values)

    def _trace(self, row: Traced) -> None:
        author = self._database.author
        if row.created_at is None:
            row.created_by = author
        row.updated_by = author
        row.rev = (row.rev or 0) + 1
