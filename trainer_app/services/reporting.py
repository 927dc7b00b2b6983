"""Gathers what the reports say. Nothing is written, so that a report never delays a running session."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from trainer_app.domain.content_snapshots import ThemeEntry
from trainer_app.domain.films import Film, ThemeCode
from trainer_app.domain.heat_print import FilmHeat, film_heat
from trainer_app.domain.inventory import CheckKind, CheckLine, InventoryCheck, LineResult, is_fresh
from trainer_app.domain.local_time import HOME_ZONE, local_of
from trainer_app.domain.notes import ActionItem
from trainer_app.domain.organisation import Department, DepartmentId
from trainer_app.domain.participation import (
    Counts,
    Group,
    Participation,
    ParticipationLine,
    ParticipationReport,
    Scope,
    count,
    count_by_group,
    participation_of,
)
from trainer_app.domain.people import Person, PersonId, Profession
from trainer_app.domain.playback_records import PlaybackRecord
from trainer_app.domain.printing import Printing
from trainer_app.domain.protocol import (
    PRINTED_STATES,
    ActionLine,
    CheckSummary,
    FaultLine,
    Protocol,
    Scenario,
    Showing,
    TeamLine,
    headsets_by_wave,
    participants_of,
    phase_times,
)
from trainer_app.domain.report_errors import (
    DepartmentUnknown,
    PeriodReversed,
    ProtocolTooEarly,
    ReportThemeUnknown,
    SessionUnknown,
)
from trainer_app.domain.scenarios import ScenarioVersion, SessionFormats
from trainer_app.domain.sessions import Session, TeamRole
from trainer_app.domain.words import Words
from trainer_app.services.heat_maps import heat_of_film
from trainer_app.services.ports import Repositories
from trainer_app.services.scenario_versions import readable, snapshot_of

OWN_PERSON = "own.person"
"""Setting: id of the person at the laptop, who is named as the one who printed."""

OWN_DEPARTMENT = "own.department"
"""Setting: id of the department the laptop belongs to; its own small numbers are not hidden from it."""


class Reporting:
    """Report 1 and report 7."""

    def __init__(
        self,
        stored: Repositories,
        formats: SessionFormats,
        now: Callable[[], datetime],
    ) -> None:
        self._stored = stored
        self._formats = formats
        self._now = now

    def printing(self) -> Printing:
        """Return who prints now."""
        person = self._stored.people.get(own) if (own := self._own(OWN_PERSON)) else None
        return Printing(at=local_of(self._now(), HOME_ZONE), by=person.full_name if person else "")

    # --- participation -----------------------------------------------------------------------------------

    def scope(
        self,
        *,
        first: date | None = None,
        last: date | None = None,
        department: str | None = None,
        theme: str | None = None,
    ) -> Scope:
        """Understand what was typed; a department by name or short name, a theme by its code.

        Raises:
            PeriodReversed: the last day lies before the first.
            DepartmentUnknown: no department has that name.
            ReportThemeUnknown: no theme has that code.
        """
        if first is not None and last is not None and last < first:
            raise PeriodReversed(first=first, last=last)
        return Scope(
            first=first,
            last=last,
            department_id=None if department is None else self._department(department).id,
            theme=None if theme is None else self._theme(theme).code,
        )

    def participation(self, scope: Scope, lang: str) -> ParticipationReport:
        """Return report 1; ``lang``: in which language themes are named."""
        sessions = [session for session in self._stored.sessions.all() if scope.holds(session)]
        found = self._participations(scope, sessions)
        days = [day for session in sessions if (day := session.day) is not None]
        names = _Names(self._stored, lang)
        own = self._own_department(found)
        lines = [
            names.line(group, counts, masks=scope.department_id is None and group.department_id != own)
            for group, counts in count_by_group(found).items()
        ]
        return ParticipationReport(
            first=scope.first or min(days, default=None),
            last=scope.last or max(days, default=None),
            department=names.department(scope.department_id),
            theme=names.theme(scope.theme),
            lines=tuple(sorted(lines, key=names.order)),
            total=count(found),
        )

    def _participations(self, scope: Scope, sessions: Sequence[Session]) -> list[Participation]:
        held = {session.id: session for session in sessions}
        people = {person.id: person for person in self._stored.people.where()}
        found = (
            participation_of(held[row.session_id], row, people[row.person_id])
            for row in self._stored.attendance.where()
            if row.session_id in held
        )
        return [
            one for one in found if one is not None and scope.department_id in (None, one.group.department_id)
        ]

    def _own_department(self, found: Sequence[Participation]) -> DepartmentId | None:
        """The department of the reader; where all numbers are of one department, it is that one's report."""
        departments = {one.group.department_id for one in found}
        if len(departments) == 1:
            return departments.pop()
        own = self._own(OWN_DEPARTMENT)
        return None if own is None else DepartmentId(own)

    def _department(self, name: str) -> Department:
        known = self._stored.departments.where()
        wanted = name.strip().casefold()
        for department in known:
            if wanted in (department.name.casefold(), department.short_name.casefold()):
                return department
        raise DepartmentUnknown(department=name, known=", ".join(one.short_name for one in known) or "–")

    def _theme(self, code: str) -> ThemeEntry:
        known = self._stored.themes.where()
        for theme in known:
            if theme.code == code.strip().upper():
                return theme
        raise ReportThemeUnknown(theme=code, known=", ".join(one.code for one in known) or "–")

    def _own(self, key: str) -> UUID | None:
        text = self._stored.settings.get(key)
        return None if text is None else UUID(text)

    # --- protocol ----------------------------------------------------------------------------------------

    def protocol(self, number: str, *, heat: bool = False) -> Protocol:
        """Return report 7 of the session people know by this number; ``heat``: with where the group looked.

        Raises:
            SessionUnknown: there is none.
            ProtocolTooEarly: it has not been held.
        """
        session = self._stored.sessions.by_number(number.strip())
        if session is None:
            raise SessionUnknown(session=number)
        if session.state not in PRINTED_STATES:
            raise ProtocolTooEarly(session=number)
        protocol = self._protocol(session)
        return replace(protocol, heat=self._heat(session)) if heat else protocol

    def _protocol(self, session: Session) -> Protocol:
        stored, own = self._stored, session.id
        people = {person.id: person for person in stored.people.where()}
        run = stored.journal.load(own)
        now = self._now()
        department = stored.departments.get(session.department_id)
        unit = stored.units.get(session.unit_id) if session.unit_id else None
        room = stored.rooms.get(session.room_id) if session.room_id else None
        kit = stored.kits.get(session.kit_id) if session.kit_id else None
        numbers: dict[object, int] = {one.id: one.number for one in stored.headsets.all()}
        return Protocol(
            session=session,
            department=department.name if department else "",
            unit=unit.name if unit else "",
            room=room.name if room else "",
            kit=kit.label if kit else "",
            theme=self._theme_words(session.theme),
            scenario=self._scenario(session),
            format=next((one.name for one in self._formats.formats if one.code is session.format), None),
            debrief_model=self._model(session.debrief_model),
            team=self._team(session, people),
            participants=participants_of(stored.attendance.where(session_id=own), people),
            objectives=tuple(stored.objectives.where(session_id=own)),
            phases=phase_times(run, {phase.code: phase.name for phase in self._formats.phases}, now),
            paused=run.paused(now),
            points=tuple(stored.learning_points.where(session_id=own)),
            actions=tuple(_action(item, people) for item in stored.actions.where(session_id=own)),
            waves=headsets_by_wave(stored.assignments.where(session_id=own), numbers),
            checks=self._checks(session, numbers),
            showings=tuple(self._showing(one, session) for one in stored.playbacks.where(session_id=own)),
        )

    def _heat(self, session: Session) -> tuple[FilmHeat, ...]:
        """Of every film that was shown, once."""
        shown = dict.fromkeys(one.film_sha256 for one in self._stored.playbacks.where(session_id=session.id))
        found = (self._heat_of(session, film) for sha in shown if (film := self._stored.films.by_sha256(sha)))
        return tuple(one for one in found if one is not None)

    def _heat_of(self, session: Session, film: Film) -> FilmHeat | None:
        heat = heat_of_film(self._stored, session.id, film.sha256)
        if heat is None:
            return None
        scenario = self.scenario_of(session)
        stops = () if scenario is None else scenario.stop_points
        places = (stop.position_s(film.probe.duration_s) for stop in stops)
        return film_heat(film, heat, [place for place in places if place is not None])

    def scenario_of(self, session: Session) -> ScenarioVersion | None:
        """Return the scenario in the very version a session refers to; None: there is none to be read."""
        return readable(snapshot_of(self._stored, session))

    def _theme_words(self, code: ThemeCode | None) -> Words | None:
        theme = None if code is None else self._stored.themes.get(code)
        return None if theme is None else Words(nb=theme.title_nb, en=theme.title_en)

    def _scenario(self, session: Session) -> Scenario | None:
        kept = snapshot_of(self._stored, session)
        if kept is None:
            return None
        version = readable(kept)
        return Scenario(
            code=kept.code,
            version=kept.version,
            title=Words(nb=kept.title_nb, en=kept.title_en),
            # What this program cannot read it cannot tell to be approved.
            is_approved=version is not None and version.clinically_approved,
        )

    def _model(self, code: str) -> Words | None:
        return next((one.name for one in self._formats.debrief_models if one.code == code), None)

    def _team(self, session: Session, people: dict[PersonId, Person]) -> tuple[TeamLine, ...]:
        order = list(TeamRole)
        members = self._stored.team.where(session_id=session.id)
        lines = [TeamLine(role=one.role, name=people[one.person_id].full_name) for one in members]
        return tuple(sorted(lines, key=lambda line: (order.index(line.role), line.name)))

    def _checks(self, session: Session, numbers: dict[object, int]) -> tuple[CheckSummary, ...]:
        return tuple(
            CheckSummary(
                kind=kind,
                result=check.result,
                faults=tuple(
                    _fault(line, numbers)
                    for line in self._stored.check_lines.where(check_id=check.id)
                    if line.result not in (LineResult.IN_ORDER, LineResult.NOT_CHECKED)
                ),
            )
            for kind, check in self._checks_of(session)
        )

    def _checks_of(self, session: Session) -> list[tuple[CheckKind, InventoryCheck]]:
        """Those made for the session; where none was before it, the last one that was still fresh."""
        own = [(check.kind, check) for check in self._stored.checks.where(session_id=session.id)]
        if any(kind is not CheckKind.QUICK_AFTER for kind, _ in own):
            return own
        before = [(_before(check), check) for check in self._fresh_before(session)]
        return [*before[-1:], *own]

    def _fresh_before(self, session: Session) -> list[InventoryCheck]:
        start = session.actual_start
        if start is None or session.kit_id is None:
            return []
        checks = self._stored.checks.where(kit_id=session.kit_id)
        over = [one for one in checks if one.finished_at is not None and one.finished_at <= start]
        return [one for one in over if is_fresh(one.finished_at, start)]

    def _showing(self, playback: PlaybackRecord, session: Session) -> Showing:
        film = self._stored.films.by_sha256(playback.film_sha256)
        return Showing(
            wave=playback.wave,
            film=film.title if film else playback.film_sha256[:12],
            started_at=local_of(playback.started_at, session.zone),
            receipt=playback.receipt,
        )


