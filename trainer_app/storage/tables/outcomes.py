"""What comes of a session: notes, learning points, actions, playbacks; and receipts of deletions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Date, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Uuid

from trainer_app.storage.tables.columns import Base, Traced, UtcDateTime
from trainer_app.storage.tables.sessions import of_session


class LearningPointRow(Traced, Base):
    """``domain.notes.LearningPoint``."""

    __tablename__ = "learning_point"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    session_id: Mapped[UUID] = of_session()
    seq: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    level: Mapped[str | None] = mapped_column(String(16))
    dimension: Mapped[str | None] = mapped_column(String(16))
    verdict: Mapped[str | None] = mapped_column(String(16))
    shared: Mapped[bool]
    film_s: Mapped[float | None]


class NoteRow(Base):
    """``domain.notes.Note``. Deliberately without any link to a person, also not to who wrote it."""

    __tablename__ = "note"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    session_id: Mapped[UUID] = of_session()
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    kind: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
    phase_seq: Mapped[int | None]
    film_s: Mapped[float | None]
    stop_point: Mapped[str | None] = mapped_column(String(32))
    promoted_to: Mapped[UUID | None] = mapped_column(ForeignKey("learning_point.id", ondelete="SET NULL"))


class ActionRow(Traced, Base):
    """``domain.notes.ActionItem``."""

    __tablename__ = "action_item"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    session_id: Mapped[UUID] = of_session()
    seq: Mapped[int]
    what: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text)
    how: Mapped[str] = mapped_column(Text)
    learning_point_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("learning_point.id", ondelete="SET NULL")
    )
    owner_role: Mapped[str] = mapped_column(String)
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    due: Mapped[date | None] = mapped_column(Date)
    status: Mapped[str] = mapped_column(String(24))
    pdsa_step: Mapped[str | None] = mapped_column(String(16))
    category: Mapped[str | None] = mapped_column(String(16))
    outcome: Mapped[str] = mapped_column(Text)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    film_s: Mapped[float | None]


class PlaybackRow(Traced, Base):
    """``domain.playback_records.PlaybackRecord``."""

    __tablename__ = "playback"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    session_id: Mapped[UUID] = of_session()
    film_sha256: Mapped[str] = mapped_column(ForeignKey("film.sha256"))
    wave: Mapped[int]
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    from_s: Mapped[float]
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    receipt: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class PlaybackHeadsetRow(Base):
    """``domain.playback_records.PlaybackHeadset``."""

    __tablename__ = "playback_headset"

    playback_id: Mapped[UUID] = mapped_column(ForeignKey("playback.id", ondelete="CASCADE"), primary_key=True)
    headset_id: Mapped[UUID] = mapped_column(ForeignKey("headset.id"), primary_key=True)
    number: Mapped[int]


class HeatMapRow(Base):
    """``domain.heat_map.KeptHeatMap``: sums over a group. Deliberately without any link to a headset."""

    __tablename__ = "heat_map"

    playback_id: Mapped[UUID] = mapped_column(ForeignKey("playback.id", ondelete="CASCADE"), primary_key=True)
    encoded: Mapped[bytes] = mapped_column(LargeBinary)


class ReopeningRow(Base):
    """``domain.closing.Reopening``."""

    __tablename__ = "session_reopening"

    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    reopened_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(Text)


class AssignmentsUnlinkedRow(Base):
    """``domain.closing.AssignmentsUnlinked``: how many, not whose."""

    __tablename__ = "assignments_unlinked"

    at: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    over_before: Mapped[datetime] = mapped_column(UtcDateTime)
    sessions: Mapped[int]
    assignments: Mapped[int]


class NotesDeletedRow(Base):
    """``domain.notes.NotesDeleted``: that something was deleted is kept, what it was is not."""

    __tablename__ = "notes_deleted"

    at: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    closed_before: Mapped[datetime] = mapped_column(UtcDateTime)
    sessions: Mapped[int]
    notes: Mapped[int]
