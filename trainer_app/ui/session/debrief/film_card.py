"""The film in the debrief: where the group looked at any moment of it, its stop-points, and the notes."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QHideEvent, QImage, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from trainer_app.services.ports.pictures import FilmPictures
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.debrief.presenter import FilmShown
from trainer_app.ui.session.run.pictures import FilmFollower
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.card import Card
from trainer_app.ui.widgets.heat_map import HeatLegend, HeatMapView
from trainer_app.ui.widgets.heat_words import heat_shown
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.timeline import Timeline, TimelineFilm


class FilmCard(Card):
    """The film of the session. Where nothing is kept of the group's looks, it is its time line alone."""

    def __init__(
        self, look: Look, texts: Texts, pictures: FilmPictures, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, parent=parent)
        self._texts = texts
        self._film: FilmShown | None = None
        self._at_s = 0.0
        self._notes_hidden = False
        self._heading = Label(look, "", "subheading")
        self._legend = HeatLegend(look, texts)
        self.heat = HeatMapView(look, texts)
        self._plain = Timeline(look, texts)
        self.line = Timeline(look, texts, editable=True, dragged=True)
        self._about = Label(look, "", "small", "text_muted", wrap=True)
        self._follower = FilmFollower(pictures, lambda: self._at_s, self)
        self._lay_out(look)
        self.line.position_chosen.connect(self._go)
        self._follower.shown.connect(self._on_frame)
        self._follower.failed.connect(self._on_no_frame)
        self.hide()

    @property
    def has_heat(self) -> bool:
        """There is something to be seen of the group's looks."""
        return self._film is not None and self._film.heat is not None

    def show_film(self, film: FilmShown | None) -> None:
        """Show a film; without one there is no card. A place that was chosen in it stays."""
        seen, self._film = self._film if self.has_heat else None, film
        if film is not None and film.heat is not None and (seen is None or seen.film != film.film):
            self._at_s = film.heat.first_place(film.stops_s, film.length_s)
            self.heat.await_frame()
        self.setVisible(film is not None)
        self._draw()
        self._follow()

    def set_notes_hidden(self, *, hidden: bool) -> None:
        """Where notes were written is hidden with them."""
        self._notes_hidden = hidden
        self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody looks: the film's frames are decoded."""
        super().showEvent(event)
        self._follow()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks any more."""
        super().hideEvent(event)
        self._follow()

    def end(self) -> None:
        """It goes away for good."""
        self._follower.stop()

    # --- inside ------------------------------------------------------------------------------------------

    def _lay_out(self, look: Look) -> None:
        head = QHBoxLayout()
        Spacing(look, head, gap=8)
        head.addWidget(self._heading, 1)
        head.addWidget(self._legend)
        self.body.addLayout(head)
        self.body.addWidget(self.heat, 1)
        for widget in (self._plain, self.line, self._about):
            self.body.addWidget(widget)

    def _follow(self) -> None:
        film = self._film
        wanted = film is not None and film.heat is not None and self.isVisible()
        self._follower.follow(film.film if film is not None and wanted else None)

    def _go(self, second: float) -> None:
        self._at_s = second
        self._draw()

    def _on_frame(self, frame: QImage) -> None:
        self.heat.show_frame(frame)

    def _on_no_frame(self) -> None:
        self.heat.show_frame(None)

    def _draw(self) -> None:
        film = self._film
        if film is None:
            return
        heading = self._texts("debrief.film" if film.heat is None else "looks.heat.here")
        self._heading.setText(heading)
        self.setAccessibleName(heading)
        notes = () if self._notes_hidden else film.notes_s
        self._show_parts(has_heat=film.heat is not None, has_notes=bool(notes))
        line = TimelineFilm(length_s=film.length_s, stops_s=film.stops_s, notes_s=notes, plain_ends=True)
        self._plain.show_film(line)
        self.line.show_film(replace(line, position_s=self._at_s))
        self._about.setText(self._words(len(notes)))
        if film.heat is not None:
            self.heat.show_moment(heat_shown(film.heat, self._at_s, self._texts))

    def _show_parts(self, *, has_heat: bool, has_notes: bool) -> None:
        """What goes, goes first: both at once would make a small window grow."""
        parts = {
            self._plain: not has_heat,
            self._about: not has_heat and has_notes,
            self._legend: has_heat,
            self.heat: has_heat,
            self.line: has_heat,
        }
        for part, is_shown in sorted(parts.items(), key=lambda one: one[1]):
            part.setVisible(is_shown)

    def _words(self, count: int) -> str:
        return self._texts("debrief.film_note" if count == 1 else "debrief.film_notes", count=count)
