"""One topic: title, what it is about, its picture, what to do, what else is worth knowing."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.help.picture import Picture
from trainer_app.ui.help.shown import TopicShown
from trainer_app.ui.help.steps import KeysPart, NotesPart, StepsPart, readable
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.label import Label

_BESIDE_FROM = 840
"""Width from which the picture stands beside the words, pixels at 100 %."""


class TopicPane(QWidget):
    """Shows a topic; made anew for each.

    Signals:
        copy_wanted: a command, to be put on the clipboard.
    """

    copy_wanted = Signal(str)

    def __init__(self, look: Look, texts: Texts, shown: TopicShown, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._texts, self.shown = look, texts, shown
        self.setAccessibleName(shown.title)
        self.picture: Picture | None = None
        if shown.picture:
            self.picture = Picture(look, texts)
            self.picture.show_drawing(shown.picture)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        Spacing(look, self._row, (24, 20, 24, 24), 24)
        self._row.addLayout(self._words(), 1)
        if self.picture is not None:
            self._row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)

    def minimumSizeHint(self) -> QSize:
        """As high as its words need at the width they get; the least of all its parts would be more."""
        return QSize(super().minimumSizeHint().width(), 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the picture stands above the words."""
        super().resizeEvent(event)
        beside = event.size().width() >= self._look.px(_BESIDE_FROM)
        directions = QBoxLayout.Direction
        wanted = directions.LeftToRight if beside else directions.BottomToTop
        if self._row.direction() != wanted:
            self._row.setDirection(wanted)

    def _words(self) -> QVBoxLayout:
        look, shown = self._look, self.shown
        column = QVBoxLayout()
        Spacing(look, column, (0, 0, 0, 0), 16)
        if shown.tile:
            column.addLayout(self._tile())
        column.addWidget(readable(look, Label(look, shown.lead, "body", wrap=True)))
        for section in shown.sections:
            part = StepsPart(look, self._texts, section)
            part.copy_wanted.connect(self.copy_wanted)
            column.addWidget(part)
        for keys in shown.keys:
            column.addWidget(KeysPart(look, keys))
        if shown.notes:
            column.addWidget(NotesPart(look, shown.note_heading, shown.notes))
        column.addStretch(1)
        return column

    def _tile(self) -> QHBoxLayout:
        """What the headset's tile says."""
        row = QHBoxLayout()
        Spacing(self._look, row, gap=8)
        row.addWidget(Label(self._look, self._texts("card.tile"), "body", "text_muted"))
        for at, said in enumerate(self.shown.tile):
            if at:
                row.addWidget(Label(self._look, self._texts("card.or"), "body", "text_muted"))
            row.addWidget(Label(self._look, said, "subheading"))
        row.addStretch(1)
        return row
