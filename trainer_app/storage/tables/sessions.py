"""Themes, scenario versions, sessions with their plan and people, and the journal of a run."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Uuid

from trainer_app.storage.tables.columns import Base, Traced, UtcDateTime, WallTime


def of_session(*, primary_key: bool = False) -> Mapped[UUID]:
    """The column that ties a row to its session; it goes when the session is deleted."""
    return mapped_column(
        ForeignKey("session.id", ondelete="CASCADE"), primary_key=primary_key, index=not primary_key
    )


class ThemeRow(Traced, Base):
    """``domain.content_snapshots.ThemeEntry``."""

    __tablename__ = "theme"

    code: Mapped[str] = mapped_column(String(16), primary_key=True)
    title_nb: Mapped[str] = mapped_column(String)
    title_en: Mapped[str] = mapped_column(String)
    sort: Mapped[int]
    active: Mapped[bool]


class ScenarioVersionRow(Traced, Base):
    """``domain.content_snapshots.ScenarioSnapshot``; never changed once a session refers to it."""

    __tablename__ = "scenario_version"

    code: Mapped[str] = mapped_column(String(32), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    theme: Mapped[str] = mapped_column(ForeignKey("theme.code"))
    title_nb: Mapped[str] = mapped_column(String)
    title_en: Mapped[str] = mapped_column(String)
    content: Mapped[str] = mapped_column(Text)


class SessionRow(Traced, Base):
    """``domain.sessions.Session``."""

    __tablename__ = "session"
    __table_args__ = (
        UniqueConstraint("number"),
        ForeignKeyConstraint(
            ["scenario_code", "scenario_version"], ["scenario_version.code", "scenario_version.version"]
        ),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    department_id: Mapped[UUID] = mapped_column(ForeignKey("department.id"), index=True)
    number: Mapped[str | None] = mapped_column(String(32))
    session_type: Mapped[str] = mapped_column(String(24))
    state: Mapped[str] = mapped_column(String(16), index=True)
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"))
    kit_id: Mapped[UUID | None] = mapped_column(ForeignKey("kit.id"))
    room_id: Mapped[UUID | None] = mapped_column(ForeignKey("room.id"))
    arena: Mapped[str] = mapped_column(String(24))
    theme: Mapped[str | None] = mapped_column(ForeignKey("theme.code"))
    scenario_code: Mapped[str | None] = mapped_column(String(32))
    scenario_version: Mapped[int | None]
    title: Mapped[str] = mapped_column(String)
    planned_start: Mapped[datetime | None] = mapped_column(WallTime, index=True)
    planned_end: Mapped[datetime | None] = mapped_column(WallTime)
    zone: Mapped[str] = mapped_column(String(64))
    participants: Mapped[int]
    mandatory: Mapped[bool]
    format: Mapped[str] = mapped_column(String(4))
    debrief_model: Mapped[str] = mapped_column(String(16))
    content_lang: Mapped[str] = mapped_column(String(8))
    aftercare_contact: Mapped[str] = mapped_column(String)
    contract_reviewed: Mapped[bool]
    safety_info_given: Mapped[bool]
    aftercare_offered: Mapped[bool]
    actual_start: Mapped[datetime | None] = mapped_column(UtcDateTime)
    actual_end: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancel_reason: Mapped[str] = mapped_column(String)
    abort_reason: Mapped[str | None] = mapped_column(String(24))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    plan_snapshot: Mapped[str | None] = mapped_column(Text)


class TeamMemberRow(Traced, Base):
    """``domain.sessions.TeamMember``. Personal data."""

    __tablename__ = "session_team"

    session_id: Mapped[UUID] = of_session(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(16), primary_key=True)


class ObjectiveRow(Traced, Base):
    """``domain.sessions.Objective``."""

    __tablename__ = "session_objective"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    session_id: Mapped[UUID] = of_session()
    seq: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(32))
    reached: Mapped[str] = mapped_column(String(16))


class SessionPhaseRow(Traced, Base):
    """``domain.session_phases.SessionPhase``; what was spent in it follows from the events of the run."""

    __tablename__ = "session_phase"

    session_id: Mapped[UUID] = of_session(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(24))
    planned_min: Mapped[int]
    required: Mapped[bool]


class AttendanceRow(Traced, Base):
    """``domain.sessions.Attendance``. Personal data."""

    __tablename__ = "attendance"

    session_id: Mapped[UUID] = of_session(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    status: Mapped[str] = mapped_column(String(16))
    mode: Mapped[str] = mapped_column(String(16))
    checked_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    signed_on_paper: Mapped[bool]
    minutes_present: Mapped[int | None]


class HeadsetAssignmentRow(Traced, Base):
    """``domain.sessions.HeadsetAssignment``. Personal data."""

    __tablename__ = "headset_assignment"

    session_id: Mapped[UUID] = of_session(primary_key=True)
    wave: Mapped[int] = mapped_column(primary_key=True)
    headset_id: Mapped[UUID] = mapped_column(ForeignKey("headset.id"), primary_key=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    cleaned_before: Mapped[bool]
    cleaned_after: Mapped[bool]
    ended_early: Mapped[bool]


class RunEventRow(Base):
    """``domain.running.RunEvent``, in order. Only ever added to."""

    __tablename__ = "run_event"

    session_id: Mapped[UUID] = of_session(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    kind: Mapped[str] = mapped_column(String(16))
    value: Mapped[int]


class HeartbeatRow(Base):
    """The last sign of life of a running session."""

    __tablename__ = "heartbeat"

    session_id: Mapped[UUID] = of_session(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
