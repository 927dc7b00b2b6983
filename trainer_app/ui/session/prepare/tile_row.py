"""The tiles of the suitcase, side by side; in a narrow window three and two."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.prepare.models import Standing, TileModel
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.headset_tile import HeadsetTile

_HIGH, _LOW, _ROOM_FOR_ALL = 336, 280, 330
_GAP, _WRAPPED = 12, (3, 2)


class TileRow(QWidget):
    """Tiles by number; they never change places.

    Signals:
        pressed: the one button of the tile with this number.
        details_wanted: Enter on the tile with this number.
    """

    pressed = Signal(int)
    details_wanted = Signal(int)

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._texts = look, texts
        self._tiles: dict[int, HeadsetTile] = {}
        self._models: dict[int, TileModel] = {}
        self._shown: dict[int, object] = {}
        self._columns = 0
        self._grid = QGridLayout(self)
        Spacing(look, self._grid, gap=_GAP)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.changed.connect(self._arrange)

    @property
    def tiles(self) -> dict[int, HeadsetTile]:
        """By number."""
        return dict(self._tiles)

    def show_tiles(self, models: Sequence[TileModel]) -> None:
        """Show these; a tile that has not changed is not touched."""
        self._models = {model.number: model for model in models}
        numbers = sorted(self._models)
        if numbers != sorted(self._tiles):
            self._set_numbers(numbers)
        for number in numbers:
            self._show(number)

    def focus_tile(self, number: int) -> None:
        """Give the keyboard to a tile."""
        if number in self._tiles:
            self._tiles[number].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def first_in_need(self) -> HeadsetTile | None:
        """The first tile that needs somebody."""
        needing = (each.number for each in self._models.values() if each.standing is Standing.NEEDS)
        return next((self._tiles[number] for number in sorted(needing)), None)

    def hasHeightForWidth(self) -> bool:
        """The design gives the height; words that wrap in a tile do not."""
        return False

    def sizeHint(self) -> QSize:
        """The lesser height: it is what a scroll area reckons with; where there is room the row grows."""
        return QSize(self._look.px(800), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        """One beside another is enough where the window is narrow."""
        return QSize(self._look.theme.size("headset-tile-min-width"), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is less room, tiles say less."""
        super().resizeEvent(event)
        self._arrange()
        for number in self._models:
            self._show(number)

    # --- inside ------------------------------------------------------------------------------------------

    def _show(self, number: int) -> None:
        model = self._models[number]
        face = model.face if self._has_room() else model.small
        if self._shown.get(number) != face:
            self._shown[number] = face
            self._tiles[number].show_words(face.words, face.facts)

    def _has_room(self) -> bool:
        rows = max(1, -(-len(self._models) // max(1, self._columns)))
        gaps = (rows - 1) * self._look.px(_GAP)
        return (self.height() - gaps) / rows >= self._look.px(_ROOM_FOR_ALL)

    def _set_numbers(self, numbers: Sequence[int]) -> None:
        for number in set(self._tiles) - set(numbers):
            tile = self._tiles.pop(number)
            self._grid.removeWidget(tile)
            self._shown.pop(number, None)
            tile.hide()
            tile.deleteLater()
        for number in numbers:
            if number not in self._tiles:
                self._tiles[number] = self._make(number)
        self._columns = 0
        self._arrange()

    def _make(self, number: int) -> HeadsetTile:
        tile = HeadsetTile(self._look, self._texts, number, self)
        tile.step_pressed.connect(lambda: self.pressed.emit(number))
        tile.details_wanted.connect(lambda: self.details_wanted.emit(number))
        tile.show()
        return tile

    def _arrange(self) -> None:
        """Put the tiles into their places, and keep the height between the two of the design."""
        count = len(self._tiles)
        columns = next((each for each in (count, *_WRAPPED) if self._fits(each)), 1)
        rows = max(1, -(-count // columns))
        gaps = (rows - 1) * self._look.px(_GAP)
        self.setMinimumHeight(rows * self._look.px(_LOW) + gaps)
        self.setMaximumHeight(rows * self._look.px(_HIGH) + gaps)
        if columns == self._columns:
            return
        self._columns = columns
        for at, number in enumerate(sorted(self._tiles)):
            self._grid.addWidget(self._tiles[number], at // columns, at % columns)
        for column in range(max(columns, count)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _fits(self, columns: int) -> bool:
        widths = columns * self._look.theme.size("headset-tile-min-width")
        return columns > 0 and widths + (columns - 1) * self._look.px(_GAP) <= self.width()
