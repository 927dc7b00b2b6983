"""What the app does by itself each time it starts: clean up, back up, look for a session that was left."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from trainer_app.domain.closing import AssignmentsUnlinked
from trainer_app.domain.errors import TrainerError
from trainer_app.domain.local_time import HOME_ZONE, local_of
from trainer_app.domain.notes import NotesDeleted
from trainer_app.domain.running import Recovery
from trainer_app.services.ports import FilmLibrary, Repositories, Swept
from trainer_app.services.setting_up import forget_past

DailyBackup = Callable[[date], Path | None]
"""Makes the backup of a day; None: there is one already, or the database's server makes its own."""

_logger = logging.getLogger(__name__)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Housekeeping:
    """What was done at the start, for the screen.

    Attributes:
        notes: Receipt of raw notes deleted now; None: none were due.
        unlinked: Receipt of people taken off headsets now; None: nobody was due.
        swept: Receipt of film files removed now that nobody had remembered; None: there were none.
        backup: The backup made now; None: today's was there.
        interrupted: Sessions to offer to continue, the oldest first.
        problems: What could not be done. The app starts all the same, and says so.
    """

    notes: NotesDeleted | None
    unlinked: AssignmentsUnlinked | None
    swept: Swept | None
    backup: Path | None
    interrupted: Sequence[Recovery]
    problems: tuple[TrainerError, ...]


def keep_house(
    stored: Repositories, library: FilmLibrary, back_up: DailyBackup, now: datetime
) -> Housekeeping:
    """Do what is due. ``now`` is UTC.

    What has to go goes before the backup is made, so that it is not kept another ninety days there.

    Raises:
        DatabaseProblem: not even what is there can be read.
    """
    problems: list[TrainerError] = []
    notes = _tried(lambda: stored.notes.delete_expired(now), problems)
    unlinked = _tried(lambda: stored.assignments.unlink_expired(now), problems)
    _tried(lambda: forget_past(stored), problems)
    swept = _tried(lambda: library.sweep(lambda sha256: stored.films.by_sha256(sha256) is not None), problems)
    backup = _tried(lambda: back_up(local_of(now, HOME_ZONE).date()), problems)
    if notes is not None:
        _logger.info("raw notes deleted: %d of %d sessions", notes.notes, notes.sessions)
    if unlinked is not None:
        _logger.info("people taken off headsets: %d", unlinked.assignments)
    if swept is not None and swept.files:
        _logger.info("films nobody had remembered: %d, %d bytes", swept.files, swept.size_bytes)
    return Housekeeping(
        notes=notes,
        unlinked=unlinked,
        swept=swept if swept is not None and swept.files else None,
        backup=backup,
        interrupted=stored.journal.interrupted(),
        problems=tuple(problems),
    )


def _tried(job: Callable[[], _T | None], problems: list[TrainerError]) -> _T | None:
    """One job that fails does not keep the others, or the app, from their work."""
    try:
        return job()
    except TrainerError as problem:
        problems.append(problem)
        return None
