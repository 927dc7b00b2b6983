"""What the run screen shows of the session that is held: its state in words, part by part. Knows no Qt."""

from __future__ import annotations

from datetime import timedelta

from trainer_app.domain.live_kit import KitNow
from trainer_app.domain.phases import PhaseCode, PhaseGroup
from trainer_app.ui.office import Office
from trainer_app.ui.session.run.film_desk import FilmDesk, FilmPlace
from trainer_app.ui.session.run.film_words import FilmWords, may_play_on
from trainer_app.ui.session.run.held import Held
from trainer_app.ui.session.run.models import Place, Where
from trainer_app.ui.session.run.saving import Saving
from trainer_app.ui.session.run.screen import RunScreen
from trainer_app.ui.session.run.script_words import script_of
from trainer_app.ui.session.run.seating import Seating
from trainer_app.ui.session.run.step_words import head_of, steps_of, unsaved
from trainer_app.ui.session.run.time_words import times_of
from trainer_app.ui.session.run.unticked import Unticked

_MINUTE = timedelta(minutes=1)


class Showing:
    """Reads what is held and tells the screen; changes nothing of it."""

    def __init__(
        self,
        office: Office,
        screen: RunScreen,
        held: Held,
        desk: FilmDesk,
        *,
        saving: Saving,
        seating: Seating,
        unticked: Unticked,
    ) -> None:
        self._office, self._screen = office, screen
        self._services = office.services
        self._held, self._desk = held, desk
        self._saving, self._seating, self._unticked = saving, seating, unticked
        self._words = FilmWords(office.texts)
        self._strip_shown = False

    @property
    def _kit(self) -> KitNow:
        return self._office.kit_now.value

    def what_the_kit_changes(self) -> None:
        """The suitcase looks different."""
        if self._shows_strip() != self._strip_shown:
            self.where()
        self.film_parts()

    def notes(self) -> None:
        """Whether the notes are to be read."""
        self.head()
        self._screen.show_notes_hidden(hidden=self._held.notes_hidden)

    def all(self) -> None:
        """Everything, as it is now."""
        if self._held.told is None or not self._held.is_running:
            return
        self.head()
        self.times()
        self._steps()
        self._content()
        self.film_parts()

    def head(self) -> None:
        """The bar at the top."""
        group = self._held.group
        if self._held.told is not None and group is not None:
            self._screen.show_head(head_of(self._held.told, group, notes_hidden=self._held.notes_hidden))

    def times(self) -> None:
        """The clocks."""
        running = self._held.expect_running()
        self._screen.show_times(
            times_of(
                running.run,
                running.present,
                self._office.local_now(),
                self._services.content.session_formats,
                self._office.texts,
                self._desk.count(),
            )
        )

    def _steps(self) -> None:
        formats = self._services.content.session_formats
        self._screen.show_steps(
            steps_of(self._held.expect_running().run, self._desk, formats, self._office.texts)
        )

    def _content(self) -> None:
        told, code = self._held.told, self._held.phase
        if told is not None and code is not None and code is not PhaseCode.FILM:
            self._screen.show_script(script_of(code, told))
        self.where()

    def where(self) -> None:
        """Which part of the screen is to be seen."""
        self._strip_shown = self._shows_strip()
        self._screen.show_where(
            Where(
                place=Place.ENDING if self._held.is_ending else self._place(),
                phase=self._held.expect_running().run.phase,
                strip=self._strip_shown,
                begins=self._desk.is_beginning,
            )
        )

    def _shows_strip(self) -> bool:
        """As long as there is something to stop."""
        return self._held.phase is PhaseCode.FILM or self._desk.is_going or bool(may_play_on(self._kit))

    def _place(self) -> Place:
        if self._held.phase is not PhaseCode.FILM:
            return Place.DEBRIEF if self._held.group is PhaseGroup.DEBRIEF else Place.SCRIPT
        return {
            FilmPlace.BEFORE: Place.START,
            FilmPlace.ON: Place.FILM,
            FilmPlace.BETWEEN: Place.CHANGE,
            FilmPlace.OVER: Place.OVER,
        }[self._desk.place]

    def film_parts(self) -> None:
        """All that follows the suitcase."""
        told, kit, desk = self._held.told, self._kit, self._desk
        if told is None or not self._held.is_running:
            return
        session_min = round(self._held.expect_running().times().left_of_session / _MINUTE)
        self._screen.show_strip(self._words.strip(kit, session_min))
        self.trouble()
        if self._held.phase is not PhaseCode.FILM:
            return
        if desk.place is FilmPlace.BEFORE:
            self._screen.show_start(self._words.start(desk, kit, self._seating.seats, told))
        elif desk.place is FilmPlace.ON:
            self._screen.show_film(self._words.now(desk, kit, told))
        else:
            last = desk.place is FilmPlace.OVER
            self._screen.show_change(self._words.change(desk, self._seating.seats, told, is_last=last))

    def trouble(self) -> None:
        """What is wrong, the nearest first."""
        own = self._unticked.words(self._held.tick, self._held.seq) or unsaved(
            self._saving.refused, self._office.texts
        )
        if own is not None or self._held.phase is not None:
            self._screen.show_trouble(self._words.trouble(self._kit, self._desk, self._held.phase, own))