class _Names:
    """Names of what a participation report is about, in one language."""

    def __init__(self, stored: Repositories, lang: str) -> None:
        self._departments = {one.id: one.name for one in stored.departments.where()}
        self._units = {one.id: one.name for one in stored.units.where()}
        themes = stored.themes.where()
        self._themes = {one.code: one.title_nb if lang == "nb" else one.title_en for one in themes}
        self._theme_order = {title: place for place, title in enumerate(self._themes.values())}

    def department(self, department_id: DepartmentId | None) -> str:
        return "" if department_id is None else self._departments[department_id]

    def theme(self, code: ThemeCode | None) -> str:
        return "" if code is None else self._themes[code]

    def line(self, group: Group, counts: Counts, *, masks: bool) -> ParticipationLine:
        return ParticipationLine(
            department=self.department(group.department_id),
            unit="" if group.unit_id is None else self._units[group.unit_id],
            theme=self.theme(group.theme),
            profession=group.profession,
            counts=counts,
            masks_small=masks,
        )

    def order(self, line: ParticipationLine) -> tuple[str, str, int, int]:
        """Departments and units by name, themes and professions in their own order."""
        theme = self._theme_order.get(line.theme, len(self._theme_order))
        return line.department, line.unit, theme, list(Profession).index(line.profession)


def _action(item: ActionItem, people: dict[PersonId, Person]) -> ActionLine:
    person = people.get(item.owner_id) if item.owner_id else None
    owner = person.full_name if person else item.owner_role
    return ActionLine(what=item.what, owner=owner, due=item.due, status=item.status)


def _fault(line: CheckLine, numbers: dict[object, int]) -> FaultLine:
    return FaultLine(headset=numbers.get(line.headset_id), item=line.item, result=line.result, note=line.note)


def _before(check: InventoryCheck) -> CheckKind:
    """A quick check after the session before this one was a quick check before this one."""
    return CheckKind.FULL if check.kind is CheckKind.FULL else CheckKind.QUICK_BEFORE
