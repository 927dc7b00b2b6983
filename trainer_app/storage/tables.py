"""The tables. Codes are ASCII, times are UTC; the migrations build the same (a test compares them)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, DateTime, MetaData, String, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator, Uuid

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""Constraints need names that a later migration can refer to."""


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Takes aware times only, returns UTC; SQLite keeps it without the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse local times of unknown zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without its zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Root of all tables."""

    metadata = MetaData(naming_convention=NAMING)


class FilmRow(Base):
    """A film of the library. ``probe`` is what was found in the file, for people and for checks."""

    __tablename__ = "film"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    title: Mapped[str] = mapped_column(String)
    theme: Mapped[str] = mapped_column(String(16))
    file_name: Mapped[str] = mapped_column(String)
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    projection: Mapped[str] = mapped_column(String(32))
    stereo: Mapped[str] = mapped_column(String(32))
    probe: Mapped[dict[str, Any]] = mapped_column(JSON)
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)


class HeadsetRow(Base):
    """A headset that has been connected at least once."""

    __tablename__ = "headset"
    __table_args__ = (UniqueConstraint("serial"), UniqueConstraint("number"))

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    serial: Mapped[str] = mapped_column(String)
    number: Mapped[int]
    model: Mapped[str] = mapped_column(String)
    address: Mapped[str | None] = mapped_column(String)
    first_seen: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen: Mapped[datetime] = mapped_column(UtcDateTime)
