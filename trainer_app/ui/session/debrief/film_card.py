"""The film as a line: its stop-points, and where in it notes were written."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.debrief.presenter import FilmShown
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.card import Card
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.timeline import Timeline, TimelineFilm


class FilmCard(Card):
    """The film of the session."""

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, texts("debrief.film"), parent=parent)
        self._texts = texts
        self._film: FilmShown | None = None
        self._notes_hidden = False
        self._timeline = Timeline(look, texts)
        self._about = Label(look, "", "small", "text_muted", wrap=True)
        self.body.addWidget(self._timeline)
        self.body.addWidget(self._about)
        self.hide()

    def show_film(self, film: FilmShown | None) -> None:
        """Show a film; without one there is no card."""
        self._film = film
        self.setVisible(film is not None)
        self._draw()

    def set_notes_hidden(self, *, hidden: bool) -> None:
        """Where notes were written is hidden with them."""
        self._notes_hidden = hidden
        self._draw()

    def _draw(self) -> None:
        film = self._film
        if film is None:
            return
        notes = () if self._notes_hidden else film.notes_s
        self._timeline.show_film(
            TimelineFilm(length_s=film.length_s, stops_s=film.stops_s, notes_s=notes, plain_ends=True)
        )
        self._about.setText(self._words(len(notes)))
        self._about.setVisible(bool(notes))

    def _words(self, count: int) -> str:
        return self._texts("debrief.film_note" if count == 1 else "debrief.film_notes", count=count)
