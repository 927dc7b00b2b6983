"""The films as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from trainer_app.domain.films import Sha256
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.library.shown import FilmRow
from trainer_app.ui.theme.ink import LEFT, RIGHT
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.cells import WORDS, CellDelegate, CellInk, Index, Table

NOWHERE = QModelIndex()
_COLUMNS = ("title", "theme", "length", "size", "resolution", "layout", "headsets")
_NUMBERS = frozenset({2, 3})
_STRETCHES = (0, 1)
_SPARED = (4, 5)
"""Columns that are left out where there is no room; the film's card below has them."""

_READABLE, _NARROWEST = 170, 100
_ROW, _HEAD, _PADDING = 44, 36, 10


class FilmModel(QAbstractTableModel):
    """Rows of :class:`FilmRow`."""

    def __init__(self, texts: Texts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heads = tuple(texts(f"library.column.{name}") for name in _COLUMNS)
        self.rows: tuple[FilmRow, ...] = ()

    def show(self, rows: Sequence[FilmRow]) -> None:
        """Show these films."""
        same = [row.sha256 for row in rows] == [row.sha256 for row in self.rows]
        if not same:
            self.beginResetModel()
        self.rows = tuple(rows)
        if not same:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(_COLUMNS) - 1))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """One a film."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Fixed."""
        return 0 if parent.isValid() else len(_COLUMNS)

    def data(self, index: Index, role: int = WORDS) -> Any:
        """Words of a cell."""
        if role in (WORDS, Qt.ItemDataRole.ToolTipRole):
            return getattr(self.rows[index.row()], _COLUMNS[index.column()])
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = WORDS) -> Any:
        """Names of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == WORDS:
            return self._heads[section]
        return None


class FilmTable(Table):
    """Shows films; the current one is shown in full below.

    Signals:
        chosen: another film is current.
    """

    chosen = Signal(object)

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, texts("library.films"), parent)
        self.films = FilmModel(texts, self)
        self.setModel(self.films)
        self.setItemDelegate(_FilmDelegate(look, self))
        self.setSelectionMode(QTableView.SelectionMode.NoSelection)
        self.setHorizontalHeader(_Head(look, self))
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self._fit()

    def show_films(self, rows: Sequence[FilmRow]) -> None:
        """Show films; the one that was current stays so."""
        before = self.current()
        self.films.show(rows)
        keys = [row.sha256 for row in rows]
        if before in keys and self.current() != before:
            self.setCurrentIndex(self.films.index(keys.index(before), 0))
        self._fit()

    def current(self) -> Sha256 | None:
        """The film that is shown in full."""
        row = self.currentIndex().row()
        return self.films.rows[row].sha256 if 0 <= row < len(self.films.rows) else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns follow the width."""
        super().resizeEvent(event)
        self._fit()

    def on_look_changed(self) -> None:
        """Rows and columns follow the text."""
        super().on_look_changed()
        self._fit()

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(self.films.rows[current.row()].sha256 if current.isValid() else None)

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.look.px(_ROW))
        head = self.horizontalHeader()
        head.setFixedHeight(self.look.px(_HEAD))
        self.setFixedHeight(head.height() + self.look.px(_ROW) * max(1, self.films.rowCount()) + 2)
        widths = [self._needed(column) for column in range(len(_COLUMNS))]
        # Names may be cut, with a tool tip: they give what the others need, down to a readable width.
        named = sum(min(widths[column], self.look.px(_READABLE)) for column in _STRETCHES)
        for column in _SPARED:
            others = sum(width for at, width in enumerate(widths) if at not in _STRETCHES)
            hidden = named + others > self.viewport().width()
            self.setColumnHidden(column, hidden)
            if hidden:
                widths[column] = 0
        spare = self.viewport().width() - sum(widths)
        for column in _STRETCHES:
            widths[column] = max(self.look.px(_NARROWEST), widths[column] + spare // len(_STRETCHES))
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)

    def _needed(self, column: int) -> int:
        body = QFontMetricsF(self.look.font("body", tabular=True))
        heads = QFontMetricsF(self.look.font("small", weight=600))
        words = [str(self.films.data(self.films.index(row, column))) for row in range(len(self.films.rows))]
        head = heads.horizontalAdvance(str(self.films.headerData(column, Qt.Orientation.Horizontal)))
        widest = max([head, *map(body.horizontalAdvance, words)])
        return round(widest + self.look.px(2 * _PADDING) + 2)


class _Head(QHeaderView):
    def __init__(self, look: Look, table: FilmTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._look, self._of = look, table
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Paint a name."""
        ink, box = CellInk(painter, self._look), QRectF(rect)
        painter.save()
        line = QRectF(box.left(), box.bottom() - 1, box.width(), 1)
        painter.fillRect(line, self._look.colour("outline"))
        words = str(self._of.films.headerData(logicalIndex, Qt.Orientation.Horizontal))
        font, colour = self._look.font("small", weight=600), self._look.colour("text_muted")
        padding = self._look.px(_PADDING)
        align = RIGHT if logicalIndex in _NUMBERS else LEFT
        ink.text(box.adjusted(padding, 0, -padding, 0), words, font, colour, align)
        painter.restore()
        self._of.elided += ink.cut


class _FilmDelegate(CellDelegate):
    def __init__(self, look: Look, table: FilmTable) -> None:
        super().__init__(look, table)
        self._films = table

    def marked(self, index: Index) -> bool:
        return index.row() == self._films.currentIndex().row()

    def draw_cell(self, ink: CellInk, box: QRectF, index: Index) -> None:
        padding = self.look.px(_PADDING)
        inner = box.adjusted(padding, 0, -padding, 0)
        is_title = index.column() == 0
        font = self.look.font("body-strong") if is_title else self.look.font("body", tabular=True)
        align = RIGHT if index.column() in _NUMBERS else LEFT
        ink.text(inner, str(index.data(WORDS)), font, self.look.colour("text"), align)
        if index.column() in _STRETCHES:
            ink.cut.clear()
