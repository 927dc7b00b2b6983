"""The film while it is on: where the group looks, where the film is, what comes next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from trainer_app.looks.tokens import Tone
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.run.models import FilmNow, StopCard
from trainer_app.ui.session.run.reading import flowing
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import FixedSize, Spacing
from trainer_app.ui.widgets.banner import Banner
from trainer_app.ui.widgets.button import Button
from trainer_app.ui.widgets.card import Card, hairline
from trainer_app.ui.widgets.gaze_preview import GazePreview
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.timeline import Timeline, TimelineFilm

_CAPTION_WIDTH = 124
_LOWEST_PREVIEW = 60


class FilmPanel(QWidget):
    """Panorama, time line, and the card of the next stop-point.

    Signals:
        stop_pressed: stop here, or go on after a stop.
        here_wanted: go on where *Stopp alt* has stopped the film.
        anew_wanted: begin the film anew.
    """

    stop_pressed = Signal()
    here_wanted = Signal()
    anew_wanted = Signal()

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preview = GazePreview(look, texts)
        # Where a banner takes its room, a low picture is still better than a window that grows.
        self.preview.setMinimumHeight(_LOWEST_PREVIEW)
        self._no_picture = flowing(look, texts("run.film.no_picture"), "small", "text_muted")
        self._no_picture.hide()
        self.line = Timeline(look, texts)
        self.stop = StopPanel(look, texts)
        self.stopped = Banner(
            look,
            Tone.ATTENTION,
            texts("run.stopped.fact"),
            texts("run.stopped.cause"),
            [texts("run.stopped.here"), texts("run.stopped.anew")],
        )
        column = QVBoxLayout(self)
        Spacing(look, column, (0, 0, 0, 0), 6)
        column.addWidget(self.preview, 1)
        column.addWidget(self._no_picture)
        column.addWidget(self.line)
        column.addWidget(self.stop)
        column.addWidget(self.stopped)
        self.stopped.hide()
        self.stop.button.clicked.connect(self.stop_pressed)
        self.stopped.chosen.connect(self._on_chosen)

    def show_film(self, film: FilmNow) -> None:
        """Show where the film and the group are."""
        self.preview.show_dots(film.dots)
        self.preview.show_together(film.together)
        line = film.line
        self.line.show_film(
            TimelineFilm(length_s=line.length_s, position_s=line.position_s, stops_s=line.stops_s)
        )
        self.stop.show_stop(film.stop)
        self.stopped.show_cause(film.stopped_cause)
        if film.is_stopped == self.stopped.isHidden():
            self.stop.setVisible(not film.is_stopped)
            self.stopped.setVisible(film.is_stopped)

    def show_picture(self, picture: QImage) -> None:
        """Show what the film shows."""
        self._no_picture.hide()
        self.preview.show_frame(picture)

    def show_no_picture(self) -> None:
        """The film cannot be decoded here; the headsets do that by themselves."""
        self.preview.show_frame(None)
        self._no_picture.show()

    def _on_chosen(self, place: int) -> None:
        if place == 0:
            self.here_wanted.emit()
        else:
            self.anew_wanted.emit()


class StopPanel(Card):
    """How long until the next stop-point, its question, and the button that stops here.

    Attributes:
        button: Stops here, or goes on.
    """

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, padding=9, parent=parent)
        centred = Qt.AlignmentFlag.AlignHCenter
        self._caption = Label(look, "", "small", "text_muted", align=centred)
        self._digits = Label(look, "", "timer-s", tabular=True, align=centred)
        self._question = flowing(look, "", "heading", weight=400)
        self._note = flowing(look, "", "small", "text_muted")
        self.button = Button(look, texts("run.film.stop_here"), icon="flag", keycap="F12")
        row = QHBoxLayout()
        Spacing(look, row, (0, 0, 7, 0), 16)
        row.addWidget(self._left(look))
        row.addWidget(hairline(vertical=True))
        row.addLayout(self._middle(look), 1)
        row.addWidget(self.button)
        self.body.addLayout(row)
        self._shown: StopCard | None = None

    def show_stop(self, stop: StopCard) -> None:
        """Show the next stop-point, or the one the film stands at."""
        if stop == self._shown:
            return
        self._shown = stop
        self._caption.setText(stop.caption)
        self._digits.setText(stop.digits)
        self._question.setText(stop.prompt)
        self._note.setText(stop.note)
        self._note.setVisible(bool(stop.note))
        self.button.set_words(stop.button, icon="play" if stop.is_at_stop else "flag")
        self.setAccessibleName(f"{stop.caption} {stop.digits}. {stop.prompt}")

    def _left(self, look: Look) -> QWidget:
        left = QWidget()
        FixedSize(look, left, width=_CAPTION_WIDTH)
        column = QVBoxLayout(left)
        Spacing(look, column, (0, 0, 0, 0), 0)
        column.addStretch(1)
        for part in (self._caption, self._digits):
            part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            column.addWidget(part)
        column.addStretch(1)
        return left

    def _middle(self, look: Look) -> QVBoxLayout:
        column = QVBoxLayout()
        Spacing(look, column, (0, 0, 0, 0), 2)
        column.addStretch(1)
        column.addWidget(self._question)
        column.addWidget(self._note)
        column.addStretch(1)
        return column
