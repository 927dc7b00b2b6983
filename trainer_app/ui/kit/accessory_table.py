"""The accessories of a suitcase: what was found of what belongs there, counted in place."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QModelIndex, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QSpinBox, QStyleOptionViewItem, QTableView, QWidget

from trainer_app.services.suitcases import MOST_COUNTED
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.kit.shown import AccessoryRow
from trainer_app.ui.theme.ink import RIGHT
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.cells import SPOKEN, WORDS, CellDelegate, CellInk, Index, Table

NOWHERE = QModelIndex()
_ROW, _COUNT, _PADDING = 34, 64, 4
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Part(IntEnum):
    """The columns. Of what is used up, how many are needed stands in the note: there is no "of so many"."""

    NAME = 0
    NOTE = 1
    FOUND = 2
    NEEDED = 3


class AccessoryModel(QAbstractTableModel):
    """Rows of :class:`AccessoryRow`.

    Signals:
        changed: a number was typed: row, column, number.
    """

    changed = Signal(object, int, int)

    def __init__(self, texts: Texts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self.rows: tuple[AccessoryRow, ...] = ()

    def show(self, rows: Sequence[AccessoryRow]) -> None:
        """Show these accessories; the keyboard stays where it is."""
        same = [row.id for row in rows] == [row.id for row in self.rows]
        if not same:
            self.beginResetModel()
        self.rows = tuple(rows)
        if not same:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(Part) - 1))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """One a kind of thing."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Name, note, found, needed."""
        return 0 if parent.isValid() else len(Part)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Numbers can be edited."""
        flags = super().flags(index)
        is_number = index.column() >= Part.FOUND
        if is_number or (index.column() == Part.NOTE and self.rows[index.row()].consumable):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = WORDS) -> Any:
        """Words of a cell, and its number for the editor."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.EditRole:
            return (row.found or 0) if index.column() == Part.FOUND else row.needed
        if role == SPOKEN:
            return self._texts(
                "kit.accessory.spoken",
                item=row.name,
                found=row.found_words,
                needed=row.needed_words,
                note=row.note,
            )
        if role in (WORDS, Qt.ItemDataRole.ToolTipRole):
            return _words(row)[Part(index.column())]
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Pass a number on; it is shown when it has been saved."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        self.changed.emit(self.rows[index.row()].id, index.column(), int(value))
        return True


class AccessoryTable(Table):
    """Shows accessories; digits, F2 or Enter begin to count.

    Signals:
        counted: so many of this were found.
        needed: so many of this belong there.
    """

    counted = Signal(object, int)
    needed = Signal(object, int)

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, texts("kit.accessories"), parent)
        self.accessories = AccessoryModel(texts, self)
        self.setModel(self.accessories)
        self.setProperty("role", "inside")
        self.setItemDelegate(_AccessoryDelegate(look, texts, self))
        self.horizontalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(1)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSelectionMode(QTableView.SelectionMode.NoSelection)
        triggers = QTableView.EditTrigger
        self.setEditTriggers(
            triggers.DoubleClicked
            | triggers.EditKeyPressed
            | triggers.AnyKeyPressed
            | triggers.SelectedClicked
        )
        self.accessories.changed.connect(self._on_changed)
        self.accessories.modelReset.connect(self._fit)
        self._fit()

    def show_rows(self, rows: Sequence[AccessoryRow]) -> None:
        """Show accessories."""
        self.accessories.show(rows)
        if rows and not self.currentIndex().isValid():
            self.setCurrentIndex(self.accessories.index(0, Part.FOUND))
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter begins to count."""
        index = self.currentIndex()
        if event.key() in _ENTER and index.isValid():
            # The Enter that ends an edit comes by here as well.
            if self.state() != QTableView.State.EditingState:
                self.edit(index)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns follow the width."""
        super().resizeEvent(event)
        self._fit()

    def on_look_changed(self) -> None:
        """Rows and columns follow the text."""
        super().on_look_changed()
        self._fit()

    def _on_changed(self, accessory_id: object, column: int, number: int) -> None:
        (self.counted if column == Part.FOUND else self.needed).emit(accessory_id, number)

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.look.px(_ROW))
        self.setFixedHeight(self.look.px(_ROW) * max(1, len(self.accessories.rows)) + 2)
        body = QFontMetricsF(self.look.font("body", tabular=True))
        rows = self.accessories.rows
        needed = max((body.horizontalAdvance(_words(row)[Part.NEEDED]) for row in rows), default=0)
        name = max((body.horizontalAdvance(row.name) for row in rows), default=0)
        padding = self.look.px(2 * _PADDING)
        widths = {
            Part.NAME: round(name) + padding,
            Part.FOUND: self.look.px(_COUNT) - padding,
            Part.NEEDED: round(needed) + padding,
        }
        for part, width in widths.items():
            self.setColumnWidth(part, width)
        self.setColumnWidth(Part.NOTE, max(0, self.viewport().width() - sum(widths.values())))


def _words(row: AccessoryRow) -> dict[Part, str]:
    """What stands in the cells of a row."""
    is_note = row.consumable and not row.note
    return {
        Part.NAME: row.name,
        Part.NOTE: row.needed_words if is_note else row.note,
        Part.FOUND: row.found_words,
        Part.NEEDED: "" if row.consumable else row.needed_words,
    }


class _AccessoryDelegate(CellDelegate):
    def __init__(self, look: Look, texts: Texts, table: AccessoryTable) -> None:
        super().__init__(look, table)
        self._texts, self._accessories = texts, table

    def draw_cell(self, ink: CellInk, box: QRectF, index: Index) -> None:
        row = self._accessories.accessories.rows[index.row()]
        # Names begin, and numbers end, where the card's heading does.
        left = 0 if index.column() == Part.NAME else self.look.px(_PADDING)
        right = 0 if index.column() == Part.NEEDED else self.look.px(_PADDING)
        inner = box.adjusted(left, 0, -right, 0)
        font, words = self.look.font("body", tabular=True), str(index.data(WORDS))
        if index.column() == Part.NAME:
            ink.text(inner, words, font, self.look.colour("text"))
        elif index.column() == Part.NOTE:
            self._draw_note(ink, inner, row)
        elif index.column() == Part.FOUND:
            ink.text(inner, words, font, self.look.colour("text"), RIGHT)
        else:
            ink.text(inner, words, font, self.look.colour("text_muted"), RIGHT)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A number."""
        editor = QSpinBox(parent)
        editor.setRange(0, MOST_COUNTED)
        editor.setFrame(False)
        editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        row = self._accessories.accessories.rows[index.row()]
        key = "kit.accessory.found" if index.column() == Part.FOUND else "kit.accessory.needed"
        editor.setAccessibleName(self._texts(key, item=row.name))
        editor.lineEdit().setAccessibleName(editor.accessibleName())
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with the number that is there, all of it selected."""
        assert isinstance(editor, QSpinBox)
        editor.setValue(int(index.data(Qt.ItemDataRole.EditRole)))
        editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Pass the number on."""
        assert isinstance(editor, QSpinBox)
        editor.interpretText()
        model.setData(index, editor.value())

    def _draw_note(self, ink: CellInk, box: QRectF, row: AccessoryRow) -> None:
        words = _words(row)[Part.NOTE]
        if not words:
            return
        font = self.look.font("small", tabular=True)
        colour = self.look.colour("attention_ink" if row.icon else "text_muted")
        width = ink.text(box, words, font, colour, RIGHT)
        side = self.look.px(16)
        if row.icon:
            left = box.right() - width - side - self.look.px(6)
            ink.icon(row.icon, QRectF(left, box.center().y() - side / 2, side, side), colour)
