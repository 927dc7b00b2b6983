"""The films of one headset against the library, and the way to remove what the library does not have."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.kit.shown import FilmLine, FilmsShown
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import Button, Scale
from trainer_app.ui.widgets.clearing import clear
from trainer_app.ui.widgets.label import Label, Shade


class FilmsPart(QWidget):
    """Names, notes and a button; hidden where the headset has not told of its films.

    Signals:
        clear_wanted: ask whether what the library does not have may go.
    """

    clear_wanted = Signal()

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._shown = FilmsShown()
        self._lines = QVBoxLayout()
        Spacing(look, self._lines, gap=2)
        self.clear_button = Button(look, " ", scale=Scale.ROW)
        self.clear_button.clicked.connect(self.clear_wanted)
        column = QVBoxLayout(self)
        Spacing(look, column, (0, 12, 0, 0), 8)
        column.addWidget(Label(look, texts("headset_film.heading"), "small", "text_muted"))
        column.addLayout(self._lines)
        self._hint = Label(look, "", "small", "text_muted", wrap=True)
        column.addWidget(self._hint)
        row = QHBoxLayout()
        row.addWidget(self.clear_button)
        row.addStretch(1)
        column.addLayout(row)
        self.hide()

    def show_films(self, shown: FilmsShown) -> None:
        """Show them; the same again changes nothing."""
        if shown != self._shown:
            self._shown = shown
            clear(self._lines)
            for line in shown.lines:
                self._add(line)
            self._hint.setText(shown.hint)
            self.clear_button.set_words(shown.clear or " ")
        self._hint.setVisible(bool(shown.hint))
        self.clear_button.setVisible(bool(shown.clear))
        self.setVisible(bool(shown.lines))

    def _add(self, line: FilmLine) -> None:
        shade: Shade = "attention_ink" if line.is_odd else "text_muted"
        self._lines.addWidget(Label(self._look, line.name, "small", weight=600, wrap=True))
        self._lines.addWidget(Label(self._look, line.note, "small", shade, wrap=True))
        self._lines.addSpacing(self._look.px(4))
