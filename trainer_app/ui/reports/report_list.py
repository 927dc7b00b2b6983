"""The reports at the left, in groups; the chosen one has tint and edge."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.reports.shown import Report
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import FixedSize, Spacing
from trainer_app.ui.widgets.card import hairline
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.side_row import SideRow

WIDTH = 252
_GROUPS = {
    "participation": (Report.PARTICIPATION,),
    "sessions": (Report.PROTOCOL,),
    "equipment": (Report.FIX_CARDS,),
}
_PADDING = 24


class ReportList(QWidget):
    """Title and groups of rows.

    Signals:
        chosen: a report, by its key.
    """

    chosen = Signal(str)

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[Report, SideRow] = {}
        self._group = QButtonGroup(self)
        outer = QHBoxLayout(self)
        Spacing(look, outer, (0, 0, 0, 0), 0)
        column = QVBoxLayout()
        Spacing(look, column, (0, 16, 0, 16), 0)
        column.addLayout(_indented(look, Label(look, texts("shell.place.reports"), "title"), 2))
        for key, reports in _GROUPS.items():
            heading = Label(look, texts(f"reports.group.{key}"), "small", "text_muted", weight=600)
            column.addLayout(_indented(look, heading, 12))
            for report in reports:
                column.addWidget(self._row(look, texts, report))
        column.addStretch(1)
        outer.addLayout(column, 1)
        outer.addWidget(hairline(vertical=True))
        FixedSize(look, self, width=WIDTH)

    def show_report(self, report: Report) -> None:
        """Show which one is chosen."""
        self.rows[report].setChecked(True)

    def _row(self, look: Look, texts: Texts, report: Report) -> SideRow:
        row = SideRow(look, texts(f"reports.title.{report.value}"))
        row.clicked.connect(lambda: self.chosen.emit(report.value))
        self.rows[report] = row
        self._group.addButton(row)
        return row


def _indented(look: Look, label: Label, above: int) -> QVBoxLayout:
    row = QVBoxLayout()
    Spacing(look, row, (_PADDING, above, 8, 8 if above > 8 else 4), 0)
    row.addWidget(label, 0, Qt.AlignmentFlag.AlignLeft)
    return row
