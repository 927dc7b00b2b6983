"""What in a widget does not fit, and what says nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from trainer_app.ui.gallery.__main__ import render
from trainer_app.ui.widgets.painted import Painted


def cut_texts(widget: QWidget) -> list[str]:
    """Paint, then list the texts that were elided in a widget and all within it."""
    render(widget)
    within = [widget, *widget.findChildren(QWidget)]
    return [
        text
        for each in within
        if isinstance(each, Painted) and (each is widget or each.isVisibleTo(widget))
        for text in each.cut_texts
    ]


def nameless(widget: QWidget) -> list[str]:
    """What can have the keyboard within a widget and says nothing to a screen reader."""
    within = [widget, *widget.findChildren(QWidget)]
    return [
        type(each).__name__
        for each in within
        if each.focusPolicy() != Qt.FocusPolicy.NoFocus and not each.accessibleName()
    ]
