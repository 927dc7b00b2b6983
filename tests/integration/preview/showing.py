"""A program of its own: the film window with VLC on a virtual screen. Prints what was seen there as JSON.

A fault in X or VLC ends the whole process, which must not be that of the tests.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter_ns

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks._frame_numbers import OneFilm, VirtualScreen, numbered_film
from headset_agent.protocol.playing import Action, Plan
from tests.fakes.films import PROBE, a_film
from tests.fakes.office import NoPictures
from trainer_app.domain.films import Film
from trainer_app.headsets.agent.group_line import reference
from trainer_app.looks.theme import Theme
from trainer_app.looks.tokens import ThemeName
from trainer_app.preview.viewing import VlcViewing
from trainer_app.services.ports.film_course import FilmCourse
from trainer_app.services.ports.preview import Looking
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.preview.window import FilmWindow
from trainer_app.ui.theme.look import Look

SECONDS = 20
FRAME_RATE = 30
PATIENCE_S = 20.0


def course(action: Action, position_s: float, film: Film, lead_s: float = 0.0) -> FilmCourse:
    anchor_ns = perf_counter_ns() + round(lead_s * 1e9)
    plan = Plan(
        plan_id="p",
        revision=0,
        action=action,
        anchor_ns=anchor_ns,
        position_s=position_s,
        film=reference(film),
    )
    return FilmCourse(plan)


def until(holds: Callable[[], bool], patience_s: float = PATIENCE_S) -> bool:
    """Let Qt work until it holds, or not any longer."""
    loop, looking = QEventLoop(), QTimer()
    looking.timeout.connect(lambda: loop.quit() if holds() else None)
    looking.start(2)
    QTimer.singleShot(round(patience_s * 1_000), loop.quit)
    loop.exec()
    looking.stop()
    return holds()


class Numbers:
    """The numbers of the frames that appear on the screen, in their order."""

    def __init__(self, screen: VirtualScreen) -> None:
        self._screen = screen
        self.seen: list[int] = []

    def until(self, holds: Callable[[int], bool]) -> bool:
        """Watch from now on, until the number that is seen holds; False: it never did."""
        self.seen = []

        def come() -> bool:
            number = self._screen.number()
            if number is not None and self.seen[-1:] != [number]:
                self.seen.append(number)
            return number is not None and holds(number)

        return until(come)

    def until_run(self, first: int, last: int) -> bool:
        """The film runs from one frame to the other, and shows none of before, none twice, none too early."""
        came = self.until(lambda number: number >= last)
        return came and min(self.seen) >= first and self.seen == sorted(set(self.seen))


def show(screen: VirtualScreen, file: Path) -> dict[str, bool]:
    """Lead the group as facilitators do, and say of each step whether it came about on the screen."""
    app = QApplication([])
    film = a_film(probe=replace(PROBE, duration_s=float(SECONDS)))
    viewing = VlcViewing(OneFilm(file))
    now = course(Action.PAUSE, 4.0, film)
    look = Look(app, Theme(ThemeName.DARK, 1.0))
    window = FilmWindow(look, Texts("nb"), viewing, NoPictures(), lambda: now)
    window.show_film(film)
    window.open(full=True)
    numbers = Numbers(screen)

    def stands(at_s: float) -> bool:
        return numbers.until(lambda number: number == round(at_s * FRAME_RATE))

    found = {"the picture at which the group stands": stands(4.0)}
    now = course(Action.PLAY, 4.0, film, lead_s=0.5)
    found["it runs from there"] = numbers.until_run(120, 160)
    now = course(Action.PAUSE, 6.0, film)
    found["it stands where the group is paused"] = stands(6.0)
    now = course(Action.PAUSE, 12.0, film)
    found["it goes along to another place"] = stands(12.0)
    now = course(Action.PLAY, 12.0, film, lead_s=0.3)
    found["it goes on there"] = numbers.until_run(360, 380)
    now = course(Action.PLAY, 2.0, film, lead_s=1.0)
    found["it goes back while it runs"] = numbers.until(lambda number: number < 120) and numbers.until_run(
        60, 80
    )
    window._look(Looking(yaw_deg=180.0))
    found["behind are no bars"] = until(lambda: screen.number() is None)
    window._look(Looking())
    found["straight ahead they are again"] = until(lambda: screen.number() is not None)
    window.end()
    viewing.end()
    gone: list[bool] = []
    window.destroyed.connect(lambda: gone.append(True))
    found["the window is gone when VLC has let go of it"] = until(lambda: bool(gone))
    return found


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, VirtualScreen() as screen:
        file = numbered_film(Path(folder), seconds=SECONDS, frame_rate=FRAME_RATE)
        os.environ.update(DISPLAY=screen.name, QT_QPA_PLATFORM="xcb")
        sys.stdout.write(json.dumps(show(screen, file)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
