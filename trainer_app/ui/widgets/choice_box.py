"""A combo box of choices with keys; one may stand with its name inside the box, as filters do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QStyle, QStyleOptionComboBox, QStylePainter, QWidget

from trainer_app.ui.choice import Choice
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.fields import ComboBox
from trainer_app.ui.widgets.painted import Painted

_SHORT = Qt.ItemDataRole.UserRole + 1
_PADDING, _GAP, _CARET = 10, 8, 16


class ChoiceBox(ComboBox):
    """A combo box that a turn of the mouse wheel over the page does not change.

    Signals:
        picked: a person chose the one with this key.
    """

    picked = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.activated.connect(lambda at: self.picked.emit(self.itemData(at)))

    def show_choices(self, choices: Sequence[Choice], chosen: str) -> None:
        """Show these; nothing is chosen where ``chosen`` is none of them."""
        now = [(self.itemData(at), self.itemText(at)) for at in range(self.count())]
        if now != [(choice.key, choice.words) for choice in choices]:
            self.clear()
            for choice in choices:
                self.addItem(choice.words, choice.key)
                self.setItemData(self.count() - 1, choice.short, _SHORT)
        else:
            for at, choice in enumerate(choices):
                self.setItemData(at, choice.short, _SHORT)
        self.choose(chosen)

    def choose(self, key: str) -> None:
        """Show the one with this key as chosen; no signal."""
        self.setCurrentIndex(self.findData(key))
        self.updateGeometry()
        self.update()

    def key(self) -> str:
        """The key of the chosen one; empty when none is."""
        return str(self.currentData() or "")

    def short(self) -> str:
        """The words of the chosen one, where there is little room."""
        return str(self.currentData(_SHORT) or self.currentText())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel belongs to the page."""
        event.ignore()


class FilterBox(Painted, ChoiceBox):
    """A choice with its name inside the box: *Periode 1.1.–17.11.2026*."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._name = name
        self.take_look(look)
        self._tell()

    def choose(self, key: str) -> None:
        """Show the one with this key as chosen; no signal."""
        super().choose(key)
        self._tell()

    def sizeHint(self) -> QSize:
        """As wide as name and chosen value."""
        name = QFontMetricsF(self.look.font("body")).horizontalAdvance(self._name)
        value = QFontMetricsF(self._strong()).horizontalAdvance(self.short())
        return QSize(
            round(name + value + self.look.px(2 * _PADDING + 2 * _GAP + _CARET) + 4), self.look.px(36)
        )

    def minimumSizeHint(self) -> QSize:
        """A long value may be cut, the whole stands in the list."""
        at_least = QFontMetricsF(self.look.font("body")).horizontalAdvance(self._name)
        width = min(round(at_least) + self.look.px(120), self.sizeHint().width())
        return QSize(width, self.look.px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style sheet's box, then name, value and caret."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = ""
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.end()
        with Ink(self, self.look) as ink:
            self.draw(ink)
            self.cut_texts = tuple(ink.cut)

    def draw(self, ink: Ink) -> None:
        """Name, value, caret."""
        px = self.look.px
        side = px(_CARET)
        caret = QRectF(self.width() - side - px(_PADDING), (self.height() - side) / 2, side, side)
        left = px(_PADDING) + 1.0
        line = QRectF(left, 0, caret.left() - left, self.height())
        left += ink.text(line, self._name, self.look.font("body"), self.look.colour("text_muted")) + px(_GAP)
        value = QRectF(left, 0, caret.left() - px(_GAP) / 2 - left, self.height())
        ink.text(value, self.short(), self._strong(), self.look.colour("text"))
        ink.icon("caret-down", caret, self.look.colour("text_muted"))

    def _strong(self) -> QFont:
        return self.look.font("body-strong")

    def _tell(self) -> None:
        self.setAccessibleName(f"{self._name}: {self.currentText()}")
        self.view().setAccessibleName(self._name)
