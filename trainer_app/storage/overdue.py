"""Which sessions have been over for so long that something of them has to go."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_

from trainer_app.storage.tables.sessions import SessionRow


def over_by(instant: datetime) -> ColumnElement[bool]:
    """The session ended by this UTC instant, whether or not anybody closed it.

    One that was left while it ran, and never ended, counts from its start; one that never began, from its
    plan.
    """
    ended, started = SessionRow.actual_end, SessionRow.actual_start
    # A planned end is a wall time; over days, the hours between it and UTC make no difference.
    wall = instant.replace(tzinfo=None)
    return or_(
        ended <= instant,
        and_(ended.is_(None), started <= instant),
        and_(ended.is_(None), started.is_(None), SessionRow.planned_end <= wall),
    )
