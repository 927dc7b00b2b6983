"""A film in VLC, on a thread of its own: VLC's calls may take their time, or never come back."""

from __future__ import annotations

import logging
import queue
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from time import perf_counter_ns
from typing import Any

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.films import Film
from trainer_app.preview.steering import Act, Learned, Order, Steering
from trainer_app.preview.told_film import ToldFilm
from trainer_app.services.ports.film_course import FilmMoment
from trainer_app.services.ports.preview import Course, Looking, ViewState

OPENS_WITHIN_S = 15.0
"""A film that shows no picture by then is not shown by VLC."""

SILENT_S = 6.0
"""A VLC that has not come back from a call for so long is given up."""

_STANDS_WITHIN_S = 2.0
_STEP_S = 0.02
_NS = 1_000_000_000
_VOLUME = 80

_logger = logging.getLogger(__name__)


class VlcView:
    """Implements ``services.ports.preview.FilmView``.

    Two threads: one talks to VLC, the other watches that VLC answers. Whoever opened the view waits for
    neither; a VLC that is stuck is left behind and told of.
    """

    def __init__(
        self,
        vlc: Any,
        source: Callable[[], ToldFilm],
        film: Film,
        course: Course,
        window: int,
        told: Callable[[ViewState], None],
        learned: Learned,
    ) -> None:
        """Begin to show a film; ``vlc`` is python-vlc's module, which has no types."""
        self._vlc, self._source, self._film, self._course = vlc, source, film, course
        self._window, self._told = window, told
        self._steering = Steering(learned)
        self._words: queue.SimpleQueue[tuple[int, float]] = queue.SimpleQueue()
        self._closing = threading.Event()
        self._ended = threading.Event()
        self._looking, self._sound = Looking(), False
        self._alive_ns = perf_counter_ns()
        self._state_lock = threading.Lock()
        self._state = ViewState.COMING
        self.thread = threading.Thread(target=self._run, name="simkoffert vlc", daemon=True)
        self._guard = threading.Thread(target=self._watch, name="simkoffert vlc guard", daemon=True)
        self.thread.start()
        self._guard.start()

    def look(self, where: Looking) -> None:
        """Look somewhere else."""
        self._looking = where

    def sound(self, *, on: bool) -> None:
        """Let the film be heard here as well, or not."""
        self._sound = on

    def close(self) -> None:
        """Let go of the window; waits for nothing."""
        self._closing.set()

    def wait(self, timeout_s: float) -> bool:
        """Wait until VLC has let go; False: it has not by then."""
        self.thread.join(timeout_s)
        self._guard.join(timeout_s)
        return not self.thread.is_alive()

    # --- the thread of VLC -------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            self._show()
        except (OSError, TrainerError, _NoPictureError) as error:
            _logger.warning("VLC shows no picture of the film: %s", type(error).__name__)
            self._tell(ViewState.FAILED)
        finally:
            self._ended.set()
            self._tell(ViewState.ENDED)

    def _show(self) -> None:
        source = self._source()
        try:
            self._show_source(source)
        except _NoPictureError:
            if not source.is_told or self._closing.is_set() or self._state is not ViewState.COMING:
                raise
            _logger.info("VLC gets the film as it is")
            source.tell_nothing()
            self._show_source(source)
        finally:
            source.close()

    def _show_source(self, source: ToldFilm) -> None:
        instance = self._vlc.Instance(*_options(), *source.options)
        if instance is None:
            raise _NoPictureError
        player = instance.media_player_new()
        try:
            self._open(instance, player, source)
            self._follow(player, source)
        finally:
            self._end(instance, player)

    def _open(self, instance: Any, player: Any, source: ToldFilm) -> None:
        media = source.open(instance)
        for option in (":no-video-title-show", ":play-and-pause", ":no-sub-autodetect-file"):
            media.add_option(option)
        player.set_media(media)
        media.release()
        _draw_in(player, self._window)
        # The window gets mouse and keys, not VLC.
        player.video_set_mouse_input(False)
        player.video_set_key_input(False)
        player.audio_set_mute(True)
        events = player.event_manager()
        events.event_attach(self._vlc.EventType.MediaPlayerTimeChanged, self._on_time)
        player.play()
        self._await_picture(player)
        player.set_pause(1)
        self._await_standing(player)
        self._steering.opened(perf_counter_ns())

    def _await_picture(self, player: Any) -> None:
        until_ns = perf_counter_ns() + round(OPENS_WITHIN_S * _NS)
        over = (self._vlc.State.Error, self._vlc.State.Ended)
        while not player.has_vout() or player.get_time() <= 0:
            self._alive_ns = perf_counter_ns()
            given_up = self._alive_ns > until_ns or player.get_state() in over
            if given_up or self._closing.wait(_STEP_S):
                raise _NoPictureError

    def _await_standing(self, player: Any) -> None:
        until_ns = perf_counter_ns() + round(_STANDS_WITHIN_S * _NS)
        while player.get_state() != self._vlc.State.Paused and perf_counter_ns() < until_ns:
            if self._closing.wait(_STEP_S):
                raise _NoPictureError

    def _on_time(self, event: Any) -> None:
        """On a thread of VLC, which may not be called from there."""
        self._words.put((perf_counter_ns(), event.u.new_time / 1_000))

    def _follow(self, player: Any, source: ToldFilm) -> None:
        looking, sound = None, False
        self._tell(ViewState.SHOWN)
        while not self._closing.is_set():
            now_ns = self._alive_ns = perf_counter_ns()
            if looking != self._looking:
                looking = self._looking
                self._turn(player, looking)
            if sound != self._sound:
                sound = self._sound
                player.audio_set_volume(_VOLUME)
                player.audio_set_mute(not sound)
            self._closing.wait(self._keep_with(player, source, now_ns))

    def _keep_with(self, player: Any, source: ToldFilm, now_ns: int) -> float:
        """Do what is to be done now; returns for how many seconds nothing is."""
        course = self._course()
        moment = None if course is None else course.at(now_ns)
        if course is None or moment is None or moment.sha256 != self._film.sha256:
            moment = FilmMoment(sha256=self._film.sha256, position_s=0.0, moves=False)
        else:
            with suppress(queue.Empty):
                while True:
                    heard_ns, said_s = self._words.get_nowait()
                    self._steering.hear(heard_ns, said_s, course.at(heard_ns).position_s)
        for order in self._steering.step(now_ns, moment):
            if order.act is Act.LEAP and not source.is_here:
                raise _NoPictureError
            self._do(player, order)
        due_ns = self._steering.due_ns(moment)
        left_s = _STEP_S if due_ns is None else (due_ns - perf_counter_ns()) / _NS
        return min(_STEP_S, max(0.0, left_s))

    def _do(self, player: Any, order: Order) -> None:
        if order.act is Act.HOLD:
            player.set_pause(1)
        elif order.act is Act.RUN:
            player.set_pause(0)
        elif order.act is Act.RATE:
            player.set_rate(order.value)
        else:
            last_s = self._film.probe.duration_s - 2 / (self._film.probe.frame_rate or 30.0)
            player.set_time(round(max(0.0, min(order.value, last_s)) * 1_000))

    def _turn(self, player: Any, looking: Looking) -> None:
        viewpoint = self._vlc.libvlc_video_new_viewpoint()
        if not viewpoint:
            return
        seen = viewpoint.contents
        seen.yaw, seen.pitch, seen.roll = looking.yaw_deg, -looking.pitch_deg, 0.0
        seen.field_of_view = looking.width_deg
        player.video_update_viewpoint(viewpoint, True)
        self._vlc.libvlc_free(viewpoint)

    def _end(self, instance: Any, player: Any) -> None:
        player.event_manager().event_detach(self._vlc.EventType.MediaPlayerTimeChanged)
        player.stop()
        player.release()
        instance.release()

    # --- the thread that watches -------------------------------------------------------------------------

    def _watch(self) -> None:
        while not self._ended.wait(1.0):
            if perf_counter_ns() - self._alive_ns > SILENT_S * _NS:
                _logger.warning("VLC does not answer any more")
                self._tell(ViewState.FAILED)
                return

    def _tell(self, state: ViewState) -> None:
        """Each state once; after a failure only the end is told."""
        with self._state_lock:
            if state is self._state or (self._state is ViewState.FAILED and state is not ViewState.ENDED):
                return
            self._state = state
        self._told(state)


class _NoPictureError(Exception):
    """VLC could not be started, cannot read the film, or was closed before it showed anything."""


def _options() -> list[str]:
    options = ["--no-osd", "--quiet", "--no-stats", "--no-snapshot-preview", "--no-interact"]
    # The program keeps the laptop awake by itself; VLC would start other programs for it.
    options.append("--no-disable-screensaver")
    if sys.platform.startswith("linux"):
        options.append(
            "--avcodec-hw=none"
        )  # decoders of graphics cards fail there in more ways than they help
    return options


def _draw_in(player: Any, window: int) -> None:
    if sys.platform == "win32":
        player.set_hwnd(window)
    elif sys.platform == "darwin":
        player.set_nsobject(window)
    else:
        player.set_xwindow(window)
