"""``simkoffert`` and ``python -m trainer_app``."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trainer_app.headsets.emergency_call import Call

_OBJECTS_OF_A_COMMAND = 50_000
"""Made between two looks for garbage; the app and a film that plays go back to what is usual."""


def main() -> int:
    """Run the command line; *Stopp alt* is given out before all that the command line needs is there."""
    # What a command imports stays until it ends: there is next to no garbage among it to look for.
    gc.set_threshold(_OBJECTS_OF_A_COMMAND, *gc.get_threshold()[1:])
    _import_msgspec()
    words = sys.argv[1:]
    call = _early_call(words) if "stop" in words else None
    from trainer_app.cli.main import main as run_command

    code = run_command(words, call, owns_process=True)
    # The process ends now, and all it holds with it: looking for garbage once more would hold the end up.
    gc.freeze()
    return code


def _import_msgspec() -> None:
    """Without a library that it looks into first for what Python has had since 3.11: 20 ms of a command."""
    name = "typing_extensions"
    if name not in sys.modules:
        sys.modules[name] = None  # type: ignore[assignment]
        try:
            import msgspec  # noqa: F401
        finally:
            del sys.modules[name]


def _early_call(words: list[str]) -> Call | None:
    from trainer_app.cli.stop_order import read_stop_order
    from trainer_app.urgency import go_first

    order = read_stop_order(words)
    if order is None:
        return None
    go_first()
    from trainer_app.bootstrap import Place, call_leaders

    call = call_leaders(Place(data=order.data or Place.default_data()), order.addresses)
    # What is imported next would take the processor from the programs that are stopping the film.
    call.listen()
    return call


if __name__ == "__main__":
    sys.exit(main())
