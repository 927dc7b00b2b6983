"""Asks where a file is to be saved; nothing that is there already is replaced unasked."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.saving.folder import SavingFolder
from trainer_app.ui.saving.replace_dialog import ReplaceDialog
from trainer_app.ui.theme.look import Look


class SaveQuestion:
    """Asks with the system's own dialog, on behalf of a page."""

    def __init__(self, page: QWidget, look: Look, texts: Texts, folder: SavingFolder) -> None:
        self._page, self._look, self._texts, self._folder = page, look, texts, folder

    def ask(self, title: str, name: str, ending: str) -> Path | None:
        """Return where the file is to be, with its ending (no dot); None: nowhere.

        Args:
            title: Of the dialog.
            name: What is proposed.
            ending: What kind of file it is.
        """
        # Not derived from: Qt would then draw a dialog of its own instead of the system's.
        folder = str(self._folder.path(documents()))
        dialog = QFileDialog(self._page, title, folder, f"{ending.upper()} (*.{ending})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending)
        dialog.selectFile(name)
        try:
            while dialog.exec():
                typed = Path(dialog.selectedFiles()[0])
                file = with_ending(typed, ending)
                if file == typed or not file.exists() or self._may_replace(file):
                    self._folder.remember(file.parent)
                    return file
        finally:
            dialog.deleteLater()
        return None

    def _may_replace(self, file: Path) -> bool:
        """The dialog has asked about the name that was typed, not about the one with the ending."""
        question = ReplaceDialog(self._look, self._texts, file, self._page)
        try:
            return bool(question.exec())
        finally:
            question.deleteLater()


def documents() -> Path:
    """The user's documents, as the system has it; they need not be there."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


def with_ending(path: Path, ending: str) -> Path:
    """Return the path with this ending (no dot); dialogs add none to a name with a dot (``Økt 25.11``)."""
    return path if path.suffix.lower() == f".{ending}" else path.with_name(f"{path.name}.{ending}")
