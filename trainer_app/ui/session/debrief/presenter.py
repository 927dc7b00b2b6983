"""What the debrief shows of a session, and what is done with notes, learning points and actions; no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from trainer_app.domain.films import Film
from trainer_app.domain.heat_map import HeatMap
from trainer_app.domain.notes import ActionItem, LearningPoint, Note
from trainer_app.domain.scenarios import ScenarioVersion
from trainer_app.domain.session_phases import SessionPhase
from trainer_app.domain.sessions import Session, SessionId
from trainer_app.runtime.changes import Topic
from trainer_app.services.heat_maps import heat_of_film
from trainer_app.ui.office import Office
from trainer_app.ui.session.debrief.keeping import GatheredKeeping
from trainer_app.ui.session.debrief.lines import GatheredLine, action_line, note_line, point_line
from trainer_app.ui.session.debrief.owners import names_of_owners, owner_of
from trainer_app.ui.session.debrief.prompts import PhasePrompts, prompts_of
from trainer_app.ui.session.run.film_stops import Stop, in_order, stops_of

_DIMMED = 2
"""So many coming prompts are shown, dimmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptsShown:
    """The prompt in focus.

    Attributes:
        coming: Those that follow, with their numbers.
        later: So many come after those.
    """

    heading: str
    current: str
    coming: tuple[tuple[int, str], ...]
    later: int
    has_previous: bool
    has_next: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmShown:
    """The film of the session with its stop-points and the places of notes, in seconds of film.

    Attributes:
        heat: Where the group looked; None: nothing is kept of it.
    """

    film: Film
    length_s: float
    stops_s: tuple[float, ...]
    notes_s: tuple[float, ...]
    heat: HeatMap | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """All that was gathered so far."""

    notes: tuple[GatheredLine, ...] = ()
    points: tuple[GatheredLine, ...] = ()
    actions: tuple[GatheredLine, ...] = ()


class DebriefView(Protocol):
    """What the debrief shows."""

    def show_prompts(self, shown: PromptsShown) -> None:
        """Show the prompt in focus."""

    def show_film(self, film: FilmShown | None) -> None:
        """Show where in the film notes were written; None: no film was shown."""

    def show_gathered(self, gathered: Gathered) -> None:
        """Show notes, learning points and actions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What one look into the database brings."""

    session: Session
    scenario: ScenarioVersion | None
    film: Film | None
    heat: HeatMap | None
    stops: tuple[Stop, ...]
    notes: tuple[Note, ...]
    points: tuple[LearningPoint, ...]
    actions: tuple[ActionItem, ...]
    owners: dict[UUID, str]


