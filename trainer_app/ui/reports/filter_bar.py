"""What the report is about: boxes side by side, on more lines where the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.choice import Choice
from trainer_app.ui.reports.shown import Filter, FiltersShown, Report
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.button import Button, Kind, by_letter
from trainer_app.ui.widgets.choice_box import FilterBox

_GAP = 8


class FilterBar(QWidget):
    """The boxes.

    Signals:
        chosen: a filter and a key.
        report_chosen: another report, by its key.
        reset_wanted: narrow nothing.
    """

    chosen = Signal(Filter, str)
    report_chosen = Signal(str)
    reset_wanted = Signal()

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.report = FilterBox(look, texts("reports.filter.report"))
        reports = [Choice(one.value, texts(f"reports.title.{one.value}")) for one in Report]
        self.report.show_choices(reports, Report.PARTICIPATION.value)
        self.report.picked.connect(self.report_chosen)
        self.boxes = {each: FilterBox(look, texts(f"reports.filter.{each.value}")) for each in Filter}
        self.reset = Button(look, texts("reports.reset"), Kind.QUIET)
        self.reset.clicked.connect(self.reset_wanted)
        by_letter(self.reset)
        self._parts: list[QWidget] = [self.report, *self.boxes.values(), self.reset]
        for part in self._parts:
            part.setParent(self)
            part.hide()
        for each, box in self.boxes.items():
            box.picked.connect(lambda key, each=each: self.chosen.emit(each, key))
        self._wanted: set[QWidget] = set()
        look.changed.connect(self._place)

    def show_filters(self, shown: FiltersShown, *, with_reports: bool) -> None:
        """Show what is chosen; ``with_reports``: the list of reports has no room."""
        self._wanted = {self.boxes[each] for each in shown.filters}
        if with_reports:
            self._wanted.add(self.report)
        if shown.changed:
            self._wanted.add(self.reset)
        self.report.choose(shown.report.value)
        for each, (choices, key) in shown.filters.items():
            self.boxes[each].show_choices(choices, key)
        for part in self._parts:
            part.setVisible(part in self._wanted)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many in a row as have room."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """Lines of boxes, each as wide as it wants to be."""
        gap, x, y = self._look.px(_GAP), 0, 0
        shown = [part for part in self._parts if part in self._wanted]
        height = max((part.sizeHint().height() for part in shown), default=0)
        for part in shown:
            width = min(part.sizeHint().width(), self.width())
            if x and x + width > self.width():
                x, y = 0, y + height + gap
            part.setGeometry(x, y, width, height)
            x += width + gap
        self.setFixedHeight(y + height)
