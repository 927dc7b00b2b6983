"""What the screen *I dag* does: reads the day, follows the suitcase, says where to go. Knows no Qt."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from trainer_app.domain.live_kit import KitNow
from trainer_app.runtime.changes import Topic
from trainer_app.ui.office import Office, Target
from trainer_app.ui.today.reading import Today, read_today
from trainer_app.ui.today.shown import TodayShown
from trainer_app.ui.today.words import TodayWords


class TodayView(Protocol):
    """What the presenter asks of the page."""

    def show_today(self, shown: TodayShown) -> None:
        """Show the day. What has not changed is left alone, and the keyboard stays where it is."""


class TodayPresenter:
    """The screen *I dag*."""

    def __init__(self, office: Office, view: TodayView) -> None:
        self._office, self._view = office, view
        self._tasks = office.tasks.page()
        self._words = TodayWords(office.services.content, office.texts)
        self._today: Today | None = None
        self._read_on: date | None = None
        self._shown: TodayShown | None = None
        self._forget = (
            office.changes.on(set(Topic) - {Topic.NOTES}, self.reload),
            office.kit_now.on(self._on_kit),
        )

    def reload(self) -> None:
        """Read the day anew."""
        services, own, now = self._office.services, self._office.own(), self._office.now()
        lang, day = self._office.texts.lang, self._office.local_now().date()

        def loaded(today: Today) -> None:
            self._today, self._read_on = today, day
            self._show()

        self._tasks.stored(lambda: read_today(services.stored, own, now, lang), loaded)

    def tick(self) -> None:
        """Time has passed: words about it change; on a new day, everything."""
        if self._read_on is not None and self._read_on != self._office.local_now().date():
            self.reload()
        else:
            self._show()

    def go(self, target: Target) -> None:
        """A button, a link or a row was pressed."""
        self._office.go(target)

    def new_session(self) -> None:
        """Plan a session."""
        self._office.go(Target(place="plan", detail="new"))

    def end(self) -> None:
        """The page goes away."""
        for forget in self._forget:
            forget()
        self._tasks.close()

    def _on_kit(self, _now: KitNow) -> None:
        self._show()

    def _show(self) -> None:
        if self._today is None:
            return
        shown = self._words.shown(self._today, self._office.kit_now.value, self._office.now())
        if shown != self._shown:
            self._shown = shown
            self._view.show_today(shown)
