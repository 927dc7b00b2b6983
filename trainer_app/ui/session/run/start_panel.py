"""Before the film: the words of the start signal and one hero button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.run.models import Start
from trainer_app.ui.session.run.reading import flowing
from trainer_app.ui.session.run.wearer_list import WearerList
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import Button, Kind, Scale
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.scrolling import scrolling

_CENTRED = Qt.AlignmentFlag.AlignHCenter


class StartPanel(QWidget):
    """One question: is everybody ready?

    Signals:
        start_pressed: start the film in all headsets that are ready.
    """

    start_pressed = Signal()

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._wave = Label(look, "", "heading", "text_muted", align=_CENTRED)
        self._say = flowing(look, "", "prompt", align=_CENTRED)
        self.hero = Button(
            look, texts("run.film.start"), Kind.PRIMARY, scale=Scale.HERO, icon="play", keycap="Ctrl+Enter"
        )
        self.state = flowing(look, "", "body", "text_muted", align=_CENTRED)
        self.wearers = WearerList(look, texts, Kind.QUIET)
        self._lay_out()
        self.hero.clicked.connect(self.start_pressed)

    def show_start(self, start: Start) -> None:
        """Show what the headsets are waiting for."""
        self._wave.setText(start.wave)
        self._wave.setVisible(bool(start.wave))
        self._say.setText(start.say)
        if start.hero != self.hero.text():
            self.hero.set_words(start.hero, icon="play")
        self.hero.setEnabled(start.can_start)
        self.state.setText(start.state)
        self.wearers.show_wearers(start.wearers, start.without)

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        Spacing(self.look, column, (48, 0, 48, 0), 16)
        column.addStretch(3)
        for part in (self._wave, self._say):
            column.addWidget(part)
        column.addLayout(_in_the_middle(self.hero))
        column.addWidget(self.state)
        column.addStretch(2)
        column.addWidget(self.wearers)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        Spacing(self.look, whole, (0, 0, 0, 0), 0)
        whole.addWidget(scrolling(inside))


def _in_the_middle(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(widget)
    row.addStretch(1)
    return row
