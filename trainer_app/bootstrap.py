"""The only place that constructs things and connects them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    from trainer_app.domain.films import Film
    from trainer_app.domain.scenarios import Content
    from trainer_app.headsets.emergency_call import Call
    from trainer_app.headsets.link import AdbKey
    from trainer_app.library.films import FilmFolder
    from trainer_app.library.scenarios import ContentFound
    from trainer_app.services.checkup_port import Examiner
    from trainer_app.services.doctoring import Cargo
    from trainer_app.services.example_data import ExampleMade, ExampleSize, OwnHeadset
    from trainer_app.services.headset_port import Greeting, HeadsetGateway
    from trainer_app.services.housekeeping import Housekeeping
    from trainer_app.services.importing import FilmImporting
    from trainer_app.services.ports import FilmRepository, HeadsetRepository, Repositories
    from trainer_app.services.reporting import Reporting
    from trainer_app.services.stopping import Stopper
    from trainer_app.storage.app_lock import AppLock
    from trainer_app.storage.care import DatabaseCare
    from trainer_app.storage.database import Database
    from trainer_app.storage.visiting import Visitor
    from trainer_app.texts.catalogue import Texts


class Place(NamedTuple):
    """Where this program keeps its things. ``database``: an URL, or None for a file in ``data``."""

    data: Path
    database: str | None = None
    own_key_only: bool = False

    @property
    def leaders(self) -> Path:
        """Where programs that lead headsets put their notices up, for *Stopp alt*."""
        return self.data / "leading"

    @classmethod
    def default_data(cls) -> Path:
        """The platform's data directory."""
        import platformdirs

        return Path(platformdirs.user_data_dir("SimKoffert", appauthor=False))


def call_leaders(place: Place, addresses: Sequence[str] | None) -> Call:
    """Hand *Stopp alt* to the programs of this laptop that lead headsets; None: for all they lead."""
    from trainer_app.headsets.emergency_call import Call

    return Call.place(place.leaders, addresses)


