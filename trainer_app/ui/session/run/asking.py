"""What is asked in the middle of the run screen: how to go on after a crash, and whether to end."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.looks.tokens import Tone
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.run.models import Ending, Question
from trainer_app.ui.session.run.reading import flowing
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.banner import Banner
from trainer_app.ui.widgets.button import Button, Kind, Scale, by_letter
from trainer_app.ui.widgets.card import Card


class QuestionPanel(QWidget):
    """The program was away: two answers.

    Signals:
        answered: True where the group has gone on meanwhile, so that the time has run.
    """

    answered = Signal(bool)

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fact = flowing(look, "", "title")
        self._cause = flowing(look, "", "body")
        self.waited = Button(look, texts("run.back.waited"), Kind.PRIMARY, scale=Scale.RUN)
        self.went_on = Button(look, texts("run.back.went_on"), scale=Scale.RUN)
        card = _card_in(self, look)
        for part in (self._fact, self._cause):
            card.body.addWidget(part)
        card.body.addSpacing(look.px(8))
        card.body.addLayout(_row(look, self.waited, self.went_on))
        self.waited.clicked.connect(lambda: self.answered.emit(False))
        self.went_on.clicked.connect(lambda: self.answered.emit(True))
        by_letter(self.waited, self.went_on)

    def ask(self, question: Question) -> None:
        """Ask how the time counts."""
        self._fact.setText(question.fact)
        self._cause.setText(question.cause)
        self.waited.set_words(question.waited)
        self.went_on.set_words(question.went_on)


class EndingPanel(QWidget):
    """Before the end: what should be thought of.

    Signals:
        stayed: not yet.
        ended: the session was held.
        abort_wanted: the session is to be broken off.
    """

    stayed = Signal()
    ended = Signal()
    abort_wanted = Signal()

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._heading = flowing(look, "", "title")
        self._findings = QVBoxLayout()
        self._banners: list[Banner] = []
        self.stay = Button(look, texts("run.end.stay"), scale=Scale.RUN)
        self.finish = Button(look, texts("run.end.button"), Kind.PRIMARY, scale=Scale.RUN)
        self.abort = Button(look, texts("run.abort.open"), Kind.QUIET, icon="stop-circle")
        self._nothing = flowing(look, texts("run.end.nothing"), "body", "text_muted")
        card = _card_in(self, look)
        Spacing(look, self._findings, (0, 0, 0, 0), 8)
        card.body.addWidget(self._heading)
        card.body.addWidget(self._nothing)
        card.body.addLayout(self._findings)
        card.body.addSpacing(look.px(8))
        card.body.addLayout(_row(look, self.stay, self.finish, last=self.abort))
        self.stay.clicked.connect(self.stayed)
        self.finish.clicked.connect(self.ended)
        self.abort.clicked.connect(self.abort_wanted)
        by_letter(self.stay, self.finish, self.abort)

    def show_ending(self, ending: Ending) -> None:
        """Say what should be thought of; nothing of it forbids the end."""
        self._heading.setText(ending.heading)
        for banner in self._banners:
            self._findings.removeWidget(banner)
            banner.hide()
            banner.deleteLater()
        self._banners = [Banner(self.look, Tone.ATTENTION, words) for words in ending.findings]
        for banner in self._banners:
            self._findings.addWidget(banner)
        self._nothing.setVisible(not ending.findings)


def _card_in(panel: QWidget, look: Look) -> Card:
    """A card in the upper part of the panel."""
    column = QVBoxLayout(panel)
    Spacing(look, column, (0, 0, 0, 0), 0)
    card = Card(look, padding=24)
    column.addWidget(card)
    column.addStretch(1)
    return card


def _row(look: Look, *buttons: Button, last: Button | None = None) -> QHBoxLayout:
    row = QHBoxLayout()
    Spacing(look, row, (0, 0, 0, 0), 8)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    if last is not None:
        row.addWidget(last)
    return row
