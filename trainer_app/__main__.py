"""``simkoffert`` and ``python -m trainer_app``."""

from __future__ import annotations

import sys

from trainer_app.urgency import go_first

if "stop" in sys.argv[1:]:
    go_first()  # before the imports, which are most of what this command takes

from trainer_app.cli.main import main

if __name__ == "__main__":
    sys.exit(main())

__all__ = ["main"]
