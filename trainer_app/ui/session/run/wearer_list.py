"""Who wears which headset: the only place of the run screen with names, and it closes itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.run.models import Wearer
from trainer_app.ui.session.run.reading import flowing
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import Button, Kind
from trainer_app.ui.widgets.card import Card
from trainer_app.ui.widgets.number_chip import NumberChip

SHOWN_MS = 30_000
"""Long enough to call five names."""

_COLUMNS = 3


class WearerList(QWidget):
    """A button, and a card with names that it opens for a while."""

    def __init__(
        self, look: Look, texts: Texts, kind: Kind = Kind.PLAIN, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.look, self._texts = look, texts
        self._wearers: tuple[Wearer, ...] = ()
        self._without = ""
        self.button = Button(look, texts("run.list.show"), kind, icon="users-three")
        self.card = Card(look)
        self.card.hide()
        self._rows: QWidget | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.close_list)
        self._lay_out()
        self.button.clicked.connect(self.toggle)

    def show_wearers(self, wearers: Sequence[Wearer], without: str) -> None:
        """Know who wears what; the names stay hidden until they are asked for."""
        if (tuple(wearers), without) == (self._wearers, self._without):
            return
        self._wearers, self._without = tuple(wearers), without
        self.button.setVisible(bool(wearers))
        if self.is_open:
            self._fill()

    @property
    def is_open(self) -> bool:
        """Names are shown."""
        return not self.card.isHidden()

    def toggle(self) -> None:
        """Show the names for a while, or hide them."""
        if self.is_open:
            self.close_list()
            return
        self._fill()
        self.card.show()
        self.button.set_words(self._texts("run.list.hide"), icon="eye-slash")
        self._timer.start()

    def close_list(self) -> None:
        """Hide the names, and forget their labels."""
        self._timer.stop()
        self.card.hide()
        self._clear()
        self.button.set_words(self._texts("run.list.show"), icon="users-three")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        Spacing(self.look, column, (0, 0, 0, 0), 8)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.button)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.card)
        self.button.hide()

    def _clear(self) -> None:
        if self._rows is not None:
            self.card.body.removeWidget(self._rows)
            self._rows.hide()
            self._rows.deleteLater()
            self._rows = None

    def _fill(self) -> None:
        self._clear()
        self._rows = QWidget()
        grid = QGridLayout(self._rows)
        Spacing(self.look, grid, (0, 0, 0, 0), 8)
        for at, wearer in enumerate(self._wearers):
            line = QHBoxLayout()
            Spacing(self.look, line, (0, 0, 0, 0), 10)
            line.addWidget(NumberChip(self.look, wearer.number, 32))
            line.addWidget(flowing(self.look, wearer.name, "body-strong"), 1)
            grid.addLayout(line, at // _COLUMNS, at % _COLUMNS)
        if self._without:
            row = grid.rowCount()
            words = flowing(self.look, self._without, "small", "text_muted")
            grid.addWidget(words, row, 0, 1, _COLUMNS)
        self.card.body.addWidget(self._rows)
