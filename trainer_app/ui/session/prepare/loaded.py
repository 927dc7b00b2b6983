"""What the database knows of a session that is made ready. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trainer_app.domain.battery import minutes_needed
from trainer_app.domain.errors import TrainerError
from trainer_app.domain.films import Film
from trainer_app.domain.findings import Finding
from trainer_app.domain.kits import Headset, Kit
from trainer_app.domain.scenarios import Content
from trainer_app.domain.session_errors import EndBeforeStart
from trainer_app.domain.session_phases import planned_minutes
from trainer_app.domain.sessions import Session, SessionId, SessionState, SessionType
from trainer_app.domain.waves import propose_waves
from trainer_app.services.planning import Plan
from trainer_app.services.setting_up import SettingUp, SetUp, film_of
from trainer_app.ui.office import Services


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A session with what it takes.

    Attributes:
        headsets: Those that are remembered of the suitcase.
        library: All films.
        films: Of the session's theme.
        film: The one that is shown; None: it has to be chosen, or imported.
        film_problem: Why its file cannot be used.
        held: Another session that is being held, to which the headsets belong meanwhile.
        findings: What the rules say of a start with so many headsets as were ready.
    """

    plan: Plan
    kit: Kit | None
    headsets: tuple[Headset, ...]
    room: str
    films: tuple[Film, ...]
    film: Film | None
    film_problem: TrainerError | None
    set_up: SetUp
    held: Session | None = None
    findings: tuple[Finding, ...] = ()
    library: tuple[Film, ...] = ()

    @property
    def session(self) -> Session:
        """The session itself."""
        return self.plan.session

    @property
    def minutes(self) -> int:
        """What the headsets have to last: as booked, or as the phases with the debriefing; 0: not known."""
        return minutes_needed(self._booked_minutes, planned_minutes(self.plan.phases))

    @property
    def _booked_minutes(self) -> int:
        try:
            period = self.session.period
        except EndBeforeStart:
            return 0
        return 0 if period is None else round(period.duration.total_seconds() / 60)

    @property
    def needs_headsets(self) -> bool:
        """Without a film in a headset it is no such session."""
        return self.session.session_type is SessionType.VR_SIMULATION

    @property
    def film_minutes(self) -> int:
        """How long the film is, in minutes."""
        return 0 if self.film is None else max(1, round(self.film.probe.duration_s / 60))

    @property
    def planned_waves(self) -> int:
        """How many waves the suitcase was planned for."""
        target = self.kit.target_headset_count if self.kit is not None else 0
        return max(1, len(propose_waves(self.session.participants, target).waves))


def load(services: Services, session_id: SessionId, headsets_ready: int) -> Loaded | None:
    """Read everything; on the database worker. None: there is no such session."""
    stored = services.stored
    plan = services.planning.plan_of(session_id)
    if plan is None:
        return None
    session = plan.session
    kit = None if session.kit_id is None else stored.kits.get(session.kit_id)
    room = None if session.room_id is None else stored.rooms.get(session.room_id)
    set_up = SettingUp(stored.settings).read(session_id)
    library = tuple(stored.films.all())
    films = tuple(film for film in library if film.theme == session.theme)
    film = film_of(stored, session)
    return Loaded(
        plan=plan,
        kit=kit,
        headsets=() if kit is None else tuple(stored.headsets.of_kit(kit.id)),
        room="" if room is None else room.name,
        films=films,
        film=film,
        film_problem=_problem_of(services, film),
        set_up=set_up,
        held=services.holding.held_besides(session_id),
        findings=tuple(_findings(services, plan, headsets_ready)),
        library=library,
    )


def theme_title(content: Content, session: Session, lang: str) -> str:
    """What people call the theme of a session."""
    theme = None if session.theme is None else content.theme(session.theme)
    return session.title if theme is None else theme.title.words.in_language(lang)


def _problem_of(services: Services, film: Film | None) -> TrainerError | None:
    if film is None:
        return None
    try:
        services.library.path_of(film)
    except TrainerError as problem:
        return problem
    return None


def _findings(services: Services, plan: Plan, headsets_ready: int) -> Sequence[Finding]:
    if plan.session.state is not SessionState.PLANNED:
        return ()
    return services.planning.review_readiness(plan, None, headsets_ready=headsets_ready)
