"""The film while it is on: where the group looks, where the film is, what comes next."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trainer_app.looks.tokens import Tone
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.run.models import FilmNow
from trainer_app.ui.session.run.place_panel import PlacePanel
from trainer_app.ui.session.run.reading import flowing
from trainer_app.ui.session.run.stop_panel import StopPanel
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.banner import Banner
from trainer_app.ui.widgets.gaze_preview import GazePreview
from trainer_app.ui.widgets.timeline import Timeline, TimelineFilm

_LOWEST_PREVIEW = 60


class FilmPanel(QWidget):
    """Panorama, time line, and the card of the next stop-point, or of the place that was chosen on the line.

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
        self.line = Timeline(look, texts, editable=True)
        self.stop = StopPanel(look, texts)
        self.chosen = PlacePanel(look, texts)
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
        column.addWidget(self.chosen)
        column.addWidget(self.stopped)
        self.chosen.hide()
        self.stopped.hide()
        self.stop.button.clicked.connect(self.stop_pressed)
        self.stopped.chosen.connect(self._on_chosen)

    def show_film(self, film: FilmNow) -> None:
        """Show where the film and the group are."""
        self.preview.show_dots(film.dots)
        self.preview.show_together(film.together)
        line = film.line
        self.line.show_film(
            TimelineFilm(
                length_s=line.length_s,
                position_s=line.position_s,
                chosen_s=line.chosen_s,
                stops_s=line.stops_s,
            )
        )
        self.chosen.show_line(line)
        self.stop.show_stop(film.stop)
        self.stopped.show_cause(film.stopped_cause)
        self._show_card(film)

    def set_wide(self, *, is_wide: bool) -> None:
        """Let the times below the line grow on a wide screen."""
        self.stop.set_wide(is_wide=is_wide)
        self.chosen.time.set_wide(is_wide=is_wide)

    def _show_card(self, film: FilmNow) -> None:
        """One card below the line. The others go first: two at once would make a small window grow."""
        wanted: QWidget = self.stopped if film.is_stopped else self.stop
        if film.line.chosen_s is not None:
            wanted = self.chosen
        for card in (self.stop, self.chosen, self.stopped):
            if card is not wanted:
                card.hide()
        wanted.show()

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
