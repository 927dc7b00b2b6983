"""What is said in a phase, to be read from the chair, with what is ticked off when it has been said."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.run.models import Script, ScriptLine, Tick, TickKind
from trainer_app.ui.session.run.reading import flowing
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import FixedSize, Spacing
from trainer_app.ui.widgets.button import Button
from trainer_app.ui.widgets.card import Card, hairline
from trainer_app.ui.widgets.choices import CheckBox
from trainer_app.ui.widgets.label import Label

_MARK_WIDTH = 34


class ScriptPanel(QWidget):
    """A card with large lines; PgUp and PgDn move through them.

    Signals:
        ticked: something has been ticked off, or taken back.
    """

    ticked = Signal(TickKind, bool)

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._script: Script | None = None
        self._kind = TickKind.CONTRACT
        self._heading = flowing(look, "", "title")
        self._up = Button(look, icon="caret-up", name=texts("run.script.up"))
        self._down = Button(look, icon="caret-down", name=texts("run.script.down"))
        self._lines = QScrollArea()
        self._lines.setWidgetResizable(True)
        self._lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._line = hairline()
        self.tick = CheckBox(look, texts("run.tick.contract"))
        self._lay_out()
        self._connect()

    def show_script(self, script: Script) -> None:
        """Show what is said; a tick alone changes nothing else."""
        if self._script is None or (script.heading, script.lines) != (
            self._script.heading,
            self._script.lines,
        ):
            self._heading.setText(script.heading)
            self._lines.setAccessibleName(script.heading)
            self._fill(script.lines)
        self._script = script
        self._show_tick(script.tick)

    def page(self, pages: int) -> None:
        """Move by so many pages; a line of the last one stays."""
        bar = self._lines.verticalScrollBar()
        bar.setValue(bar.value() + pages * round(bar.pageStep() * 0.85))

    def first_focus(self) -> QWidget:
        """What has the keyboard first."""
        return self._lines

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        Spacing(self.look, column, (0, 0, 0, 0), 0)
        card = Card(self.look, padding=24)
        head = QHBoxLayout()
        Spacing(self.look, head, (0, 0, 0, 4), 8)
        head.addWidget(self._heading, 1)
        head.addWidget(self._up)
        head.addWidget(self._down)
        card.body.addLayout(head)
        card.body.addWidget(self._lines, 1)
        card.body.addWidget(self._line)
        card.body.addWidget(self.tick)
        column.addWidget(card)

    def _connect(self) -> None:
        self._up.clicked.connect(lambda: self.page(-1))
        self._down.clicked.connect(lambda: self.page(1))
        self.tick.clicked.connect(lambda done: self.ticked.emit(self._kind, done))
        self._lines.verticalScrollBar().rangeChanged.connect(self._on_range)

    def _on_range(self, _first: int, last: int) -> None:
        self._up.setVisible(last > 0)
        self._down.setVisible(last > 0)

    def _fill(self, lines: tuple[ScriptLine, ...]) -> None:
        body = QWidget()
        body.setProperty("role", "scrolled")
        column = QVBoxLayout(body)
        Spacing(self.look, column, (0, 4, 16, 8), 12)
        for line in lines:
            column.addLayout(self._line_of(line))
        column.addStretch(1)
        self._lines.setWidget(body)

    def _line_of(self, line: ScriptLine) -> QHBoxLayout:
        row = QHBoxLayout()
        Spacing(self.look, row, (0, 8 if line.is_heading else 0, 0, 0), 0)
        if line.mark:
            mark = Label(self.look, line.mark, "prompt", "text_muted", weight=400, tabular=True)
            FixedSize(self.look, mark, width=_MARK_WIDTH)
            row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        style, shade, weight = (
            ("subheading", "text_muted", 600) if line.is_heading else ("prompt", "text", 400)
        )
        words = flowing(
            self.look,
            line.text,
            style,
            "text_muted" if shade == "text_muted" else "text",
            weight=weight,
        )
        row.addWidget(words, 1)
        return row

    def _show_tick(self, tick: Tick | None) -> None:
        self._line.setVisible(tick is not None)
        self.tick.setVisible(tick is not None)
        if tick is None:
            return
        self._kind = tick.kind
        self.tick.setText(tick.words)
        self.tick.setAccessibleName(tick.words)
        self.tick.setChecked(tick.done)
