"""The row of small tools in the film phase: numbers, words, loudness, the wave, and the film window."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.button import Button, Kind, Scale
from trainer_app.ui.widgets.label import Label

_GAP, _NARROW_GAP = 8, 4


class FilmTools(QWidget):
    """Buttons in a row. Where there is no room, the film window's loses its words, and then they move closer.

    Signals:
        recentre_pressed: everybody looks into the middle of the film again.
        numbers_held: the numbers are wanted, or no longer.
        message_wanted: words are to be written to the wearers.
        volume_changed: louder (1) or quieter (-1).
        window_wanted: the film is wanted in a window of its own.
    """

    recentre_pressed = Signal()
    numbers_held = Signal(bool)
    message_wanted = Signal()
    volume_changed = Signal(int)
    window_wanted = Signal()

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._texts = look, texts
        self.recentre = Button(look, texts("run.film.recentre"), scale=Scale.ROW, icon="crosshair")
        self.numbers = Button(look, texts("run.film.numbers"), scale=Scale.ROW, icon="identification-badge")
        self.message = Button(look, texts("run.film.message"), scale=Scale.ROW, icon="chat-text")
        self.volume = Button(look, texts("run.film.volume", percent=60), scale=Scale.ROW, icon="speaker-high")
        words = texts("run.film.show")
        self.window_button = Button(look, words, Kind.QUIET, scale=Scale.ROW, icon="monitor")
        self.window_sign = Button(look, scale=Scale.ROW, icon="monitor", name=words)
        self._wave = Label(look, "", "body-strong", "text_muted")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for button in (self.recentre, self.numbers, self.message, self.volume):
            self._row.addWidget(button)
        self._row.addStretch(1)
        for part in (self._wave, self.window_button, self.window_sign):
            self._row.addWidget(part)
        self._wave.hide()
        self.recentre.clicked.connect(self.recentre_pressed)
        self.numbers.pressed.connect(lambda: self.numbers_held.emit(True))
        self.numbers.released.connect(lambda: self.numbers_held.emit(False))
        self.message.clicked.connect(self.message_wanted)
        self.volume.clicked.connect(self._open_volume)
        for button in (self.window_button, self.window_sign):
            button.setToolTip(texts("run.film.window"))
            button.clicked.connect(self.window_wanted)
        look.changed.connect(self._fit)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """As narrow as it can become."""
        return QSize(self._width(self.window_sign, _NARROW_GAP), super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """With all words."""
        return QSize(self._width(self.window_button, _GAP), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There is more room, or less."""
        super().resizeEvent(event)
        self._fit()

    def show_tools(self, volume: str, wave: str) -> None:
        """Show how loud the film is and who sees it."""
        if (volume, wave) == (self.volume.text(), self._wave.text()):
            return
        self.volume.set_words(volume, icon="speaker-high")
        self._wave.setText(wave)
        self._wave.setVisible(bool(wave))
        self._fit()

    def _fit(self) -> None:
        has_words = self._width(self.window_button, _GAP) <= self.width()
        is_wide = has_words or self._width(self.window_sign, _GAP) <= self.width()
        # The one that goes first makes room for the other; whoever stood on it stands on the other.
        shown, hidden = self.window_button, self.window_sign
        if not has_words:
            shown, hidden = hidden, shown
        had_focus = hidden.hasFocus()
        hidden.hide()
        shown.show()
        if had_focus:
            shown.setFocus()
        self._row.setSpacing(self._look.px(_GAP if is_wide else _NARROW_GAP))
        self.updateGeometry()

    def _width(self, window: Button, gap: int) -> int:
        parts: list[QWidget] = [self.recentre, self.numbers, self.message, self.volume, window]
        if self._wave.text():
            parts.append(self._wave)
        # The stretch has a gap of its own.
        return sum(part.sizeHint().width() for part in parts) + self._look.px(gap) * len(parts)

    def _open_volume(self) -> None:
        menu = QMenu(self)
        menu.setAccessibleName(self.volume.text())
        louder = menu.addAction(self._texts("run.film.louder"))
        quieter = menu.addAction(self._texts("run.film.quieter"))
        louder.triggered.connect(lambda: self.volume_changed.emit(1))
        quieter.triggered.connect(lambda: self.volume_changed.emit(-1))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.volume.mapToGlobal(QPoint(0, -menu.sizeHint().height())))
