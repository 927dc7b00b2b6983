"""The table of headsets: chip, state, battery, film matrix."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from trainer_app.domain.headset_state import LOW_BATTERY_PERCENT
from trainer_app.domain.kits import HeadsetId
from trainer_app.looks.tokens import Tone
from trainer_app.services.film_matrix import FilmMark
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.kit.headset_model import Column, HeadsetModel
from trainer_app.ui.kit.shown import KitShown
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.text_block import TextBlock
from trainer_app.ui.widgets.cells import WORDS, CellDelegate, CellInk, Index, Table
from trainer_app.ui.widgets.number_chip import paint_chip
from trainer_app.ui.widgets.tile_words import battery_icon

MARK_ICONS = {
    FilmMark.ON_PLACE: ("check-bold", Tone.OK),
    FilmMark.OLDER: ("arrows-clockwise", Tone.ATTENTION),
    FilmMark.MISSING: ("minus", Tone.NEUTRAL),
    FilmMark.DOES_NOT_PLAY: ("warning-octagon", Tone.DANGER),
    FilmMark.NOT_LOOKED: ("question", Tone.NEUTRAL),
}
_ROW, _HEAD, _CHIP, _ICON, _GAP, _PADDING = 42, 48, 30, 20, 8, 10
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class HeadsetTable(Table):
    """Shows headsets.

    Signals:
        opened: the headset was asked for, by Enter or a click.
    """

    opened = Signal(object)

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, texts("kit.table.name"), parent)
        self._texts = texts
        self.headsets = HeadsetModel(texts, self)
        self.marked_headset: HeadsetId | None = None
        self.setModel(self.headsets)
        self.setItemDelegate(_HeadsetDelegate(look, self))
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setHorizontalHeader(_Head(look, self))
        self.clicked.connect(self._open)
        self.headsets.modelReset.connect(self._fit)
        self._fit()

    def show_kit(self, shown: KitShown) -> None:
        """Show the suitcase's headsets."""
        self.headsets.show(shown.themes, shown.headsets)
        self._fit()

    def mark(self, headset_id: HeadsetId | None) -> None:
        """Let the row stand out of which the side panel speaks."""
        self.marked_headset = headset_id
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row."""
        if event.key() in _ENTER and self.currentIndex().isValid():
            self._open(self.currentIndex())
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

    def _open(self, index: Index) -> None:
        self.opened.emit(self.headsets.rows[index.row()].id)

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.look.px(_ROW))
        head = self.horizontalHeader()
        head.setFixedHeight(self.look.px(_HEAD))
        self.setFixedHeight(head.height() + self.look.px(_ROW) * max(1, self.headsets.rowCount()) + 2)
        wanted = self._wanted_widths()
        room = self.viewport().width()
        # Serial numbers live one step away when there is no room for them.
        self.setColumnHidden(Column.SERIAL, sum(wanted) > room)
        if self.isColumnHidden(Column.SERIAL):
            wanted[Column.SERIAL] = 0
        spare = max(0, room - sum(wanted))
        themes = len(self.headsets.themes)
        share = spare // (themes + 2) if themes else 0
        for column, width in enumerate(wanted):
            is_theme = Column.FIRST_THEME <= column < Column.FIRST_THEME + themes
            grows = is_theme or column in (Column.STATE, self.headsets.checked_column)
            self.setColumnWidth(column, width + (share if grows else 0))
        last = self.headsets.checked_column
        used = sum(self.columnWidth(at) for at in range(last) if not self.isColumnHidden(at))
        self.setColumnWidth(last, max(wanted[last], room - used))

    def _wanted_widths(self) -> list[int]:
        px, padding = self.look.px, self.look.px(2 * _PADDING)
        body, small = QFontMetricsF(self.look.font("body")), QFontMetricsF(self.look.font("small"))
        heads = QFontMetricsF(self.look.font("small", weight=600))
        widths: list[float] = []
        for column in range(self.headsets.columnCount()):
            words = [
                str(self.headsets.data(self.headsets.index(row, column)))
                for row in range(self.headsets.rowCount())
            ]
            head = str(self.headsets.headerData(column, Qt.Orientation.Horizontal))
            least = max(
                heads.horizontalAdvance(word) for word in head.replace("\u00ad", "- ").split() or [""]
            )
            if column == Column.NUMBER:
                content: float = px(_CHIP)
            elif column == Column.STATE:
                content = px(_ICON + _GAP) + self._widest_state(body)
            elif column == Column.BATTERY:
                content = px(_ICON + 4) + body.horizontalAdvance("100 %")
            elif column in (Column.SERIAL, self.headsets.checked_column):
                content = max(map(small.horizontalAdvance, words), default=0)
            else:
                content = px(_ICON)
                padding = px(_PADDING)
            widths.append(max(least, content) + padding + 2)
            padding = px(2 * _PADDING)
        if widths:
            widths[0] += px(4)
        return [round(width + 0.5) for width in widths]

    def _widest_state(self, body: QFontMetricsF) -> float:
        small = QFontMetricsF(self.look.font("small", tabular=True))
        states = [body.horizontalAdvance(row.state) for row in self.headsets.rows]
        notes = [small.horizontalAdvance(row.state_note) for row in self.headsets.rows]
        return max((*states, *notes), default=0.0)


class _Head(QHeaderView):
    """Names of columns, on two lines where they need them."""

    def __init__(self, look: Look, table: HeadsetTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._look, self._of = look, table
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(super().sizeHint().width(), self._look.px(_HEAD))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Paint a name."""
        box = QRectF(rect)
        words = str(self._of.headsets.headerData(logicalIndex, Qt.Orientation.Horizontal))
        is_theme = Column.FIRST_THEME <= logicalIndex < self._of.headsets.checked_column
        inner = box if is_theme else box.adjusted(_left(self._look, logicalIndex), 0, 0, 0)
        align = Qt.AlignmentFlag.AlignHCenter if is_theme else Qt.AlignmentFlag.AlignLeft
        font = self._look.font("small", weight=600)
        block = TextBlock(words, font, self._look.theme.style("micro").line, inner.width(), align)
        painter.save()
        line = QRectF(box.left(), box.bottom() - 1, box.width(), 1)
        painter.fillRect(line, self._look.colour("outline"))
        painter.setPen(self._look.colour("text_muted"))
        block.draw(painter, QPointF(inner.left(), inner.top() + (inner.height() - block.height) / 2))
        painter.restore()
        if block.width > inner.width() + 1 or block.height > inner.height():
            self._of.elided.append(words)


