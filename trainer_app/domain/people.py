"""People who take part or lead. Never anything about health, nor any assessment of a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import NewType
from uuid import UUID

from trainer_app.domain.organisation import DepartmentId, UnitId

PersonId = NewType("PersonId", UUID)


class Profession(Enum):
    """Codes of the professions; their names stand in the catalogue."""

    DOCTOR = "LEGE"
    SPECIALTY_REGISTRAR = "LIS"
    CONSULTANT = "OVERLEGE"
    PSYCHOLOGIST = "PSYKOLOG"
    SPECIALIST_PSYCHOLOGIST = "PSYKSPES"
    NURSE = "SYKEPL"
    MENTAL_HEALTH_NURSE = "SPESSYK"
    SOCIAL_EDUCATOR = "VERNEPL"
    CHILD_WELFARE_WORKER = "BVP"
    SOCIAL_WORKER = "SOSION"
    TEACHER = "PEDAG"
    FAMILY_THERAPIST = "FAMTER"
    OCCUPATIONAL_THERAPIST = "ERGO"
    PHYSIOTHERAPIST = "FYSIO"
    CLINICAL_DIETITIAN = "KEF"
    HEALTHCARE_ASSISTANT = "HFA"
    MILIEU_WORKER = "MILJO"
    EXPERT_BY_EXPERIENCE = "ERFK"
    ADMINISTRATIVE_STAFF = "MERK"
    MANAGER = "LEDER"
    STUDENT = "STUD"
    SECURITY = "VEKT"
    OTHER = "ANNET"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody on the department's list. ``external_org``: where an external participant comes from."""

    id: PersonId
    full_name: str
    profession: Profession
    department_id: DepartmentId
    unit_id: UnitId | None = None
    is_new_employee: bool | None = None
    external_org: str | None = None
    active: bool = True
    anonymised_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facilitator:
    """What qualifies a person to lead: the course taken, the VR training, and since when."""

    person_id: PersonId
    course_provider: str = ""
    course_name: str = ""
    course_date: date | None = None
    vr_training_date: date | None = None
    advanced_course_date: date | None = None
    active_from: date | None = None
    active_to: date | None = None
    may_travel: bool = False

    def leads_on(self, day: date) -> bool:
        """Active as a facilitator on that day."""
        began = self.active_from is None or self.active_from <= day
        return began and (self.active_to is None or day <= self.active_to)
