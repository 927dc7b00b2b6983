"""The headsets of a suitcase as a table model."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from trainer_app.services.film_matrix import FilmMark
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.kit.shown import HeadsetRow, ThemeColumn
from trainer_app.ui.widgets.cells import SPOKEN, WORDS, Index

NOWHERE = QModelIndex()


class Column(IntEnum):
    """Those before the themes; after the themes comes when the headset was checked."""

    NUMBER = 0
    STATE = 1
    BATTERY = 2
    SERIAL = 3
    FIRST_THEME = 4


class HeadsetModel(QAbstractTableModel):
    """Rows of :class:`HeadsetRow`; what changes is told cell by cell, so that the keyboard stays."""

    def __init__(self, texts: Texts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self.themes: tuple[ThemeColumn, ...] = ()
        self.rows: tuple[HeadsetRow, ...] = ()

    def show(self, themes: Sequence[ThemeColumn], rows: Sequence[HeadsetRow]) -> None:
        """Show these headsets."""
        same = [row.id for row in rows] == [row.id for row in self.rows] and tuple(themes) == self.themes
        if not same:
            self.beginResetModel()
        self.themes, self.rows = tuple(themes), tuple(rows)
        if not same:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, self.columnCount() - 1))

    @property
    def checked_column(self) -> int:
        """The last one."""
        return Column.FIRST_THEME + len(self.themes)

    def mark_at(self, index: Index) -> FilmMark | None:
        """The film of a cell; None in other columns."""
        at = index.column() - Column.FIRST_THEME
        films = self.rows[index.row()].films
        return films[at] if 0 <= at < len(films) else None

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """One a headset."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Four, the themes, and one."""
        return 0 if parent.isValid() else self.checked_column + 1

    def data(self, index: Index, role: int = WORDS) -> Any:
        """Words of a cell."""
        if role in (WORDS, SPOKEN, Qt.ItemDataRole.ToolTipRole):
            words = self._words(self.rows[index.row()], index.column())
            if role == SPOKEN:
                return f"{self._head(index.column())}: {words}"
            return words
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = WORDS) -> Any:
        """Names of the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == WORDS:
            return self._head(section)
        at = section - Column.FIRST_THEME
        if role in (Qt.ItemDataRole.ToolTipRole, SPOKEN) and 0 <= at < len(self.themes):
            return self.themes[at].title
        return None

    def _head(self, column: int) -> str:
        at = column - Column.FIRST_THEME
        if 0 <= at < len(self.themes):
            return self.themes[at].short
        return self._texts(f"kit.column.{_NAMES.get(column, 'checked')}")

    def _words(self, row: HeadsetRow, column: int) -> str:
        at = column - Column.FIRST_THEME
        if 0 <= at < len(row.films):
            return row.film_words[at]
        if column == Column.NUMBER:
            return self._texts("looks.headset", number=row.number)
        if column == Column.STATE:
            return f"{row.state} {row.state_note}".rstrip()
        if column == Column.BATTERY:
            return self._battery(row)
        return row.serial if column == Column.SERIAL else row.checked

    def _battery(self, row: HeadsetRow) -> str:
        return "–" if row.battery is None else self._texts("looks.battery.percent", percent=row.battery)


_NAMES = {
    int(Column.NUMBER): "number",
    int(Column.STATE): "state",
    int(Column.BATTERY): "battery",
    int(Column.SERIAL): "serial",
}
