"""What in a widget does not fit, and what says nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QWidget

from trainer_app.ui.gallery.__main__ import render
from trainer_app.ui.widgets.painted import Painted


def cut_texts(widget: QWidget) -> list[str]:
    """Paint, then list the texts that do not fit in a widget and all within it."""
    render(widget)
    shown = [
        each for each in (widget, *widget.findChildren(QWidget)) if each is widget or each.isVisibleTo(widget)
    ]
    return [text for each in shown for text in _cut(each)]


def _cut(widget: QWidget) -> Sequence[str]:
    if isinstance(widget, Painted):
        return widget.cut_texts
    if isinstance(widget, QComboBox) and _wider_than_its_box(widget):
        return (widget.currentText(),)
    return ()


def _wider_than_its_box(box: QComboBox) -> bool:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    room = box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, box)
    return box.fontMetrics().boundingRect(box.currentText()).width() > room.width()


def nameless(widget: QWidget) -> list[str]:
    """What can have the keyboard within a widget and says nothing to a screen reader."""
    within = [widget, *widget.findChildren(QWidget)]
    return [
        type(each).__name__
        for each in within
        if each.focusPolicy() != Qt.FocusPolicy.NoFocus and not each.accessibleName()
    ]
