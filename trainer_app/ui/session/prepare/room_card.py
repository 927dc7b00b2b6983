"""The room's check list."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.prepare.models import RoomModel
from trainer_app.ui.session.prepare.rows import TickRow
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import Button, Kind, Scale
from trainer_app.ui.widgets.card import Card
from trainer_app.ui.widgets.label import Label


class RoomCard(Card):
    """Lines to tick off.

    Signals:
        ticked: a line (its id) was ticked off, or taken back (False).
        findings_wanted: show what should be thought of.
    """

    ticked = Signal(str, bool)
    findings_wanted = Signal()

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, padding=20, parent=parent)
        Spacing(look, self.body, (21, 17, 21, 17), 0)
        self._texts = texts
        self._count = Label(look, "", "small", "text_muted", tabular=True)
        self._rows: dict[str, TickRow] = {}
        head = QHBoxLayout()
        head.addWidget(Label(look, texts("prepare.room.title"), "subheading"))
        head.addStretch(1)
        head.addWidget(self._count)
        self.body.addLayout(head)
        self.body.addSpacing(8)
        self._end = self.body.count()
        self.findings = Button(look, " ", Kind.QUIET, scale=Scale.ROW)
        self.findings.clicked.connect(self.findings_wanted)
        foot = QHBoxLayout()
        foot.addWidget(self.findings)
        foot.addStretch(1)
        self.body.addLayout(foot)
        self.body.addStretch(1)
        self.setAccessibleName(texts("prepare.room.title"))

    @property
    def rows(self) -> dict[str, TickRow]:
        """By the id of their line."""
        return dict(self._rows)

    def show_room(self, room: RoomModel) -> None:
        """Show what is done; lines stay where they are."""
        self._count.setText(room.count)
        words = self._texts("prepare.findings.open", count=len(room.findings))
        self.findings.set_words(words, icon="warning")
        for at, line in enumerate(room.lines):
            if line.id not in self._rows:
                self._add(line.id, at)
            row = self._rows[line.id]
            if row.text() != line.words:
                row.setText(line.words)
                row.setAccessibleName(line.words)
                row.updateGeometry()
            row.setChecked(line.ticked)

    def _add(self, line_id: str, at: int) -> None:
        row = self._rows[line_id] = TickRow(self.look, "")
        # Only a person's press: what the page shows is no answer.
        row.clicked.connect(lambda done: self.ticked.emit(line_id, done))
        self.body.insertWidget(self._end + at, row)
