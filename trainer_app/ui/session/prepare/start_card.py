"""The big button, why it says so, and help with the one headset that needs it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.prepare.models import Hero, StartModel
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import Button, Kind, Scale, by_letter
from trainer_app.ui.widgets.card import Card
from trainer_app.ui.widgets.label import Label

_ICONS = {Hero.GET_READY: "download-simple", Hero.START: "play", Hero.NOTHING: "play"}


class StartCard(Card):
    """What to do next.

    Signals:
        pressed: the big button.
        retry_wanted: try this headset again.
        aside_wanted: go on without this headset.
    """

    pressed = Signal()
    retry_wanted = Signal(int)
    aside_wanted = Signal(int)

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, padding=20, parent=parent)
        self._texts = texts
        self._helps: int | None = None
        Spacing(look, self.body, (21, 21, 21, 17), 12)
        self.hero = Button(look, " ", Kind.PRIMARY, scale=Scale.HERO)
        self.hero.clicked.connect(self.pressed)
        self._why = Label(look, "", "small", wrap=True)
        self.body.addWidget(self.hero)
        self.body.addWidget(self._why)
        self.body.addLayout(self._help_row())
        self.body.addStretch(1)

    def show_start(self, start: StartModel) -> None:
        """Show what the button does now."""
        self.hero.set_words(start.words, icon=_ICONS[start.hero])
        self.hero.setEnabled(start.hero is not Hero.NOTHING)
        self.hero.setAccessibleDescription(start.why)
        self._why.setText(start.why)
        self._helps = start.helps
        for button, key, icon in (
            (self.retry, "prepare.start.retry", "arrow-clockwise"),
            (self.aside, "prepare.start.aside", None),
        ):
            if start.helps is not None:
                button.set_words(self._texts(key, number=start.helps), icon=icon)
            button.setVisible(start.helps is not None)

    def _help_row(self) -> QHBoxLayout:
        self.retry = Button(self.look, " ")
        self.aside = Button(self.look, " ", Kind.QUIET)
        self.retry.clicked.connect(self._on_retry)
        self.aside.clicked.connect(self._on_aside)
        by_letter(self.hero, self.retry, self.aside)
        row = QHBoxLayout()
        Spacing(self.look, row, gap=8)
        row.addWidget(self.retry)
        row.addWidget(self.aside)
        row.addStretch(1)
        return row

    def _on_retry(self) -> None:
        if self._helps is not None:
            self.retry_wanted.emit(self._helps)

    def _on_aside(self) -> None:
        if self._helps is not None:
            self.aside_wanted.emit(self._helps)
