"""Text in sections: headings, lines with a lead before them and a remark after them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QVBoxLayout, QWidget

from trainer_app.ui.library.shown import Line, Section
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.label import Label

_LONG = 20
"""Characters."""

TOP = Qt.AlignmentFlag.AlignTop


def laid_out(look: Look, sections: Sequence[Section], first: QWidget | None = None) -> QWidget:
    """Return a widget with the sections, ``first`` before them."""
    content = QWidget()
    content.setProperty("role", "scrolled")
    column = QVBoxLayout(content)
    Spacing(look, column, (0, 12, 0, 0), 6)
    if first is not None:
        column.addWidget(first)
    for section in sections:
        if section.lines:
            _add(look, column, section)
    column.addStretch(1)
    return content


def facts_grid(look: Look, facts: Sequence[tuple[str, str]], columns: int) -> QGridLayout:
    """Return facts, each under its name, side by side from the left."""
    grid = QGridLayout()
    Spacing(look, grid, (0, 0, 0, 0), 4)
    grid.setHorizontalSpacing(look.px(24))
    for at, (name, value) in enumerate(facts):
        cell = QVBoxLayout()
        Spacing(look, cell, (0, 0, 0, 0), 0)
        cell.addWidget(Label(look, name, "small", "text_muted"))
        # A name of a file may be long; what is short keeps its line, whatever the width.
        cell.addWidget(Label(look, value, "body", wrap=len(value) > _LONG, tabular=True))
        cell.addStretch(1)
        grid.addLayout(cell, at // columns, at % columns)
    grid.setColumnStretch(columns, 1)
    return grid


def _add(look: Look, column: QVBoxLayout, section: Section) -> None:
    if section.heading:
        column.addWidget(Label(look, section.heading, "body-strong"))
    column.addLayout(_lines(look, section.lines))
    column.addSpacing(look.px(12))


def _lines(look: Look, lines: Sequence[Line]) -> QLayout:
    grid = QGridLayout()
    Spacing(look, grid, (0, 0, 0, 0), 6)
    grid.setHorizontalSpacing(look.px(16))
    # No cell spans columns: Qt then mistakes the height that wrapped text needs.
    at = 1 if any(line.lead for line in lines) else 0
    grid.setColumnStretch(at, 1)
    for row, line in enumerate(lines):
        if line.lead:
            grid.addWidget(Label(look, line.lead, "body", "text_muted", tabular=True), row, 0, TOP)
        grid.addWidget(Label(look, line.text, "body", wrap=True), row, at)
        if line.aside:
            grid.addWidget(Label(look, line.aside, "small", "text_muted"), row, at + 1, TOP)
    return grid
