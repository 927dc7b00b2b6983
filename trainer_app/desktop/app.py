"""Puts the app together, opens it, and takes it apart in the right order."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from trainer_app.bootstrap import Workplace
from trainer_app.desktop.papers import Papers
from trainer_app.domain.app_errors import LoggedMistake, ProgramMistake
from trainer_app.domain.errors import TrainerError
from trainer_app.domain.kits import Headset, KitId, Serial
from trainer_app.domain.live_kit import KitNow
from trainer_app.library.film_frames import FilmFrames
from trainer_app.library.film_stills import LibraryStills
from trainer_app.preview.viewing import VlcViewing
from trainer_app.runtime.background import Background
from trainer_app.runtime.changes import Changes
from trainer_app.runtime.laptop_awake import laptop_awake
from trainer_app.runtime.latest import Latest
from trainer_app.services.assigning import Assigning
from trainer_app.services.checking import KitChecking
from trainer_app.services.closing import SessionClosing
from trainer_app.services.content_keeping import keep_content
from trainer_app.services.holding import SessionHolding
from trainer_app.services.housekeeping import Housekeeping
from trainer_app.services.live.remembering import is_of_another_kit, remember_headset
from trainer_app.services.live_kit import LiveKit
from trainer_app.services.noting import Noting
from trainer_app.services.own_settings import OwnSettings, read_settings
from trainer_app.services.planning import SessionPlanning
from trainer_app.services.running import steady_clock
from trainer_app.services.scenario_versions import write_snapshot
from trainer_app.services.showing import Showing
from trainer_app.ui.app import DesktopApp
from trainer_app.ui.delivery import Delivery
from trainer_app.ui.office import Services, Target
from trainer_app.ui.pages import page_makers
from trainer_app.ui.theme.look import Look

_logger = logging.getLogger(__name__)


def utc_now() -> datetime:
    """The present, UTC."""
    return datetime.now(UTC)


class Desktop:
    """The open app. ``with Desktop(...) as desktop: desktop.run()``.

    Attributes:
        app: Window and pages.
        background: The threads.
        services: What the pages work with.
        housekeeping: What was done at the start.
    """

    def __init__(self, qt: QApplication, workplace: Workplace, now: Callable[[], datetime] = utc_now) -> None:
        """Open the database and put everything together; nothing is shown yet.

        Raises:
            TrainerError: the database or the program's content cannot be used; its words say why and what to
                do, and nothing is left running.
        """
        workplace.hold_database()
        workplace.stored.settings.get("")  # opened, upgraded: before there is anything to take apart again
        self._qt = qt
        self._workplace = workplace
        self._delivery = Delivery()
        self.background = Background(
            self._delivery.deliver, failed=self._show_problem, crashed=self._on_crash
        )
        self._kit_now = Latest(KitNow(), self._delivery.deliver)
        self._frames = FilmFrames(workplace.library)
        self._viewing = VlcViewing(workplace.library)
        with contextlib.ExitStack() as undoing:
            undoing.callback(self.background.close)  # a thread that is left keeps the program from ending
            self.live = self._make_live(now)
            self.services = self._make_services(now)
            self.app = DesktopApp(
                Look(qt),
                workplace.texts,
                self.services,
                self.background,
                Changes(),
                self._kit_now,
                now,
                page_makers,
            )
            undoing.pop_all()
        self.housekeeping: Housekeeping | None = None
        self._telling = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def open(self, target: Target | None = None) -> None:
        """Keep house, then show the window: at ``target``, or where the user should begin."""
        own, kept = self.background.on_worker(self._begin).result()
        self.housekeeping = kept
        self.app.open(own, target or _where_to_begin(own, kept))
        for problem in kept.problems:
            self._show_problem(problem)

    def run(self) -> None:
        """Give the window to the user until it is closed."""
        loop = QEventLoop()
        self.app.ended.connect(loop.quit)
        loop.exec()

    def tell_of_mistake(self, *, is_logged: bool) -> None:
        """Say that there was a mistake in the program; may be called from any thread."""
        if not self._telling:
            self._telling = True
            self._delivery.deliver(lambda: self._tell_of_mistake(is_logged=is_logged))

    def close(self) -> None:
        """Let go of the headsets, finish writing, end the threads."""
        self.app.close()
        self.background.loop.submit(self.live.release()).result()
        self.background.close()
        self._frames.end()
        self._viewing.end()
        self.app.window.deleteLater()

    # --- inside ------------------------------------------------------------------------------------------

    def _begin(self) -> tuple[OwnSettings, Housekeeping]:
        kept = self._workplace.keep_house()
        keep_content(self._workplace.stored, self._workplace.content, write_snapshot)
        return read_settings(self._workplace.stored), kept

    def _make_live(self, now: Callable[[], datetime]) -> LiveKit:
        live = LiveKit(
            self._workplace.gateway,
            self._remember,
            self._workplace.library,
            greet=self._workplace.greeting,
            holder=self._workplace.holder,
            now=now,
            laptop_awake=laptop_awake,
            is_elsewhere=self._is_elsewhere,
            remember_armed=self._remember_armed,
        )
        live.on_change = self._kit_now.put
        return live

    async def _remember(self, kit_id: KitId, serial: Serial, model: str, address: str) -> Headset:
        """What the loop learns of headsets goes to the database by its worker."""
        headsets = self._workplace.stored.headsets
        future = self.background.on_worker(
            lambda: remember_headset(headsets, kit_id, serial, model, address, utc_now())
        )
        return await asyncio.wrap_future(future)

    async def _remember_armed(self, serial: Serial) -> None:
        """A headset was made ready for Wi-Fi."""
        headsets = self._workplace.stored.headsets
        future = self.background.on_worker(lambda: headsets.mark_armed(serial, utc_now()))
        await asyncio.wrap_future(future)

    async def _is_elsewhere(self, kit_id: KitId, serial: Serial) -> bool:
        """Whether a headset belongs to another suitcase."""
        headsets = self._workplace.stored.headsets
        future = self.background.on_worker(lambda: is_of_another_kit(headsets, kit_id, serial))
        return await asyncio.wrap_future(future)

    def _make_services(self, now: Callable[[], datetime]) -> Services:
        work, stored = self._workplace, self._workplace.stored
        return Services(
            stored=stored,
            content=work.content,
            content_problems=work.content_found.problems,
            planning=SessionPlanning(stored, now),
            noting=Noting(stored.notes, stored.learning_points, stored.actions, now),
            checking=KitChecking(stored.checks, stored.check_lines, stored.headsets, now),
            holding=SessionHolding(stored, steady_clock() if now is utc_now else now),
            assigning=Assigning(stored),
            showing=Showing(stored),
            closing=SessionClosing(stored, now),
            importing=work.importing,
            library=work.library,
            pictures=self._frames,
            viewing=self._viewing,
            reporting=work.reporting,
            papers=Papers(work.reporting, LibraryStills(work.library)),
            live=self.live,
            backups=work.backups,
            data_folder=work.data_folder,
        )

    def _show_problem(self, error: TrainerError) -> None:
        _logger.warning("problem: %s", error.key)
        self.app.problem(error)

    def _tell_of_mistake(self, *, is_logged: bool) -> None:
        self._show_problem(LoggedMistake() if is_logged else ProgramMistake())
        self._telling = False  # never again, if it was the telling that failed

    def _on_crash(self, error: BaseException) -> None:
        """A mistake of ours: on Qt's thread it is treated like any other exception there."""
        raise error


def _where_to_begin(own: OwnSettings, kept: Housekeeping) -> Target:
    if kept.interrupted:
        return Target(place="session", session_id=kept.interrupted[0].session_id, detail="continue")
    if not own.is_complete:
        return Target(place="settings", detail="first")
    return Target(place="today")
