"""``simkoffert demo``: the app with virtual headsets and example data, thrown away afterwards."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING

from trainer_app.cli.output import DONE, Output
from trainer_app.desktop.practice import PracticeSize, practice
from trainer_app.desktop.starting import paint_in_memory, require_display, run_app

if TYPE_CHECKING:
    from trainer_app.bootstrap import Workplace

_TOUR_FILM_S, _TOUR_FILM_PX = 20.0, 1024
"""Short and small: the tour is to be over in less than four minutes."""


def demo(workplace: Workplace, parsed: Namespace, output: Output, look: Callable[[], None]) -> int:
    """Open the app; with ``--tour``, walk through it alone and leave pictures.

    Args:
        workplace: The workplace whose language is used.
        parsed: The command line.
        output: Where words go.
        look: Called often while all is made ready; raises where the demo is to be broken off.

    Raises:
        NoDisplay: there is no screen, and no tour was asked for.
    """
    if parsed.tour is None:
        require_display()
    else:
        paint_in_memory()

    def say(step: str) -> None:
        look()
        output.say(step)

    if parsed.tour is not None:
        return _tour(workplace, parsed, output, say, look)
    with practice(workplace, PracticeSize(headsets=parsed.headsets), say, look) as place:
        say("demo.open")
        return run_app(place)


def _tour(
    workplace: Workplace,
    parsed: Namespace,
    output: Output,
    say: Callable[[str], None],
    look: Callable[[], None],
) -> int:
    from trainer_app.desktop.touring import run_tour

    size = PracticeSize(
        headsets=parsed.headsets, film_s=_TOUR_FILM_S, film_px=_TOUR_FILM_PX, session_today=False
    )
    result = run_tour(workplace, parsed.tour, size, say, look)
    files = [*result.pictures, *result.papers]
    document = {
        "pictures": [str(file) for file in result.pictures],
        "papers": [str(file) for file in result.papers],
        "longest_stall_ms": round(result.longest_stall_ms),
        "stalled_during": result.stalled_during,
        "seconds": round(result.seconds, 1),
    }
    told = output.texts("demo.tour.done", seconds=round(result.seconds), stall=document["longest_stall_ms"])
    output.result(document, [*map(str, files), told])
    return DONE
