"""The film phase: what is asked of the suitcase, and what comes back from it. Knows no Qt.

What the facilitator asks goes straight to the headsets; the database hears of it afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable, Sequence
from enum import Enum, auto
from time import perf_counter, perf_counter_ns

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.films import Film
from trainer_app.domain.kits import Headset, HeadsetId, Kit
from trainer_app.domain.live_kit import FilmStage, KitNow
from trainer_app.domain.playback_records import PlaybackRecord
from trainer_app.domain.running import Run
from trainer_app.domain.scenarios import ScenarioVersion
from trainer_app.domain.session_formats import FormatCode
from trainer_app.domain.sessions import Session
from trainer_app.runtime.background import Tasks, ignored
from trainer_app.services.laying_out import lay_out
from trainer_app.services.live_control import LiveControl
from trainer_app.services.setting_up import FilmStop, FilmStops
from trainer_app.services.showing import Shown
from trainer_app.ui.session.run.film_return import Seen, last_seen
from trainer_app.ui.session.run.film_stops import (
    BEFORE_END_S,
    Stop,
    in_order,
    meant_by_hand,
    stops_of,
    unnumbered,
)
from trainer_app.ui.session.run.shown_films import ShownFilms

VOLUME_STEP = 5
"""Percent."""

MOVING = frozenset({FilmStage.STARTING, FilmStage.PLAYING, FilmStage.PAUSED})
"""The headsets show the film, or are about to."""

_AHEAD = frozenset({FilmStage.PREPARING})
"""A start that was asked for may still be on its way."""

_COUNTS = 3


class FilmPlace(Enum):
    """Where the group is with its film, as the facilitator sees it."""

    BEFORE = auto()
    ON = auto()
    BETWEEN = auto()
    OVER = auto()


class FilmDesk:
    """Starts, pauses and stops the film; knows which wave sees it.

    Attributes:
        film: Of the session; None: there is none.
        wave: The one that sees it now, from 1.
        waves: How many there are.
        asked: The start was asked for and has not happened yet.
        chosen_s: A place of the film that the facilitator is looking at, to go there; None most of the time.
        on_start: Called when a film starts in the headsets.
        on_stops: Called with the stop-points when the facilitator has changed them.
        changed: Called when something is to be shown anew.
        keep: Called with every showing that is to be written.
    """

    def __init__(
        self,
        live: LiveControl,
        tasks: Tasks,
        *,
        changed: Callable[[], None],
        keep: Callable[[Shown], None],
        failed: Callable[[TrainerError], None],
    ) -> None:
        self._live, self._tasks = live, tasks
        self._changed, self._failed = changed, failed
        self._shown_films = ShownFilms(live, keep)
        self.on_start: Callable[[], None] = lambda: None
        self.on_stops: Callable[[FilmStops], None] = ignored
        self.film: Film | None = None
        self.stops: tuple[Stop, ...] = ()
        self.wave, self.waves = 1, 1
        self.asked = False
        self.at_stop: Stop | None = None
        self.chosen_s: float | None = None
        self._gone_on_from_s: float | None = None
        self._stops_by_itself = False
        self._told_stops: tuple[float, ...] = ()
        self._armed = True
        self._was_stopped = False
        self._kit, self._heard_s = KitNow(), perf_counter()
        self._position_s = 0.0
        self._lead_s = 0.0
        self._goes_on = False

    def set_up(
        self,
        session: Session,
        film: Film | None,
        scenario: ScenarioVersion | None,
        stops: Sequence[FilmStop] | None = None,
        records: Iterable[PlaybackRecord] = (),
    ) -> None:
        """Say what is shown.

        Args:
            session: Whose film it is.
            film: None: there is none.
            scenario: Has the stop-points.
            stops: As they were set for this session; None: as the scenario has them.
            records: Of what the session has shown so far.
        """
        self.film, self.chosen_s = film, None
        self._shown_films.begin(session, records)
        self._stops_by_itself = session.format is FormatCode.FILM_WITH_STOP_POINTS
        self.stops = stops_of(film, scenario) if stops is None else in_order(stops)

    def connect(self, kit: Kit, headsets: Sequence[Headset]) -> None:
        """Lay out the suitcase with the film, also after another page, or another run of the program.

        What such a run has left going on for this session is led on.
        """
        film, stops_s, left = self.film, self._holding_stops(), self._shown_films.left_open()

        async def laid_out() -> None:
            await lay_out(self._live, kit, headsets, film)
            await self._live.set_stops(stops_s)
            if left is not None:
                await self._live.recognise(left)

        self._told_stops = stops_s
        self._tasks.live(laid_out, failed=self._failed)
        self._tasks.live(self._live.stay_awake, failed=self._failed)

    def enter(self, run: Run) -> None:
        """The film phase, or a wave in it, begins; or a screen made anew comes into the middle of it.

        The film waits for its start unless it is going on, or this wave has seen it.
        """
        self.wave = run.wave
        if self._kit.stage in MOVING:
            self._come_to_what_goes_on(run)
            return
        seen = last_seen(run, self._shown_films.records(run.wave), self._length_s)
        if seen is None:
            self._arm()
        else:
            self._come_to_what_is_over(seen)

    # --- what the facilitator does -----------------------------------------------------------------------

    def start(self) -> None:
        """Start the film from its beginning, in all headsets that are ready."""
        self._begin(0.0)

    def show_again(self) -> None:
        """The film is over, and wanted once more: it waits for its start."""
        if self.place is FilmPlace.OVER:
            self._arm()
            self._changed()

    def go_on_from_here(self) -> None:
        """Start again where *Stopp alt* has stopped it."""
        self._begin(self._position_s)

    def pause(self) -> None:
        """Pause all at the same picture."""
        self._ask(self._live.pause)

    def resume(self) -> None:
        """Go on together; a stop-point that is gone on from stops nobody again, should it lie ahead."""
        self._gone_on_from_s = None if self.at_stop is None else self.at_stop.at_s
        self.at_stop = None
        self._tell_stops()
        self._ask(self._live.resume)

    def stop_here(self) -> None:
        """Stop at the stop-point that is meant, else make one of this place."""
        if self._kit.stage is FilmStage.PLAYING:
            here = self.position_s()
            self.at_stop = meant_by_hand(self.stops, here)
            self.chosen_s = None  # what is asked now stands where the chosen place did
            self.pause()

    def choose(self, at_s: float | None) -> None:
        """Look at a place of the film, seconds; None: no longer. The headsets hear nothing of it."""
        if self.place is FilmPlace.ON and self.film is not None:
            self.chosen_s = at_s
            self._changed()

    def go_to_chosen(self) -> bool:
        """Go on from the place that was looked at: all stop, and start there together.

        Returns:
            False: nothing was ordered, as no place is chosen or a start is on its way.
        """
        if self.chosen_s is None or self.asked:
            return False
        at_s = min(self.chosen_s, self._last_s)  # at the very end nothing would be left to go on with
        self.chosen_s = self.at_stop = None
        self._order(at_s, lambda: self._live.skip_to(at_s))
        return True

    def add_stop(self, at_s: float) -> None:
        """Make a stop-point of a place, for this session."""
        if 0 < at_s < self._last_s and at_s not in [stop.at_s for stop in self.stops]:
            self._set_stops((*self.stops, unnumbered(at_s)))

    def drop_stop(self, place: int) -> None:
        """Leave a stop-point out, for this session; ``place`` counts from 0."""
        self._set_stops((*self.stops[:place], *self.stops[place + 1 :]))

    def stop_all(self) -> None:
        """Silent and dark, all of them, at once."""
        self.chosen_s = None  # what comes of it stands where the chosen place did
        self._ask(self._live.stop_all)

    def let_go(self) -> None:
        """The session is over: nobody needs the headsets any more."""
        self._ask(self._live.session_over)

    def identify(self) -> None:
        """Show every headset's number; a film that plays is not disturbed."""
        if self._kit.stage is not FilmStage.PLAYING:
            self._ask(self._live.identify)

    def recentre(self) -> None:
        """Let everybody look into the middle of the film again."""
        self._ask(self._live.recentre)

    def change_volume(self, steps: int) -> None:
        """Make all films louder or quieter, by so many steps."""
        percent = min(100, max(0, self._kit.volume_percent + steps * VOLUME_STEP))
        self._tasks.live(lambda: self._live.set_volume(percent), failed=self._failed)

    def retry(self, number: int) -> None:
        """Try again with one headset."""
        self._tasks.live(lambda: self._live.retry(number), failed=self._failed)

    def set_aside(self, number: int, *, aside: bool) -> None:
        """Go on without a headset, or with it again."""
        self._tasks.live(lambda: self._live.set_aside(number, aside), failed=self._failed)

    # --- what comes back ---------------------------------------------------------------------------------

    def hear(self, kit: KitNow) -> None:
        """The suitcase is like this now."""
        before, self._kit, self._heard_s = self._kit, kit, perf_counter()
        if kit.stage is FilmStage.STARTING:
            self._position_s = kit.position_s
        if kit.stage in (FilmStage.PLAYING, FilmStage.PAUSED):
            self._note_place(kit)
        if kit.stage is not before.stage:
            self._on_stage(before.stage, kit)
        self._shown_films.note(self.wave)

    def hear_of_the_end(self) -> None:
        """The session is over, and its film with it: that is all there is to hear of the suitcase."""
        self._shown_films.note_end()

    def position_s(self) -> float:
        """Where the film is right now; may be asked from any thread."""
        kit, heard_s = self._kit, self._heard_s
        course = self._live.film_course() if kit.stage in (FilmStage.PLAYING, FilmStage.PAUSED) else None
        if course is not None:
            return course.at(perf_counter_ns()).position_s
        if kit.stage is FilmStage.PLAYING:
            return min(kit.position_s + perf_counter() - heard_s, kit.length_s or float("inf"))
        return self._position_s

    def count(self) -> int | None:
        """3, 2, 1 while the start is near, however long the way to it is."""
        if self._kit.stage is not FilmStage.STARTING or self._lead_s <= 0:
            return None
        left = self._kit.starts_in_s - (perf_counter() - self._heard_s)
        return min(_COUNTS, max(1, -int(-left * _COUNTS // self._lead_s)))

    @property
    def place(self) -> FilmPlace:
        """Where the group is with its film."""
        stage = self._kit.stage
        if stage in (FilmStage.PLAYING, FilmStage.PAUSED) or self._goes_on:
            return FilmPlace.ON
        if self._armed or self.asked or stage is FilmStage.STARTING:
            return FilmPlace.BEFORE
        if self.is_stopped:
            return FilmPlace.ON
        return FilmPlace.BETWEEN if self.wave < self.waves else FilmPlace.OVER

    @property
    def is_beginning(self) -> bool:
        """A start was asked for; the film is not there yet."""
        return self.asked or self._kit.stage is FilmStage.STARTING

    @property
    def is_going(self) -> bool:
        """The headsets show something, or are about to."""
        return self._kit.stage in MOVING

    @property
    def may_show(self) -> bool:
        """The headsets show something, or may yet begin to; who leaves the film stops that as well."""
        return self.asked or self._kit.stage in MOVING | _AHEAD

    @property
    def is_playing(self) -> bool:
        """It moves."""
        return self._kit.stage is FilmStage.PLAYING

    @property
    def is_paused(self) -> bool:
        """It stands still and can go on."""
        return self._kit.stage is FilmStage.PAUSED

    @property
    def is_stopped(self) -> bool:
        """*Stopp alt* was used, or somebody else has stopped the film."""
        return not self._armed and (self._kit.stage is FilmStage.STOPPED or self._was_stopped)

    @property
    def pauses_at_stops(self) -> bool:
        """The format says that the film is paused at its stop-points."""
        return self._stops_by_itself

    def next_stop(self) -> Stop | None:
        """The first stop-point that is still to come."""
        here = self.position_s()
        return next((stop for stop in self.stops if stop.at_s > here), None)

    @property
    def _length_s(self) -> float:
        return 0.0 if self.film is None else self.film.probe.duration_s

    @property
    def _last_s(self) -> float:
        """From here on there is nothing of the film left to go to."""
        return self._length_s - BEFORE_END_S

    def ready_ids(self) -> tuple[HeadsetId, ...]:
        """The headsets that can take part, by number."""
        return tuple(
            headset.headset_id
            for headset in self._kit.headsets
            if headset.is_ready and headset.headset_id is not None
        )

    # --- inside ------------------------------------------------------------------------------------------

    def _arm(self) -> None:
        self._armed, self.at_stop = True, None
        # The players come up meanwhile, so that the start has not to wait for them.
        self._tasks.live(self._live.open_players, failed=self._failed)

    def _begin(self, from_s: float) -> None:
        if not self.asked and not self.is_going:
            self._order(from_s, lambda: self._live.start_film(from_s=from_s))

    def _order(self, from_s: float, order: Callable[[], Coroutine[None, None, None]]) -> None:
        self.asked = True
        self._gone_on_from_s = None
        self._position_s = from_s
        self._tell_stops()
        self._tasks.live(order, self._on_asked, self._on_start_failed)
        self._changed()

    def _set_stops(self, stops: Sequence[Stop]) -> None:
        """In the film's order, numbered anew; kept, so that a crash does not take them."""
        places = tuple(FilmStop(at_s=stop.at_s, question=stop.question) for stop in stops)
        self.stops = in_order(places)
        self._tell_stops()
        if self.film is not None:
            self.on_stops(FilmStops(film=self.film.sha256, places=places))
        self._changed()

    def _on_asked(self, _nothing: None) -> None:
        self.asked = False
        self._changed()

    def _on_start_failed(self, error: TrainerError) -> None:
        self.asked = False
        self._failed(error)
        self._changed()

    def _ask(self, what: Callable[[], object]) -> None:
        self._tasks.live(what, failed=self._failed)  # type: ignore[arg-type]  # all of them are coroutines

    def _come_to_what_goes_on(self, run: Run) -> None:
        self._armed = False
        # A pause that is the session's as well was none of a stop-point.
        if self.is_paused and not run.is_paused and self.at_stop is None:
            self.at_stop = meant_by_hand(self.stops, self._position_s)

    def _come_to_what_is_over(self, seen: Seen) -> None:
        self._armed, self.at_stop = False, None
        if self._kit.stage is FilmStage.STOPPED:
            self._position_s = self._kit.position_s
        elif not seen.is_over:
            self._was_stopped, self._position_s = True, seen.to_s

    def _note_place(self, kit: KitNow) -> None:
        """Where the film is; at a stop-point it stands by itself, in all headsets at the same picture."""
        self._position_s = kit.position_s
        if kit.stage is FilmStage.PAUSED and kit.at_stop_s is not None and self.at_stop is None:
            here = kit.at_stop_s
            self.at_stop = next((stop for stop in self.stops if stop.at_s == here), unnumbered(here))
            self.chosen_s = None

    def _holding_stops(self) -> tuple[float, ...]:
        """Where the film is to stand still by itself."""
        if not self._stops_by_itself:
            return ()
        return tuple(stop.at_s for stop in self.stops if stop.at_s != self._gone_on_from_s)

    def _tell_stops(self) -> None:
        """The headsets have to know before they are there."""
        stops_s = self._holding_stops()
        if stops_s != self._told_stops:
            self._told_stops = stops_s
            self._ask(lambda: self._live.set_stops(stops_s))

    def _on_stage(self, before: FilmStage, kit: KitNow) -> None:
        self._goes_on = kit.stage is FilmStage.STARTING and before in (FilmStage.PAUSED, FilmStage.PLAYING)
        if kit.stage is FilmStage.STARTING:
            self._lead_s = kit.starts_in_s
        if kit.stage in (FilmStage.STARTING, FilmStage.PLAYING) and before not in MOVING:
            self.on_start()
        if kit.stage is FilmStage.PLAYING and before is not FilmStage.PAUSED:
            self._armed = self._was_stopped = self.asked = False
            self.at_stop = None
        if kit.stage in (FilmStage.ENDED, FilmStage.STOPPED) and before in MOVING:
            self._armed = False
        if kit.stage in (FilmStage.ENDED, FilmStage.STOPPED):
            self.chosen_s = None
        self._changed()
