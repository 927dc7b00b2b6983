"""Fills an empty database with plausible, fictional data: the same seed and day give the same data."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from uuid import UUID

from trainer_app.domain.films import Film, Probe, Projection, Sha256, Stereo
from trainer_app.domain.kits import (
    Accessory,
    AccessoryId,
    FilmPresence,
    Headset,
    HeadsetFilm,
    ItemType,
    Kit,
    KitId,
    Serial,
)
from trainer_app.domain.local_time import HOME_ZONE, local_of
from trainer_app.domain.organisation import Department, DepartmentId, Room, RoomId, Unit, UnitId
from trainer_app.domain.people import Facilitator, Person, PersonId
from trainer_app.domain.report_errors import DatabaseNotEmpty
from trainer_app.domain.scenarios import Content, ScenarioVersion
from trainer_app.domain.sessions import SessionState
from trainer_app.services import example_names as names
from trainer_app.services.content_keeping import keep_content
from trainer_app.services.example_sessions import ExampleSessions, Place
from trainer_app.services.ports import Repositories
from trainer_app.services.reporting import OWN_DEPARTMENT, OWN_PERSON

WriteVersion = Callable[[ScenarioVersion], str]
"""Writes a scenario version as a session keeps it."""

_BEGINNINGS = (time(9, 0), time(13, 0))
_SPREAD = timedelta(days=330)
"""Past sessions are spread over so long; many of them over as long as they need."""

_ITEMS = (
    (ItemType.CONTROLLER, 5, 5, False, 0),
    (ItemType.CHARGING_CABLE, 5, 5, False, 0),
    (ItemType.CHARGING_STATION, 1, 1, False, 0),
    (ItemType.HEADPHONES, 5, 4, False, 0),
    (ItemType.FACE_COVER, 100, 62, True, 40),
    (ItemType.DISINFECTANT_WIPES, 120, 35, True, 50),
    (ItemType.MICROFIBRE_CLOTH, 5, 5, False, 0),
    (ItemType.QUICK_GUIDE, 1, 1, False, 0),
)
"""What lies in a suitcase: expected, found, consumable, reorder level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleSize:
    """How much is made. ``participants``: people on the lists beside the facilitators."""

    sessions: int = 40
    participants: int = 60
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnHeadset:
    """A headset that can be reached and lies in the own suitcase, in the place of an invented one."""

    serial: Serial
    model: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleMade:
    """What was made."""

    departments: int
    people: int
    sessions: int


