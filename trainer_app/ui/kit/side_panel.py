"""The panel at the right edge: a head that can be closed, a body that scrolls, a foot with the actions."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import Button, Kind
from trainer_app.ui.widgets.card import hairline
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.scrolling import scrolling

WIDTH = 372
_WIDEST = 560


class SidePanel(QWidget):
    """A panel with one question.

    Attributes:
        head: Takes more lines below the title.
        body: Takes the content.
        foot: Takes the buttons.

    Signals:
        closed: the user closes it.
    """

    closed = Signal()

    def __init__(self, look: Look, texts: Texts, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.setProperty("role", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(title)
        self.title = Label(look, title, "heading", wrap=True)
        self.close_button = Button(look, kind=Kind.QUIET, icon="x", name=texts("kit.panel.close"))
        self.close_button.clicked.connect(self.closed)
        self.head, self.body, self.foot = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        self._lay_out()
        look.changed.connect(self._keep_readable)
        self._keep_readable()

    def set_title(self, title: str) -> None:
        """Say what the panel is about."""
        self.title.setText(title)
        self.setAccessibleName(title)

    def first(self) -> QWidget:
        """What has the keyboard first."""
        return self.close_button

    def unfinished(self) -> list[str]:
        """What was typed in it and not saved."""
        return []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What nobody in the panel wanted goes no further, but Esc, which closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _keep_readable(self) -> None:
        """Where the panel has the page for itself, its lines do not get as long as the page."""
        self._content.setMaximumWidth(self.look.px(_WIDEST))

    def _lay_out(self) -> None:
        look = self.look
        outer = QHBoxLayout(self)
        Spacing(look, outer, (0, 0, 0, 0), 0)
        outer.addWidget(hairline(vertical=True))
        column = QVBoxLayout()
        Spacing(look, column, (0, 0, 0, 0), 0)
        outer.addLayout(column, 1)
        Spacing(look, self.head, (20, 16, 12, 12), 8)
        top = QHBoxLayout()
        Spacing(look, top, (0, 0, 0, 0), 8)
        top.addWidget(self.title, 1)
        top.addWidget(self.close_button)
        self.head.addLayout(top)
        column.addLayout(self.head)
        column.addWidget(hairline())
        column.addWidget(self._scrolled(), 1)
        column.addWidget(hairline())
        Spacing(look, self.foot, (20, 14, 20, 14), 8)
        column.addLayout(self.foot)

    def _scrolled(self) -> QScrollArea:
        content = QWidget()
        Spacing(self.look, self.body, (20, 20, 20, 20), 8)
        content.setLayout(self.body)
        self._content = content
        return scrolling(content)
