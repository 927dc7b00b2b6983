"""Departments, units, rooms, people, facilitators; and small settings that belong to the data."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Uuid

from trainer_app.storage.tables.columns import Base, Traced, UtcDateTime


class SettingRow(Base):
    """A word to remember, by its key (``laptop.letter``)."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str] = mapped_column(String)


class DepartmentRow(Traced, Base):
    """``domain.organisation.Department``."""

    __tablename__ = "department"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    name: Mapped[str] = mapped_column(String)
    short_name: Mapped[str] = mapped_column(String(16))
    health_trust: Mapped[str] = mapped_column(String)
    contact_role: Mapped[str] = mapped_column(String)
    aftercare_card: Mapped[str] = mapped_column(String)
    active: Mapped[bool]


class UnitRow(Traced, Base):
    """``domain.organisation.Unit``."""

    __tablename__ = "unit"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    department_id: Mapped[UUID] = mapped_column(ForeignKey("department.id"), index=True)
    name: Mapped[str] = mapped_column(String)
    unit_type: Mapped[str] = mapped_column(String(16))
    headcount: Mapped[int | None]
    active: Mapped[bool]


class RoomRow(Traced, Base):
    """``domain.organisation.Room``."""

    __tablename__ = "room"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    department_id: Mapped[UUID] = mapped_column(ForeignKey("department.id"), index=True)
    name: Mapped[str] = mapped_column(String)
    seats: Mapped[int | None]
    active: Mapped[bool]


class PersonRow(Traced, Base):
    """``domain.people.Person``. Personal data."""

    __tablename__ = "person"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    full_name: Mapped[str] = mapped_column(String)
    profession: Mapped[str] = mapped_column(String(16))
    department_id: Mapped[UUID] = mapped_column(ForeignKey("department.id"), index=True)
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"))
    is_new_employee: Mapped[bool | None]
    external_org: Mapped[str | None] = mapped_column(String)
    active: Mapped[bool]
    anonymised_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class FacilitatorRow(Traced, Base):
    """``domain.people.Facilitator``. Personal data."""

    __tablename__ = "facilitator"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    course_provider: Mapped[str] = mapped_column(String)
    course_name: Mapped[str] = mapped_column(String)
    course_date: Mapped[date | None] = mapped_column(Date)
    vr_training_date: Mapped[date | None] = mapped_column(Date)
    advanced_course_date: Mapped[date | None] = mapped_column(Date)
    active_from: Mapped[date | None] = mapped_column(Date)
    active_to: Mapped[date | None] = mapped_column(Date)
    may_travel: Mapped[bool]
