"""Fields: a label above, the control, and below it what is wrong and a value that would be right."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import FixedSize, Spacing
from trainer_app.ui.widgets.label import Label

_LONGEST = 10_000_000
"""Characters. What is too long is said beside the field, with every character still in it; Qt's own limit
would cut it silently."""


class ComboBox(QComboBox):
    """A combo box whose caret follows the theme, as wide as its longest choice where there is room."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMinimumContentsLength(1)
        look.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style sheet's box and text, then the caret. A longer text ends with dots.

        While nothing is chosen the text is what invites to choose.
        """
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        style, part = self.style(), QStyle.SubControl.SC_ComboBoxEditField
        room = style.subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width()
        words = self.placeholderText() if self.currentIndex() < 0 else self.currentText()
        option.currentText = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()
        side = self.look.px(16)
        box = QRectF(self.width() - side - self.look.px(10), (self.height() - side) / 2, side, side)
        with Ink(self, self.look) as ink:
            ink.icon(
                "caret-down", box, self.look.colour("text_muted" if self.isEnabled() else "text_disabled")
            )


class LineEdit(QLineEdit):
    """A line of text; wrong content has a sign in the field."""

    def __init__(self, look: Look, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(_LONGEST)
        self.setText(text)
        self.look = look
        look.changed.connect(self.update)

    def propose(self, text: str) -> None:
        """Put a text into it; who has just come into the field types over it, not behind it."""
        untouched = self.hasFocus() and self.selectedText() == self.text()
        self.setText(text)
        if untouched:
            self.selectAll()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style sheet's box and text, then the sign."""
        super().paintEvent(event)
        if self.property("state") != "error":
            return
        side = self.look.px(16)
        box = QRectF(self.width() - side - self.look.px(12), (self.height() - side) / 2, side, side)
        with Ink(self, self.look) as ink:
            ink.icon("warning-circle", box, self.look.colour("danger_ink"))


class Field(QWidget):
    """A control with its label, and its error below."""

    def __init__(
        self,
        look: Look,
        label: str,
        control: QWidget,
        parent: QWidget | None = None,
        *,
        width: int | None = None,
    ) -> None:
        """Make a field.

        Args:
            look: Theme in use.
            label: What the control is called.
            control: What is typed or chosen in.
            parent: Qt's.
            width: Of a control for something short, in pixels at 100 %; None: as wide as there is room.
        """
        super().__init__(parent)
        self.control = control
        self._label = Label(look, label, "small", "text_muted")
        self._label.setBuddy(control)
        self._error = Label(look, "", "micro", "danger_ink", weight=400, wrap=True)
        self._error.hide()
        self._name = ""
        self.set_label(label)
        layout = QVBoxLayout(self)
        Spacing(look, layout, gap=4)
        layout.addWidget(self._label)
        if width is None:
            layout.addWidget(control)
        else:
            FixedSize(look, control, width=width)
            layout.addWidget(control, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._error)
        layout.addStretch(1)

    def set_label(self, label: str) -> None:
        """Call the control something else."""
        if label == self._name:
            return
        self._name = label
        self._label.setText(label)
        self._label.updateGeometry()
        self.control.setAccessibleName(label)
        if isinstance(self.control, QComboBox):
            self.control.view().setAccessibleName(label)

    def error(self) -> str:
        """What is said to be wrong; empty when nothing is."""
        return self._error.text() if not self._error.isHidden() else ""

    def set_error(self, text: str) -> None:
        """Say what is wrong and which value would be right; an empty text takes it back."""
        self._error.setText(text)
        self._error.setVisible(bool(text))
        self.control.setProperty("state", "error" if text else "")
        self.control.setAccessibleDescription(text)
        self.control.style().unpolish(self.control)
        self.control.style().polish(self.control)
        self.control.update()
