"""Raised surfaces: the card, its heading, and hairlines in it."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.painted import PaintedWidget

_LINE = 1
"""The outline lies inside the card; its padding begins after it."""


class Card(PaintedWidget):
    """A raised surface with an outline; :attr:`body` takes the content.

    Attributes:
        body: The layout of the content.
    """

    def __init__(
        self,
        look: Look,
        heading: str = "",
        *,
        aside: str = "",
        padding: int = 16,
        strong: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Make a card.

        Args:
            look: Theme in use.
            heading: Inside the card; a card whose heading stands above it has none.
            aside: Muted words at the right of the heading.
            padding: Of the content, in pixels at 100 % text size.
            strong: A stronger outline, for dialogs.
            parent: Qt's.
        """
        super().__init__(look, parent)
        self._strong = strong
        self.body = QVBoxLayout(self)
        inside = padding + _LINE
        Spacing(look, self.body, (inside, inside, inside, inside), 8)
        if heading:
            self.body.addLayout(_heading(look, heading, aside))
            self.setAccessibleName(heading)

    def draw(self, ink: Ink) -> None:
        """The surface and its outline."""
        line = self.look.colour("outline_strong" if self._strong else "outline")
        radius = self.look.theme.radius("dialog" if self._strong else "card")
        ink.box(QRectF(self.rect()), radius, self.look.colour("surface_raised"), line)


def hairline(parent: QWidget | None = None, *, vertical: bool = False) -> QFrame:
    """A line of one pixel between two parts of a card."""
    line = QFrame(parent)
    line.setProperty("role", "line")
    if vertical:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line


def _heading(look: Look, heading: str, aside: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(Label(look, heading, "subheading"))
    row.addStretch(1)
    if aside:
        row.addWidget(Label(look, aside, "small", "text_muted"))
    return row
