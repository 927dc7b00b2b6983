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


def show(screen: VirtualScreen, file: Path) -> dict[str, object]:
    app = QApplication([])
    film = a_film(probe=replace(PROBE, duration_s=float(SECONDS)))
    viewing = VlcViewing(OneFilm(file))
    now = course(Action.PAUSE, 4.0, film)
    look = Look(app, Theme(ThemeName.DARK, 1.0))
    window = FilmWindow(look, Texts("nb"), viewing, NoPictures(), lambda: now)
    window.show_film(film)
    window.open(full=True)
    found: dict[str, object] = {"paused": until(lambda: screen.number() == 4 * FRAME_RATE)}
    now = course(Action.PLAY, 4.0, film, lead_s=0.5)
    offs: list[float] = []
    seen: list[int | None] = [None]

    def note() -> bool:
        number, at_ns = screen.number(), perf_counter_ns()
        if number is not None and number != seen[0]:
            seen[0] = number
            offs.append(number / FRAME_RATE - now.at(at_ns).position_s)
        return len(offs) >= 75

    until(note)
    settled = sorted(abs(off) for off in offs[15:])
    found["off_ms"] = round(settled[len(settled) // 2] * 1_000, 1) if settled else None
    window._look(Looking(yaw_deg=180.0))
    found["turned"] = until(lambda: screen.number() is None)
    window._look(Looking())
    found["straight"] = until(lambda: screen.number() is not None)
    window.end()
    viewing.end()
    gone: list[bool] = []
    window.destroyed.connect(lambda: gone.append(True))
    found["gone"] = until(lambda: bool(gone))
    return found


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, VirtualScreen() as screen:
        file = numbered_film(Path(folder), seconds=SECONDS, frame_rate=FRAME_RATE)
        os.environ.update(DISPLAY=screen.name, QT_QPA_PLATFORM="xcb")
        sys.stdout.write(json.dumps(show(screen, file)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
