"""The line above the tiles: how the headsets stand, the film where there is a choice, and three buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.domain.films import Sha256
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.prepare.models import FilmOption, PrepareModel
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import FixedSize, Spacing
from trainer_app.ui.widgets.button import Button, Kind, Scale, by_letter
from trainer_app.ui.widgets.fields import ComboBox
from trainer_app.ui.widgets.label import Label

_STANDING = 48
"""High enough for two lines."""

_NARROW = 800
"""Below this width at 100 % text size the sentence stands above the buttons."""


class HeadsetBar(QWidget):
    """Counts and what concerns all headsets.

    Signals:
        film_chosen: the film with this sha256.
        add_wanted: add a headset.
        identify_wanted: show the numbers.
        again_wanted: get all headsets ready again.
    """

    film_chosen = Signal(str)
    add_wanted = Signal()
    identify_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._options: tuple[FilmOption, ...] = ()
        self.sentence = Label(look, "", "heading", wrap=True)
        self.total = Label(look, "", "small", "text_muted", wrap=True, tabular=True)
        self.films = ComboBox(look)
        self.films.setAccessibleName(texts("prepare.film"))
        self.films.view().setAccessibleName(texts("prepare.film"))
        self.films.setMaximumWidth(look.px(260))
        self.films.activated.connect(self._on_film)
        self.add = Button(look, texts("prepare.action.add"), Kind.QUIET, scale=Scale.ROW, icon="plus")
        self.identify = Button(
            look, texts("prepare.action.identify"), scale=Scale.ROW, icon="identification-badge"
        )
        self.again = Button(look, texts("prepare.action.again"), scale=Scale.ROW, icon="arrow-clockwise")
        self._whole = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        Spacing(look, self._whole, gap=12)
        self._whole.addLayout(self._standing(), 1)
        row = QHBoxLayout()
        Spacing(look, row, gap=12)
        row.addStretch(1)
        row.addWidget(self.films)
        for button, signal in (
            (self.add, self.add_wanted),
            (self.identify, self.identify_wanted),
            (self.again, self.again_wanted),
        ):
            button.clicked.connect(signal)
            row.addWidget(button)
        self._whole.addLayout(row)
        by_letter(self.add, self.identify, self.again)

    def _standing(self) -> QHBoxLayout:
        """The sentence, and how far all are together; with or without that the tiles stay where they are."""
        column, beside, strut = QVBoxLayout(), QHBoxLayout(), QWidget()
        Spacing(self._look, column, gap=2)
        Spacing(self._look, beside, gap=0)
        column.addStretch(1)
        column.addWidget(self.sentence)
        column.addWidget(self.total)
        column.addStretch(1)
        FixedSize(self._look, strut, width=0, height=_STANDING)
        beside.addWidget(strut)
        beside.addLayout(column, 1)
        return beside

    def minimumSizeHint(self) -> QSize:
        """The sentence goes above the buttons before they ask for more width."""
        sizes = [each.sizeHint() for each in (self.add, self.identify, self.again)]
        return QSize(sum(size.width() + self._look.px(12) for size in sizes), sizes[0].height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room for both."""
        super().resizeEvent(event)
        directions = QBoxLayout.Direction
        narrow = self.width() < self._look.px(_NARROW)
        self._whole.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)

    def show_bar(self, model: PrepareModel) -> None:
        """Show what can be done with all headsets now."""
        self.sentence.setText(model.sentence)
        self.total.setText(model.total)
        self.total.setVisible(bool(model.total))
        self._show_films(model.films, model.film)
        self.identify.setVisible(model.can_identify)
        self.again.setVisible(model.can_repeat)
        self.add.setVisible(model.empty is None)

    def _show_films(self, options: Sequence[FilmOption], chosen: Sha256 | None) -> None:
        if tuple(options) != self._options:
            self._options = tuple(options)
            self.films.clear()
            self.films.addItems([option.title for option in options])
        shas = [option.sha256 for option in options]
        if chosen in shas:
            self.films.setCurrentIndex(shas.index(chosen))
        self.films.setVisible(bool(options))

    def _on_film(self, at: int) -> None:
        self.film_chosen.emit(self._options[at].sha256)
