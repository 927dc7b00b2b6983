"""A sheet: widgets at places of a picture, all measured at 100 % text size and scaled together."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.theme.dressed import Dressed
from trainer_app.ui.theme.focus_ring import FocusRing
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.painted import Painted, PaintedWidget


class Sheet(QWidget):
    """Every widget in its states, laid out like the designer's pictures."""

    def __init__(self, look: Look, texts: Texts, width: int, height: int) -> None:
        super().__init__()
        self.look, self.texts = look, texts
        Dressed(look, self)
        self.setFixedSize(look.px(width), look.px(height))

    def say(self, nb: str, en: str) -> str:
        """An example's words in the language of the sheet."""
        return nb if self.texts.lang == "nb" else en

    def place(
        self, widget: QWidget, x: float, y: float, width: float | None = None, height: float | None = None
    ) -> float:
        """Put a widget at a place and return its right edge; without a size it takes what it asks for."""
        px = self.look.px
        widget.setParent(self)
        widget.ensurePolished()
        hint = widget.sizeHint()
        across = px(width) if width is not None else hint.width()
        down = px(height) if height is not None else hint.height()
        widget.setGeometry(px(x), px(y), across, down)
        widget.show()
        return x + across / self.look.theme.scale

    def row(
        self, widgets: list[QWidget], x: float, y: float, gap: float = 10, *, middle: bool = False
    ) -> None:
        """Put widgets side by side, from their upper edges or round a common middle."""
        for widget in widgets:
            widget.setParent(self)
            widget.ensurePolished()
        tallest = max(widget.sizeHint().height() for widget in widgets) / self.look.theme.scale
        for widget in widgets:
            height = widget.sizeHint().height() / self.look.theme.scale
            x = self.place(widget, x, y + (tallest - height) / 2 if middle else y) + gap

    def caption(self, words: str, x: float, y: float) -> None:
        """Name what is shown below."""
        self.place(Label(self.look, words, "micro", "text_muted"), x, y)

    def ring(self, widget: QWidget) -> None:
        """Show a widget as the one with the keyboard."""
        ring = FocusRing(self, self.look)
        ring.show()
        ring.follow(widget)

    def inner_ring(self, x: float, y: float, width: float, height: float) -> None:
        """Show a row as the one with the keyboard: its ring lies inside it."""
        self.place(_InnerRing(self.look), x, y, width, height)

    def cut_texts_within(self) -> list[str]:
        """Texts that were elided at the last painting."""
        return [text for widget in self._painted() for text in widget.cut_texts]

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground of a page."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.look.theme.palette.surface.hex))
        painter.end()

    def _painted(self) -> Iterator[Painted]:
        for widget in self.findChildren(QWidget):
            if isinstance(widget, Painted):
                yield widget


class _InnerRing(PaintedWidget):
    def draw(self, ink: Ink) -> None:
        ink.box(QRectF(self.rect()), 0, None, self.look.colour("focus"), self.look.theme.stroke("focus"))
