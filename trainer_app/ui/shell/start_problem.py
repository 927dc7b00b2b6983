"""What is shown instead of the window when the app cannot open its database."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from trainer_app.domain.errors import TrainerError
from trainer_app.looks.tokens import Tone
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.banner import Banner
from trainer_app.ui.widgets.button import Button, Kind, by_letter
from trainer_app.ui.widgets.dialog import Dialog
from trainer_app.ui.widgets.label import Label

_WIDTH = 560


class StartProblem(Dialog):
    """What is wrong, why, and the one next step; nothing has been changed."""

    def __init__(self, look: Look, texts: Texts, error: TrainerError) -> None:
        super().__init__(look)
        said = texts.explain(error)
        self.setWindowTitle("SimKoffert")
        self.setMinimumWidth(look.px(_WIDTH))
        column = QVBoxLayout(self)
        Spacing(look, column, (24, 24, 24, 16), 16)
        column.addWidget(Label(look, texts("shell.start.title"), "heading"))
        column.addWidget(Banner(look, Tone.DANGER, said.what, said.why))
        column.addWidget(Label(look, said.next_step, wrap=True))
        self.close_button = Button(look, texts("shell.start.close"), kind=Kind.PRIMARY)
        self.close_button.clicked.connect(self.accept)
        by_letter(self.close_button)
        column.addWidget(self.close_button, alignment=Qt.AlignmentFlag.AlignRight)
        self.setAccessibleName(said.what)
