"""The list at the left: themes, and the films."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from trainer_app.ui.library.shown import Entry
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.text_block import TextBlock
from trainer_app.ui.widgets.cells import SPOKEN, WORDS, CellInk, Index
from trainer_app.ui.widgets.painted import Painted

NOWHERE = QModelIndex()
_ROW, _LEFT, _RIGHT, _BAR = 60, 24, 12, 3


class EntryModel(QAbstractListModel):
    """Entries."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: tuple[Entry, ...] = ()

    def show(self, entries: Sequence[Entry]) -> None:
        """Show these entries."""
        same = [entry.key for entry in entries] == [entry.key for entry in self.entries]
        if not same:
            self.beginResetModel()
        self.entries = tuple(entries)
        if not same:
            self.endResetModel()
        elif entries:
            self.dataChanged.emit(self.index(0), self.index(len(entries) - 1))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """One an entry."""
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = WORDS) -> Any:
        """Words of an entry."""
        entry = self.entries[index.row()]
        if role == WORDS:
            return entry.title
        if role in (SPOKEN, Qt.ItemDataRole.ToolTipRole):
            return f"{entry.title}. {entry.second}"
        return None


class EntryList(Painted, QListView):
    """Shows entries; the one that is current is open.

    Signals:
        chosen: another entry is current, by its key.
    """

    chosen = Signal(str)

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.entries = EntryModel(self)
        self.elided: list[str] = []
        self._showing = False
        self.setModel(self.entries)
        self.setItemDelegate(_EntryDelegate(look, self))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.take_look(look)
        self.selectionModel().currentChanged.connect(self._on_current)

    def show_entries(self, entries: Sequence[Entry], current: str) -> None:
        """Show entries; the open one is not announced."""
        self._showing = True
        self.entries.show(entries)
        keys = [entry.key for entry in entries]
        self.setCurrentIndex(self.entries.index(keys.index(current)))
        self._showing = False

    def draw(self, ink: Ink) -> None:
        """The entries draw themselves."""

    def focus_rect(self) -> QRect:
        """The ring is drawn inside the entry."""
        return QRect()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the entries, and remember what was cut in them."""
        self.elided = []
        QListView.paintEvent(self, event)
        self.cut_texts = tuple(self.elided)

    def on_look_changed(self) -> None:
        """Rows follow the text."""
        super().on_look_changed()
        self.doItemsLayout()

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid() and not self._showing:
            self.chosen.emit(self.entries.entries[current.row()].key)


class _EntryDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, view: EntryList) -> None:
        super().__init__(view)
        self._look, self._view = look, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines; more where the title wraps."""
        title = self._title(self._view.entries.entries[index.row()], self._view.viewport().width())
        line = self._look.theme.style("body-strong").line
        return QSize(self._look.px(200), round(self._look.px(_ROW) + title.height - line))

    def _title(self, entry: Entry, width: float) -> TextBlock:
        look = self._look
        room = width - look.px(_LEFT + _RIGHT)
        return TextBlock(entry.title, look.font("body-strong"), look.theme.style("body-strong").line, room)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Title and second line; the open one has a tint and a strong edge."""
        look, entry = self._look, self._view.entries.entries[index.row()]
        ink, box = CellInk(painter, look), QRectF(option.rect)
        painter.save()
        current = index.row() == self._view.currentIndex().row()
        hover = bool(option.state & QStyle.StateFlag.State_MouseOver)
        ground = "surface_selected" if current else "surface_hover" if hover else "surface_raised"
        painter.fillRect(box, look.colour(ground))
        line = QRectF(box.left(), box.bottom() - 1, box.width(), 1)
        painter.fillRect(line, look.colour("outline"))
        if current:
            painter.fillRect(QRectF(box.left(), box.top(), _BAR, box.height()), look.colour("accent_ink"))
        if current and self._view.hasFocus():
            ink.box(box, 0, None, look.colour("focus"), look.theme.stroke("focus"))
        small = look.theme.style("small").line
        inner = box.adjusted(look.px(_LEFT), 0, -look.px(_RIGHT), 0)
        title = self._title(entry, box.width())
        top = inner.top() + (inner.height() - title.height - small) / 2
        painter.setPen(look.colour("text"))
        title.draw(painter, QPointF(inner.left(), top))
        second = QRectF(inner.left(), top + title.height, inner.width(), small)
        ink.text(second, entry.second, look.font("small", tabular=True), look.colour("text_muted"))
        painter.restore()
        self._view.elided += ink.cut
