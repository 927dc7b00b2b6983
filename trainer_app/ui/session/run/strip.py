"""The lower edge: every headset with its state, and *Stopp alt*."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QRectF, Signal, SignalInstance
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.run.models import StripHeadset
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import Button, Kind, Scale
from trainer_app.ui.widgets.painted import PaintedWidget
from trainer_app.ui.widgets.strip_item import StripItem

_NARROWEST = 140
"""Of a headset, in pixels at 100 % text size; long words then take two lines."""

_KEYCAP, _WITH_KEYCAP = "Shift+Esc", 1240


class Strip(PaintedWidget):
    """Headsets by number; pressing one tells more of it.

    Signals:
        stop_pressed: silent and dark, all of them.
        retry_wanted: try again with this headset.
        without_wanted: go on without this headset.
        with_wanted: take this headset in again.
        message_wanted: words are to be written to its wearer.

    Attributes:
        takes_messages: The wearers can be written to now.
    """

    stop_pressed = Signal()
    retry_wanted = Signal(int)
    without_wanted = Signal(int)
    with_wanted = Signal(int)
    message_wanted = Signal(int)

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._texts = texts
        self.items: dict[int, StripItem] = {}
        self.takes_messages = False
        self._shown: tuple[StripHeadset, ...] = ()
        self._menu: QMenu | None = None
        self.stop = Button(
            look, texts("run.stop_all"), Kind.DANGER, scale=Scale.HERO, icon="stop-circle", keycap=_KEYCAP
        )
        self.stop.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._row = QHBoxLayout(self)
        Spacing(look, self._row, (0, 0, 0, 0), 10)
        self.set_margin(24)
        self._row.addWidget(self.stop)
        self.stop.clicked.connect(self.stop_pressed)

    def show_headsets(self, headsets: tuple[StripHeadset, ...]) -> None:
        """Show how they are; items stay where they are."""
        if headsets == self._shown:
            return
        self._shown = headsets
        numbers = [each.number for each in headsets]
        if numbers != list(self.items):
            self._make(numbers)
        for each in headsets:
            self.items[each.number].show_state(each.state, each.facts)

    def set_margin(self, pixels: int) -> None:
        """Keep this distance from the window's edges, in pixels at 100 % text size."""
        side = self.look.px(pixels)
        self._row.setContentsMargins(side, self.look.px(13), side, self.look.px(14))

    def open_details(self, number: int) -> None:
        """Tell what is the matter with a headset, and what can be done."""
        shown = next((each for each in self._shown if each.number == number), None)
        if shown is None:
            return
        item = self.items[number]
        self._menu = self._menu_of(shown)
        self._menu.popup(item.mapToGlobal(QPoint(0, -self._menu.sizeHint().height())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the words are large and the window is small, the key is left to F1."""
        super().resizeEvent(event)
        self.stop.set_keycap(_KEYCAP if self.width() >= self.look.px(_WITH_KEYCAP) else None)

    def draw(self, ink: Ink) -> None:
        """A line above it."""
        ink.painter.fillRect(QRectF(0, 0, self.width(), 1), self.look.colour("outline"))

    def _make(self, numbers: list[int]) -> None:
        for item in self.items.values():
            self._row.removeWidget(item)
            item.hide()
            item.deleteLater()
        self.items = {}
        for place, number in enumerate(numbers):
            item = StripItem(self.look, self._texts, number)
            item.setMinimumWidth(self.look.px(_NARROWEST))
            item.clicked.connect(partial(self.open_details, number))
            self.items[number] = item
            self._row.insertWidget(place, item, 1)

    def _menu_of(self, shown: StripHeadset) -> QMenu:
        menu, texts = QMenu(self), self._texts
        menu.setAccessibleName(texts("looks.headset", number=shown.number))
        for words in shown.details:
            menu.addAction(words).setEnabled(False)
        menu.addSeparator()
        if shown.set_aside:
            self._offer(menu, texts("run.trouble.with", number=shown.number), self.with_wanted, shown.number)
        else:
            self._offer(menu, texts("run.trouble.retry"), self.retry_wanted, shown.number)
            self._offer(
                menu, texts("run.trouble.without", number=shown.number), self.without_wanted, shown.number
            )
            if self.takes_messages:
                to = texts("run.message.to_one", number=shown.number)
                self._offer(menu, to, self.message_wanted, shown.number)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _offer(self, menu: QMenu, words: str, signal: SignalInstance, number: int) -> None:
        action: QAction = menu.addAction(words)
        action.triggered.connect(lambda: signal.emit(number))
