"""How often Python looks for garbage: next to never in a short command, as usual in what goes on for long."""

from __future__ import annotations

import gc

USUAL_THRESHOLDS = (700, 10, 10)
"""What Python begins with: so many new objects let it look for garbage, every tenth time at older ones."""


def look_as_usual() -> None:
    """From now on; what is loaded is passed over: to walk through it would hold a film's start up."""
    gc.freeze()
    gc.set_threshold(*USUAL_THRESHOLDS)
