"""After the session: who may still play although the film was stopped, with *Stopp alt* beside it."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trainer_app.domain.live_kit import KitNow
from trainer_app.looks.tokens import Tone
from trainer_app.ui.office import Office
from trainer_app.ui.session.run.film_words import FilmWords
from trainer_app.ui.session.run.models import Trouble
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.banner import Banner


class LeftPlaying(QWidget):
    """Nothing, as long as all are dark.

    Attributes:
        banner: What is said; None: nothing.
    """

    def __init__(self, office: Office, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._look = office, look
        self._tasks = office.tasks.page()
        self._words = FilmWords(office.texts)
        self._shown: Trouble | None = None
        self.banner: Banner | None = None
        self._column = QVBoxLayout(self)
        Spacing(look, self._column, (0, 0, 0, 0), 0)
        self.hide()
        QShortcut(QKeySequence("Shift+Esc"), self).activated.connect(self._stop_all)
        self._stop_hearing = office.kit_now.on(self._show)
        self._show(office.kit_now.value)

    def end(self) -> None:
        """It goes away for good."""
        self._stop_hearing()
        self._tasks.close()

    def _show(self, kit: KitNow) -> None:
        """Made anew only when its words change."""
        left = self._words.left_trouble(kit)
        if left == self._shown:
            return
        self._shown = left
        if self.banner is not None:
            self._column.removeWidget(self.banner)
            self.banner.hide()
            self.banner.deleteLater()
            self.banner = None
        if left is not None:
            stop = [self._office.texts("run.stop_all")]
            self.banner = Banner(self._look, Tone.ATTENTION, left.fact, left.cause, stop)
            self.banner.chosen.connect(self._stop_all)
            self._column.addWidget(self.banner)
        self.setVisible(left is not None)

    def _stop_all(self) -> None:
        self._tasks.live(self._office.services.live.stop_all)
