"""Says that a file was saved and where it is, with the ways to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from trainer_app.looks.tokens import Tone
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.saving.words import breakable
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.banner import Banner

OpenUrl = Callable[[QUrl], bool]
"""Shows a file or a folder in the system's own program; False: there is none."""


class SavedBanner(Banner):
    """Stays for as long as its page wants it.

    Attributes:
        path: The file.
    """

    def __init__(
        self,
        look: Look,
        texts: Texts,
        path: Path,
        *,
        open_url: OpenUrl = QDesktopServices.openUrl,
        parent: QWidget | None = None,
    ) -> None:
        self.path, self._texts, self._open_url = path, texts, open_url
        self._folder_words = breakable(path.parent)
        super().__init__(
            look,
            Tone.OK,
            texts("saving.saved", file=path.name),
            texts("saving.folder", folder=self._folder_words),
            buttons=[texts("saving.open"), texts("saving.show_folder")],
            parent=parent,
        )
        self.open_file, self.show_folder = self.buttons
        self.open_file.setAccessibleName(texts("saving.open_name", file=path.name))
        self.show_folder.setAccessibleName(texts("saving.show_folder_name", file=path.name))
        self.open_file.clicked.connect(lambda: self._open(path))
        self.show_folder.clicked.connect(lambda: self._open(path.parent))

    def _open(self, what: Path) -> None:
        opened = self._open_url(QUrl.fromLocalFile(str(what)))
        key = "saving.folder" if opened else "saving.not_opened"
        self.show_cause(self._texts(key, folder=self._folder_words))
