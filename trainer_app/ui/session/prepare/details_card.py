"""What is known of one headset; stands where the room's check list stood, until it is put away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.prepare.models import DetailsModel
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import FixedSize, Spacing
from trainer_app.ui.widgets.allow_picture import AllowPicture
from trainer_app.ui.widgets.button import Button, Kind, Scale
from trainer_app.ui.widgets.card import Card
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.link import Link


class DetailsCard(Card):
    """Names and values, the last fault in words, and what can be done.

    Signals:
        retry_wanted: try this headset again.
        aside_wanted: go on without this headset (True), or with it again.
        correction_wanted: put the address of this headset right.
        defective_wanted: record that this headset is defective.
        help_wanted: the help on what is wrong with this headset, by its topic.
        closed: put the card away.
    """

    retry_wanted = Signal(int)
    aside_wanted = Signal(int, bool)
    correction_wanted = Signal(int)
    defective_wanted = Signal(int)
    help_wanted = Signal(str)
    closed = Signal()

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, padding=20, parent=parent)
        self._texts = texts
        self.details: DetailsModel | None = None
        Spacing(look, self.body, (21, 13, 21, 17), 8)
        self._title = Label(look, "", "subheading")
        self.close_button = Button(look, texts("prepare.action.close"), Kind.QUIET, scale=Scale.ROW)
        self.help = Link(look, texts("prepare.details.help"))
        self._grid = QGridLayout()
        self._lines: list[tuple[Label, Label]] = []
        self._problem = Label(look, "", "small", wrap=True)
        self._technical = Label(look, "", "small", "text_muted", wrap=True)
        self._picture = AllowPicture(look, texts)
        FixedSize(look, self._picture, width=220)
        self.retry = Button(look, texts("prepare.tile.retry"), scale=Scale.ROW, icon="arrow-clockwise")
        self.correct = Button(look, texts("prepare.tile.correct"), scale=Scale.ROW, icon="pencil-simple")
        self.defective = Button(look, texts("prepare.details.mark"), scale=Scale.ROW, icon="wrench")
        self.aside = Button(look, " ", Kind.QUIET, scale=Scale.ROW)
        self._lay_out()

    def show_details(self, details: DetailsModel) -> None:
        """Show them; only words change."""
        if details == self.details:
            return
        self.details = details
        self._title.setText(details.title)
        self.setAccessibleName(details.title)
        for at, (name, value) in enumerate(details.lines):
            if at == len(self._lines):
                self._add_line(at)
            for label, words in zip(self._lines[at], (name, value), strict=True):
                label.setText(words)
                label.setVisible(True)
        for spare in self._lines[len(details.lines) :]:
            for label in spare:
                label.setVisible(False)
        for label, words in (
            (self._problem, " ".join(details.problem)),
            (self._technical, details.technical),
        ):
            label.setText(words)
            label.setVisible(bool(words))
        self._picture.setVisible(details.shows_how)
        self.help.setVisible(bool(details.help_topic))
        self.retry.setVisible(not details.is_aside)
        self.correct.setVisible(details.can_correct)
        self.defective.setVisible(details.can_mark_defective)
        key = "prepare.tile.aside.button" if details.is_aside else "prepare.tile.set_aside"
        self.aside.set_words(self._texts(key))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.help)
        head.addSpacing(8)
        head.addWidget(self.close_button)
        self.body.addLayout(head)
        Spacing(self.look, self._grid, gap=4)
        self._grid.setHorizontalSpacing(self.look.px(16))
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        for part in (self._problem, self._technical, self._picture):
            self.body.addWidget(part)
        row = QHBoxLayout()
        Spacing(self.look, row, (0, 4, 0, 0), 8)
        row.addWidget(self.retry)
        row.addWidget(self.correct)
        row.addWidget(self.defective)
        row.addWidget(self.aside)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addStretch(1)
        self.close_button.clicked.connect(self.closed)
        self.help.clicked.connect(self._on_help)
        self.retry.clicked.connect(self._on_retry)
        self.aside.clicked.connect(self._on_aside)
        self.correct.clicked.connect(self._on_correct)
        self.defective.clicked.connect(self._on_defective)

    def _add_line(self, at: int) -> None:
        top = Qt.AlignmentFlag.AlignTop
        name = Label(self.look, "", "small", "text_muted")
        value = Label(self.look, "", "small", wrap=True, tabular=True)
        self._lines.append((name, value))
        self._grid.addWidget(name, at, 0, top)
        self._grid.addWidget(value, at, 1, top)

    def _on_help(self) -> None:
        if self.details is not None:
            self.help_wanted.emit(self.details.help_topic)

    def _on_retry(self) -> None:
        if self.details is not None:
            self.retry_wanted.emit(self.details.number)

    def _on_aside(self) -> None:
        if self.details is not None:
            self.aside_wanted.emit(self.details.number, not self.details.is_aside)

    def _on_correct(self) -> None:
        if self.details is not None:
            self.correction_wanted.emit(self.details.number)

    def _on_defective(self) -> None:
        if self.details is not None:
            self.defective_wanted.emit(self.details.number)
