"""All films: where new ones come in, the table, and the one that is chosen."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from trainer_app.domain.films import Sha256
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.library.film_card import FilmCard
from trainer_app.ui.library.film_table import FilmTable
from trainer_app.ui.library.import_card import ImportPlace
from trainer_app.ui.library.shown import LibraryShown
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.scrolling import BarInMargin, scrolling


class FilmsPane(QWidget):
    """Shows the films."""

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._shown: LibraryShown | None = None
        self.title = Label(look, texts("library.films"), "title")
        self.total = Label(look, "", "body", "text_muted")
        self.nothing = Label(look, "", "body", "text_muted", wrap=True)
        self.place = ImportPlace(look, texts)
        self.table = FilmTable(look, texts)
        self.card = FilmCard(look, texts)
        self.table.chosen.connect(self._show_card)
        self._lay_out()

    def show_films(self, shown: LibraryShown) -> None:
        """Show the films that were found."""
        self._shown = shown
        self.total.setText(shown.films_total)
        self.total.updateGeometry()
        self.table.show_films(shown.films)
        self.table.setVisible(bool(shown.films))
        self.nothing.setText(shown.found_nothing)
        self.nothing.setVisible(bool(shown.found_nothing))
        self._show_card(self.table.current())

    def _show_card(self, sha256: Sha256 | None) -> None:
        films = () if self._shown is None else self._shown.films
        film = next((film for film in films if film.sha256 == sha256), None)
        if film is not None and self._shown is not None:
            self.card.show_film(film, self._shown.themes)
        self.card.setVisible(film is not None)

    def _lay_out(self) -> None:
        look = self._look
        column = QVBoxLayout(self)
        Spacing(look, column, (0, 16, 0, 0), 12)
        head = QVBoxLayout()
        Spacing(look, head, (24, 0, 24, 0), 0)
        head.addWidget(self.title)
        head.addWidget(self.total)
        column.addLayout(head)
        content = QWidget()
        inside = QVBoxLayout(content)
        Spacing(look, inside, (24, 0, 24, 24), 16)
        for part in (self.place, self.table, self.nothing, self.card):
            inside.addWidget(part)
        inside.addStretch(1)
        area = scrolling(content)
        BarInMargin(look, area, inside)
        column.addWidget(area, 1)
