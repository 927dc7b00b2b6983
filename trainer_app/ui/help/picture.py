"""A drawing on the screen: the same shapes as on paper, in the colours of the theme."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from trainer_app.looks.drawing import Drawing
from trainer_app.looks.pictures.gallery import HEIGHT, WIDTH, drawing
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import FixedSize
from trainer_app.ui.widgets.painted import PaintedWidget
from trainer_app.ui.widgets.shapes import ShapePainter

_WIDE = 400


class Picture(PaintedWidget):
    """Shows one drawing on a raised surface."""

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._texts = texts
        self._drawing: Drawing | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        FixedSize(look, self, width=_WIDE)

    def show_drawing(self, name: str) -> None:
        """Show the drawing with this name; the screen reader is told what is to be seen."""
        self._drawing = drawing(name)
        self.setAccessibleName(self._texts(self._drawing.about))
        self.update()

    def sizeHint(self) -> QSize:
        """As on the pages of the help."""
        width = self.look.px(_WIDE)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Smaller its words could not be read."""
        return self.sizeHint()

    def heightForWidth(self, width: int) -> int:
        """All drawings have one shape; a wide column makes none larger than it may be."""
        return round(min(width, self.maximumWidth()) * HEIGHT / WIDTH)

    def draw(self, ink: Ink) -> None:
        """The surface, then shape by shape."""
        radius = self.look.theme.radius("card")
        ink.box(QRectF(self.rect()), radius, self.look.colour("surface_raised"), self.look.colour("outline"))
        if self._drawing is None:
            return
        margin = self.look.px(8)
        scale = min((self.width() - 2 * margin) / WIDTH, (self.height() - 2 * margin) / HEIGHT)
        ink.painter.translate((self.width() - WIDTH * scale) / 2, (self.height() - HEIGHT * scale) / 2)
        ink.painter.scale(scale, scale)
        ShapePainter(ink, self.look, self._texts).draw(self._drawing)
        ink.painter.resetTransform()
