"""An office for tests of screens: real database and services, work done at once, a quiet suitcase."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable, Collection, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Generic, TypeVar

from trainer_app.domain.errors import TrainerError, UserCancelled
from trainer_app.domain.films import Film, Sha256
from trainer_app.domain.kits import Headset, KitId
from trainer_app.domain.live_kit import FilmStage, KitNow
from trainer_app.domain.participation import Scope
from trainer_app.domain.playback import Receipt
from trainer_app.domain.playback_records import PlaybackRecord
from trainer_app.domain.printing import PagePicture
from trainer_app.domain.report_errors import ProtocolTooEarly
from trainer_app.domain.scenarios import Content
from trainer_app.domain.wearer_text import Delivery, read_within_s
from trainer_app.library.films import FilmFolder
from trainer_app.library.scenarios import ContentFound, find_content
from trainer_app.runtime.background import Failed, PageTasks, WhileOpen, ignored
from trainer_app.runtime.changes import Changes
from trainer_app.runtime.latest import Latest
from trainer_app.services.assigning import Assigning
from trainer_app.services.checking import KitChecking
from trainer_app.services.closing import SessionClosing
from trainer_app.services.content_keeping import keep_content
from trainer_app.services.holding import SessionHolding
from trainer_app.services.importing import FilmImporting
from trainer_app.services.live.arming import ArmedKit
from trainer_app.services.live.clearing import ClearedKit
from trainer_app.services.live.playback import Playback
from trainer_app.services.noting import Noting
from trainer_app.services.own_settings import OwnSettings, read_settings
from trainer_app.services.planning import SessionPlanning
from trainer_app.services.ports import Repositories
from trainer_app.services.ports.backups import BackupMade
from trainer_app.services.ports.film_course import FilmCourse
from trainer_app.services.ports.pictures import FilmPicture, PictureFollowing
from trainer_app.services.ports.preview import Course, FilmView, ViewState
from trainer_app.services.reporting import Reporting
from trainer_app.services.scenario_versions import write_snapshot
from trainer_app.services.showing import Showing
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.office import Office, Services, Target

T = TypeVar("T")

TUESDAY = datetime(2026, 11, 17, 9, 20, tzinfo=UTC)
"""17 November 2026, 10.20 in Norway: the day of the designer's pictures."""


class InlineTasks:
    """Does everything at once, on the caller's thread. Problems nobody takes care of are collected."""

    def __init__(self) -> None:
        self.problems: list[TrainerError] = []

    def stored(
        self, work: Callable[[], T], then: Callable[[T], None] = ignored, failed: Failed | None = None
    ) -> None:
        try:
            result = work()
        except UserCancelled:
            return
        except TrainerError as problem:
            (failed or self.problems.append)(problem)
            return
        then(result)

    heavy = copying = stored

    def live(
        self,
        start: Callable[[], Coroutine[Any, Any, T]],
        then: Callable[[T], None] = ignored,
        failed: Failed | None = None,
    ) -> None:
        self.stored(lambda: asyncio.run(start()), then, failed)

    def page(self) -> PageTasks:
        return WhileOpen(self, self.problems.append)


class _Asked(Generic[T]):
    """Work that waits; called, it does the work where that has not been done, and hands back the result."""

    def __init__(self, work: Callable[[], T], then: Callable[[T], None], failed: Failed) -> None:
        self._work, self._then, self._failed = work, then, failed
        self._answer: Callable[[], None] | None = None

    def work(self) -> None:
        if self._answer is not None:
            return
        try:
            self._answer = functools.partial(self._then, self._work())
        except UserCancelled:
            self._answer = functools.partial(ignored, None)
        except TrainerError as problem:
            self._answer = functools.partial(self._failed, problem)

    def __call__(self) -> None:
        self.work()
        assert self._answer is not None
        self._answer()


class LateTasks(InlineTasks):
    """Does nothing until it is told to: for what happens while work is under way.

    As with the real ones, a page that has closed its tasks hears nothing of what it has asked for; problems
    are never dropped.
    """

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[Callable[[], None]] = []

    def stored(
        self, work: Callable[[], T], then: Callable[[T], None] = ignored, failed: Failed | None = None
    ) -> None:
        self.waiting.append(_Asked(work, then, failed or self.problems.append))

    heavy = copying = stored

    def work(self) -> None:
        """Do all that waits; nobody hears of it yet."""
        for asked in self.waiting:
            if isinstance(asked, _Asked):
                asked.work()

    def finish(self) -> None:
        """Do all that waits, and what comes of it."""
        while self.waiting:
            self.waiting.pop(0)()


