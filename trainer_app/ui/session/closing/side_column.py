"""The column at the right: cards that scroll where they must, and below them what ends the work."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import FixedSize, Spacing

_WIDTH, _LEAST_HEIGHT = 356, 96


class SideColumn(QWidget):
    """The last card is always seen as a whole; the others make room for it."""

    def __init__(self, look: Look, cards: Sequence[QWidget], last: QWidget) -> None:
        super().__init__()
        self._last = last
        self._cards = QWidget()
        self._cards.setProperty("role", "scrolled")
        inside = QVBoxLayout(self._cards)
        Spacing(look, inside, gap=16)
        for card in cards:
            inside.addWidget(card)
        inside.addStretch(1)
        self._area = _Shrinking(look)
        self._area.setWidget(self._cards)
        self._column = QVBoxLayout(self)
        Spacing(look, self._column, gap=16)
        self._column.addWidget(self._area)
        self._column.addWidget(last)
        self._column.addStretch(1)
        FixedSize(look, self, width=_WIDTH)

    @property
    def has_cards(self) -> bool:
        """They stand here, not elsewhere."""
        return self._area.widget() is not None

    def give_away(self) -> Sequence[QWidget]:
        """Let all cards stand elsewhere, in this order."""
        self._area.takeWidget()
        self._column.removeWidget(self._last)
        self.hide()
        return self._cards, self._last

    def take_back(self) -> None:
        """Have them again."""
        self._area.setWidget(self._cards)
        self._column.insertWidget(1, self._last)
        self._cards.show()
        self.show()


class _Shrinking(QScrollArea):
    """As high as what scrolls in it, or less."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        """All of it, at the width of the column."""
        width, inside = self._look.px(_WIDTH), self.widget()
        return QSize(width, inside.heightForWidth(width) if inside is not None else 0)

    def minimumSizeHint(self) -> QSize:
        """So much that one sees there is more."""
        return QSize(0, min(self._look.px(_LEAST_HEIGHT), self.sizeHint().height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What scrolls has become higher, or less high."""
        if watched is self.widget() and event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
