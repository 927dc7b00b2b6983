"""The next stop-point, or the one the film stands at."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.run.models import StopCard
from trainer_app.ui.session.run.reading import flowing
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import FixedSize, Spacing
from trainer_app.ui.widgets.button import Button
from trainer_app.ui.widgets.card import Card, hairline
from trainer_app.ui.widgets.label import Label

_CAPTION_WIDTH, _WIDE_CAPTION = 124, 176

_WIDE_DIGITS, _WIDE_QUESTION = (48, 54), (27, 36)
"""Sizes and line heights on a wide screen."""


class TimeBlock(QWidget):
    """A time with its caption above, at the left end of a card."""

    def __init__(self, look: Look, caption: str = "") -> None:
        super().__init__()
        centred = Qt.AlignmentFlag.AlignHCenter
        self.caption = Label(look, caption, "small", "text_muted", align=centred)
        self.digits = Label(look, "", "timer-s", tabular=True, align=centred)
        self._width = FixedSize(look, self, width=_CAPTION_WIDTH)
        column = QVBoxLayout(self)
        Spacing(look, column, (0, 0, 0, 0), 0)
        column.addStretch(1)
        for part in (self.caption, self.digits):
            part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            column.addWidget(part)
        column.addStretch(1)

    def set_wide(self, *, is_wide: bool) -> None:
        """Grow on a wide screen."""
        self.digits.set_type(_WIDE_DIGITS if is_wide else None)
        self._width.set_width(_WIDE_CAPTION if is_wide else _CAPTION_WIDTH)


class StopPanel(Card):
    """How long until the next stop-point, its question, and the button that stops here.

    Attributes:
        button: Stops here, or goes on.
    """

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, padding=9, parent=parent)
        self._time = TimeBlock(look)
        self._question = flowing(look, "", "heading", weight=400)
        self._note = flowing(look, "", "small", "text_muted")
        self.button = Button(look, texts("run.film.stop_here"), icon="flag", keycap="F12")
        row = QHBoxLayout()
        Spacing(look, row, (0, 0, 7, 0), 16)
        row.addWidget(self._time)
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
        self._time.caption.setText(stop.caption)
        self._time.digits.setText(stop.digits)
        self._question.setText(stop.prompt)
        self._note.setText(stop.note)
        self._note.setVisible(bool(stop.note))
        self.button.set_words(stop.button, icon="play" if stop.is_at_stop else "flag")
        self.setAccessibleName(f"{stop.caption} {stop.digits}. {stop.prompt}")

    def set_wide(self, *, is_wide: bool) -> None:
        """Grow on a wide screen, so that time and question are read from the chair."""
        self._time.set_wide(is_wide=is_wide)
        self._question.set_type(_WIDE_QUESTION if is_wide else None)

    def _middle(self, look: Look) -> QVBoxLayout:
        column = QVBoxLayout()
        Spacing(look, column, (0, 0, 0, 0), 2)
        column.addStretch(1)
        column.addWidget(self._question)
        column.addWidget(self._note)
        column.addStretch(1)
        return column
