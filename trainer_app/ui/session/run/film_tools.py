"""The row of small tools in the film phase: numbers, loudness, and which wave it is."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import Button, Scale
from trainer_app.ui.widgets.label import Label


class FilmTools(QWidget):
    """Buttons in a row.

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
        self._texts = texts
        self.recentre = Button(look, texts("run.film.recentre"), scale=Scale.ROW, icon="crosshair")
        self.numbers = Button(look, texts("run.film.numbers"), scale=Scale.ROW, icon="identification-badge")
        self.message = Button(look, texts("run.film.message"), scale=Scale.ROW, icon="chat-text")
        self.volume = Button(look, texts("run.film.volume", percent=60), scale=Scale.ROW, icon="speaker-high")
        self.window_button = Button(look, scale=Scale.ROW, icon="film-strip", name=texts("run.film.window"))
        self.window_button.setToolTip(texts("run.film.window"))
        self._wave = Label(look, "", "body-strong", "text_muted")
        row = QHBoxLayout(self)
        Spacing(look, row, (0, 0, 0, 0), 4)
        row.addWidget(self.recentre)
        row.addWidget(self.numbers)
        row.addWidget(self.message)
        row.addWidget(self.volume)
        row.addWidget(self.window_button)
        row.addStretch(1)
        row.addWidget(self._wave)
        self.recentre.clicked.connect(self.recentre_pressed)
        self.numbers.pressed.connect(lambda: self.numbers_held.emit(True))
        self.numbers.released.connect(lambda: self.numbers_held.emit(False))
        self.message.clicked.connect(self.message_wanted)
        self.volume.clicked.connect(self._open_volume)
        self.window_button.clicked.connect(self.window_wanted)

    def show_tools(self, volume: str, wave: str) -> None:
        """Show how loud the film is and who sees it."""
        if volume != self.volume.text():
            self.volume.set_words(volume, icon="speaker-high")
        if wave != self._wave.text():
            self._wave.setText(wave)

    def _open_volume(self) -> None:
        menu = QMenu(self)
        menu.setAccessibleName(self.volume.text())
        louder = menu.addAction(self._texts("run.film.louder"))
        quieter = menu.addAction(self._texts("run.film.quieter"))
        louder.triggered.connect(lambda: self.volume_changed.emit(1))
        quieter.triggered.connect(lambda: self.volume_changed.emit(-1))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.volume.mapToGlobal(QPoint(0, -menu.sizeHint().height())))
