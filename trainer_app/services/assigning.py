"""Who wears which headset in which wave, and what becomes of it when a headset fails.

All of it is called on the database worker.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from trainer_app.domain.kits import HeadsetId
from trainer_app.domain.people import PersonId
from trainer_app.domain.sessions import (
    Attendance,
    AttendanceStatus,
    HeadsetAssignment,
    ParticipationMode,
    Session,
    SessionId,
)
from trainer_app.domain.waves import deal, propose_waves
from trainer_app.services.ports import Repositories

_GONE = frozenset({AttendanceStatus.WITHDRAWN, AttendanceStatus.ABSENT})
_MOST_WAVES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A headset that somebody wears in a wave.

    Attributes:
        number: As printed on the headset.
        name: Of the wearer; empty where it is not known.
    """

    wave: int
    headset_id: HeadsetId
    number: int
    name: str
    cleaned_after: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Seats:
    """All seats, by wave and number; ``without``: names of those who have none and watch on a screen."""

    seats: tuple[Seat, ...] = ()
    without: tuple[str, ...] = ()

    @property
    def waves(self) -> int:
        """How many waves there are."""
        return max((seat.wave for seat in self.seats), default=0)

    def of_wave(self, wave: int) -> tuple[Seat, ...]:
        """Return the seats of one wave."""
        return tuple(seat for seat in self.seats if seat.wave == wave)


class Assigning:
    """Deals headsets to participants."""

    def __init__(self, stored: Repositories) -> None:
        self._stored = stored

    def seats_of(self, session_id: SessionId) -> Seats:
        """Return the seats as they were dealt."""
        rows = self._stored.assignments.where(session_id=session_id)
        numbers = {headset.id: headset.number for headset in self._stored.headsets.all()}
        seated = {row.person_id for row in rows}
        wearers = self._wearers(session_id)
        seats = (
            Seat(
                wave=row.wave,
                headset_id=row.headset_id,
                number=numbers.get(row.headset_id, 0),
                name=self._name(row.person_id),
                cleaned_after=row.cleaned_after,
            )
            for row in rows
        )
        return Seats(
            seats=tuple(sorted(seats, key=lambda seat: (seat.wave, seat.number))),
            without=tuple(self._name(person) for person in wearers if person not in seated) if rows else (),
        )

    def deal(self, session_id: SessionId, headsets: Sequence[HeadsetId], sizes: Sequence[int] = ()) -> Seats:
        """Deal these headsets anew; what was dealt before is forgotten.

        ``sizes``: participants in each wave, the others watch on a screen; empty: as many waves as it takes.
        """
        session = self._stored.sessions.by_id(session_id)
        if session is None or not headsets:
            return self.seats_of(session_id)
        people = self._people(session)
        proposed = sizes or propose_waves(len(people), len(headsets)).waves
        waves = proposed or (len(headsets),) * _MOST_WAVES
        dealt = deal(session_id, waves, headsets, people)
        self._stored.assignments.replace(dealt, session_id=session_id)
        return self.seats_of(session_id)

    def deal_once(self, session_id: SessionId, headsets: Sequence[HeadsetId]) -> Seats:
        """Deal the headsets unless that was done before."""
        known = self.seats_of(session_id)
        return known if known.seats else self.deal(session_id, headsets)

    def do_without(
        self, session_id: SessionId, failed: HeadsetId, *, wave: int, ready: Collection[HeadsetId]
    ) -> Seats:
        """Go on without a headset from ``wave`` on.

        Whoever had it gets one of ``ready`` that nobody wears in the same wave, else in a later one; else
        they have none and watch on a screen.
        """
        rows = list(self._stored.assignments.where(session_id=session_id))
        losing = [row for row in rows if row.headset_id == failed and row.wave >= wave]
        kept = [row for row in rows if row not in losing]
        last = max((row.wave for row in rows), default=wave)
        for row in sorted(losing, key=lambda each: each.wave):
            free = _free_seat(kept, range(row.wave, last + 1), ready, failed)
            if free is not None:
                kept.append(replace(row, wave=free[0], headset_id=free[1], cleaned_before=False))
        self._stored.assignments.replace(kept, session_id=session_id)
        return self.seats_of(session_id)

    def mark_cleaned(self, session_id: SessionId, wave: int, *, cleaned: bool = True) -> Seats:
        """Record that the headsets of a wave were (not) cleaned after it, and so before the next."""
        rows = self._stored.assignments.where(session_id=session_id)
        worn = {row.headset_id for row in rows if row.wave == wave}
        self._stored.assignments.save(*_cleaned(rows, wave, worn, cleaned=cleaned))
        return self.seats_of(session_id)

    # --- inside ------------------------------------------------------------------------------------------

    def _people(self, session: Session) -> list[PersonId | None]:
        """Those who wear a headset; participants who are expected without a name are None."""
        rows = _coming(self._stored.attendance.where(session_id=session.id))
        wearing: list[PersonId | None] = list(self._wearers(session.id))
        return wearing + [None] * max(0, session.participants - len(rows))

    def _wearers(self, session_id: SessionId) -> list[PersonId]:
        """By name, so that the list is dealt in the same order each time."""
        rows = _coming(self._stored.attendance.where(session_id=session_id))
        wearing = [row.person_id for row in rows if row.mode is ParticipationMode.VR]
        return sorted(wearing, key=self._name)

    def _name(self, person_id: PersonId | None) -> str:
        person = None if person_id is None else self._stored.people.get(person_id)
        return "" if person is None else person.full_name


def _coming(rows: Iterable[Attendance]) -> list[Attendance]:
    return [row for row in rows if row.status not in _GONE]


def _free_seat(
    rows: Sequence[HeadsetAssignment],
    waves: Iterable[int],
    ready: Collection[HeadsetId],
    failed: HeadsetId,
) -> tuple[int, HeadsetId] | None:
    for wave in waves:
        worn = {row.headset_id for row in rows if row.wave == wave}
        free = [headset for headset in ready if headset not in worn and headset != failed]
        if free:
            return wave, free[0]
    return None


def _cleaned(
    rows: Iterable[HeadsetAssignment], wave: int, worn: Collection[HeadsetId], *, cleaned: bool
) -> Iterable[HeadsetAssignment]:
    for row in rows:
        if row.headset_id not in worn:
            continue
        if row.wave == wave:
            yield replace(row, cleaned_after=cleaned)
        elif row.wave == wave + 1:
            yield replace(row, cleaned_before=cleaned)
