"""The desktop app: the window, its pages in the language in use, and what belongs to the whole of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.live_kit import KitNow
from trainer_app.runtime.background import Tasks
from trainer_app.runtime.changes import Changes, Topic
from trainer_app.runtime.latest import Latest
from trainer_app.services.own_settings import OwnSettings, change_settings, read_settings
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.appearance import Appearance
from trainer_app.ui.arming_news import ArmingNews
from trainer_app.ui.film_news import FilmNews
from trainer_app.ui.leaving import Leaving
from trainer_app.ui.office import Office, Services, Target
from trainer_app.ui.open_suitcase import OpenSuitcase
from trainer_app.ui.page import MakePage
from trainer_app.ui.shell.window import Window
from trainer_app.ui.theme.look import Look

PageMakers = Callable[[Office, Look], Mapping[str, MakePage]]
"""Says what makes the pages, by their place."""

_STEP_PERCENT, _SMALLEST_PERCENT, _LARGEST_PERCENT = 10, 100, 200


class DesktopApp(QObject):
    """Everything on the screen's thread. Made by bootstrap, which gives it services and threads.

    Signals:
        ended: the window has been closed.
    """

    ended = Signal()

    def __init__(
        self,
        look: Look,
        texts: Texts,
        services: Services,
        tasks: Tasks,
        changes: Changes,
        kit_now: Latest[KitNow],
        now: Callable[[], datetime],
        page_makers: PageMakers,
    ) -> None:
        super().__init__()
        self._look, self._services, self._tasks = look, services, tasks
        self._page_makers = page_makers
        self._own = OwnSettings()
        self._changes = changes
        self._appearance = Appearance(look, self)
        self.window = Window(look, texts)
        self.window.closing.connect(self._on_closing)
        self.window.text_size_wanted.connect(self._on_text_size_wanted)
        self.office = Office(
            services=services,
            tasks=tasks,
            changes=changes,
            texts=texts,
            now=now,
            own=lambda: self._own,
            go=self.window.go,
            notices=self.window.notices,
            kit_now=kit_now,
        )
        self._suitcase = OpenSuitcase(services, tasks, changes)
        self._film_news = FilmNews(services.stored, tasks, changes, kit_now, now, self.problem)
        self._arming_news = ArmingNews(kit_now, lambda: self.office.texts, self.window.notices.say)
        self._leaving = Leaving(self.window, look, lambda: self.office)
        self.window.may_close = self._leaving.may_close
        changes.on({Topic.SETTINGS}, self._read_settings)

    def open(self, own: OwnSettings, target: Target) -> None:
        """Show the window with its pages; the department's suitcase is looked after from now on."""
        self._take(own)
        self._show_pages(target)
        self.window.show()
        self._suitcase.lay_out()

    def problem(self, error: TrainerError) -> None:
        """Show a problem nobody else takes care of."""
        self.window.notices.problem(error)

    def close(self) -> None:
        """Close the window without a question, if it is open: whoever ends the program has been asked."""
        self._leaving.agree()
        if self.window.isVisible():
            self.window.close()

    # --- inside ------------------------------------------------------------------------------------------

    def _show_pages(self, target: Target) -> None:
        self.window.show_pages(self.office.texts, self._page_makers(self.office, self._look), target)
        held = self._services.holding.held
        if held is not None:
            # The page that led it has gone: heartbeats, stop-points, what is written of the film.
            self.window.carry_on(Target(place="session", session_id=held.id))

    def _read_settings(self) -> None:
        self._tasks.stored(lambda: read_settings(self._services.stored), self._on_settings)

    def _on_settings(self, own: OwnSettings) -> None:
        spoke = self.office.texts.lang
        self._take(own)
        if self.office.texts.lang != spoke:
            # Not within a page's own handler: the page goes away.
            QTimer.singleShot(0, self, lambda: self._show_pages(Target(place=self.window.place)))

    def _take(self, own: OwnSettings) -> None:
        self._own = own
        self._appearance.want(own.theme, own.text_percent)
        if own.language is not None and own.language != self.office.texts.lang:
            self.office = dataclasses.replace(self.office, texts=Texts(own.language))

    def _on_text_size_wanted(self, steps: int) -> None:
        percent = self._own.text_percent + steps * _STEP_PERCENT if steps else _SMALLEST_PERCENT
        percent = min(max(percent, _SMALLEST_PERCENT), _LARGEST_PERCENT)
        self._take(dataclasses.replace(self._own, text_percent=percent))
        self._tasks.stored(
            lambda: change_settings(
                self._services.stored, lambda own: dataclasses.replace(own, text_percent=percent)
            ),
            lambda _: self._changes.announce(Topic.SETTINGS, by=self._read_settings),
            self._on_text_size_refused,
        )

    def _on_text_size_refused(self, problem: TrainerError) -> None:
        """What is shown is what is kept, as after any other choice."""
        self.problem(problem)
        self._read_settings()

    def _on_closing(self) -> None:
        for page in self.window.pages.values():
            page.end()
        self._suitcase.end()
        self._film_news.end()
        self._arming_news.end()
        self.ended.emit()
