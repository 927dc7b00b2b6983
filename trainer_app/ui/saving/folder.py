"""The folder a person is asked to save in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths


class SavingFolder:
    """The one that was last saved in, for as long as the program runs; before that, the user's documents."""

    def __init__(self) -> None:
        self._last: Path | None = None

    def path(self) -> Path:
        """A folder that is there."""
        places = QStandardPaths.StandardLocation
        documents = Path(QStandardPaths.writableLocation(places.DocumentsLocation))
        wanted = (self._last, documents)
        return next((folder for folder in wanted if folder is not None and folder.is_dir()), Path.home())

    def remember(self, folder: Path) -> None:
        """Something is saved here."""
        self._last = folder


LAST_FOLDER = SavingFolder()
"""One for the whole program: papers of one evening belong together, whichever page saves them."""
