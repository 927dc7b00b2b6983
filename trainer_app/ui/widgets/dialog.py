"""A dialog that is dressed like the window; nobody derives from Qt's own."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from trainer_app.ui.theme.dressed import Dressed
from trainer_app.ui.theme.look import Look


class Dialog(QDialog):
    """Base of all dialogs."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        Dressed(look, self)
