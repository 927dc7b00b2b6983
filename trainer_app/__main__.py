"""``simkoffert`` and ``python -m trainer_app``."""

from __future__ import annotations

import sys

from trainer_app.cli.main import main

if __name__ == "__main__":
    sys.exit(main())

__all__ = ["main"]