class SpokenNotices:
    """Remembers what the window would have said."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.undo: Callable[[], None] | None = None
        self.problems: list[TrainerError] = []

    def say(self, words: str) -> None:
        self.said.append(words)

    def offer_undo(self, words: str, undo: Callable[[], None]) -> None:
        self.said.append(words)
        self.undo = undo

    def problem(self, error: TrainerError) -> None:
        self.problems.append(error)


class QuietKit:
    """A suitcase without headsets: remembers what was asked of it.

    ``now`` is set by the test; ``refuses`` is what it says to an address.
    """

    def __init__(self) -> None:
        self.now = KitNow()
        self.asked: list[tuple[object, ...]] = []
        self.stops_s: tuple[float, ...] = ()
        self.recognised: list[PlaybackRecord] = []
        self.a_receipt: Receipt | None = None
        self.a_playback: Playback | None = None
        self.a_course: FilmCourse | None = None
        self.refuses: TrainerError | None = None
        self.armed = ArmedKit()
        self.cleared = ClearedKit()
        self.delivery = Delivery(seconds=0, reached=(1, 2, 3, 4, 5), missed=())

    async def open(self, kit_id: KitId, headsets: Sequence[Headset], *, target_count: int) -> None:
        self.asked.append(("open", kit_id, len(headsets), target_count))

    async def lay_anew(self, kit_id: KitId, headsets: Sequence[Headset], *, target_count: int) -> None:
        self.asked.append(("lay_anew", kit_id, len(headsets), target_count))

    async def add_address(self, address: str) -> None:
        if self.refuses is not None:
            raise self.refuses
        self.asked.append(("add_address", address))

    async def change_address(self, number: int, address: str) -> None:
        if self.refuses is not None:
            raise self.refuses
        self.asked.append(("change_address", number, address))

    async def arm(self) -> ArmedKit:
        self.asked.append(("arm",))
        return self.armed

    async def release(self) -> None:
        self.asked.append(("release",))

    async def choose_film(self, film: Film | None) -> None:
        self.asked.append(("choose_film", None if film is None else film.sha256))

    async def get_ready(self, *, minutes: int) -> None:
        self.asked.append(("get_ready", minutes))

    async def retry(self, number: int) -> None:
        self.asked.append(("retry", number))

    async def set_aside(self, number: int, aside: bool) -> None:
        self.asked.append(("set_aside", number, aside))

    async def open_players(self) -> None:
        self.asked.append(("open_players",))

    async def start_film(self, *, from_s: float = 0.0) -> None:
        self.asked.append(("start_film", from_s))

    async def pause(self) -> None:
        self.asked.append(("pause",))

    async def resume(self) -> None:
        self.asked.append(("resume",))

    async def remove_films(self, wanted: Mapping[int, Collection[Sha256]]) -> ClearedKit:
        self.asked.append(("remove_films", {number: list(films) for number, films in wanted.items()}))
        return self.cleared

    async def stay_awake(self) -> None:
        self.asked.append(("stay_awake",))

    async def session_left(self) -> None:
        self.asked.append(("session_left",))

    async def session_over(self) -> None:
        self.asked.append(("session_over",))

    async def stop_all(self) -> None:
        self.asked.append(("stop_all", FilmStage.STOPPED))

    async def identify(self) -> None:
        self.asked.append(("identify",))

    async def show_text(self, text: str, numbers: Collection[int] | None = None) -> Delivery:
        self.asked.append(("show_text", text, numbers))
        return replace(self.delivery, seconds=read_within_s(text))

    async def recentre(self) -> None:
        self.asked.append(("recentre",))

    async def set_volume(self, percent: int) -> None:
        self.asked.append(("set_volume", percent))

    async def set_stops(self, stops_s: Collection[float]) -> None:
        self.stops_s = tuple(stops_s)

    async def recognise(self, record: PlaybackRecord) -> None:
        self.recognised.append(record)

    async def skip_to(self, position_s: float) -> None:
        self.asked.append(("skip_to", position_s))

    def playback(self) -> Playback | None:
        return self.a_playback

    def film_course(self) -> FilmCourse | None:
        return self.a_course

    def receipt(self) -> Receipt | None:
        return self.a_receipt


class NoViewing:
    """A laptop without VLC."""

    def is_here(self) -> bool:
        return False

    def show(self, film: Film, course: Course, window: int, told: Callable[[ViewState], None]) -> FilmView:
        raise AssertionError("there is no VLC")


class NoPictures:
    """Decodes nothing: remembers which films were followed, and lets go of them."""

    def __init__(self) -> None:
        self.followed: list[Film] = []
        self.open = 0
        self.shown: Callable[[FilmPicture], None] | None = None
        self.failed: Callable[[], None] | None = None

    def follow(
        self,
        film: Film,
        position: Callable[[], float],
        prepared: Callable[[FilmPicture], T | None],
        shown: Callable[[T], None],
        failed: Callable[[], None],
        *,
        smooth: bool = False,
    ) -> PictureFollowing:
        def came(picture: FilmPicture) -> None:
            ready = prepared(picture)
            if ready is not None:
                shown(ready)

        self.followed.append(film)
        self.open += 1
        self.shown, self.failed = came, failed
        return self

    def close(self) -> None:
        self.open -= 1


class KeptBackups:
    """Remembers which backups were made.

    ``refusal`` is what the next one ends with, ``undeletable`` what is too old and cannot be removed,
    ``unreadable`` why nobody can say what there is.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.made: list[BackupMade] = []
        self.undeletable: list[Path] = []
        self.refusal: TrainerError | None = None
        self.unreadable: TrainerError | None = None

    def newest(self) -> BackupMade | None:
        return self.made[-1] if self.made else None

    def overdue(self, today: date) -> Sequence[Path]:
        if self.unreadable is not None:
            raise self.unreadable
        return tuple(self.undeletable)

    def back_up_now(self, now: datetime) -> BackupMade:
        if self.refusal is not None:
            raise self.refusal
        self.made.append(BackupMade(path=self._folder / f"copy-{len(self.made) + 1}.sqlite", at=now))
        return self.made[-1]


