"""Who waits, where headsets are fewer than participants."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from trainer_app.ui.session.prepare.models import ChoiceModel
from trainer_app.ui.session.prepare.rows import AnswerRow
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.card import Card
from trainer_app.ui.widgets.label import Label


class ChoiceCard(Card):
    """Two answers.

    Signals:
        chosen: the others watch on the screen (True), or there are waves (False).
    """

    chosen = Signal(bool)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, padding=20, parent=parent)
        Spacing(look, self.body, (21, 17, 21, 17), 8)
        self._heading = Label(look, "", "subheading", wrap=True)
        self.watch_row, self.waves_row = AnswerRow(look), AnswerRow(look)
        self.body.addWidget(self._heading)
        for row, on_screen in ((self.watch_row, True), (self.waves_row, False)):
            row.clicked.connect(lambda _checked=False, answer=on_screen: self.chosen.emit(answer))
            self.body.addWidget(row)
        self.body.addStretch(1)

    def show_choice(self, choice: ChoiceModel) -> None:
        """Show the answers and which one is chosen."""
        self._heading.setText(choice.heading)
        self.setAccessibleName(choice.heading)
        self.watch_row.show_answer(*choice.screen)
        self.waves_row.show_answer(*choice.waves)
        (self.watch_row if choice.on_screen else self.waves_row).setChecked(True)
