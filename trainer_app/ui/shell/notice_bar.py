"""What the window says at its lower edge: confirmations, *Angre* for ten seconds, problems until put away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trainer_app.domain.errors import TrainerError
from trainer_app.looks.tokens import Tone
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.theme.dressed import Dressed
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.banner import Banner

SAID_MS = 6_000
UNDO_MS = 10_000


class NoticeBar(QWidget):
    """Shows one notice at a time; a problem is not pushed away by a confirmation."""

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        Dressed(look, self)
        self._look, self._texts = look, texts
        self._column = QVBoxLayout(self)
        Spacing(look, self._column, (24, 0, 24, 12), 0)
        self._banner: Banner | None = None
        self._is_problem = self._is_said = False
        self._undo: Callable[[], None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear)
        self.hide()

    @property
    def words(self) -> str:
        """What it says now, or nothing."""
        return "" if self._banner is None else self._banner.accessibleName()

    def speak(self, texts: Texts) -> None:
        """Use another language from now on."""
        self._texts = texts

    def say(self, words: str) -> None:
        """Confirm something for some seconds."""
        if not self._is_problem:
            self._put(Banner(self._look, Tone.OK, words), SAID_MS)
            self._is_said = True

    def forget_said(self) -> None:
        """Another page is opened: what was confirmed belonged to the last one. *Angre* and problems stay."""
        if self._is_said:
            self.clear()

    def offer_undo(self, words: str, undo: Callable[[], None]) -> None:
        """Say what was done and offer to undo it for ten seconds."""
        self._put(Banner(self._look, Tone.NEUTRAL, words, buttons=[self._texts("shell.undo")]), UNDO_MS)
        self._undo = undo

    def problem(self, error: TrainerError) -> None:
        """Show what is wrong, why, and the next step, until it is put away."""
        said = self._texts.explain(error)
        banner = Banner(
            self._look,
            Tone.DANGER,
            said.what,
            f"{said.why} {said.next_step}",
            buttons=[self._texts("shell.put_away")],
        )
        self._put(banner, None)
        self._is_problem = True

    def undo(self) -> bool:
        """Undo what is offered; False when nothing is."""
        if self._undo is None:
            return False
        undo = self._undo
        self.clear()
        undo()
        return True

    def clear(self) -> None:
        """Put away what is shown."""
        self._timer.stop()
        self._undo = None
        self._is_problem = self._is_said = False
        if self._banner is not None:
            self._banner.hide()
            self._column.removeWidget(self._banner)
            self._banner.deleteLater()
            self._banner = None
        self.hide()

    def _put(self, banner: Banner, lasts_ms: int | None) -> None:
        self.clear()
        self._banner = banner
        banner.chosen.connect(self._on_chosen)
        self._column.addWidget(banner)
        self.show()
        if lasts_ms is not None:
            self._timer.start(lasts_ms)

    def _on_chosen(self) -> None:
        if not self.undo():
            self.clear()
