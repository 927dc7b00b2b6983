"""The fixed head of a step: its name, the session in one line, and where in the session one is."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.breadcrumb import Breadcrumb
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.label import Label

_NARROW = 800
"""Below this width at 100 % text size the steps stand below the words."""


class StepHead(QWidget):
    """Title, facts, steps. Klargjøring and avslutning have the same."""

    def __init__(self, look: Look, texts: Texts, step: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts = Label(look, "", "body", "text_muted", wrap=True, tabular=True)
        words = QVBoxLayout()
        Spacing(look, words, gap=0)
        words.addWidget(Label(look, texts(f"session_page.step.{step}"), "title"))
        words.addWidget(self._facts)
        self._look = look
        self._whole = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        Spacing(look, self._whole, (24, 16, 24, 8), 12)
        self._whole.addLayout(words, 1)
        self._whole.addWidget(Breadcrumb(look, texts, step))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room for both."""
        super().resizeEvent(event)
        directions = QBoxLayout.Direction
        narrow = self.width() < self._look.px(_NARROW)
        self._whole.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)

    @property
    def facts(self) -> str:
        """The session in one line."""
        return self._facts.text()

    def show_facts(self, facts: str) -> None:
        """Change it."""
        self._facts.setText(facts)
