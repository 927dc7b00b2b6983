"""The run screen: leads a session from its first phase to its end. Knows no Qt.

The steps of the session go through the database worker; what the film does goes straight to the headsets.
A disk that refuses holds up neither: what is not saved is said, and tried again with every heartbeat.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.findings import Finding
from trainer_app.domain.live_kit import KitNow
from trainer_app.domain.phases import PhaseCode
from trainer_app.domain.running import Recovery
from trainer_app.domain.sessions import AbortReason, Session, SessionId
from trainer_app.runtime.changes import Topic
from trainer_app.runtime.turns import Turn
from trainer_app.services.holding import Material
from trainer_app.services.own_settings import change_settings
from trainer_app.services.running import SessionRunning
from trainer_app.services.setting_up import FilmStops
from trainer_app.ui.office import Office
from trainer_app.ui.session.run.film_desk import FilmDesk, FilmPlace
from trainer_app.ui.session.run.held import Held
from trainer_app.ui.session.run.models import Ending, Place, TickKind, Where
from trainer_app.ui.session.run.opening import Opening, opening_of
from trainer_app.ui.session.run.saving import Saving
from trainer_app.ui.session.run.screen import RunScreen
from trainer_app.ui.session.run.script_words import Told
from trainer_app.ui.session.run.seating import Seating
from trainer_app.ui.session.run.showing import Showing
from trainer_app.ui.session.run.step_words import question_of
from trainer_app.ui.session.run.unticked import Unticked

_DEALT_BEFORE = frozenset({PhaseCode.EQUIPMENT_BRIEF, PhaseCode.SCENARIO_BRIEF, PhaseCode.FILM})
"""In the last of these the headsets are on; who wears which is known before."""


class RunPresenter:
    """Leads one session.

    Attributes:
        desk: The film.
        session_id: The session that is held, or was last; None before the first.
    """

    def __init__(self, office: Office, screen: RunScreen) -> None:
        self._office, self._screen = office, screen
        self._services, self._texts = office.services, office.texts
        self._tasks = office.tasks.page()
        self._end_turn = Turn(self._tasks)
        self._held = Held()
        self._saving = Saving(
            self._tasks,
            self._services.showing,
            changed=lambda: self._showing.trouble(),
            saved_again=self._on_saved_again,
            failed=office.notices.problem,
        )
        self.desk = FilmDesk(
            self._services.live,
            self._tasks,
            changed=lambda: self._showing.all(),
            keep=self._saving.keep,
            failed=office.notices.problem,
        )
        self.desk.on_start = self._hide_notes
        self.desk.on_stops = self._keep_stops
        self.session_id: SessionId | None = None
        self._recovery: Recovery | None = None
        self._material: Material | None = None
        self._seating = Seating(self._services.assigning, self._tasks, self._on_seats)
        self._unticked = Unticked(office.texts)
        self._showing = Showing(
            office,
            screen,
            self._held,
            self.desk,
            saving=self._saving,
            seating=self._seating,
            unticked=self._unticked,
        )
        self._stop_hearing = office.kit_now.on(self._on_kit)

    # --- opening, leaving --------------------------------------------------------------------------------

    def open(self, session_id: SessionId) -> None:
        """Begin this session, go on with it, or ask how; one that is held is not let go of for another."""
        if self.is_running and self.session_id == session_id:
            self._lay_out()
            self._showing.all()
            return
        if not self.is_running:
            self._begin_anew()
        self._tasks.stored(
            lambda: self._services.holding.open(session_id), self._on_opened, self._on_not_opened
        )

    def end(self) -> None:
        """The screen goes away for good; the session goes on."""
        self._stop_hearing()
        self._tasks.close()

    def go_on(self, *, gap_counts: bool) -> None:
        """Go on after the program was away; ``gap_counts``: the group has gone on meanwhile."""
        recovery = self._recovery
        if recovery is None:
            return
        self._recovery = None
        holding = self._services.holding
        self._tasks.stored(
            lambda: holding.go_on(recovery, gap_counts=gap_counts), self._on_running, self._on_not_opened
        )

    @property
    def is_running(self) -> bool:
        """A session is being held."""
        return self._held.is_running

    # --- the session's steps -----------------------------------------------------------------------------

    def pause_or_go_on(self) -> None:
        """F8: pause or go on, the phase's clock and the film alike; at a stop-point the film only."""
        if not self.is_running:
            return
        if self.desk.is_playing:
            self.desk.pause()
            self._do(SessionRunning.pause)
        elif self.desk.is_paused:
            self.desk.resume()
            self._do(SessionRunning.resume)
        else:
            is_paused = self._held.expect_running().run.is_paused
            self._do(SessionRunning.resume if is_paused else SessionRunning.pause)

    def next_phase(self) -> None:
        """Go to the next phase, or after the last one, to the end."""
        if not self.is_running:
            return
        run = self._held.expect_running().run
        if self._unticked.holds_back(self._held.tick, run.seq):
            self._showing.trouble()
        elif run.following is None:
            self.ask_to_end()
        else:
            self._leave_film()
            self._do(SessionRunning.next_phase, self._on_phase)

    def previous_phase(self) -> None:
        """Go back to the phase before."""
        if self._held.is_ending:
            self.stay()
        else:
            self._leave_film()
            self._do(SessionRunning.previous_phase, self._on_phase)

    def skip_phase(self) -> None:
        """Leave the current phase out."""
        running = self._held.running
        if running is not None and not running.run.phase.required:
            seq = running.run.seq
            self._leave_film()
            self._do(lambda each: each.skip(seq), lambda: self._on_left_out(seq))

    def _on_left_out(self, seq: int) -> None:
        self._on_phase()
        phase = next(each for each in self._held.expect_running().run.phases if each.seq == seq)
        name = self._services.content.session_formats.phase(phase.code).name
        self._office.notices.offer_undo(
            self._texts("run.left_out", phase=name.in_language(self._texts.lang)),
            lambda: self._hold_after_all(seq),
        )

    def _hold_after_all(self, seq: int) -> None:
        if self.is_running:
            self._leave_film()
            self._do(lambda running: running.enter(seq), self._on_phase)

    def _leave_film(self) -> None:
        """Who goes on says «headsets off»: nothing goes on or begins in them, seen by their wearers alone."""
        if self.desk.may_show:
            self.desk.stop_all()

    def add_minutes(self, minutes: int) -> None:
        """Give the phase more time."""
        self._do(lambda running: running.adjust(minutes))

    def tick(self, kind: TickKind, *, done: bool) -> None:
        """Tick off, or take back."""
        names = {
            TickKind.CONTRACT: "contract_reviewed",
            TickKind.SAFETY: "safety_info_given",
            TickKind.AFTERCARE: "aftercare_offered",
        }
        self._unticked.note(kind, done=done)
        self._do(lambda running: running.tick(**{names[kind]: done}))
        self._showing.trouble()

    # --- the film ----------------------------------------------------------------------------------------

    def start_film(self) -> None:
        """Ctrl+Enter: start the film in all headsets that are ready."""
        if self.desk.place is FilmPlace.BEFORE and self.phase is PhaseCode.FILM:
            self.desk.start()

    def stop_here_or_go_on(self) -> None:
        """F12: make a stop-point of this place, or go on after one."""
        if self.desk.is_paused:
            self.pause_or_go_on()
        else:
            self.desk.stop_here()

    def go_to_place(self) -> None:
        """Enter on the time line: go on from the place that was chosen there."""
        if self.is_running and self.desk.go_to_chosen() and self._held.expect_running().run.is_paused:
            self._do(SessionRunning.resume)

    def stop_all(self) -> None:
        """Shift+Esc: silent and dark, all of them; then it is written down."""
        self.desk.stop_all()
        if self.is_running:
            self._do(SessionRunning.note_stop_all)

    def next_wave(self) -> None:
        """The wave has changed its headsets: the next one waits for its start."""
        if self.desk.place is FilmPlace.BETWEEN:
            self._do(SessionRunning.switch_wave, self._on_wave)

    def mark_cleaned(self, *, cleaned: bool) -> None:
        """The headsets of the wave that has finished are clean, or are not after all."""
        self._seating.mark_cleaned(self.desk.wave, cleaned=cleaned)

    def do_without(self, number: int) -> None:
        """Go on without a headset; whoever had it gets another one, if there is one."""
        self.desk.set_aside(number, aside=True)
        known = [each.headset_id for each in self._kit.headsets if each.number == number]
        if known and known[0] is not None:
            ready = [each for each in self.desk.ready_ids() if each != known[0]]
            self._seating.do_without(known[0], wave=self.desk.wave, ready=ready)

    # --- the end -----------------------------------------------------------------------------------------

    def ask_to_end(self) -> None:
        """Say what should be thought of before the session is ended."""
        running = self._held.running
        if running is not None and self.is_running:
            self._tasks.stored(lambda: self._services.holding.findings_at_end(running), self._on_findings)

    def stay(self) -> None:
        """Do not end the session yet."""
        self._held.is_ending = False
        self._showing.all()

    def finish(self) -> None:
        """End the session: it was held; what the headsets show ends with it."""
        running = self._held.running
        if running is not None:
            self._leave_film()
            self._end_turn.stored(lambda: self._services.holding.finish(running), self._on_ended)

    def abort(self, reason: AbortReason) -> None:
        """Break the session off; what the headsets show ends with it."""
        running = self._held.running
        if running is None:
            return
        self._leave_film()
        self._end_turn.stored(lambda: self._services.holding.abort(running, reason), self._on_ended)

    # --- what is seen ------------------------------------------------------------------------------------

    def toggle_notes(self) -> None:
        """F9: show or hide the notes."""
        self._held.notes_hidden = not self._held.notes_hidden
        self._showing.notes()

    def want_theme(self, theme: str) -> None:
        """Keep a theme that was chosen for this room."""
        self._tasks.stored(
            lambda: change_settings(self._services.stored, lambda own: replace(own, theme=theme)),
            lambda _own: self._office.changes.announce(Topic.SETTINGS),
            lambda _error: None,  # it holds until the program ends
        )

    def film_position_s(self) -> float:
        """Where the film is; any thread may ask."""
        return self.desk.position_s()

    # --- time --------------------------------------------------------------------------------------------

    def on_second(self) -> None:
        """Another second has passed."""
        if self.is_running:
            self._showing.times()

    def on_heartbeat(self) -> None:
        """Tell the database that the session goes on, and what it has refused so far."""
        if self._held.running is not None and self.is_running:
            self._saving.beat(self._held.running)

    # --- inside: what comes back -------------------------------------------------------------------------

    def _begin_anew(self) -> None:
        self.session_id = self._recovery = self._material = None
        self._held.running = self._held.told = None
        self._held.is_ending, self._held.notes_hidden = False, True
        self._unticked.begin_anew()
        self._screen.show_where(Where(place=Place.NOTHING))

    def _on_opened(self, found: SessionRunning | Recovery) -> None:
        if isinstance(found, SessionRunning):
            self._on_running(found)
            return
        self._recovery = found
        self._screen.show_where(Where(place=Place.QUESTION))
        formats = self._services.content.session_formats
        self._screen.ask_how_to_go_on(question_of(found, self._office.now(), formats, self._texts))

    def _on_not_opened(self, error: TrainerError) -> None:
        self._office.notices.problem(error)
        self._screen.back_to_list()

    def _on_running(self, running: SessionRunning) -> None:
        session = running.session
        self._held.running, self.session_id = running, session.id
        self._office.changes.announce(Topic.SESSIONS)
        self._tasks.stored(lambda: opening_of(session, self._services), self._on_read)

    def _on_read(self, read: Opening) -> None:
        session, material = read.session, read.material
        self._material = material
        self._held.told = Told(
            session=session,
            content=self._services.content,
            scenario=material.scenario,
            objectives=read.objectives,
            texts=self._texts,
        )
        self.desk.set_up(session, material.film, material.scenario, material.stops, read.records)
        self._seating.take(session.id, read.seats)
        self.desk.wave, self.desk.waves = self._held.expect_running().run.wave, self._seating.waves
        self.desk.hear(self._kit)
        self._lay_out()
        self._screen.show_notes_hidden(hidden=self._held.notes_hidden)
        self._on_phase()

    def _lay_out(self) -> None:
        """Whatever has become of the suitcase meanwhile: it is this session's, with its film."""
        material = self._material
        if material is not None and material.kit is not None:
            self.desk.connect(material.kit, material.headsets)

    def _on_phase(self) -> None:
        """Another phase has begun."""
        self._held.is_ending = False
        if self.phase is PhaseCode.FILM:
            self.desk.enter(self._held.expect_running().run)
        if self.phase in _DEALT_BEFORE:
            self._seating.deal_once(self.desk.ready_ids())
        self._showing.all()

    def _on_wave(self) -> None:
        self.desk.enter(self._held.expect_running().run)
        self._showing.all()

    def _on_seats(self) -> None:
        self.desk.waves = self._seating.waves
        self._showing.all()

    def _on_findings(self, findings: list[Finding]) -> None:
        self._held.is_ending = True
        texts = self._texts
        words = tuple(texts(each.key, **each.params) for each in findings)
        self._screen.show_ending(
            Ending(heading=texts("run.end.heading"), findings=words, end=texts("run.end.button"))
        )
        self._showing.where()

    def _on_ended(self, _session: Session) -> None:
        self.desk.let_go()
        self._office.changes.announce(Topic.SESSIONS)
        self._screen.step_over()

    def _on_kit(self, kit: KitNow) -> None:
        if self._held.told is None:
            return
        if not self.is_running:
            self.desk.hear_of_the_end()
            return
        self.desk.hear(kit)
        self._showing.what_the_kit_changes()

    # --- inside: writing ---------------------------------------------------------------------------------

    def _do(self, what: Callable[[SessionRunning], None], then: Callable[[], None] | None = None) -> None:
        """Take a step of the session; the database hears of it first, if it can."""
        running = self._held.running
        if running is None or not self.is_running:
            return

        def done() -> None:
            if self._held.told is not None:
                self._held.told = replace(self._held.told, session=running.session)
            (then or self._showing.all)()

        self._saving.do(running, what, done)

    def _keep_stops(self, stops: FilmStops) -> None:
        holding, session_id = self._services.holding, self.session_id
        if session_id is not None:
            self._saving.keep_last(lambda: holding.keep_stops(session_id, stops))

    def _on_saved_again(self) -> None:
        self._office.notices.say(self._texts("run.saved_again"))
        self._showing.trouble()

    def _hide_notes(self) -> None:
        self._held.notes_hidden = True
        self._showing.notes()

    # --- inside: what is asked often ---------------------------------------------------------------------

    @property
    def _kit(self) -> KitNow:
        return self._office.kit_now.value

    @property
    def phase(self) -> PhaseCode | None:
        """The phase that is on; None while nothing is held."""
        return self._held.phase
