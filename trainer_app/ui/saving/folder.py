"""The folder a person is asked to save in; knows no Qt."""

from __future__ import annotations

from pathlib import Path


class SavingFolder:
    """The one that was last saved in, for as long as the program runs; before that, the user's documents."""

    def __init__(self) -> None:
        self._last: Path | None = None

    def path(self, documents: Path) -> Path:
        """A folder that is there; ``documents``: the user's, where that is one."""
        wanted = (self._last, documents)
        return next((folder for folder in wanted if folder is not None and folder.is_dir()), Path.home())

    def remember(self, folder: Path) -> None:
        """Something is saved here."""
        self._last = folder
