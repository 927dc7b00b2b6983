"""The learning objectives, and whether they were reached."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from trainer_app.domain.sessions import ObjectiveId
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.closing.shown import ObjectiveLine
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.card import Card
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.painted import PaintedWidget
from trainer_app.ui.widgets.segmented_control import SegmentedControl

_ANSWERS = (
    "closing.reached.yes",
    "closing.reached.partly",
    "closing.reached.no",
    "closing.reached.not_assessed",
)
_SMALLEST_TEXT = 240


class ObjectiveRow(PaintedWidget):
    """An objective and its answer.

    Signals:
        chosen: the place of the answer.
    """

    chosen = Signal(int)

    def __init__(self, look: Look, texts: Texts, line: ObjectiveLine, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.line = line
        self._is_first = True
        self._text = Label(look, line.text, "body", wrap=True)
        answers = [texts(key) for key in _ANSWERS]
        self.answer = SegmentedControl(look, texts, line.text, answers, checked_mark=True, dense=True)
        self.answer.chosen.connect(self.chosen)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        Spacing(look, self._row, (0, 6, 0, 6), 12)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self.answer)
        self._said = Label(look)
        self._row.addWidget(self._said)

    def show_line(self, line: ObjectiveLine, *, is_open: bool, is_first: bool) -> None:
        """Show what is stored."""
        self.line, self._is_first = line, is_first
        self._text.setText(line.text)
        self.answer.set_answer(line.reached)
        self._said.setText(self.answer.answers[line.reached])
        self.answer.setVisible(is_open)
        self._said.setVisible(not is_open)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the answer stands below."""
        super().resizeEvent(event)
        self._direct()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size needs other room."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._direct()

    def draw(self, ink: Ink) -> None:
        """A hairline above all but the first."""
        if not self._is_first:
            ink.painter.fillRect(QRectF(0, 0, self.width(), 1), self.look.colour("outline"))

    def _direct(self) -> None:
        wanted = self.answer.sizeHint().width() + self.look.px(_SMALLEST_TEXT)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(down if self.width() < wanted else across)


class ObjectivesCard(Card):
    """All objectives of the session.

    Signals:
        assessed: an objective, and the place of its answer.
    """

    assessed = Signal(object, int)

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__(look, texts("closing.objectives"), aside=texts("closing.objectives.question"))
        Spacing(look, self.body, (17, 13, 17, 8), 6)
        self._texts = texts
        self.rows: dict[ObjectiveId, ObjectiveRow] = {}
        self._column = QVBoxLayout()
        Spacing(look, self._column, gap=0)
        self.body.addLayout(self._column)

    def show_objectives(self, lines: Sequence[ObjectiveLine], *, is_open: bool) -> None:
        """Show them; a session without any has no card."""
        self.setVisible(bool(lines))
        for place, line in enumerate(lines):
            if line.source.id not in self.rows:
                self._add(line, place)
            self.rows[line.source.id].show_line(line, is_open=is_open, is_first=place == 0)
        wanted = {line.source.id for line in lines}
        for gone in [each for each in self.rows if each not in wanted]:
            row = self.rows.pop(gone)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()

    def _add(self, line: ObjectiveLine, place: int) -> None:
        row = self.rows[line.source.id] = ObjectiveRow(self.look, self._texts, line, self)
        row.chosen.connect(lambda place: self.assessed.emit(row.line.source, place))
        self._column.insertWidget(place, row)
        row.show()
