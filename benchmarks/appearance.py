"""What another theme, contrast or text size costs the screen's thread, with one page made and with all.

Processor time of that thread, from the change until the window is at rest, on example data; so the machine's
other work counts little. ``times_one_page`` is what the pages nobody looks at cost: all pages made, in units
of the same change with only the open page made. The app's opening, the first visit of each page and another
language are told beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import thread_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from trainer_app.bootstrap import Place, Workplace
from trainer_app.desktop.app import Desktop
from trainer_app.domain.sessions import SessionState
from trainer_app.looks.theme import Theme
from trainer_app.looks.tokens import ThemeName
from trainer_app.runtime.changes import Topic
from trainer_app.services.example_data import ExampleSize
from trainer_app.services.own_settings import read_settings, save_settings
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.office import Target
from trainer_app.ui.pages import page_makers
from trainer_app.ui.session.step_names import RUN

CHANGES = {
    "theme": Theme(ThemeName.DARK, 1.0),
    "contrast": Theme(ThemeName.HIGH_CONTRAST, 1.0),
    "text_size": Theme(ThemeName.LIGHT, 1.1),
}
USUAL = Theme(ThemeName.LIGHT, 1.0)
_LOOK_MS, _IDLE_S = 60, 0.001


def cost_ms(does: Callable[[], object]) -> float:
    """What doing something takes of this thread, with all that comes of it."""
    since = thread_time()
    does()
    rest()
    return (thread_time() - since) * 1000


def rest() -> None:
    """Let the app go on until it has nothing to do."""
    idle = 0
    while idle < 3:
        before = thread_time()
        loop = QEventLoop()
        QTimer.singleShot(_LOOK_MS, loop.quit)
        loop.exec()
        idle = idle + 1 if thread_time() - before < _IDLE_S else 0


@contextmanager
def opened(qt: QApplication, folder: Path) -> Iterator[Desktop]:
    """The app on example data, with a session that is ready to be run; no headsets."""
    with Workplace(Place(folder, own_key_only=True), Texts("nb")) as place:
        place.fill_with_examples(ExampleSize(), session_today=True)
        with Desktop(qt, place) as desktop:
            yield desktop


def targets(desktop: Desktop) -> dict[str, Target]:
    """All pages, and the screen on which a session is run."""
    office = desktop.app.office
    places = {place: Target(place=place) for place in page_makers(office, desktop.app.window.look)}
    session = desktop.services.stored.sessions.in_state(SessionState.READY)[0]
    return {**places, "run": Target(place="session", session_id=session.id, detail=RUN)}


def changes_ms(desktop: Desktop, rounds: int) -> dict[str, float]:
    """The median cost of each change on the page that is open."""
    look = desktop.app.window.look
    taken: dict[str, list[float]] = {name: [] for name in CHANGES}
    for _ in range(rounds):
        for name, theme in CHANGES.items():
            taken[name].append(cost_ms(lambda theme=theme: look.set_theme(theme)))  # type: ignore[misc]
            look.set_theme(USUAL)
            rest()
    return {name: round(statistics.median(each), 1) for name, each in taken.items()}


def alone(desktop: Desktop, target: Target) -> None:
    """Show a page as the only one that has been made."""
    app = desktop.app
    app.window.show_pages(app.office.texts, page_makers(app.office, app.window.look), target)
    rest()


def other_language(desktop: Desktop) -> None:
    """Speak English from now on."""
    stored = desktop.services.stored

    def save() -> None:
        save_settings(stored, replace(read_settings(stored), language="en"))

    desktop.background.on_worker(save).result()
    desktop.app.office.changes.announce(Topic.SETTINGS)


def measured(desktop: Desktop, rounds: int) -> dict[str, object]:
    opening = cost_ms(lambda: desktop.open(Target(place="today")))
    desktop.app.window.look.set_theme(USUAL)
    where = targets(desktop)
    one, first = {}, {}
    for name, target in where.items():
        alone(desktop, target)
        one[name] = changes_ms(desktop, rounds)
    alone(desktop, where["today"])
    for name, target in where.items():
        first[name] = round(cost_ms(lambda target=target: desktop.app.office.go(target)), 1)  # type: ignore[misc]
    every = {}
    for name, target in where.items():
        desktop.app.office.go(target)
        rest()
        every[name] = changes_ms(desktop, rounds)
    ratios = [every[name][change] / one[name][change] for name in where for change in CHANGES]
    return {
        "worst_change_ms": max(max(each.values()) for each in every.values()),
        "times_one_page": round(statistics.median(ratios), 2),
        "opening_ms": round(opening, 1),
        "language_ms": round(cost_ms(lambda: other_language(desktop)), 1),
        "first_visit_ms": first,
        "all_pages_made_ms": every,
        "one_page_made_ms": one,
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench appearance", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    load = os.getloadavg()[0]
    qt = QApplication([])
    with (
        tempfile.TemporaryDirectory(prefix="simkoffert-bench-") as folder,
        opened(qt, Path(folder)) as desktop,
    ):
        result = measured(desktop, given.rounds)
    print(json.dumps({**result, "rounds": given.rounds, "load": round(load, 1)}, indent=1))


if __name__ == "__main__":
    main()