def _left(look: Look, column: int) -> int:
    return look.px(_PADDING + (4 if column == 0 else 0))


class _HeadsetDelegate(CellDelegate):
    def __init__(self, look: Look, table: HeadsetTable) -> None:
        super().__init__(look, table)
        self._headsets = table

    def marked(self, index: Index) -> bool:
        return self._headsets.headsets.rows[index.row()].id == self._headsets.marked_headset

    def draw_cell(self, ink: CellInk, box: QRectF, index: Index) -> None:
        column = index.column()
        inner = box.adjusted(_left(self.look, column), 0, -self.look.px(4), 0)
        if column == Column.NUMBER:
            side = self.look.px(_CHIP)
            number = self._headsets.headsets.rows[index.row()].number
            paint_chip(ink, QRectF(inner.left(), box.center().y() - side / 2, side, side), number)
        elif column == Column.STATE:
            self._draw_state(ink, inner, index)
        elif column == Column.BATTERY:
            self._draw_battery(ink, inner, index)
        elif (mark := self._headsets.headsets.mark_at(index)) is not None:
            self._draw_mark(ink, box, mark)
        else:
            font = self.look.font("small", tabular=True)
            ink.text(inner, str(index.data(WORDS)), font, self.look.colour("text_muted"))

    def _draw_state(self, ink: CellInk, box: QRectF, index: Index) -> None:
        row = self._headsets.headsets.rows[index.row()]
        side = self.look.px(_ICON)
        neutral = row.tone is Tone.NEUTRAL
        colour = self.look.colour("text_muted") if neutral else self.look.ink(row.tone)
        ink.icon(row.icon, QRectF(box.left(), box.center().y() - side / 2, side, side), colour)
        words = box.adjusted(side + self.look.px(_GAP), 0, 0, 0)
        if not row.state_note:
            ink.text(words, row.state, self.look.font("body"), self.look.colour("text"))
            return
        high, low = words.adjusted(0, 0, 0, -words.height() / 2), words.adjusted(0, words.height() / 2, 0, 0)
        inset = self.look.px(2)
        ink.text(high.adjusted(0, inset, 0, 0), row.state, self.look.font("body"), self.look.colour("text"))
        font = self.look.font("small", tabular=True)
        ink.text(low.adjusted(0, 0, 0, -inset), row.state_note, font, self.look.colour("text_muted"))

    def _draw_battery(self, ink: CellInk, box: QRectF, index: Index) -> None:
        row = self._headsets.headsets.rows[index.row()]
        if row.battery is None:
            ink.text(box, "–", self.look.font("body"), self.look.colour("text_muted"))
            return
        side = self.look.px(_ICON)
        low = row.battery < LOW_BATTERY_PERCENT and not row.charging
        colour = self.look.colour("attention_ink" if low else "text")
        icon = battery_icon(row.battery, charging=row.charging)
        ink.icon(icon, QRectF(box.left(), box.center().y() - side / 2, side, side), colour)
        words = box.adjusted(side + self.look.px(4), 0, 0, 0)
        ink.text(words, str(index.data(WORDS)), self.look.font("body", tabular=True), colour)

    def _draw_mark(self, ink: CellInk, box: QRectF, mark: FilmMark) -> None:
        if mark is FilmMark.NO_FILM:
            return
        icon, tone = MARK_ICONS[mark]
        side = self.look.px(18)
        square = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
        neutral = tone is Tone.NEUTRAL
        ink.icon(icon, square, self.look.colour("text_muted") if neutral else self.look.ink(tone))
