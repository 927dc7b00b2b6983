"""Departments, their units, and the rooms sessions are held in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NewType
from uuid import UUID

DepartmentId = NewType("DepartmentId", UUID)
UnitId = NewType("UnitId", UUID)
RoomId = NewType("RoomId", UUID)


class UnitType(Enum):
    """What kind of care a unit gives."""

    OUTPATIENT = "poliklinikk"
    INPATIENT = "dogn"
    ACUTE = "akutt"
    OUTREACH = "ambulant"
    OTHER = "annet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """A department; ``short_name`` begins the numbers of its sessions (``EV-2026-A031``)."""

    id: DepartmentId
    name: str
    short_name: str
    health_trust: str = ""
    contact_role: str = ""
    aftercare_card: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit of a department; ``headcount`` is what coverage is reckoned against."""

    id: UnitId
    department_id: DepartmentId
    name: str
    unit_type: UnitType
    headcount: int | None = None
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A room that can be booked; ``seats`` when it is known."""

    id: RoomId
    department_id: DepartmentId
    name: str
    seats: int | None = None
    active: bool = True
