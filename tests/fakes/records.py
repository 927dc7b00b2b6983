"""A small department with all that a session needs, as values."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid4

from trainer_app.domain.content_snapshots import ScenarioSnapshot, ThemeEntry
from trainer_app.domain.films import ThemeCode
from trainer_app.domain.kits import Kit, KitId
from trainer_app.domain.organisation import Department, DepartmentId, Room, RoomId
from trainer_app.domain.people import Person, PersonId, Profession
from trainer_app.domain.phases import NEVER_SKIPPED, PhaseCode
from trainer_app.domain.session_phases import SessionPhase
from trainer_app.domain.sessions import Session, SessionId

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def wall(text: str) -> datetime:
    """A wall time: ``2026-11-25T13:00``."""
    return datetime.fromisoformat(text)


DEPARTMENT = Department(id=DepartmentId(UUID(int=1)), name="BUP Eksempelvik", short_name="EV")
ROOM = Room(id=RoomId(UUID(int=2)), department_id=DEPARTMENT.id, name="Møterom Lauv")
KIT = Kit(id=KitId(UUID(int=3)), label="EV-1", department_id=DEPARTMENT.id)
THEME = ThemeEntry(code=ThemeCode("SEL"), title_nb="Selvmordsfare", title_en="Suicide risk")
SCENARIO = ScenarioSnapshot(
    code="SEL-1", version=2, theme=THEME.code, title_nb="Setningen", title_en="The sentence", content="{}"
)


def a_person(name: str, profession: Profession = Profession.NURSE) -> Person:
    return Person(id=PersonId(uuid4()), full_name=name, profession=profession, department_id=DEPARTMENT.id)


KARI = a_person("Kari Eksempelsen")
ANNE = a_person("Anne Påhittmo")


def a_session(**changes: object) -> Session:
    values: dict[str, object] = {
        "id": SessionId(uuid4()),
        "department_id": DEPARTMENT.id,
        "theme": THEME.code,
        "title": "Selvmordsfare",
        "planned_start": wall("2026-11-25T13:00"),
        "planned_end": wall("2026-11-25T14:30"),
    }
    return Session(**{**values, **changes})  # type: ignore[arg-type]  # the dataclass checks its fields' names


def phases_for(session_id: SessionId, minutes: int = 5) -> tuple[SessionPhase, ...]:
    return tuple(
        SessionPhase(
            session_id=session_id, seq=seq, code=code, planned_min=minutes, required=code in NEVER_SKIPPED
        )
        for seq, code in enumerate(PhaseCode, start=1)
    )
