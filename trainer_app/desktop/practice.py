"""A suitcase to practise with: virtual headsets, demo films and example data, thrown away afterwards."""

from __future__ import annotations

import contextlib
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from trainer_app.bootstrap import Workplace
from trainer_app.domain.app_errors import PracticeKitFailed
from trainer_app.domain.kits import Serial
from trainer_app.headsets.rehearsal import KitFailed, VirtualHeadset, VirtualKit
from trainer_app.runtime.loop_thread import LoopThread
from trainer_app.services.example_data import ExampleSize, OwnHeadset

MODEL = "Pico G3"
"""What the virtual headsets call themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeSize:
    """How much is made.

    Attributes:
        film_s: Length of the demo films, seconds.
        film_px: Their width.
        session_today: One session is planned within the hour.
        browser: The first headset has a real browser, where one is installed.
    """

    headsets: int = 5
    sessions: int = 40
    film_s: float = 60.0
    film_px: int = 1280
    session_today: bool = True
    browser: bool = True


@contextlib.contextmanager
def practice(
    around: Workplace,
    size: PracticeSize,
    say: Callable[[str], None],
    look: Callable[[], None],
    keep: Path | None = None,
) -> Iterator[Workplace]:
    """Give a workplace that has everything to try the app with.

    Args:
        around: The workplace whose language is used.
        size: How much is made.
        say: Told the key of each step.
        look: Called often on the way; what it raises breaks off, and all is cleaned up.
        keep: A folder in which the database and all files stay; None throws them away.

    Raises:
        PracticeKitFailed: the virtual headsets did not start.
    """
    with contextlib.ExitStack() as stack:
        folder = keep or Path(
            stack.enter_context(
                tempfile.TemporaryDirectory(prefix="simkoffert-demo-", ignore_cleanup_errors=True)
            )
        )
        storage = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="simkoffert-headsets-")))
        place = stack.enter_context(around.throw_away(folder))
        say("demo.starting")
        headsets = stack.enter_context(_virtual_headsets(size, storage))
        say("demo.rendering")
        place.demo_films(seconds=size.film_s, width=size.film_px, progress=lambda _frame, _frames: look())
        say("demo.examples")
        place.fill_with_examples(
            ExampleSize(sessions=size.sessions),
            own_headsets=[
                OwnHeadset(serial=Serial(one.serial), model=MODEL, address=one.adb) for one in headsets
            ],
            session_today=size.session_today,
            look=look,
        )
        yield place


@contextlib.contextmanager
def _virtual_headsets(size: PracticeSize, storage: Path) -> Iterator[tuple[VirtualHeadset, ...]]:
    """Not all with a real browser: each fills a processor."""
    player = "chromium:1" if size.browser and shutil.which("chromium") else "simulated"
    loop = LoopThread(lambda error: sys.excepthook(type(error), error, error.__traceback__))
    kit = VirtualKit(count=size.headsets, player=player, clock_skew=True, root=storage)
    try:
        try:
            loop.submit(kit.__aenter__()).result()
        except KitFailed as error:
            raise PracticeKitFailed(detail=str(error)) from error
        try:
            yield kit.headsets
        finally:
            loop.submit(kit.__aexit__(None, None, None)).result()
    finally:
        loop.close()
