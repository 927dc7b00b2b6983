"""The topics at the left, in groups, below the field to search in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.help.shown import ListGroup, ListShown
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import FixedSize, Spacing
from trainer_app.ui.widgets.card import hairline
from trainer_app.ui.widgets.fields import LineEdit
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.scrolling import scrolling
from trainer_app.ui.widgets.side_row import SideRow

_WIDTH, _PADDING = 276, 24


class TopicList(QWidget):
    """Title, field and groups of rows.

    Attributes:
        field: What is searched for is typed here.
        rows: By the topics' keys.

    Signals:
        chosen: a topic, by its key.
        searched: what stands in the field.
    """

    chosen = Signal(str)
    searched = Signal(str)

    def __init__(
        self, look: Look, texts: Texts, groups: Sequence[ListGroup], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.rows: dict[str, SideRow] = {}
        self._headings: list[tuple[Label, tuple[str, ...]]] = []
        self._group = QButtonGroup(self)
        self.field = LineEdit(look)
        self.field.setPlaceholderText(texts("help.search"))
        self.field.setAccessibleName(texts("help.search"))
        self.field.setClearButtonEnabled(False)
        self.field.textChanged.connect(self.searched)
        outer = QHBoxLayout(self)
        Spacing(look, outer, (0, 0, 0, 0), 0)
        outer.addLayout(self._column(texts, groups), 1)
        outer.addWidget(hairline(vertical=True))
        FixedSize(look, self, width=_WIDTH)

    def show_list(self, shown: ListShown) -> None:
        """Show the topics that were found; the open one is marked."""
        for key, row in self.rows.items():
            row.setVisible(key in shown.found)
        for heading, keys in self._headings:
            heading.setVisible(any(key in shown.found for key in keys))
        row = self.rows[shown.chosen]
        row.setChecked(True)
        self._area.ensureWidgetVisible(row, 0, self._look.px(_PADDING))

    def clear(self) -> None:
        """Search for nothing."""
        self.field.clear()

    @property
    def current(self) -> SideRow:
        """The row of the open topic."""
        return next(row for row in self.rows.values() if row.isChecked())

    def _column(self, texts: Texts, groups: Sequence[ListGroup]) -> QVBoxLayout:
        column = QVBoxLayout()
        Spacing(self._look, column, (0, 16, 0, 0), 0)
        head = QVBoxLayout()
        Spacing(self._look, head, (_PADDING, 2, _PADDING, 8), 12)
        head.addWidget(Label(self._look, texts("help.title"), "title"), 0, Qt.AlignmentFlag.AlignLeft)
        head.addWidget(self.field)
        column.addLayout(head)
        self._area = scrolling(self._topics(groups))
        self._area.setAccessibleName(texts("help.topics"))
        column.addWidget(self._area, 1)
        return column

    def _topics(self, groups: Sequence[ListGroup]) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        Spacing(self._look, column, (0, 0, 0, 16), 0)
        for group in groups:
            heading = Label(self._look, group.heading, "small", "text_muted", weight=600, wrap=True)
            place = QVBoxLayout()
            Spacing(self._look, place, (_PADDING, 10, 8, 4), 0)
            place.addWidget(heading)
            column.addLayout(place)
            for key, title in group.topics:
                column.addWidget(self._row(key, title))
            self._headings.append((heading, tuple(key for key, _ in group.topics)))
        column.addStretch(1)
        return inside

    def _row(self, key: str, title: str) -> SideRow:
        row = SideRow(self._look, title)
        row.clicked.connect(lambda: self.chosen.emit(key))
        self.rows[key] = row
        self._group.addButton(row)
        return row
