"""The run screen: a session from its first phase to its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeySequence,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from trainer_app.domain.phases import PhaseCode
from trainer_app.domain.session_phases import SessionPhase
from trainer_app.domain.sessions import SessionId
from trainer_app.looks.theme import Theme
from trainer_app.looks.tokens import ThemeName
from trainer_app.services.running import HEARTBEAT_S
from trainer_app.ui.office import Office
from trainer_app.ui.page import KeyHelp
from trainer_app.ui.session.notes.note_entry import note_keys
from trainer_app.ui.session.run.abort_dialog import AbortDialog
from trainer_app.ui.session.run.frame import RunFrame
from trainer_app.ui.session.run.held_key import HeldKey
from trainer_app.ui.session.run.kept_focus import KeptFocus
from trainer_app.ui.session.run.keys import before_the_film, key_help_of
from trainer_app.ui.session.run.models import (
    Change,
    Ending,
    FilmNow,
    Head,
    Place,
    Question,
    Script,
    Start,
    Steps,
    StripHeadset,
    Times,
    Trouble,
    Where,
)
from trainer_app.ui.session.run.pictures import FilmFollower
from trainer_app.ui.session.run.presenter import RunPresenter
from trainer_app.ui.session.run.projection import Projection
from trainer_app.ui.session.run.telling import Telling
from trainer_app.ui.session.step_view import CLOSE
from trainer_app.ui.shell.key_sheet import KeySheet
from trainer_app.ui.theme.look import Look

_COUNT_MS = 60
_WITH_WEARERS = frozenset({Place.START, Place.FILM})
_WITH_NOTES = frozenset({Place.SCRIPT, Place.FILM, Place.CHANGE, Place.OVER})
_THEMES = {"light": ThemeName.LIGHT, "dark": ThemeName.DARK}


class RunView(RunFrame):
    """Shows what its presenter says, and tells it what is pressed."""

    def __init__(self, office: Office, look: Look) -> None:
        super().__init__(office, look)
        self._office, self._texts = office, office.texts
        self._phase: SessionPhase | None = None
        self._film: FilmNow | None = None
        self._trouble: Trouble | None = None
        self.presenter = RunPresenter(office, self)
        self._telling = Telling(office, self.message)
        self.follower = FilmFollower(office.services.pictures, self.presenter.film_position_s, self)
        self.projection = Projection(office, look, self.presenter)
        self._second = self._timer(1_000, self.presenter.on_second)
        self._heartbeat = self._timer(round(HEARTBEAT_S * 1_000), self.presenter.on_heartbeat)
        self._counting = self._timer(_COUNT_MS, self.presenter.on_second)
        self._numbers = HeldKey(Qt.Key.Key_I, self)
        self._keyboard = KeptFocus(self, self.first_focus)
        self._dialog: AbortDialog | None = None
        self._connect()
        self._shortcuts()

    # --- what the page asks ------------------------------------------------------------------------------

    @property
    def wants_rail(self) -> bool:
        """The run screen has the whole window."""
        return False

    def open(self, session_id: SessionId, detail: str = "") -> None:
        """Begin this session, or go on with it."""
        self._keyboard.begin()
        self.message.forget()
        self.presenter.open(session_id)
        self._second.start()
        self._heartbeat.start()

    def keep(self) -> None:
        """What is typed is saved; the film is followed on."""
        self.notes.leave()
        self.debrief.leave()

    def leave(self) -> None:
        """Another page is looked at; the session goes on."""
        self._close_lists()
        self._numbers.release()
        self.keep()
        self.follower.follow(None)

    def end(self) -> None:
        """It goes away for good; the session goes on."""
        for timer in (self._second, self._heartbeat, self._counting):
            timer.stop()
        self.follower.stop()
        self.projection.end()
        self._numbers.release()
        self._keyboard.stop()
        self._telling.end()
        self.message.stop()
        self.notes.end()
        self.debrief.end()
        self.recap.end()
        self.presenter.end()

    def unsaved(self) -> Sequence[str]:
        """Notes, and lines of the debrief that are being changed."""
        return [*self.notes.unsaved(), *self.debrief.unsaved()]

    def key_help(self) -> Sequence[KeyHelp]:
        """The keys of this screen."""
        return [*key_help_of(self._texts), *note_keys(self._texts)]

    def first_focus(self) -> QWidget | None:
        """What leads on from here."""
        place = self._where.place
        if place is Place.DEBRIEF:
            return self.debrief.first_focus()
        if place is Place.START:
            return self.start.hero if self.start.hero.isEnabled() else self.column.first_step()
        return {
            Place.NOTHING: None,
            Place.QUESTION: self.question.waited,
            Place.FILM: self.column.pause,
            Place.CHANGE: self.change.clean,
            Place.ENDING: self.ending.stay,
        }.get(place, self.column.next)

    def regions(self) -> Sequence[QWidget]:
        """Top bar, times and steps, the middle, notes, tools, headsets."""
        return self.top, self.column, self._stack, self.notes, self.tools, self.strip

    def escape(self) -> None:
        """Esc: close what shows names or is written in, do not end."""
        self._close_lists()
        if self.message.is_open:
            self.message.close_card()
        elif self.presenter.desk.chosen_s is not None:
            self.presenter.desk.choose(None)
        elif self._where.place is Place.ENDING:
            self.presenter.stay()

    def lock(self) -> QWidget | None:
        """The timer and Stopp alt go on, while a session is held."""
        self._close_lists()
        self._numbers.release()
        return self.locked if self.presenter.is_running else None

    def unlock(self) -> None:
        """They are here again."""
        self.locked.hide()
        self.locked.setParent(self)

    # --- what the presenter shows ------------------------------------------------------------------------

    def show_where(self, where: Where) -> None:
        """Put this into the middle."""
        before, self._where = self._where.place, where
        self.strip.setVisible(where.strip)
        self.column.setVisible(where.place not in (Place.NOTHING, Place.QUESTION))
        self.band.setVisible(where.place not in (Place.NOTHING, Place.QUESTION))
        self.tools.setVisible(where.place is Place.FILM)
        self.strip.takes_messages = where.place in _WITH_WEARERS
        if where.place not in _WITH_WEARERS:
            self.message.close_card()
        # Before the film there is its start alone; who writes as it begins goes on writing.
        begins = where.place is Place.START and (where.begins or self.notes.entry.field.hasFocus())
        self.notes.setVisible(where.place in _WITH_NOTES or begins)
        if where.place is not Place.FILM:
            self._film = None
        self._show_locked()
        self.column.set_urgent(urgent=where.place is not Place.ENDING)
        self._show_phase(where)
        self._stack.setCurrentWidget(self._panels.get(where.place, self._nothing))
        self._follow_film()
        self._fit()
        if where.place is not before:
            self._on_moved(before)

    def _show_locked(self) -> None:
        is_stopped = self._film is not None and self._film.is_stopped
        said = [self._film.stopped_cause] if is_stopped and self._film is not None else []
        if self._trouble is not None and self._trouble.stays_locked:
            said = [self._trouble.fact, self._trouble.cause]
        self.locked.show_film(may_show=self._where.strip, is_stopped=is_stopped, cause=" ".join(said).strip())

    def _show_phase(self, where: Where) -> None:
        if where.phase is None or where.phase == self._phase:
            return
        self._phase = where.phase
        self.notes.show_session(where.phase.session_id, where.phase.seq)
        if where.place is Place.DEBRIEF:
            self.debrief.show_phase(where.phase.session_id, where.phase)
        in_summary = where.phase.code is PhaseCode.SUMMARY
        self.recap.show_session(where.phase.session_id if in_summary else None)

    def show_head(self, head: Head) -> None:
        """The top bar."""
        self.top.show_head(head)

    def show_times(self, times: Times) -> None:
        """Ring, band, minutes, clock."""
        self.top.show_clock(times.clock)
        self.band.show_phases(times.band)
        self.column.show_times(times)
        self.locked.show_times(times)
        if (times.count is not None) != self._counting.isActive():
            if times.count is not None:
                self._counting.start()
            else:
                self._counting.stop()

    def show_steps(self, steps: Steps) -> None:
        """The buttons that lead on."""
        self.column.show_steps(steps)
        if self._in_film != (not steps.next_is_primary):
            self._in_film = not steps.next_is_primary
            self._fit()

    def show_script(self, script: Script) -> None:
        """What is said in this phase."""
        self.script.show_script(script)

    def show_start(self, start: Start) -> None:
        """Before the film."""
        self.start.show_start(start)
        self.tools.show_tools(start.volume, "")

    def show_film(self, film: FilmNow) -> None:
        """The film while it is on."""
        self.film.show_film(film)
        self._film = film
        self._show_locked()
        self.tools.show_tools(film.volume, film.wave)

    def show_change(self, change: Change) -> None:
        """Between two waves, or after the last."""
        self.change.show_change(change)

    def show_strip(self, headsets: tuple[StripHeadset, ...]) -> None:
        """The headsets at the lower edge."""
        self.strip.show_headsets(headsets)

    def show_trouble(self, trouble: Trouble | None) -> None:
        """What is wrong while the session goes on."""
        self._trouble = trouble
        self._show_locked()
        if self.trouble.show_trouble(trouble) and trouble is not None:
            said = QAccessibleAnnouncementEvent(self, f"{trouble.fact} {trouble.cause}")
            QAccessible.updateAccessibility(said)

    def ask_how_to_go_on(self, question: Question) -> None:
        """The program was away: how does the time count?"""
        self.question.ask(question)

    def show_ending(self, ending: Ending) -> None:
        """What is said before the session is ended."""
        self.ending.show_ending(ending)

    def show_notes_hidden(self, *, hidden: bool) -> None:
        """Notes are shown, or counted only."""
        self.debrief.set_notes_hidden(hidden)
        self.recap.set_hidden(hidden=hidden)
        self.notes.set_hidden(hidden=hidden)

    def step_over(self) -> None:
        """Go on to closing the session."""
        self.follower.follow(None)
        self.step_wanted.emit(CLOSE)

    def back_to_list(self) -> None:
        """There is nothing to run here."""
        self.step_wanted.emit("")

    def showEvent(self, event: QShowEvent) -> None:
        """The film is looked at again."""
        super().showEvent(event)
        self._follow_film()
        self._keyboard.look_again()

    # --- inside: hearing ---------------------------------------------------------------------------------

    def _timer(self, every_ms: int, called: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(every_ms)
        timer.timeout.connect(called)
        return timer

    def _connect(self) -> None:
        does = self.presenter
        self.notes.entry.opened.connect(lambda: self._keyboard.choose(self.notes.entry.field))
        self.top.back_wanted.connect(self.back_to_list)
        self.top.notes_toggled.connect(does.toggle_notes)
        self.top.theme_wanted.connect(self._on_theme)
        self.top.end_wanted.connect(does.ask_to_end)
        self.top.help_wanted.connect(self._show_keys)
        self.column.pause_pressed.connect(does.pause_or_go_on)
        self.column.minute_wanted.connect(partial(does.add_minutes, 1))
        self.column.next_pressed.connect(does.next_phase)
        self.column.back_pressed.connect(does.previous_phase)
        self.column.skip_pressed.connect(does.skip_phase)
        self.script.ticked.connect(lambda kind, done: does.tick(kind, done=done))
        self._connect_film()
        self._connect_asking()
        self.look.changed.connect(self._fit)

    def _connect_film(self) -> None:
        does = self.presenter
        self.column.more.offer(before_the_film(self._texts, does, self._write_message))
        self.start.start_pressed.connect(does.start_film)
        self.film.stop_pressed.connect(does.stop_here_or_go_on)
        self.film.here_wanted.connect(does.desk.go_on_from_here)
        self.film.anew_wanted.connect(does.desk.start)
        self.film.line.position_chosen.connect(does.desk.choose)
        self.film.line.position_entered.connect(lambda _second: does.go_to_place())
        self.film.chosen.go_wanted.connect(does.go_to_place)
        self.film.chosen.left.connect(partial(does.desk.choose, None))
        for line in (self.film.line, self.film.chosen):
            line.stop_wanted.connect(does.desk.add_stop)
            line.stop_dropped.connect(does.desk.drop_stop)
        self.change.cleaned.connect(lambda done: does.mark_cleaned(cleaned=done))
        self.change.go_on_pressed.connect(does.next_wave)
        self.change.again_pressed.connect(does.desk.show_again)
        for stop in (self.strip.stop_pressed, self.locked.stop_pressed):
            stop.connect(does.stop_all)
        self.strip.retry_wanted.connect(does.desk.retry)
        self.strip.without_wanted.connect(does.do_without)
        self.strip.with_wanted.connect(lambda number: does.desk.set_aside(number, aside=False))
        self.trouble.retry_wanted.connect(does.desk.retry)
        self.trouble.without_wanted.connect(does.do_without)
        self.tools.recentre_pressed.connect(does.desk.recentre)
        self.tools.numbers_held.connect(self._on_numbers_held)
        self._numbers.held.connect(self._on_numbers_held)
        self.tools.volume_changed.connect(does.desk.change_volume)
        self.tools.window_wanted.connect(self.projection.open)
        self.tools.message_wanted.connect(self._write_message)
        self.strip.message_wanted.connect(self._write_message)
        self.message.send_wanted.connect(self._telling.send)
        self.follower.shown.connect(self.film.show_picture)
        self.follower.failed.connect(self.film.show_no_picture)

    def _connect_asking(self) -> None:
        does = self.presenter
        self.question.answered.connect(lambda counts: does.go_on(gap_counts=counts))
        self.ending.stayed.connect(does.stay)
        self.ending.ended.connect(does.finish)
        self.ending.abort_wanted.connect(self._ask_to_abort)

    def _shortcuts(self) -> None:
        does = self.presenter
        keys: dict[str, Callable[[], object]] = {
            "F8": does.pause_or_go_on,
            "Shift+Esc": does.stop_all,
            "F12": does.stop_here_or_go_on,
            "Ctrl+Return": does.start_film,
            "Ctrl+Enter": does.start_film,
            "PgUp": partial(self._page, -1),
            "PgDown": partial(self._page, 1),
            "Ctrl+PgUp": does.previous_phase,
            "Ctrl+PgDown": does.next_phase,
            "Ctrl+E": partial(does.add_minutes, 1),
            "Ctrl+Shift+E": partial(does.add_minutes, 5),
            "Ctrl+R": does.desk.recentre,
            "Ctrl+I": self._numbers.press,
            "Ctrl+M": self._write_message,
            "Ctrl+Up": partial(does.desk.change_volume, 1),
            "Ctrl+Down": partial(does.desk.change_volume, -1),
            "F9": does.toggle_notes,
            "Shift+F11": partial(self.projection.open, full=True),
        }
        keys.update({f"Alt+{n}": partial(self.strip.open_details, n) for n in range(1, 10)})
        for key, does_it in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(key in ("Ctrl+Up", "Ctrl+Down", "PgUp", "PgDown"))
            shortcut.activated.connect(does_it)

    def _page(self, pages: int) -> None:
        if self._where.place is Place.SCRIPT:
            self.script.page(pages)
        elif self._where.place is Place.DEBRIEF and pages < 0:
            self.debrief.previous_prompt()
        elif self._where.place is Place.DEBRIEF:
            self.debrief.next_prompt()

    def _write_message(self, number: int | None = None) -> None:
        """To all, or to one; where nobody wears a headset there is nobody to write to."""
        if self._where.place in _WITH_WEARERS:
            self.message.open(tuple(self.strip.items), number)
            self._keyboard.choose(self.message.line)

    def film_s(self) -> float | None:
        """Seconds of film while one shows, for the notes."""
        desk = self.presenter.desk
        return self.presenter.film_position_s() if desk.is_going or desk.is_beginning else None

    def _on_theme(self, theme: str) -> None:
        """At once: the room is dark now. It is kept for next time as well."""
        self.look.set_theme(Theme(_THEMES[theme], self.look.theme.scale))
        self.presenter.want_theme(theme)

    def _on_moved(self, before: Place) -> None:
        """Other content: the keyboard stays where it is, unless that is gone or something is asked."""
        self._close_lists()
        place = self._where.place
        if place is Place.ENDING:
            self._keyboard.ask()
        elif before is Place.ENDING:
            self._keyboard.answered()
        elif place is Place.DEBRIEF:
            self._keyboard.move()
        self._keyboard.look_again()

    def _follow_film(self) -> None:
        looked_at = self._where.place is Place.FILM and self.isVisible()
        self.follower.follow(self.presenter.desk.film if looked_at else None)
        self.projection.follow()

    def _close_lists(self) -> None:
        self.column.more.close_menu()
        for panel in (self.start, self.change):
            panel.wearers.close_list()

    def _show_keys(self) -> None:
        sheet = KeySheet(self.look, self._texts, self._texts("run.title"), self.key_help(), self.window())
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.open()

    def _ask_to_abort(self) -> None:
        self._dialog = AbortDialog(self.look, self._texts, self.window())
        self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog.reason_given.connect(self.presenter.abort)
        self._dialog.open()

    def _on_numbers_held(self, held: bool) -> None:
        """Numbers on the dots, and in the headsets where that disturbs nobody."""
        self.film.preview.show_numbers(shown=held)
        if held:
            self.presenter.desk.identify()
