"""The fixed head of a step: its name, the session in one line, and where in the session one is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.breadcrumb import Breadcrumb
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.label import Label


class StepHead(QWidget):
    """Title, facts, steps. Klargjøring and avslutning have the same."""

    def __init__(self, look: Look, texts: Texts, step: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts = Label(look, "", "body", "text_muted", wrap=True, tabular=True)
        words = QVBoxLayout()
        Spacing(look, words, gap=0)
        words.addWidget(Label(look, texts(f"session_page.step.{step}"), "title"))
        words.addWidget(self._facts)
        row = QHBoxLayout(self)
        Spacing(look, row, (24, 16, 24, 8), 24)
        row.addLayout(words, 1)
        row.addWidget(Breadcrumb(look, texts, step), 0, Qt.AlignmentFlag.AlignVCenter)

    @property
    def facts(self) -> str:
        """The session in one line."""
        return self._facts.text()

    def show_facts(self, facts: str) -> None:
        """Change it."""
        self._facts.setText(facts)
