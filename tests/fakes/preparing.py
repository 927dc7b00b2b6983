"""A session on the day of the designer's pictures, 22 minutes before its start, with a suitcase of five."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from tests.fakes.films import PROBE, a_film
from tests.fakes.office import InlineTasks, TestOffice, make_office
from tests.fakes.records import KARI, KIT, ROOM, a_session, wall
from trainer_app.domain.films import Film, ThemeCode
from trainer_app.domain.headset_state import HeadsetFacts, HeadsetState
from trainer_app.domain.kits import HeadsetId, Serial
from trainer_app.domain.live_kit import HeadsetNow, KitNow, Transfer
from trainer_app.domain.session_phases import phases_of
from trainer_app.domain.sessions import Objective, ObjectiveId, Session, SessionState, TeamMember, TeamRole
from trainer_app.services.ports import Repositories

BEFORE_START = datetime(2026, 11, 17, 11, 38, tzinfo=UTC)
"""12.38 in Norway; the session begins at 13.00."""

FILM = a_film(
    title="Uro i korridoren",
    theme=ThemeCode("VOT"),
    size_bytes=2_100_000_000,
    probe=replace(PROBE, duration_s=422.0),
)


def a_headset(number: int, state: HeadsetState = HeadsetState.READY, **changes: object) -> HeadsetNow:
    """A headset that is ready with the film, changed as told."""
    values: dict[str, object] = {
        "number": number,
        "state": state,
        "serial": f"PA7L10{number}",
        "model": "Pico G3",
        "headset_id": HeadsetId(uuid4()),
        "address": f"192.168.1.2{number}:5555",
        "facts": told(number),
        "last_contact": BEFORE_START,
        "has_film": True,
    }
    return HeadsetNow(**{**values, **changes})  # type: ignore[arg-type]  # the dataclass checks its fields' names


def told(number: int = 1, percent: int | None = 92, **changes: object) -> HeadsetFacts:
    """What a headset tells of itself."""
    values: dict[str, object] = {
        "serial": f"PA7L10{number}",
        "model": "Pico G3",
        "battery_percent": percent,
        "charging": False,
        "awake": True,
        "free_bytes": 40_000_000_000,
        "films": {FILM.sha256: FILM.title},
        "has_runtime": True,
        "has_browser": True,
    }
    return HeadsetFacts(**{**values, **changes})  # type: ignore[arg-type]  # as above


def sending(done: int = 1_344_000_000) -> Transfer:
    """64 % of the film, 40 seconds before it is there."""
    left = FILM.size_bytes - done
    return Transfer(film=FILM.sha256, done_bytes=done, whole_bytes=FILM.size_bytes, bytes_per_s=left / 39.5)


@dataclass(slots=True, kw_only=True)
class Prepared:
    """An office with one session that waits to be made ready."""

    made: TestOffice
    session: Session
    headset_ids: tuple[HeadsetId, ...]

    def kit(self, *headsets: HeadsetNow, film: Film | None = FILM) -> KitNow:
        """The suitcase with these headsets, known ones under their own ids."""
        known = tuple(
            replace(each, headset_id=self.headset_ids[each.number - 1])
            if each.headset_id is not None and each.number <= len(self.headset_ids)
            else each
            for each in headsets
        )
        return KitNow(kit_id=KIT.id, headsets=known, film=None if film is None else film.sha256)

    def kit_is(self, *headsets: HeadsetNow) -> None:
        """Let the suitcase be like this."""
        self.made.kit_is(self.kit(*headsets))

    def kit_of_the_picture(self) -> None:
        """Three ready, one on its way, one that does not know the laptop."""
        self.kit_is(
            a_headset(1),
            a_headset(2, facts=told(2, 88)),
            a_headset(
                3, HeadsetState.GETTING_READY, facts=told(3, 90, films={}), has_film=False, transfer=sending()
            ),
            a_headset(4, HeadsetState.NOT_AUTHORISED, facts=None, has_film=False, last_contact=None),
            a_headset(5, facts=told(5, 71, charging=True)),
        )


def prepared(
    stored: Repositories,
    folder: Path,
    *,
    lang: str = "nb",
    films: tuple[Film, ...] = (FILM,),
    headsets: int = 5,
    tasks: InlineTasks | None = None,
    **changes: object,
) -> Prepared:
    """Make an office with such a session; ``changes`` to it."""
    made = make_office(stored, folder, lang=lang, tasks=tasks)
    made.at(BEFORE_START)
    for film in films:
        stored.films.add(film)
        lying = folder / "films" / f"{film.sha256}{film.suffix}"
        lying.parent.mkdir(exist_ok=True)
        lying.write_bytes(b"film")
    return Prepared(
        made=made,
        session=_session(made, **changes),
        headset_ids=tuple(_headset(stored, number) for number in range(1, headsets + 1)),
    )


def _headset(stored: Repositories, number: int) -> HeadsetId:
    seen = BEFORE_START - timedelta(days=2)
    known = stored.headsets.remember(Serial(f"PA7L10{number}"), "Pico G3", f"192.168.1.2{number}:5555", seen)
    return stored.headsets.place(known.id, KIT.id, number).id


def _session(made: TestOffice, **changes: object) -> Session:
    theme = made.office.services.content.theme(ThemeCode("VOT"))
    assert theme is not None
    values: dict[str, object] = {
        "state": SessionState.PLANNED,
        "theme": theme.code,
        "title": theme.title.words.in_language(made.office.texts.lang),
        "planned_start": wall("2026-11-17T13:00"),
        "planned_end": wall("2026-11-17T14:30"),
        "room_id": ROOM.id,
        "kit_id": KIT.id,
        "participants": 5,
        "scenario_code": theme.scenario.code,
        "scenario_version": theme.scenario.version,
        "aftercare_contact": "Siv Testmoen",
    }
    session = made.stored.sessions.save(a_session(**{**values, **changes}))
    made.stored.team.save(TeamMember(session_id=session.id, person_id=KARI.id, role=TeamRole.LEAD))
    made.stored.objectives.save(
        Objective(id=ObjectiveId(uuid4()), session_id=session.id, seq=1, text="Dempe med stemme")
    )
    made.stored.phases.save(*phases_of(session.id, theme.scenario.plan))
    return session
