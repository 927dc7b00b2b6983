"""A session that is ready to begin: format B, five headsets with the film, participants by name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from tests.fakes.films import PROBE, a_film
from tests.fakes.office import TUESDAY, TestOffice
from tests.fakes.records import DEPARTMENT, KIT, ROOM, wall
from trainer_app.domain.films import Film, ThemeCode
from trainer_app.domain.headset_state import HeadsetFacts, HeadsetState
from trainer_app.domain.kits import Headset, Serial
from trainer_app.domain.live_kit import FilmStage, Gaze, HeadsetNow, KitNow
from trainer_app.domain.people import Person, PersonId, Profession
from trainer_app.domain.scenarios import Content
from trainer_app.domain.session_formats import FormatCode, PlanCode
from trainer_app.domain.session_phases import phases_of
from trainer_app.domain.sessions import Attendance, Objective, ObjectiveId, Session, SessionId, SessionState
from trainer_app.services.ports import Repositories
from trainer_app.services.setting_up import SettingUp, SetUp

READY_ID = SessionId(UUID(int=300))
FILM_S = 400.0
NAMES = (
    "Anne Påhittmo",
    "Bjørn Demodal",
    "Cecilie Latsomrud",
    "David Liksomvik",
    "Eli Fiktivsen",
    "Frida Tenktberg",
    "Geir Oppdiktet",
)
_STATES = {
    FilmStage.PLAYING: HeadsetState.PLAYING,
    FilmStage.PAUSED: HeadsetState.PAUSED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """What was stored. Stop-points lie at 35 and 75 % of the film."""

    session: Session
    film: Film
    headsets: tuple[Headset, ...]

    def kit(
        self,
        stage: FilmStage = FilmStage.READY,
        position_s: float = 0.0,
        *,
        states: dict[int, HeadsetState] | None = None,
        starts_in_s: float = 0.0,
        spread_ms: float | None = 6.0,
        at_stop_s: float | None = None,
    ) -> KitNow:
        """The suitcase with all headsets in the state that belongs to the stage, but for ``states``."""
        usual = _STATES.get(stage, HeadsetState.READY)
        return KitNow(
            kit_id=KIT.id,
            headsets=tuple(
                HeadsetNow(
                    number=headset.number,
                    state=(states or {}).get(headset.number, usual),
                    headset_id=headset.id,
                    facts=HeadsetFacts(battery_percent=60 + headset.number),
                    has_film=True,
                    position_s=position_s,
                    gaze=Gaze(yaw_deg=10.0 * headset.number, pitch_deg=0.0),
                    last_contact=TUESDAY,
                )
                for headset in self.headsets
            ),
            film=self.film.sha256,
            stage=stage,
            length_s=FILM_S,
            position_s=position_s,
            spread_ms=spread_ms,
            starts_in_s=starts_in_s,
            at_stop_s=at_stop_s,
        )


def store_ready(
    stored: Repositories,
    content: Content,
    *,
    people: int = 5,
    participants: int | None = None,
    format_code: FormatCode = FormatCode.FILM_WITH_STOP_POINTS,
    lang: str = "nb",
) -> Ready:
    """Store it; the content has been kept before. The department may be there already."""
    stored.departments.save(DEPARTMENT)
    stored.rooms.save(ROOM)
    stored.kits.save(KIT)
    theme = content.theme(ThemeCode("VOT"))
    plan = content.session_formats.plan(PlanCode("B-90"))
    assert theme is not None
    assert plan is not None
    session = Session(
        id=READY_ID,
        department_id=DEPARTMENT.id,
        number="EV-2026-A040",
        state=SessionState.READY,
        kit_id=KIT.id,
        room_id=ROOM.id,
        theme=theme.code,
        scenario_code=theme.scenario.code,
        scenario_version=theme.scenario.version,
        title="Vold og trusler",
        planned_start=wall("2026-11-17T10:30"),
        planned_end=wall("2026-11-17T12:00"),
        participants=people if participants is None else participants,
        format=format_code,
        debrief_model=theme.scenario.debrief_model,
        content_lang=lang,
        aftercare_contact="Siv Testmoen",
    )
    session = stored.sessions.save(session)
    stored.phases.save(*phases_of(READY_ID, plan))
    stored.objectives.save(
        Objective(id=ObjectiveId(UUID(int=301)), session_id=READY_ID, seq=1, text="Beskrive tidlige tegn")
    )
    _store_people(stored, people)
    film = a_film(theme=theme.code, probe=replace(PROBE, duration_s=FILM_S))
    stored.films.add(film)
    SettingUp(stored.settings).keep(READY_ID, SetUp(film=film.sha256))
    headsets = tuple(_headset(stored, number, TUESDAY) for number in range(1, 6))
    return Ready(session=session, film=film, headsets=headsets)


def ready_session(test: TestOffice, **wanted: object) -> Ready:
    """Store it in an office, with its suitcase on the table."""
    ready = store_ready(test.stored, test.office.services.content, **wanted)  # type: ignore[arg-type]
    test.kit_is(ready.kit())
    return ready


def _store_people(stored: Repositories, count: int) -> None:
    people = [
        Person(
            id=PersonId(UUID(int=310 + place)),
            full_name=name,
            profession=Profession.NURSE,
            department_id=DEPARTMENT.id,
        )
        for place, name in enumerate(NAMES[:count])
    ]
    stored.people.save(*people)
    stored.attendance.save(*(Attendance(session_id=READY_ID, person_id=person.id) for person in people))


def _headset(stored: Repositories, number: int, seen: datetime) -> Headset:
    known = stored.headsets.remember(Serial(f"RS{number:04d}"), "Pico G3", None, seen)
    return stored.headsets.place(known.id, KIT.id, number)
