"""The session that this program is holding: begun here, gone on with after a crash, ended.

It outlives the screen, which is made anew when the language changes. What does not say otherwise
is called on the database worker.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from trainer_app.domain.films import Film
from trainer_app.domain.findings import Finding
from trainer_app.domain.kits import Headset, Kit
from trainer_app.domain.running import Recovery
from trainer_app.domain.scenarios import ScenarioVersion
from trainer_app.domain.session_errors import AnotherSessionHeld, StepImpossible
from trainer_app.domain.session_states import Situation
from trainer_app.domain.sessions import AbortReason, Session, SessionId, SessionState
from trainer_app.services.ports import Repositories
from trainer_app.services.running import Now, SessionRunning
from trainer_app.services.scenario_versions import readable, snapshot_of
from trainer_app.services.setting_up import FilmStop, FilmStops, SettingUp, film_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What a session is held with.

    Attributes:
        scenario: The version it was planned with; None: it has none, or its content cannot be read.
        film: The one it was made ready with, else the newest of the theme; None: there is none.
        kit: The suitcase it was planned with; None: it needs none.
        headsets: Of the suitcase, by number.
        stops: The film's stop-points as they were set for this session; None: as the scenario has them.
    """

    scenario: ScenarioVersion | None
    film: Film | None
    kit: Kit | None = None
    headsets: tuple[Headset, ...] = ()
    stops: tuple[FilmStop, ...] | None = None


class SessionHolding:
    """Knows which session is going on."""

    def __init__(self, stored: Repositories, now: Now) -> None:
        """Hold nothing yet.

        Args:
            stored: All that is stored.
            now: UTC; a clock that no correction of the wall clock moves.
        """
        self._stored = stored
        self._now = now
        self._held: SessionRunning | None = None

    @property
    def held(self) -> Session | None:
        """The session that is being held; may be asked on any thread."""
        held = self._held
        return held.session if held is not None and held.run.is_running else None

    def held_besides(self, session_id: SessionId) -> Session | None:
        """Another session that is being held; the headsets are not there for this one. On any thread."""
        held = self.held
        return None if held is None or held.id == session_id else held

    def require_free(self, session_id: SessionId) -> None:
        """Let nobody take the headsets away from a session that is being held; on any thread.

        Raises:
            AnotherSessionHeld: that is not this one.
        """
        held = self.held_besides(session_id)
        if held is not None:
            raise AnotherSessionHeld(session=held.title or held.number)

    def open(self, session_id: SessionId) -> SessionRunning | Recovery:
        """Begin a session that is ready, or find the one that is going on.

        Returns:
            The running session, or, where another run of the program has left it, what is known of it.

        Raises:
            AnotherSessionHeld: one at a time.
            StepImpossible: it is not ready, or over.
            SessionChangedElsewhere: it has been saved since it was read.
        """
        if self._held is not None and self._held.session.id == session_id and self._held.run.is_running:
            return self._held
        self.require_free(session_id)
        left = [each for each in self._stored.journal.interrupted() if each.session_id == session_id]
        if left:
            return left[0]
        self._held = SessionRunning.begin(
            self._situation(session_id),
            journal=self._stored.journal,
            phases=self._stored.phases,
            now=self._now,
        )
        return self._held

    def go_on(self, recovery: Recovery, *, gap_counts: bool) -> SessionRunning:
        """Go on with a session that another run of the program has left.

        Raises:
            AnotherSessionHeld: one at a time.
        """
        self.require_free(recovery.session_id)
        self._held = SessionRunning.continue_after(
            recovery,
            gap_counts=gap_counts,
            sessions=self._stored.sessions,
            journal=self._stored.journal,
            now=self._now,
        )
        return self._held

    def material_of(self, session: Session) -> Material:
        """Return what the session is held with."""
        kit = None if session.kit_id is None else self._stored.kits.get(session.kit_id)
        film = film_of(self._stored, session)
        return Material(
            scenario=readable(snapshot_of(self._stored, session)),
            film=film,
            kit=kit,
            headsets=() if kit is None else tuple(self._stored.headsets.of_kit(kit.id)),
            stops=None if film is None else self.stops_in(film, session.id),
        )

    def stops_in(self, film: Film, session_id: SessionId) -> tuple[FilmStop, ...] | None:
        """Return the film's stop-points as they were set for this session; None: as the scenario has them."""
        stops = SettingUp(self._stored.settings).read(session_id).stops
        return stops.places if stops is not None and stops.film == film.sha256 else None

    def keep_stops(self, session_id: SessionId, stops: FilmStops) -> None:
        """Remember the film's stop-points as they were set for this session; a crash does not take them."""
        settled = SettingUp(self._stored.settings)
        settled.keep(session_id, replace(settled.read(session_id), stops=stops))

    # --- the end -----------------------------------------------------------------------------------------

    def findings_at_end(self, running: SessionRunning) -> list[Finding]:
        """What should be said before the session is ended."""
        return running.findings_at_end(self._situation(running.session.id))

    def finish(self, running: SessionRunning) -> Session:
        """End the session: it was held.

        Raises:
            SessionChangedElsewhere: it has been saved since it was read.
        """
        return running.finish(self._situation(running.session.id))

    def abort(self, running: SessionRunning, reason: AbortReason) -> Session:
        """Break the session off, with a neutral reason.

        Raises:
            SessionChangedElsewhere: it has been saved since it was read.
        """
        return running.abort(self._situation(running.session.id), reason)

    # --- inside ------------------------------------------------------------------------------------------

    def _situation(self, session_id: SessionId) -> Situation:
        session = self._stored.sessions.by_id(session_id)
        if session is None:
            raise StepImpossible(state="-", wanted=SessionState.IN_PROGRESS.value)
        return Situation(
            session=session,
            now=self._now(),
            learning_points=len(self._stored.learning_points.where(session_id=session_id)),
        )
