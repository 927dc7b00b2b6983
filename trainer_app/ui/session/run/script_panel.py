"""What is said in a phase, to be read from the chair, with what is ticked off when it has been said."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.run.models import Script, ScriptLine, Tick, TickKind
from trainer_app.ui.session.run.reading import flowing
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import FixedSize, Spacing
from trainer_app.ui.widgets.button import Button, Scale
from trainer_app.ui.widgets.card import Card, hairline
from trainer_app.ui.widgets.choices import CheckBox
from trainer_app.ui.widgets.label import Label

_MARK_WIDTH = 34

_SIZES = ((24, 33), (22, 30), (20, 28))
"""Sizes and line heights of what is said; the largest at which all of it can be seen is used."""


class FittedArea(QScrollArea):
    """A part that scrolls up and down, and says when it has got another size."""

    def __init__(self, fit: Callable[[], None]) -> None:
        super().__init__()
        self._fit = fit
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The content fits itself to the room."""
        self._fit()
        super().resizeEvent(event)


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
        self._up = Button(look, scale=Scale.ROW, icon="caret-up", keycap="PgUp", name=texts("run.script.up"))
        self._down = Button(
            look, scale=Scale.ROW, icon="caret-down", keycap="PgDn", name=texts("run.script.down")
        )
        self._said: list[Label] = []
        self._rows: list[QLayout] = []
        self._lines = FittedArea(self._fit)
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
        card = Card(self.look, padding=20)
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
        bar = self._lines.verticalScrollBar()
        bar.rangeChanged.connect(self._show_more)
        bar.valueChanged.connect(self._show_more)
        self.look.changed.connect(self._fit)

    def _show_more(self) -> None:
        """Where not all can be seen, that there is more, and where."""
        bar = self._lines.verticalScrollBar()
        for button in (self._up, self._down):
            button.setVisible(bar.maximum() > 0)
        self._up.setEnabled(bar.value() > 0)
        self._down.setEnabled(bar.value() < bar.maximum())

    def _fit(self) -> None:
        """The largest size at which all can be seen; the smallest where none is small enough."""
        body = self._lines.widget()
        if body is None:
            return
        room = self._lines.maximumViewportSize()
        for size in _SIZES:
            self._write(size)
            if body.heightForWidth(room.width()) <= room.height():
                return

    def _write(self, size: tuple[int, int]) -> None:
        for label in self._said:
            label.set_type(size)
        for row in self._rows:
            row.invalidate()

    def _fill(self, lines: tuple[ScriptLine, ...]) -> None:
        body = QWidget()
        body.setProperty("role", "scrolled")
        column = QVBoxLayout(body)
        Spacing(self.look, column, (0, 4, 16, 4), 8)
        self._said = []
        rows = [self._line_of(line) for line in lines]
        for row in rows:
            column.addLayout(row)
        column.addStretch(1)
        self._rows = [*rows, column]
        self._lines.setWidget(body)
        self._fit()

    def _line_of(self, line: ScriptLine) -> QHBoxLayout:
        row = QHBoxLayout()
        Spacing(self.look, row, (0, 8 if line.is_heading else 0, 0, 0), 0)
        if line.mark:
            mark = Label(self.look, line.mark, "prompt", "text_muted", weight=400, tabular=True)
            FixedSize(self.look, mark, width=_MARK_WIDTH)
            row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
            self._said.append(mark)
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
        if not line.is_heading:
            self._said.append(words)
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
