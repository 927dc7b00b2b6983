"""Before the window closes: what was typed and is stored nowhere is told, and not lost unknowingly."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer

from trainer_app.ui.office import Office
from trainer_app.ui.shell.unsaved_dialog import UnsavedDialog
from trainer_app.ui.shell.window import Window
from trainer_app.ui.theme.look import Look


class Leaving:
    """Lets the window close at once where all is stored; else waits for the disk, then asks."""

    def __init__(self, window: Window, look: Look, office: Callable[[], Office]) -> None:
        """``office``: the one in use, as the language may change."""
        self._window, self._look, self._office = window, look, office
        self._is_agreed = self._is_looking = False

    def may_close(self) -> bool:
        """Whether the window may close now; else it closes, or asks, as soon as the disk has answered."""
        if self._is_agreed or not self._unsaved():
            return True
        if not self._is_looking:
            self._is_looking = True
            office = self._office()
            office.unkept.retry(office.tasks, lambda: None)
            # Behind all that was given to the database before: by then it has answered.
            office.tasks.stored(lambda: None, lambda _nothing: self._later())
        return False

    def agree(self) -> None:
        """Close without a question from now on."""
        self._is_agreed = True

    # --- inside ------------------------------------------------------------------------------------------

    def _unsaved(self) -> tuple[str, ...]:
        return (*self._window.unsaved(), *self._office().unkept.texts)

    def _later(self) -> None:
        """Not within what the window is just doing."""
        QTimer.singleShot(0, self._window, self._look_again)

    def _look_again(self) -> None:
        texts = self._unsaved()
        if not texts:
            self._is_looking = False
            self._window.close()
            return
        dialog = UnsavedDialog(self._look, self._office().texts, texts, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self._close_knowingly)
        dialog.rejected.connect(self._window.show_unsaved)
        dialog.finished.connect(self._on_answered)
        dialog.open()

    def _on_answered(self) -> None:
        self._is_looking = False

    def _close_knowingly(self) -> None:
        self.agree()
        QTimer.singleShot(0, self._window, self._window.close)