class Workplace:
    """Everything a command may need, made when it is first asked for.

    Made lazily, because *Stopp alt* from the command line must not wait for a database it does not need.
    """

    def __init__(self, place: Place, texts: Texts, call: Call | None = None) -> None:
        """``call``: a *Stopp alt* that has been given out already."""
        self._place = place
        self._call = call
        self.texts = texts
        self._opened: Database | None = None
        self._visiting: Visitor | None = None
        self._lock: AppLock | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._visiting is not None:
            self._visiting.close()
        if self._opened is not None:
            self._opened.close()
        if self._lock is not None:
            self._lock.release()
        if self._call is not None:
            self._call.close()

    @property
    def data_folder(self) -> Path:
        """Where films, database and settings lie."""
        return self._place.data

    @property
    def holder(self) -> str:
        """Who we are, for the people at another laptop that wants the same headset."""
        import platform

        return self.texts("app.holder", machine=platform.node() or "?")

    def greeting(self, number: int) -> Greeting:
        """How the page of headset ``number`` greets its wearer."""
        from trainer_app.looks.tokens import chip
        from trainer_app.services.headset_port import Greeting

        colours = chip(number)
        return Greeting(
            lang=self.texts.lang,
            fill=colours.fill,
            ink=colours.ink,
            texts=self.texts.section("player"),
        )

    @cached_property
    def key(self) -> AdbKey:
        """This computer's ADB key."""
        from trainer_app.headsets.link import AdbKey, choose_key

        own = self._place.data / "adbkey"
        return AdbKey(own) if self._place.own_key_only else choose_key(own)

    @cached_property
    def gateway(self) -> HeadsetGateway:
        """Where headsets come from."""
        from trainer_app.headsets.gateway import AdbGateway
        from trainer_app.headsets.nearby import NearbyGateway

        # A throw-away workplace plays with headsets of its own, and leaves those that are plugged in alone.
        kind = AdbGateway if self._place.own_key_only else NearbyGateway
        care, films = self._place.data / "care", self._place.data / "films"
        return kind(self.key, self._place.leaders, care, films=films)

    @cached_property
    def examiner(self) -> Examiner:
        """Tries single things on a headset, for ``doctor``."""
        from trainer_app.headsets.checkup import AdbExaminer

        return AdbExaminer()

    @contextmanager
    def examination_film(self) -> Iterator[Cargo]:
        """A short film to show while headsets are examined: the library's smallest, or one made for it."""
        from trainer_app.domain.films import THEMES
        from trainer_app.services.doctoring import Cargo, small_film

        own = small_film(self.all_films())
        if own is not None and self.library.path_of(own).is_file():
            yield Cargo(film=own, path=self.library.path_of(own))
            return
        with (
            TemporaryDirectory(prefix="simkoffert-doctor-") as folder,
            self.throw_away(Path(folder)) as other,
        ):
            film = other.demo_films(themes=THEMES[:1], seconds=8.0, width=640)[0]
            yield Cargo(film=film, path=other.library.path_of(film))

    def stop_call(self, addresses: Sequence[str] | None) -> Call:
        """*Stopp alt* as it was given out to the programs that lead headsets; now, if it was not yet."""
        if self._call is None:
            self._call = call_leaders(self._place, addresses)
            self._call.listen()
        return self._call

    def stopper(self, call: Call) -> Stopper:
        """The shortest way to a headset that must be stopped."""
        from trainer_app.headsets.emergency import CalledStop

        return CalledStop(call, self.key)

    @property
    def headsets(self) -> HeadsetRepository:
        """What is remembered of headsets."""
        return self._visitor

    def all_films(self) -> Sequence[Film]:
        """All films of the library, by theme in the themes' order, then title."""
        return self._visitor.films()

    @cached_property
    def films(self) -> FilmRepository:
        """What is remembered of films."""
        from trainer_app.storage.film_repository import SqlFilmRepository

        return SqlFilmRepository(self._database)

    @cached_property
    def stored(self) -> Repositories:
        """All that is stored."""
        from trainer_app.storage.repositories import SqlRepositories

        return SqlRepositories(self._database)

    @cached_property
    def content(self) -> Content:
        """Themes, scenarios, formats; a theme whose file cannot be used is left out."""
        return self.content_found.content

    @cached_property
    def content_found(self) -> ContentFound:
        """The content, and what kept single themes out of it."""
        from trainer_app.library.scenarios import find_content

        return find_content()

    @cached_property
    def reporting(self) -> Reporting:
        """What the reports say."""
        from trainer_app.services.reporting import Reporting

        return Reporting(self.stored, self.content.session_formats, _now)

    def fill_with_examples(
        self,
        size: ExampleSize,
        *,
        own_headsets: Sequence[OwnHeadset] = (),
        session_today: bool = False,
        look: Callable[[], None] = lambda: None,
    ) -> ExampleMade:
        """Fill the empty database with fictional data; nobody else may be using it. See ``ExampleData``.

        Raises:
            DatabaseNotEmpty: somebody has entered something.
            DatabaseInUse: the app has it open.
        """
        from trainer_app.services.example_data import ExampleData
        from trainer_app.services.scenario_versions import write_snapshot

        if self._lock is None:
            self.hold_database()
        examples = ExampleData(
            self.stored,
            self.content,
            write_snapshot,
            _now(),
            size=size,
            lang=self.texts.lang,
            own_headsets=own_headsets,
            session_today=session_today,
            look=look,
        )
        return examples.fill(self._place.database or str(self._place.data / "simkoffert.sqlite"))

    @cached_property
    def library(self) -> FilmFolder:
        """The film files."""
        from trainer_app.library.films import FilmFolder

        folder = FilmFolder(self._place.data / "films")
        folder.clean_up()
        return folder

    @cached_property
    def importing(self) -> FilmImporting:
        """Taking films in."""
        from trainer_app.services.importing import FilmImporting

        return FilmImporting(self.library, self.films)

    def demo_films(
        self,
        *,
        themes: Collection[str] | None = None,
        seconds: float | None = None,
        width: int | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> list[Film]:
        """The demo films, rendered and taken into the library unless they are there; progress in frames."""
        from trainer_app.domain.films import THEMES
        from trainer_app.library.demo_shelf import ensure_demo_films

        self._place.data.mkdir(parents=True, exist_ok=True)
        return ensure_demo_films(
            self.importing,
            self.films,
            scratch=self._place.data,
            themes=THEMES if themes is None else themes,
            lang=self.texts.lang,
            seconds=seconds,
            width=width,
            progress=progress,
        )

    @contextmanager
    def throw_away(self, folder: Path) -> Iterator[Workplace]:
        """A workplace of the same language whose data, database and key live in ``folder``."""
        with Workplace(Place(data=folder, own_key_only=True), self.texts) as other:
            yield other

    @cached_property
    def database_care(self) -> DatabaseCare:
        """The database as a whole: upgrade, check, backup, restore; a file is not opened by this."""
        from trainer_app.storage.care import DatabaseCare

        return DatabaseCare(self._place.database or self._place.data / "simkoffert.sqlite")

    @property
    def backups(self) -> DatabaseCare | None:
        """The backups of the database; None: a server's people look after them."""
        from trainer_app.domain.storage_errors import NotAFile

        try:
            return self.database_care
        except NotAFile:
            return None

    def hold_database(self) -> None:
        """Keep every other app, and restoring, from the database until the end; the app does it first.

        Raises:
            DatabaseInUse: another app has it open.
            DatabaseProblem: its folder cannot be written to.
        """
        from trainer_app.domain.storage_errors import NotAFile

        if self._lock is not None:
            return
        try:
            self._lock = self.database_care.hold()
        except NotAFile:
            return  # a server lets several work at once

    def keep_house(self) -> Housekeeping:
        """What the app does by itself when it starts; on the database worker."""
        from trainer_app.domain.storage_errors import NotAFile
        from trainer_app.services.housekeeping import keep_house

        def back_up(today: date) -> Path | None:
            try:
                return self.database_care.back_up_daily(today)
            except NotAFile:
                return None  # the server makes its own

        return keep_house(self.stored, self.library, back_up, _now())

    @property
    def _visitor(self) -> Visitor:
        if self._visiting is None:
            from trainer_app.storage.visiting import Visitor

            file = None if self._place.database else self._place.data / "simkoffert.sqlite"
            self._visiting = Visitor(file, lambda: self.films, self._usual_headsets)
        return self._visiting

    def _usual_headsets(self) -> HeadsetRepository:
        from trainer_app.storage.headset_repository import SqlHeadsetRepository

        return SqlHeadsetRepository(self._database)

    @property
    def _database(self) -> Database:
        if self._opened is None:
            from trainer_app.storage.database import Database

            place = self._place.database or self._place.data / "simkoffert.sqlite"
            self._opened = Database.open(place, self._lock)
        return self._opened


def _now() -> datetime:
    return datetime.now(UTC)