class PlainPapers:
    """Papers of two white pages with nothing on them but what was asked for.

    ``refusal`` is what saving ends with, ``trouble`` what making and drawing end with; ``too_early``:
    numbers of sessions without a protocol.
    """

    def __init__(self) -> None:
        self.saved: list[Path] = []
        self.too_early: set[str] = set()
        self.drawn: list[tuple[bytes, int, int | None, float]] = []
        self.refusal: TrainerError | None = None
        self.trouble: TrainerError | None = None

    def participation_pdf(self, scope: Scope, lang: str) -> bytes:
        self._in_trouble()
        return f"participation {scope} {lang}".encode()

    def participation_csv(self, scope: Scope, lang: str) -> bytes:
        return f"participation;{scope};{lang}".encode()

    def protocol_pdf(self, number: str, lang: str, *, heat: bool = False) -> bytes:
        self._in_trouble()
        if number in self.too_early:
            raise ProtocolTooEarly(session=number)
        return f"protocol {number} {lang}{' heat' if heat else ''}".encode()

    def fix_cards_pdf(self, lang: str) -> bytes:
        self._in_trouble()
        return f"fix cards {lang}".encode()

    def page(self, pdf: bytes, at: int, *, width: int | None = None, dpi: float = 96) -> PagePicture:
        self._in_trouble()
        self.drawn.append((pdf, at, width, dpi))
        wide = width or round(8 * dpi)
        high = round(wide * 1.4)
        return PagePicture(
            number=min(at, 1) + 1, count=2, width=wide, height=high, pixels=b"\xff" * (3 * wide * high)
        )

    def save(self, path: Path, content: bytes) -> None:
        if self.refusal is not None:
            raise self.refusal
        path.write_bytes(content)
        self.saved.append(path)

    def _in_trouble(self) -> None:
        if self.trouble is not None:
            raise self.trouble


@dataclass(slots=True, kw_only=True)
class TestOffice:
    """An office and the hand-written ends of it."""

    __test__ = False

    office: Office
    stored: Repositories
    live: QuietKit
    notices: SpokenNotices
    tasks: InlineTasks
    backups: KeptBackups
    papers: PlainPapers
    went: list[Target] = field(default_factory=list)
    clock: list[datetime] = field(default_factory=lambda: [TUESDAY])

    def at(self, now: datetime) -> None:
        """Let it be another time."""
        self.clock[0] = now

    def kit_is(self, kit: KitNow) -> None:
        """Let the suitcase be like this, and tell the screens."""
        self.live.now = kit
        self.office.kit_now.put(kit)


@functools.cache
def _content() -> Content:
    """Reading it takes longer than most tests; nobody can change it."""
    return find_content().content


def make_office(
    stored: Repositories,
    folder: Path,
    *,
    lang: str = "nb",
    tasks: InlineTasks | None = None,
    own: OwnSettings | None = None,
    found: ContentFound | None = None,
) -> TestOffice:
    """Make an office on a database. ``own``: None reads the settings; ``found``: None is our own content."""
    found = found or ContentFound(content=_content(), problems=())
    content = found.content
    keep_content(stored, content, write_snapshot)
    clock = [TUESDAY]
    went: list[Target] = []
    live, notices, tasks = QuietKit(), SpokenNotices(), tasks or InlineTasks()
    backups, papers = KeptBackups(folder), PlainPapers()
    library = FilmFolder(folder / "films")

    def now() -> datetime:
        return clock[0]

    services = Services(
        stored=stored,
        content=content,
        content_problems=found.problems,
        planning=SessionPlanning(stored, now),
        noting=Noting(stored.notes, stored.learning_points, stored.actions, now),
        checking=KitChecking(stored.checks, stored.check_lines, stored.headsets, now),
        holding=SessionHolding(stored, now),
        assigning=Assigning(stored),
        showing=Showing(stored),
        closing=SessionClosing(stored, now),
        importing=FilmImporting(library, stored.films, now=now),
        library=library,
        pictures=NoPictures(),
        viewing=NoViewing(),
        reporting=Reporting(stored, content.session_formats, now),
        papers=papers,
        live=live,
        backups=backups,
        data_folder=folder,
    )
    office = Office(
        services=services,
        tasks=tasks,
        changes=Changes(),
        texts=Texts(lang),
        now=now,
        own=lambda: own or read_settings(stored),
        go=went.append,
        notices=notices,
        kit_now=Latest(KitNow(), lambda call: call()),
    )
    return TestOffice(
        office=office,
        stored=stored,
        live=live,
        notices=notices,
        tasks=tasks,
        backups=backups,
        papers=papers,
        went=went,
        clock=clock,
    )
