"""The rail at the left of all pages: where one is and where one can go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from trainer_app.ui.theme.dressed import Dressed
from trainer_app.ui.theme.ink import CENTRE, Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import FixedSize, Spacing
from trainer_app.ui.widgets.painted import PaintedButton, PaintedWidget

_WIDTH, _ITEM_HEIGHT, _MARGIN, _MARK = 88, 60, 8, 3
_SMALLEST_ICON = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An entry of the rail.

    Attributes:
        icon: Phosphor's, drawn filled while one is there.
        hint: Says more than the word; for screen readers and as a tool tip.
        is_page: One can be there; else something happens on the page that is open.
    """

    key: str
    icon: str
    word: str
    hint: str = ""
    at_foot: bool = False
    is_page: bool = True


class Rail(PaintedWidget):
    """All places, one of them current.

    Signals:
        place_chosen: a person wants to go to the place with this key.
        action_chosen: a person wants what the entry with this key does.
    """

    place_chosen = Signal(str)
    action_chosen = Signal(str)

    def __init__(self, look: Look, places: Sequence[Place], name: str, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        Dressed(look, self)
        self.items = {place.key: RailItem(look, place) for place in places}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        column = QVBoxLayout(self)
        Spacing(look, column, (0, 12, 0, 12), 4)
        has_foot = False
        for place in places:
            if place.at_foot and not has_foot:
                column.addStretch(1)
                has_foot = True
            self._add(column, place)
        if not has_foot:
            column.addStretch(1)
        FixedSize(look, self, width=_WIDTH)
        self.setAccessibleName(name)

    def set_current(self, key: str) -> None:
        """Show where one is."""
        self.items[key].setChecked(True)

    def draw(self, ink: Ink) -> None:
        """The ground and the line at the right."""
        box = QRectF(self.rect())
        ink.painter.fillRect(box, self.look.colour("surface"))
        ink.painter.fillRect(QRectF(box.width() - 1, 0, 1, box.height()), self.look.colour("outline"))

    def _add(self, column: QVBoxLayout, place: Place) -> None:
        item = self.items[place.key]
        chosen = self.place_chosen if place.is_page else self.action_chosen
        if place.is_page:
            self._group.addButton(item)
        item.clicked.connect(lambda: chosen.emit(place.key))
        column.addWidget(item)


class RailItem(PaintedButton):
    """One place: icon above word."""

    def __init__(self, look: Look, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._icon = place.icon
        self.setText(place.word)
        self.setCheckable(place.is_page)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setAccessibleName(place.word)
        self.setAccessibleDescription(place.hint)
        self.setToolTip(place.hint)

    def sizeHint(self) -> QSize:
        """As wide as the rail."""
        return QSize(self.look.px(_WIDTH), self.look.px(_ITEM_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """The word alone."""
        return QSize(self.look.px(_WIDTH), self.look.theme.style("micro").line + self.look.px(4))

    def draw(self, ink: Ink) -> None:
        """The current one: tint, mark at the edge, filled icon."""
        px = self.look.px
        box = QRectF(self.rect())
        inner = box.adjusted(px(_MARGIN), 0, -px(_MARGIN) - 1, 0)
        current = self.isChecked()
        if current:
            ink.box(inner, 6, self.look.colour("accent_tint"))
            above = min(px(12), box.height() / 5)
            ink.box(QRectF(0, above, _MARK, box.height() - 2 * above), 1.5, self.look.colour("accent_ink"))
        elif self.underMouse():
            ink.box(inner, 6, self.look.colour("surface_hover"))
        colour = self.look.colour("accent_ink" if current else "text_muted")
        icon, word = self._places(box)
        if icon.height() >= px(_SMALLEST_ICON):
            ink.icon(f"{self._icon}-fill" if current and _has_fill(self._icon) else self._icon, icon, colour)
        font = self.look.font("micro", weight=600 if current else 500)
        ink.text(word, self.text(), font, colour, CENTRE)

    def _places(self, box: QRectF) -> tuple[QRectF, QRectF]:
        """Of the icon and the word; in a low window with large text the icon gives way to the word."""
        px, line = self.look.px, self.look.theme.style("micro").line
        word_top = min(px(36), box.height() - px(2) - line)
        side = min(self.look.theme.icon("rail"), word_top - px(4))
        top = min(px(9), (word_top - side) / 2)
        icon = QRectF((box.width() - side) / 2 - 0.5, top, side, side)
        return icon, QRectF(
            0, word_top if side >= px(_SMALLEST_ICON) else (box.height() - line) / 2, box.width() - 1, line
        )


def _has_fill(icon: str) -> bool:
    return icon not in {"question", "gear-six"}
