"""One film: its title and theme, which can be mended, and what is known of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.library.import_card import fill
from trainer_app.ui.library.sections import facts_grid
from trainer_app.ui.library.shown import FilmRow
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.unfinished import typed
from trainer_app.ui.widgets.button import Button, Kind
from trainer_app.ui.widgets.card import Card
from trainer_app.ui.widgets.clearing import clear
from trainer_app.ui.widgets.fields import ComboBox, Field, LineEdit

_FACTS = 4


class FilmCard(Card):
    """Shows a film.

    Signals:
        saved: digest, title, theme.
        remove_wanted: digest.
    """

    saved = Signal(object, str, str)
    remove_wanted = Signal(object)

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, texts("library.film.card"), parent=parent)
        self._shown: FilmRow | None = None
        self._theme_at = -1
        self.title, self.theme = LineEdit(look), ComboBox(look)
        self.fields = {
            "title": Field(look, texts("library.field.title"), self.title),
            "theme": Field(look, texts("library.field.theme"), self.theme),
        }
        self._facts = QVBoxLayout()
        self.save_button = Button(look, texts("library.film.save"))
        self.remove_button = Button(look, texts("library.film.remove"), Kind.QUIET)
        self.save_button.clicked.connect(self.save)
        self.remove_button.clicked.connect(self._remove)
        self._lay_out()

    def show_film(self, shown: FilmRow, themes: tuple[tuple[str, str], ...]) -> None:
        """Show a film; what is being typed for the same film stays."""
        if shown == self._shown:
            return
        self._shown = shown
        self.fields["title"].set_error("")
        self.title.setText(shown.title)
        self.title.setCursorPosition(0)
        fill(self.theme, themes, shown.theme_key)
        self._theme_at = self.theme.currentIndex()
        clear(self._facts)
        self._facts.addLayout(facts_grid(self.look, shown.facts, _FACTS))

    def show_error(self, name: str, words: str) -> None:
        """Say beside a field what is wrong with it."""
        self.fields[name].set_error(words)
        self.fields[name].control.setFocus(Qt.FocusReason.OtherFocusReason)

    def unfinished(self) -> list[str]:
        """Another title that was typed, or another theme that was chosen."""
        shown = self._shown
        if shown is None or self.isHidden():
            return []
        title = list(typed(self.title)) if self.title.text() != shown.title else []
        is_other = self.theme.currentIndex() != self._theme_at
        theme = [f"{self.theme.accessibleName()}: {self.theme.currentText()}"] if is_other else []
        return [f"{shown.title}. {each}" for each in (*title, *theme)]

    def save(self) -> None:
        """Keep title and theme."""
        self.fields["title"].set_error("")
        if self._shown is not None:
            self.saved.emit(self._shown.sha256, self.title.text(), str(self.theme.currentData()))

    def _remove(self) -> None:
        if self._shown is not None:
            self.remove_wanted.emit(self._shown.sha256)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        Spacing(self.look, grid, (0, 0, 0, 4), 8)
        grid.setHorizontalSpacing(self.look.px(16))
        for at, field in enumerate(self.fields.values()):
            grid.addWidget(field, 0, at)
            grid.setColumnStretch(at, 1)
        self.body.addLayout(grid)
        self.body.addLayout(self._facts)
        row = QHBoxLayout()
        Spacing(self.look, row, (0, 8, 0, 0), 8)
        row.addWidget(self.save_button)
        row.addStretch(1)
        row.addWidget(self.remove_button)
        self.body.addLayout(row)
