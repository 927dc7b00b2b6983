"""Paths as words that can be read whole."""

from __future__ import annotations

from pathlib import Path

from trainer_app.ui.theme.text_block import MAY_BREAK


def breakable(folder: Path) -> str:
    """The path, with places at which a line may end: it has no spaces of its own."""
    words = str(folder)
    for mark in ("\\", "/", "_", "-"):
        words = words.replace(mark, mark + MAY_BREAK)
    return words