class DebriefPresenter(GatheredKeeping):
    """Follows one session through the phases of its debrief."""

    def __init__(self, office: Office, view: DebriefView) -> None:
        super().__init__(office, office.tasks.page(), reload=self.reload, notes=self._notes)
        self._view = view
        self._session_id: SessionId | None = None
        self._phase: SessionPhase | None = None
        self._prompts = PhasePrompts(texts=("",), are_questions=False)
        self._place = 0
        self._read_last: _Read | None = None
        self._forget = office.changes.on({Topic.NOTES, Topic.SESSIONS}, self.reload)

    def show_phase(self, session_id: SessionId, phase: SessionPhase) -> None:
        """Show a phase of a session, from its first prompt on."""
        is_new = self._session_id != session_id or self._phase is None or self._phase.seq != phase.seq
        self._session_id, self._phase = session_id, phase
        if is_new:
            self._place = 0
        self.reload()

    def reload(self) -> None:
        """Read everything anew."""
        own = self._session_id
        if own is not None:
            self._tasks.stored(lambda: self._read(own), self._show)

    def step(self, by: int) -> None:
        """Go to the next prompt (1) or the one before (-1); at the ends, stay."""
        self._place = min(max(self._place + by, 0), len(self._prompts.texts) - 1)
        self._show_prompts()

    def end(self) -> None:
        """Nobody looks any more."""
        self._forget()
        self._tasks.close()

    def owner_of(self, action: ActionItem) -> str:
        """Who does it: a role, or the name of a person."""
        return "" if self._read_last is None else owner_of(action, self._read_last.owners)

    # --- inside ------------------------------------------------------------------------------------------

    def _notes(self) -> tuple[Note, ...]:
        return () if self._read_last is None else self._read_last.notes

    def _read(self, own: SessionId) -> _Read | None:
        services = self._office.services
        session = services.stored.sessions.by_id(own)
        if session is None:
            return None
        scenario, film = services.reporting.scenario_of(session), _shown(self._office, session)
        actions = tuple(services.noting.actions_of(own))
        return _Read(
            session=session,
            scenario=scenario,
            film=film,
            heat=None if film is None else heat_of_film(services.stored, own, film.sha256),
            stops=self._stops_in(session, film, scenario),
            notes=tuple(services.noting.notes_of(own)),
            points=tuple(services.noting.points_of(own)),
            actions=actions,
            owners=names_of_owners(actions, services.stored),
        )

    def _stops_in(
        self, session: Session, film: Film | None, scenario: ScenarioVersion | None
    ) -> tuple[Stop, ...]:
        """As the run screen had them."""
        if film is None:
            return ()
        own = self._office.services.holding.stops_in(film, session.id)
        return stops_of(film, scenario) if own is None else in_order(own)

    def _show(self, read: _Read | None) -> None:
        if read is None or read.session.id != self._session_id or self._phase is None:
            return
        self._read_last = read
        content = self._office.services.content
        self._prompts = prompts_of(self._phase.code, read.session, read.scenario, content)
        self._place = min(self._place, len(self._prompts.texts) - 1)
        self._show_prompts()
        self._view.show_film(_film(read))
        self._view.show_gathered(self._gathered(read))

    def _show_prompts(self) -> None:
        texts, place, all_ = self._office.texts, self._place, self._prompts.texts
        if self._prompts.are_questions:
            heading = texts("debrief.question", number=place + 1, count=len(all_))
        else:
            heading = texts("debrief.words")
        following = tuple(enumerate(all_[place + 1 : place + 1 + _DIMMED], start=place + 2))
        self._view.show_prompts(
            PromptsShown(
                heading=heading,
                current=all_[place],
                coming=following,
                later=len(all_) - place - 1 - len(following),
                has_previous=place > 0,
                has_next=place < len(all_) - 1,
            )
        )

    def _gathered(self, read: _Read) -> Gathered:
        texts, zone = self._office.texts, read.session.zone
        points = {point.id for point in read.points}
        return Gathered(
            notes=tuple(note_line(note, texts, zone) for note in read.notes if note.is_plain(points)),
            points=tuple(point_line(point, texts) for point in read.points),
            actions=tuple(action_line(one, owner_of(one, read.owners), texts) for one in read.actions),
        )


def _shown(office: Office, session: Session) -> Film | None:
    """The film that was shown last."""
    stored = office.services.stored
    shown = stored.playbacks.where(session_id=session.id)
    return stored.films.by_sha256(shown[-1].film_sha256) if shown else None


def _film(read: _Read) -> FilmShown | None:
    if read.film is None:
        return None
    return FilmShown(
        film=read.film,
        length_s=read.film.probe.duration_s,
        stops_s=tuple(stop.at_s for stop in read.stops),
        notes_s=_film_times(read),
        heat=read.heat,
    )


def _film_times(read: _Read) -> tuple[float, ...]:
    """Of all that was written while the film ran; a note and the learning point made of it count once."""
    of_notes = {note.promoted_to for note in read.notes}
    points = (point for point in read.points if point.id not in of_notes)
    times = (written.film_s for part in (read.notes, points, read.actions) for written in part)
    return tuple(time for time in times if time is not None)
