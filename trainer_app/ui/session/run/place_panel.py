"""A place of the film that was chosen on its line, and what can be done there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.run.models import FilmLine
from trainer_app.ui.session.run.stop_panel import TimeBlock
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import Button, Kind
from trainer_app.ui.widgets.card import Card, hairline


class PlacePanel(Card):
    """Stands in place of the next stop-point as long as a place is chosen.

    Attributes:
        time: The place.
        go: Goes on from there.
        mark: Makes a stop-point there, or takes the one there away.
        leave: Chooses no place any more.

    Signals:
        go_wanted: go on from there.
        stop_wanted: a stop-point at this second.
        stop_dropped: the stop-point at this place is to go.
        left: no place is chosen any more.
    """

    go_wanted = Signal()
    stop_wanted = Signal(float)
    stop_dropped = Signal(int)
    left = Signal()

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, padding=9, parent=parent)
        self._texts = texts
        self._line = FilmLine(length_s=0, position_s=0, stops_s=())
        self.time = TimeBlock(look, texts("run.place.chosen"))
        self.go = Button(look, texts("run.stopped.here"), keycap="Enter")
        self.mark = Button(look, texts("run.place.mark"), keycap="S")
        self.leave = Button(look, texts("run.place.leave"), Kind.QUIET)
        row = QHBoxLayout()
        Spacing(look, row, (0, 0, 0, 0), 8)
        row.addWidget(self.time)
        row.addWidget(hairline(vertical=True))
        row.addStretch(1)
        for button in (self.go, self.mark, self.leave):
            row.addWidget(button)
        self.body.addLayout(row)
        self.go.clicked.connect(self.go_wanted)
        self.mark.clicked.connect(self._on_mark)
        self.leave.clicked.connect(self.left)

    def show_line(self, line: FilmLine) -> None:
        """Show the place that is chosen, if one is."""
        if line.chosen_s is None:
            return
        self._line = line
        self.time.digits.setText(self._texts("looks.clock", seconds=line.chosen_s))
        self.setAccessibleName(f"{self._texts('run.place.chosen')} {self.time.digits.text()}")
        is_stop = line.chosen_s in line.stops_s
        self.mark.set_words(self._texts(f"run.place.{'drop' if is_stop else 'mark'}"))
        self.mark.set_keycap("Del" if is_stop else "S")

    def _on_mark(self) -> None:
        chosen, stops = self._line.chosen_s, self._line.stops_s
        if chosen is None:
            return
        if chosen in stops:
            self.stop_dropped.emit(stops.index(chosen))
        else:
            self.stop_wanted.emit(chosen)
