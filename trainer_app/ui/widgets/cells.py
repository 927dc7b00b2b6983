"""Draws in cells of tables, and remembers what did not fit."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.painted import Painted

Index = QModelIndex | QPersistentModelIndex
WORDS = Qt.ItemDataRole.DisplayRole
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


class CellInk(Ink):
    """Ink on a painter that somebody else began and ends."""

    def __init__(self, painter: QPainter, look: Look) -> None:
        self.painter = painter
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.look = look
        self.cut: list[str] = []


class Table(Painted, QTableView):
    """A table of painted cells without a grid; the current row is marked while it has the keyboard."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.viewport().setMouseTracking(True)
        self.elided: list[str] = []
        self.take_look(look)

    def draw(self, ink: Ink) -> None:
        """The cells draw themselves."""

    def focus_rect(self) -> QRect:
        """The ring is drawn inside the row."""
        return QRect()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells, and remember what was cut in them."""
        self.elided = []
        QTableView.paintEvent(self, event)
        self.cut_texts = tuple(self.elided)


class CellDelegate(QStyledItemDelegate):
    """Paints ground, line below and focus; :meth:`draw_cell` paints the rest."""

    def __init__(self, look: Look, table: Table) -> None:
        super().__init__(table)
        self.look, self._table = look, table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell."""
        ink = CellInk(painter, self.look)
        box = QRectF(option.rect)
        painter.save()
        self._draw_ground(ink, box, option, index)
        self.draw_cell(ink, box, index)
        painter.restore()
        self._table.elided += ink.cut

    def draw_cell(self, ink: CellInk, box: QRectF, index: Index) -> None:
        """Paint what the cell says."""

    def marked(self, index: Index) -> bool:
        """Whether the row stands out without having the keyboard."""
        return False

    def _draw_ground(self, ink: CellInk, box: QRectF, option: QStyleOptionViewItem, index: Index) -> None:
        current = self._table.hasFocus() and index.row() == self._table.currentIndex().row()
        hover = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if current or self.marked(index):
            ink.painter.fillRect(box, self.look.colour("surface_selected"))
        elif hover:
            ink.painter.fillRect(box, self.look.colour("surface_hover"))
        if index.row() < index.model().rowCount() - 1:
            line = QRectF(box.left(), box.bottom() - 1, box.width(), 1)
            ink.painter.fillRect(line, self.look.colour("outline"))
        if current:
            self._draw_focus(ink, box, index)

    def _draw_focus(self, ink: CellInk, box: QRectF, index: Index) -> None:
        """A line round the whole row; each cell draws its part."""
        width = self.look.theme.stroke("focus")
        colour = self.look.colour("focus")
        ink.painter.fillRect(QRectF(box.left(), box.top(), box.width(), width), colour)
        ink.painter.fillRect(QRectF(box.left(), box.bottom() - width, box.width(), width), colour)
        shown = [at for at in range(index.model().columnCount()) if not self._table.isColumnHidden(at)]
        if index.column() == shown[0]:
            ink.painter.fillRect(QRectF(box.left(), box.top(), width, box.height()), colour)
        if index.column() == shown[-1]:
            ink.painter.fillRect(QRectF(box.right() - width, box.top(), width, box.height()), colour)
