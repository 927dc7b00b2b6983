"""Check boxes and radio buttons: the style sheet's text, an indicator of ours."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QRadioButton, QStyle, QStyleOptionButton, QWidget

from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look


class CheckBox(QCheckBox):
    """A check box whose tick follows the theme."""

    def __init__(self, look: Look, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.look = look
        look.changed.connect(self.update)
        self.setAccessibleName(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style sheet's text, then the box."""
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = QRectF(self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self))
        with Ink(self, self.look) as ink:
            fill, line, mark = _colours(self.look, checked=self.isChecked(), enabled=self.isEnabled())
            ink.box(box, 4, fill, line)
            if self.isChecked():
                side = box.width() * 0.8
                ink.icon("check-bold", _centred(box, side), mark)


class RadioButton(QRadioButton):
    """A radio button whose dot follows the theme."""

    def __init__(self, look: Look, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.look = look
        look.changed.connect(self.update)
        self.setAccessibleName(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style sheet's text, then the ring."""
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = QRectF(self.style().subElementRect(QStyle.SubElement.SE_RadioButtonIndicator, option, self))
        with Ink(self, self.look) as ink:
            fill, line, mark = _colours(self.look, checked=self.isChecked(), enabled=self.isEnabled())
            ink.box(box, box.width() / 2, fill, line)
            if self.isChecked():
                ink.disc(box.center(), box.width() * 0.2, mark)


def _colours(look: Look, *, checked: bool, enabled: bool) -> tuple[QColor, QColor, QColor]:
    """Fill, line and mark."""
    if not enabled:
        return look.colour("surface_sunken"), look.colour("outline"), look.colour("text_disabled")
    if checked:
        return look.colour("accent"), look.colour("accent"), look.colour("accent_text")
    return look.colour("surface_raised"), look.colour("outline_strong"), look.colour("text")


def _centred(box: QRectF, side: float) -> QRectF:
    return QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
