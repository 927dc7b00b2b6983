"""Films, suitcases, headsets, accessories, loans and checks."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Uuid

from trainer_app.storage.tables.columns import Base, Traced, UtcDateTime, WallTime


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
    blake3: Mapped[str] = mapped_column(String(64), server_default="")


class KitRow(Traced, Base):
    """``domain.kits.Kit``."""

    __tablename__ = "kit"
    __table_args__ = (UniqueConstraint("label"),)

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    label: Mapped[str] = mapped_column(String)
    department_id: Mapped[UUID] = mapped_column(ForeignKey("department.id"), index=True)
    asset_no: Mapped[str] = mapped_column(String)
    location: Mapped[str] = mapped_column(String)
    target_headset_count: Mapped[int]
    status: Mapped[str] = mapped_column(String(16))
    check_interval_days: Mapped[int]
    responsible_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))


class HeadsetRow(Base):
    """A headset that has been connected at least once. Its number is its own within its suitcase."""

    __tablename__ = "headset"
    __table_args__ = (UniqueConstraint("serial"), UniqueConstraint("kit_id", "number"))

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    serial: Mapped[str] = mapped_column(String)
    number: Mapped[int]
    model: Mapped[str] = mapped_column(String)
    address: Mapped[str | None] = mapped_column(String)
    first_seen: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen: Mapped[datetime] = mapped_column(UtcDateTime)
    kit_id: Mapped[UUID | None] = mapped_column(ForeignKey("kit.id"))
    condition: Mapped[str] = mapped_column(String(16), server_default="klar")
    condition_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    condition_note: Mapped[str] = mapped_column(String, server_default="")
    armed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class HeadsetFilmRow(Base):
    """``domain.kits.HeadsetFilm``."""

    __tablename__ = "headset_film"

    headset_id: Mapped[UUID] = mapped_column(ForeignKey("headset.id", ondelete="CASCADE"), primary_key=True)
    film_sha256: Mapped[str] = mapped_column(ForeignKey("film.sha256", ondelete="CASCADE"), primary_key=True)
    presence: Mapped[str] = mapped_column(String(16))
    checked_at: Mapped[datetime] = mapped_column(UtcDateTime)


class KitLoanRow(Traced, Base):
    """``domain.kits.KitLoan``."""

    __tablename__ = "kit_loan"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    kit_id: Mapped[UUID] = mapped_column(ForeignKey("kit.id"), index=True)
    borrower: Mapped[str] = mapped_column(String)
    starts: Mapped[datetime] = mapped_column(WallTime)
    ends: Mapped[datetime] = mapped_column(WallTime)
    zone: Mapped[str] = mapped_column(String(64))
    returned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AccessoryRow(Traced, Base):
    """``domain.kits.Accessory``."""

    __tablename__ = "accessory"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    kit_id: Mapped[UUID] = mapped_column(ForeignKey("kit.id"), index=True)
    item_type: Mapped[str] = mapped_column(String(32))
    quantity_expected: Mapped[int]
    quantity_found: Mapped[int | None]
    consumable: Mapped[bool]
    reorder_level: Mapped[int]


class InventoryCheckRow(Traced, Base):
    """``domain.inventory.InventoryCheck``."""

    __tablename__ = "inventory_check"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    kit_id: Mapped[UUID] = mapped_column(ForeignKey("kit.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    session_id: Mapped[UUID | None] = mapped_column(ForeignKey("session.id"))
    performed_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    result: Mapped[str] = mapped_column(String(16))
    comment: Mapped[str] = mapped_column(String)


class CheckLineRow(Base):
    """``domain.inventory.CheckLine``."""

    __tablename__ = "inventory_check_line"

    check_id: Mapped[UUID] = mapped_column(
        ForeignKey("inventory_check.id", ondelete="CASCADE"), primary_key=True
    )
    seq: Mapped[int] = mapped_column(primary_key=True)
    item: Mapped[str] = mapped_column(String(16))
    headset_id: Mapped[UUID | None] = mapped_column(ForeignKey("headset.id"))
    accessory_id: Mapped[UUID | None] = mapped_column(ForeignKey("accessory.id"))
    result: Mapped[str] = mapped_column(String(16))
    battery_percent: Mapped[int | None]
    quantity_found: Mapped[int | None]
    note: Mapped[str] = mapped_column(String)
