"""The paper as it will print: one page at a time, to turn over and to zoom."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from trainer_app.domain.printing import PagePicture
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.choice import Choice
from trainer_app.ui.reports.shown import PageShown
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import Button
from trainer_app.ui.widgets.choice_box import ChoiceBox
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.painted import PaintedWidget

FIT = 0
ZOOMS = (FIT, 50, 75, 100, 125, 150, 200)
_SETTLED_MS = 150
_MARGIN, _BAR, _WIDEST = 24, 16, 1000


def image_of(picture: PagePicture) -> QImage:
    """A page as Qt's image; the pixels are copied."""
    row = 3 * picture.width
    image = QImage(picture.pixels, picture.width, picture.height, row, QImage.Format.Format_RGB888)
    return image.copy()


class PaperSheet(PaintedWidget):
    """A white sheet with a thin edge."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._image: QImage | None = None

    def show_picture(self, picture: PagePicture, words: str) -> None:
        """Show a page."""
        self._image = image_of(picture)
        self._image.setDevicePixelRatio(self.devicePixelRatioF())
        self.setAccessibleName(words)
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        """As large as the picture."""
        if self._image is None:
            return QSize(0, 0)
        size = self._image.deviceIndependentSize()
        return QSize(round(size.width()), round(size.height()))

    def draw(self, ink: Ink) -> None:
        """The page and its edge."""
        if self._image is not None:
            ink.painter.drawImage(QRectF(self.rect()), self._image)
            ink.box(QRectF(self.rect()), 0, None, self.look.colour("outline_strong"))


class PreviewPane(QWidget):
    """Where in the paper it is, how large, and the page.

    Attributes:
        turn: Turns so many pages; False: there is no such page.

    Signals:
        zoomed: percent, or :data:`FIT`.
        room_changed: so many pixels are there for a page, and the screen's ratio.
    """

    zoomed = Signal(int)
    room_changed = Signal(int, float)

    def __init__(
        self, look: Look, texts: Texts, turn: Callable[[int], bool], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self.turn = look, turn
        self.place = Label(look, "", "body", "text_muted", tabular=True)
        self.back = Button(look, icon="caret-left", name=texts("reports.page.back"))
        self.on = Button(look, icon="caret-right", name=texts("reports.page.on"))
        self.smaller = Button(look, icon="minus", name=texts("reports.zoom.smaller"))
        self.larger = Button(look, icon="plus", name=texts("reports.zoom.larger"))
        self.zoom = ChoiceBox(look)
        self.zoom.setAccessibleName(texts("reports.zoom"))
        self.zoom.view().setAccessibleName(texts("reports.zoom"))
        names = [texts("reports.zoom.fit") if each == FIT else f"{each} %" for each in ZOOMS]
        self.zoom.show_choices([Choice(str(z), name) for z, name in zip(ZOOMS, names, strict=True)], str(FIT))
        self.sheet = PaperSheet(look)
        self.area = _Area(self.page_key)
        self.area.setAccessibleName(texts("reports.preview"))
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._lay_out()
        self._connect()

    def show_page(self, shown: PageShown) -> None:
        """Show a page, from its top if it is another one."""
        is_other = self.place.text() != shown.words
        self.place.setText(shown.words)
        self.place.updateGeometry()
        self.sheet.show_picture(shown.picture, shown.words)
        self.back.setEnabled(shown.picture.number > 1)
        self.on.setEnabled(shown.picture.number < shown.picture.count)
        if is_other:
            self.area.verticalScrollBar().setValue(0)

    def room(self) -> int:
        """Pixels a page can be wide."""
        return max(200, min(self.width() - 2 * self._look.px(_MARGIN) - _BAR, self._look.px(_WIDEST)))

    def zoom_by(self, steps: int) -> None:
        """The next larger or smaller size; from the whole width on, 100 %."""
        at = ZOOMS.index(int(self.zoom.key()))
        at = ZOOMS.index(100) if ZOOMS[at] == FIT else at + steps
        wanted = ZOOMS[min(max(at, 1), len(ZOOMS) - 1)]
        self.zoom.choose(str(wanted))
        self.zoomed.emit(wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The page is drawn anew when the size has settled."""
        super().resizeEvent(event)
        self._settled.start()

    def page_key(self, pages: int) -> None:
        """PgDn (1) and PgUp (-1): through the page, then to the next."""
        bar = self.area.verticalScrollBar()
        at_end = bar.value() >= bar.maximum() if pages > 0 else bar.value() <= bar.minimum()
        if at_end:
            self.turn(pages)
        else:
            bar.setValue(bar.value() + pages * bar.pageStep())

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self.turn(-1))
        self.on.clicked.connect(lambda: self.turn(1))
        self.smaller.clicked.connect(lambda: self.zoom_by(-1))
        self.larger.clicked.connect(lambda: self.zoom_by(1))
        self.zoom.picked.connect(lambda key: self.zoomed.emit(int(key)))
        self._settled.timeout.connect(lambda: self.room_changed.emit(self.room(), self.devicePixelRatioF()))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        Spacing(self._look, column, (0, 0, 0, 0), 0)
        head = QHBoxLayout()
        Spacing(self._look, head, (24, 12, 24, 12), 8)
        head.addWidget(self.place, 1)
        for part in (self.back, self.on, self.smaller, self.zoom, self.larger):
            head.addWidget(part)
        head.insertSpacing(3, 8)
        column.addLayout(head)
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        middle = QVBoxLayout(inside)
        Spacing(self._look, middle, (_MARGIN, 0, _MARGIN, _MARGIN), 0)
        middle.addWidget(self.sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(1)
        self.area.setWidget(inside)
        column.addWidget(self.area, 1)


class _Area(QScrollArea):
    """Scrolls with the arrows; PgUp and PgDn also turn over."""

    def __init__(self, page_key: Callable[[int], None]) -> None:
        super().__init__()
        self._page_key = page_key
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """PgUp, PgDn."""
        steps = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(Qt.Key(event.key()))
        if steps is None:
            super().keyPressEvent(event)
        else:
            self._page_key(steps)
