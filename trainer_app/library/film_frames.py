"""Pictures of a film for the run screen: decoded on a thread of its own, small, and only as many as are seen.

The films are large (5.7K and more) and the laptop has other things to do: a picture that took long to decode
is followed by a rest as long, and where decoding cannot keep up only key frames are shown.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import Generic, Self, TypeVar

import av
import av.error
from av.container import InputContainer
from av.video.frame import VideoFrame

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.films import Film, Stereo
from trainer_app.library.film_pace import Pace
from trainer_app.services.ports import FilmLibrary
from trainer_app.services.ports.pictures import FilmPicture

WIDTH = 1280
"""Of a picture of one eye, in pixels."""

SHORTEST_REST_S = 1 / 15
"""At most so many pictures a second."""

_NEAR_S = 2.0
"""So far ahead it is quicker to decode all between than to look for a key frame."""

_LATE_S = 1.0
_USUAL_RATE = 30.0
_LOOK_AGAIN_S, _ASK_AGAIN_S = 0.02, 0.004
_EYES = {Stereo.MONO: (1, 1), Stereo.TOP_BOTTOM: (1, 2), Stereo.LEFT_RIGHT: (2, 1)}
"""How many eyes lie side by side and above one another; the first is shown."""

_logger = logging.getLogger(__name__)

T = TypeVar("T")


class FrameReader:
    """Reads pictures of one film, forwards or anywhere. Not to be shared between threads.

    Attributes:
        frame_s: From one picture to the next.
    """

    def __init__(self, path: Path, film: Film) -> None:
        """Open the film.

        Raises:
            av.error.FFmpegError: it cannot be decoded.
            OSError: it cannot be read.
        """
        self._film = film
        self._container: InputContainer = av.open(str(path), mode="r", options={"protocol_whitelist": "file"})
        self._stream = self._container.streams.video[0]
        self._stream.thread_type = "AUTO"
        self._frames: Iterator[VideoFrame] = self._container.decode(self._stream)
        self._last: VideoFrame | None = None
        self._key_frames_only = False
        self.frame_s = 1 / (film.probe.frame_rate or _USUAL_RATE)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._container.close()

    def at(self, position_s: float) -> FilmPicture | None:
        """Return the picture at a position; None when it is the one that was returned last."""
        before, began = self._last, perf_counter()
        position_s = min(max(0.0, position_s), self._film.probe.duration_s - 2 * self.frame_s)
        if self._key_frames_only or not self._is_near(position_s):
            self._seek(position_s)
        else:
            self._advance(position_s)
        self._judge(perf_counter() - began)
        if self._last is None or self._last is before:
            return None
        return self._picture(self._last)

    def _is_near(self, position_s: float) -> bool:
        if self._last is None:
            return False
        ahead = position_s - _time(self._last)
        return 0 <= ahead <= _NEAR_S

    def _seek(self, position_s: float) -> None:
        base = self._stream.time_base
        assert base is not None
        self._container.seek(max(0, int(position_s / base)), stream=self._stream)
        self._frames = self._container.decode(self._stream)
        found = next(self._frames, None)
        if found is None or (
            self._key_frames_only and self._last is not None and found.pts == self._last.pts
        ):
            return
        self._last = found
        if not self._key_frames_only:
            self._advance(position_s)

    def _advance(self, position_s: float) -> None:
        """Decode up to the last frame that is not after the position."""
        while self._last is not None and _time(self._last) + self.frame_s <= position_s:
            found = next(self._frames, None)
            if found is None:
                return
            self._last = found

    def _judge(self, took_s: float) -> None:
        if self._last is not None and took_s > _LATE_S and not self._key_frames_only:
            _logger.info("the pictures of a film take %.1f s: key frames only", took_s)
            self._key_frames_only = True

    def _picture(self, frame: VideoFrame) -> FilmPicture:
        across, down = _EYES[self._film.stereo]
        eye_height = round(WIDTH * (frame.height / down) / (frame.width / across) / 2) * 2
        small = frame.reformat(width=WIDTH * across, height=eye_height * down, format="bgra")
        plane = small.planes[0]
        return FilmPicture(
            position_s=_time(frame),
            width=WIDTH,
            height=eye_height,
            stride=plane.line_size,
            pixels=bytes(plane)[: plane.line_size * eye_height],
            projection=self._film.projection,
        )


class FilmFrames:
    """Decodes films of the library; implements ``services.ports.pictures.FilmPictures``."""

    def __init__(self, library: FilmLibrary) -> None:
        self._library = library
        self._threads: list[threading.Thread] = []

    def follow(
        self,
        film: Film,
        position: Callable[[], float],
        prepared: Callable[[FilmPicture], T | None],
        shown: Callable[[T], None],
        failed: Callable[[], None],
        *,
        smooth: bool = False,
    ) -> Following[T]:
        """Decode the picture at ``position`` again and again, on a thread of its own."""
        kind: type[Following[T]] = Watching if smooth else Following
        following = kind(lambda: self._library.path_of(film), film, position, prepared, shown, failed)
        self._threads = [thread for thread in self._threads if thread.is_alive()] + [following.thread]
        return following

    def end(self) -> None:
        """The app ends: return when the last picture has been decoded; all films have been let go of."""
        for thread in self._threads:
            thread.join()


class Following(Generic[T]):
    """Decodes the pictures of one film until it is closed.

    Attributes:
        thread: It does the work; of a large film a single picture may take it seconds.
    """

    def __init__(
        self,
        path: Callable[[], Path],
        film: Film,
        position: Callable[[], float],
        prepared: Callable[[FilmPicture], T | None],
        shown: Callable[[T], None],
        failed: Callable[[], None],
    ) -> None:
        self._path, self._film, self._position = path, film, position
        self._prepared, self._shown, self._failed = prepared, shown, failed
        self._closed = threading.Event()
        self._handing_on = threading.Lock()
        self.thread = threading.Thread(target=self._run, name="simkoffert pictures", daemon=True)
        self.thread.start()

    def close(self) -> None:
        """Stop; no more pictures come after this. Nobody waits for one that is being decoded or prepared."""
        with self._handing_on:
            self._closed.set()

    def _run(self) -> None:
        try:
            with FrameReader(self._path(), self._film) as reader:
                self._follow(reader)
        except (av.error.FFmpegError, OSError, ValueError, IndexError, TrainerError) as error:
            _logger.warning("no pictures of the film: %s", type(error).__name__)
            self._hand_on(self._failed)

    def _follow(self, reader: FrameReader) -> None:
        while not self._closed.is_set():
            began = perf_counter()
            picture = reader.at(self._position())
            ready = None if picture is None or self._closed.is_set() else self._prepared(picture)
            if ready is not None:
                self._hand_on(partial(self._shown, ready))
            self._closed.wait(max(SHORTEST_REST_S, perf_counter() - began))

    def _hand_on(self, tell: Callable[[], None]) -> None:
        """Whoever has let go hears no more: what would have to hear may be gone."""
        with self._handing_on:
            if not self._closed.is_set():
                tell()


class Watching(Following[T]):
    """Shows each picture at its time, as many as the film has."""

    def _follow(self, reader: FrameReader) -> None:
        pace = Pace(reader.frame_s)
        while not self._closed.is_set():
            began = perf_counter()
            picture = reader.at(pace.next_s(self._position()))
            ready = None if picture is None else self._prepare(picture, pace)
            took_s = perf_counter() - began
            if picture is None or ready is None:
                self._closed.wait(max(_LOOK_AGAIN_S, took_s))
            elif self._await(picture, pace):
                self._hand_on(partial(self._shown, ready))
                self._closed.wait(pace.shown(picture.position_s, took_s))

    def _prepare(self, picture: FilmPicture, pace: Pace) -> T | None:
        """Whoever has no time for it yet is asked again: it may be the one that stands for long."""
        while not self._closed.is_set() and pace.wait_s(picture.position_s, self._position()) is not None:
            ready = self._prepared(picture)
            if ready is not None:
                return ready
            self._closed.wait(_ASK_AGAIN_S)
        return None

    def _await(self, picture: FilmPicture, pace: Pace) -> bool:
        """Wait for its time; False: that does not come any more."""
        while (wait_s := pace.wait_s(picture.position_s, self._position())) is not None:
            if not wait_s:
                return True
            if self._closed.wait(min(wait_s, _LOOK_AGAIN_S)):
                return False
        return False


def _time(frame: VideoFrame) -> float:
    return frame.time or 0.0