class ExampleData:
    """Makes everything from one source of chance."""

    def __init__(
        self,
        stored: Repositories,
        content: Content,
        write_version: WriteVersion,
        now: datetime,
        *,
        size: ExampleSize,
        lang: str = "nb",
        own_headsets: Sequence[OwnHeadset] = (),
        session_today: bool = False,
        look: Callable[[], None] = lambda: None,
    ) -> None:
        """Prepare; nothing is written yet.

        Args:
            stored: Where the data goes.
            content: Themes and scenarios.
            write_version: Writes a scenario version as JSON.
            now: UTC; what is past and what is to come.
            size: How much is made.
            lang: Language of titles and texts.
            own_headsets: What lies in the own suitcase, by number; invented ones without any.
            session_today: Plan one more session, within the hour.
            look: Called often, and last before all is kept; what it raises leaves the database empty.
        """
        self._stored = stored
        self._content = content
        self._write_version = write_version
        self._now = now
        self._size = size
        self._lang = lang
        self._own_headsets = own_headsets
        self._session_today = session_today
        self._look = look
        self._chance = random.Random(size.seed)

    def fill(self, database: str) -> ExampleMade:
        """Fill the database, or leave it empty; ``database`` is how people know it.

        Raises:
            DatabaseNotEmpty: somebody has entered something.
        """
        with self._stored.together():
            self._require_empty(database)
            self._fill()
            made = ExampleMade(
                departments=len(self._stored.departments.where()),
                people=len(self._stored.people.where()),
                sessions=len(self._stored.sessions.all()),
            )
            self._look()
        return made

    def _fill(self) -> None:
        keep_content(self._stored, self._content, self._write_version)
        films = self._films()
        places = [self._place(short, films) for short in (names.OWN, names.VISITING)]
        self._own_laptop(places[0])
        self._sessions(places, films)

    # --- the empty database, the content -----------------------------------------------------------------

    def _require_empty(self, database: str) -> None:
        stored = self._stored
        entered = (stored.departments, stored.people, stored.rooms, stored.kits)
        if any(records.where() for records in entered) or stored.sessions.all():
            raise DatabaseNotEmpty(database=database)

    def _films(self) -> dict[str, Film]:
        """One film a theme: the library's own, or an entry of one that lies on another laptop."""
        known = {film.theme: film for film in reversed(self._stored.films.all())}
        films: dict[str, Film] = {}
        for theme in self._content.themes:
            film = known.get(theme.code)
            if film is None:
                film = self._absent_film(theme.code, theme.title.words.in_language(self._lang))
                self._stored.films.add(film)
            films[theme.code] = film
        return films

    def _absent_film(self, code: str, title: str) -> Film:
        sha256 = hashlib.sha256(f"SimKoffert example film {code}".encode()).hexdigest()
        return Film(
            sha256=Sha256(sha256),
            title=names.FILM_TITLES.in_language(self._lang).format(theme=title),
            theme=next(theme.code for theme in self._content.themes if theme.code == code),
            file_name=f"{code.lower()}_360.mp4",
            size_bytes=1_250_000_000,
            probe=Probe(
                container="mp4",
                video_codec="hevc",
                profile="Main",
                width=5760,
                height=2880,
                frame_rate=30.0,
                duration_s=420.0,
                bit_rate=23_800_000,
                pixel_format="yuv420p",
                index_first=True,
            ),
            projection=Projection.EQUIRECT,
            stereo=Stereo.MONO,
            imported_at=self._now - _SPREAD,
        )

    # --- organisation, people, suitcases -----------------------------------------------------------------

    def _id(self) -> UUID:
        return UUID(int=self._chance.getrandbits(128), version=4)

    def _place(self, short: str, films: dict[str, Film]) -> Place:
        if not self._stored.departments.where():
            self._departments()
        department = next(one for one in self._stored.departments.where() if one.short_name == short)
        units = self._units(department)
        rooms = tuple(
            Room(id=RoomId(self._id()), department_id=department.id, name=name, seats=14)
            for name in names.ROOMS
        )
        self._stored.rooms.save(*rooms)
        share = 0.82 if short == names.OWN else 0.18
        people = self._people(department.id, units, max(8, round(self._size.participants * share)))
        leads = self._facilitators(department.id, units, 5 if short == names.OWN else 2)
        kit = self._kit(department, leads[0].id, films)
        return Place(
            department=department,
            units=units,
            rooms=rooms,
            people=people,
            facilitators=leads,
            kit=kit,
            headsets=tuple(self._stored.headsets.of_kit(kit.id)),
        )

    def _departments(self) -> None:
        self._stored.departments.save(
            *(
                Department(id=DepartmentId(self._id()), name=name, short_name=short, health_trust=trust)
                for name, short, trust in names.DEPARTMENTS
            )
        )

    def _units(self, department: Department) -> tuple[Unit, ...]:
        kinds = names.OWN_UNITS if department.short_name == names.OWN else names.OTHER_UNITS
        units = tuple(
            Unit(id=UnitId(self._id()), department_id=department.id, name=name, unit_type=kind)
            for name, kind in kinds
        )
        self._stored.units.save(*units)
        return units

    def _people(self, department: DepartmentId, units: tuple[Unit, ...], count: int) -> tuple[Person, ...]:
        codes = [code for code, _ in names.PROFESSIONS]
        weights = [weight for _, weight in names.PROFESSIONS]
        people = tuple(
            Person(
                id=PersonId(self._id()),
                full_name=f"{self._chance.choice(names.FIRST_NAMES)} {self._chance.choice(names.LAST_NAMES)}",
                profession=self._chance.choices(codes, weights)[0],
                department_id=department,
                unit_id=self._chance.choice(units).id,
                is_new_employee=self._chance.random() < 0.15,
            )
            for _ in range(count)
        )
        self._stored.people.save(*people)
        return people

    def _facilitators(
        self, department: DepartmentId, units: tuple[Unit, ...], count: int
    ) -> tuple[Person, ...]:
        people = self._people(department, units, count)
        today = self._now.date()
        self._stored.facilitators.save(
            *(
                Facilitator(
                    person_id=person.id,
                    course_provider="SIMInnlandet",
                    course_name="Grunnkurs for fasilitatorer i helsefaglig simulering",
                    course_date=today - timedelta(days=self._chance.randint(400, 1500)),
                    vr_training_date=today - timedelta(days=self._chance.randint(350, 399)),
                    active_from=today - timedelta(days=1500),
                )
                for person in people
            )
        )
        return people

    def _kit(self, department: Department, responsible: PersonId, films: dict[str, Film]) -> Kit:
        kit = Kit(
            id=KitId(self._id()),
            label=f"{department.short_name}-1",
            department_id=department.id,
            asset_no=f"SK-{self._chance.randint(1000, 9999)}",
            location=names.ROOMS[0],
            responsible_id=responsible,
        )
        own = self._own_headsets if department.short_name == names.OWN else ()
        if own:
            kit = replace(kit, target_headset_count=len(own))
        self._stored.kits.save(kit)
        for number, headset in enumerate(own, start=1):
            self._own_headset(kit, number, headset)
        if not own:
            for number in range(1, kit.target_headset_count + 1):
                self._headset(kit, department, number, films)
        self._stored.accessories.save(
            *(
                Accessory(
                    id=AccessoryId(self._id()),
                    kit_id=kit.id,
                    item_type=item,
                    quantity_expected=expected,
                    quantity_found=found,
                    consumable=consumable,
                    reorder_level=reorder,
                )
                for item, expected, found, consumable, reorder in _ITEMS
            )
        )
        return kit

    def _headset(self, kit: Kit, department: Department, number: int, films: dict[str, Film]) -> Headset:
        serial = Serial(f"EX{department.short_name}{number:04d}")
        seen = self._now - timedelta(days=1)
        known = self._stored.headsets.remember(serial, "Pico G3", None, seen)
        headset = self._stored.headsets.place(known.id, kit.id, number)
        self._stored.headset_films.save(
            *(
                HeadsetFilm(
                    headset_id=headset.id, film_sha256=film.sha256, presence=FilmPresence.YES, checked_at=seen
                )
                for film in films.values()
            )
        )
        return headset

    def _own_headset(self, kit: Kit, number: int, headset: OwnHeadset) -> None:
        known = self._stored.headsets.remember(headset.serial, headset.model, headset.address, self._now)
        self._stored.headsets.place(known.id, kit.id, number)

    def _own_laptop(self, place: Place) -> None:
        self._stored.settings.set(OWN_DEPARTMENT, str(place.department.id))
        self._stored.settings.set(OWN_PERSON, str(place.facilitators[0].id))

    # --- sessions ----------------------------------------------------------------------------------------

    def _sessions(self, places: list[Place], films: dict[str, Film]) -> None:
        maker = ExampleSessions(self._stored, self._content, films, self._chance, self._lang, self._now)
        wanted = self._states()
        for count, (state, start) in enumerate(zip(wanted, self._starts(wanted), strict=True)):
            self._look()
            elsewhere = count % 7 == 3 and state in (SessionState.CLOSED, SessionState.PLANNED)
            maker.make(places[1] if elsewhere else places[0], state, start)
        if self._session_today:
            maker.make(places[0], SessionState.PLANNED, self._within_the_hour())

    def _within_the_hour(self) -> datetime:
        """The next half hour that leaves time to get ready, as wall time."""
        soon = local_of(self._now, HOME_ZONE) + timedelta(minutes=20)
        return soon.replace(minute=0, second=0, microsecond=0) + timedelta(
            minutes=30 * (1 + soon.minute // 30)
        )

    def _states(self) -> list[SessionState]:
        """From the oldest to the one furthest ahead; the last that was held is not closed yet.

        None is in progress: the program would offer to continue it at every start.
        """
        count = self._size.sessions
        coming = [SessionState.READY, *[SessionState.PLANNED] * max(0, count // 6), SessionState.DRAFT]
        coming = coming[: max(0, count - 2)]
        past = [SessionState.CLOSED] * (count - len(coming))
        special = (SessionState.ANONYMISED, SessionState.CANCELLED, SessionState.ABORTED)
        for place, state in zip((0, len(past) // 3, len(past) // 2), special, strict=True):
            if len(past) >= 8:
                past[place] = state
        if past:
            past[-1] = SessionState.HELD
        return past + coming

    def _starts(self, states: list[SessionState]) -> list[datetime]:
        """Wall times on working days, never two at once, in order."""
        today = local_of(self._now, HOME_ZONE).date()
        ahead = {SessionState.READY, SessionState.PLANNED, SessionState.DRAFT}
        past = sum(state not in ahead for state in states)
        first = today - max(_SPREAD, timedelta(days=past))
        days = [first + timedelta(days=n) for n in range((today - first).days + 3 * len(states) + 14)]
        working = [day for day in days if day.weekday() < 5]
        before = [datetime.combine(day, at) for day in working if day < today for at in _BEGINNINGS]
        after = [datetime.combine(day, at) for day in working if day > today for at in _BEGINNINGS]
        held = [before[len(before) * place // past] for place in range(past)] if past else []
        return held + after[: 2 * (len(states) - past) : 2]
