"""Where the run screen says what is wrong while the session goes on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trainer_app.looks.tokens import Tone
from trainer_app.ui.session.run.models import Trouble
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.banner import Banner


class TroublePlace(QWidget):
    """One banner at a time, made anew only when its words change.

    Signals:
        retry_wanted: try again with this headset.
        without_wanted: go on without this headset.
    """

    retry_wanted = Signal(int)
    without_wanted = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._shown: Trouble | None = None
        self.banner: Banner | None = None
        self._column = QVBoxLayout(self)
        Spacing(look, self._column, (0, 0, 0, 0), 0)
        self.hide()

    def show_trouble(self, trouble: Trouble | None) -> bool:
        """Say what is wrong, or nothing; True when that is new."""
        if trouble == self._shown:
            return False
        self._shown = trouble
        if self.banner is not None:
            self._column.removeWidget(self.banner)
            self.banner.hide()
            self.banner.deleteLater()
            self.banner = None
        self.setVisible(trouble is not None)
        if trouble is not None:
            tone = Tone.DANGER if trouble.is_danger else Tone.ATTENTION
            self.banner = Banner(self.look, tone, trouble.fact, trouble.cause, trouble.buttons)
            self.banner.chosen.connect(self._on_chosen)
            self._column.addWidget(self.banner)
        return True

    def _on_chosen(self, place: int) -> None:
        if self._shown is None or self._shown.number is None:
            return
        signal = self.retry_wanted if place == 0 else self.without_wanted
        signal.emit(self._shown.number)
