"""``simkoffert demo``: the app with virtual headsets and example data, thrown away afterwards."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from trainer_app.cli.output import DONE, Output
from trainer_app.desktop.practice import PracticeSize, practice
from trainer_app.desktop.starting import paint_in_memory, require_display, run_app

if TYPE_CHECKING:
    from trainer_app.bootstrap import Workplace


def demo(workplace: Workplace, parsed: Namespace, output: Output) -> int:
    """Open the app; with ``--tour``, walk through it alone and leave pictures.

    Raises:
        NoDisplay: there is no screen, and no tour was asked for.
    """
    if parsed.tour is None:
        require_display()
    else:
        paint_in_memory()
    size = PracticeSize(headsets=parsed.headsets)
    with practice(workplace, size, output.say, keep=parsed.tour) as place:
        if parsed.tour is None:
            output.say("demo.open")
            return run_app(place)
    return DONE
