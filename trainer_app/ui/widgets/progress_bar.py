"""How far something is, in a bar; the words stand beside it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QSizePolicy, QWidget

from trainer_app.looks.tokens import Tone
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.painted import PaintedWidget

_HEIGHT = 7


class ProgressBar(PaintedWidget):
    """A bar from 0 to 1, never without an end."""

    def __init__(
        self, look: Look, name: str, tone: Tone = Tone.ACCENT, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, parent)
        self._name, self._tone, self._part = name, tone, 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_part(0.0)

    def part(self) -> float:
        """How much is done."""
        return self._part

    def set_part(self, part: float, tone: Tone | None = None) -> None:
        """Show how much is done; out of range is drawn as empty or full."""
        self._part = min(1.0, max(0.0, part))
        self._tone = tone or self._tone
        self.setAccessibleName(f"{self._name}, {int(self._part * 100)} %")
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(self.look.px(80), self.look.px(_HEIGHT))

    def draw(self, ink: Ink) -> None:
        """The groove and what is done."""
        paint_bar(ink, QRectF(self.rect()), self._part, self._tone)


def paint_bar(ink: Ink, box: QRectF, part: float, tone: Tone) -> None:
    """Draw a bar."""
    look = ink.look
    radius = box.height() / 2
    ink.box(box, radius, look.colour("surface_sunken"), look.colour("outline"))
    if part <= 0:
        return
    fill = {Tone.OK: look.colour("ok_ink")}.get(tone, look.colour("accent"))
    if look.theme.name.value == "dark" and tone is not Tone.OK:
        fill = look.colour("accent_ink")
    shape = QPainterPath()
    shape.addRoundedRect(box, radius, radius)
    ink.painter.save()
    ink.painter.setClipPath(shape)
    ink.painter.fillRect(QRectF(box.x(), box.y(), box.width() * part, box.height()), fill)
    ink.painter.restore()
