"""The laptop's own view of the film beside the group: at most 40 ms away.

A film whose frames carry their number plays in the app's film window on a virtual screen, through VLC, or
flat as on a laptop without VLC (``--view pyav``). Every frame that appears there is read from the screen's
memory, and held against the place that the group's plan names for that instant. The plan starts, pauses, goes
on and leaps, as facilitators do. ``--untold``: the film's file says nothing of a sphere; VLC has to be told.

A frame stands on the screen for as long as it lasts; it is held against the plan when it appears. So a view
in perfect step has 0 here, and later by up to a frame where the screen is drawn late.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from time import perf_counter_ns

from benchmarks._frame_numbers import OneFilm, VirtualScreen, numbered_film, render_numbers
from headset_agent.protocol.playing import Action, FilmRef, Plan
from tests.fakes.films import a_film
from trainer_app.library.probe import probe_film
from trainer_app.looks.theme import Theme
from trainer_app.looks.tokens import ThemeName
from trainer_app.services.ports.film_course import FilmCourse
from trainer_app.texts.catalogue import Texts

BOUND_MS = 40.0
_FRAME_RATE = 30
_FILM_S = 110
_NS = 1_000_000_000
_SETTLE_S = 3.0
_LEAD_S = 2.0


@dataclass(frozen=True)
class Part:
    """What the group does: from ``at_s`` (None: from where it stands), for so many seconds; 0: it pauses."""

    name: str
    plays_s: float
    at_s: float | None = None


PARTS = (
    Part("start", 35.0, 0.0),
    Part("pause", 0.0),
    Part("resume", 12.0),
    Part("seek", 12.0, 70.0),
    Part("pause again", 0.0),
    Part("resume again", 12.0),
)


class Watcher:
    """Notes every frame that appears on the screen, on a thread of its own."""

    def __init__(self, screen: VirtualScreen, *, flat: bool) -> None:
        self._screen, self._flat = screen, flat
        self._ending = threading.Event()
        self.seen: list[tuple[int, int]] = []
        self.slowest_ms = 0.0
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        last: int | None = None
        while not self._ending.wait(0.002):
            before_ns = perf_counter_ns()
            number = self._screen.number(flat=self._flat)
            if number is not None and number != last:
                self.seen.append((before_ns, number))
                last = number

    def end(self) -> None:
        self._ending.set()
        self._thread.join()


def spread(values: list[float]) -> dict[str, float | int]:
    """Figures of distances in milliseconds."""
    ordered = sorted(abs(value) for value in values)
    return {
        "frames": len(values),
        "median_ms": round(median(values), 1),
        "p50_ms": round(ordered[len(ordered) // 2], 1),
        "p95_ms": round(ordered[int(len(ordered) * 0.95)], 1),
        "max_ms": round(ordered[-1], 1),
    }


def main() -> int:
    """Print the figures; 1 when the view was further away than is promised."""
    parser = argparse.ArgumentParser(prog="python dev.py bench projector", description=__doc__)
    parser.add_argument("--view", choices=("vlc", "pyav"), default="vlc")
    parser.add_argument("--untold", action="store_true", help="the film's file says nothing of a sphere")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, VirtualScreen() as screen:
        film_file = Path(folder, "plain.mp4")
        if args.untold:
            render_numbers(film_file, seconds=_FILM_S, frame_rate=_FRAME_RATE)
        else:
            film_file = numbered_film(Path(folder), seconds=_FILM_S, frame_rate=_FRAME_RATE)
        os.environ.update(DISPLAY=screen.name, QT_QPA_PLATFORM="xcb")
        result = {"view": args.view, "told": not args.untold}
        result |= measure(screen, film_file, flat=args.view == "pyav")
    print(json.dumps(result, indent=2))
    return 0 if result["kept"] else 1


def measure(screen: VirtualScreen, film_file: Path, *, flat: bool) -> dict[str, object]:
    """Show the film, lead it through all parts, and hold what was seen against the plan."""
    from PySide6.QtWidgets import QApplication

    from tests.fakes.office import NoViewing
    from trainer_app.library.film_frames import FilmFrames
    from trainer_app.preview.viewing import VlcViewing
    from trainer_app.ui.preview.window import FilmWindow
    from trainer_app.ui.theme.look import Look

    app = QApplication([])
    film = a_film(probe=replace(probe_film(film_file), duration_s=float(_FILM_S)))
    ref = FilmRef(sha256=film.sha256, duration_s=float(_FILM_S))
    leading = Leading(ref)
    library = OneFilm(film_file)
    viewing, frames = VlcViewing(library), FilmFrames(library)  # type: ignore[arg-type]
    player = NoViewing() if flat else viewing
    look = Look(app, Theme(ThemeName.DARK, 1.0))
    window = FilmWindow(look, Texts("nb"), player, frames, lambda: leading.course)
    window.show_film(film)
    window.open(full=True)
    watcher = Watcher(screen, flat=flat)
    pass_time(30.0, lambda: bool(watcher.seen))
    if not watcher.seen or window.looks_around is flat:
        return {"kept": False, "why": "no picture was shown"}
    courses: dict[str, tuple[int, int, FilmCourse]] = {}
    paused: dict[str, float] = {}
    for part in PARTS:
        began_ns = perf_counter_ns()
        leading.follow(part)
        if part.plays_s:
            pass_time(_LEAD_S + part.plays_s)
            courses[part.name] = (began_ns + round(_LEAD_S * _NS), perf_counter_ns(), leading.course)
        else:
            pass_time(2.0)
            stands_s = leading.course.at(perf_counter_ns()).position_s
            paused[part.name] = round((watcher.seen[-1][1] / _FRAME_RATE - stands_s) * 1_000, 1)
    watcher.end()
    window.end()
    viewing.end()
    frames.end()
    return judged(watcher.seen, courses, paused)


def judged(
    seen: list[tuple[int, int]],
    courses: dict[str, tuple[int, int, FilmCourse]],
    paused: dict[str, float],
) -> dict[str, object]:
    """All figures, and whether the promise was kept."""
    parts: dict[str, object] = {}
    settled: list[float] = []
    early: list[float] = []
    outliers: list[dict[str, object]] = []
    for name, (start_ns, end_ns, course) in courses.items():
        settle_ns = start_ns + round(_SETTLE_S * _NS)
        off = [
            (at_ns, (number / _FRAME_RATE - course.at(at_ns).position_s) * 1_000)
            for at_ns, number in seen
            if start_ns <= at_ns <= end_ns
        ]
        first = [value for at_ns, value in off if at_ns < settle_ns]
        later = [value for at_ns, value in off if at_ns >= settle_ns]
        if not first or not later:
            return {"kept": False, "why": f"no frames were seen in part {name!r}"}
        outliers += [
            {"part": name, "at_s": round((at_ns - start_ns) / _NS, 2), "off_ms": round(value, 1)}
            for at_ns, value in off
            if abs(value) > BOUND_MS
        ]
        parts[name] = {"first_3_s": spread(first), "then": spread(later)}
        early += first
        settled += later
    whole = spread(settled)
    due = sum((end - start) / _NS - _SETTLE_S for start, end, _ in courses.values()) * _FRAME_RATE
    near = all(abs(value) <= 1_000 / _FRAME_RATE + 1 for value in paused.values())
    return {
        "bound_ms": BOUND_MS,
        "kept": bool(float(whole["p95_ms"]) <= BOUND_MS and near),
        "settled": whole,
        "first_3_s": spread(early),
        "frames_seen_of_due": round(len(settled) / due, 3),
        "paused_frame_off_ms": paused,
        "beyond_bound": outliers,
        "parts": parts,
    }


class Leading:
    """A group's line, as the facilitator's orders move it."""

    def __init__(self, film: FilmRef) -> None:
        self._film = film
        self.course = self._course(Action.PREPARE, perf_counter_ns(), 0.0)

    def follow(self, part: Part) -> None:
        now_ns = perf_counter_ns()
        here_s = self.course.at(now_ns).position_s
        if part.plays_s:
            at_s = here_s if part.at_s is None else part.at_s
            self.course = self._course(Action.PLAY, now_ns + round(_LEAD_S * _NS), at_s)
        else:
            self.course = self._course(Action.PAUSE, now_ns, here_s)

    def _course(self, action: Action, anchor_ns: int, position_s: float) -> FilmCourse:
        return FilmCourse(
            Plan(
                plan_id="p",
                revision=0,
                action=action,
                anchor_ns=anchor_ns,
                position_s=position_s,
                film=self._film,
            )
        )


def pass_time(seconds: float, until: Callable[[], bool] = lambda: False) -> None:
    """Let Qt work, until the time is over or something has happened."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1_000), loop.quit)
    looking = QTimer()
    looking.timeout.connect(lambda: loop.quit() if until() else None)
    looking.start(20)
    loop.exec()
    looking.stop()


if __name__ == "__main__":
    sys.exit(main())
