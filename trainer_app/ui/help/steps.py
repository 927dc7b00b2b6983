"""What to do, step by step, and what to type."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.help.shown import Command, KeySection, Section
from trainer_app.ui.theme.ink import CENTRE, Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import Button, Scale
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.painted import PaintedWidget

_DISC, _BESIDE_DISC = 26, 3
_READABLE = 640
"""Lines of text are no longer than this, pixels at 100 %."""


class StepsPart(QWidget):
    """The section of a topic.

    Signals:
        copy_wanted: a command, to be put on the clipboard.
    """

    copy_wanted = Signal(str)

    def __init__(self, look: Look, texts: Texts, section: Section, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        Spacing(look, column, (0, 0, 0, 0), 12)
        column.addWidget(readable(look, Label(look, section.heading, "subheading", wrap=True)))
        for number, step in enumerate(section.steps, start=1):
            column.addLayout(self._step(look, number if len(section.steps) > 1 else 0, step))
        for command in section.commands:
            column.addWidget(self._command(look, texts, command))

    def _step(self, look: Look, number: int, words: str) -> QHBoxLayout:
        row = QHBoxLayout()
        Spacing(look, row, gap=12)
        if number:
            row.addWidget(_Disc(look, number), 0, Qt.AlignmentFlag.AlignTop)
        beside = _BESIDE_DISC if number else 0
        place = QVBoxLayout()
        Spacing(look, place, (0, beside, 0, beside), 0)
        place.addWidget(readable(look, Label(look, words, "body", wrap=True)))
        row.addLayout(place, 1)
        return row

    def _command(self, look: Look, texts: Texts, command: Command) -> QWidget:
        part = CommandPart(look, texts, command)
        part.copy_wanted.connect(self.copy_wanted)
        return part


class CommandPart(QWidget):
    """A line that must be typed exactly so: it can be marked, and copied by a button.

    Signals:
        copy_wanted: the text, to be put on the clipboard.
    """

    copy_wanted = Signal(str)

    def __init__(self, look: Look, texts: Texts, command: Command, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.text = _Typed(look, command)
        column = QVBoxLayout(self)
        Spacing(look, column, (0, 4, 0, 4), 6)
        head = QHBoxLayout()
        head.addWidget(Label(look, command.label, "small", "text_muted", wrap=True), 1)
        if command.copies:
            self.copy = Button(look, texts("help.copy"), scale=Scale.ROW, icon="copy")
            self.copy.clicked.connect(lambda: self.copy_wanted.emit(command.text))
            head.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(head)
        column.addWidget(self.text)


class _Typed(QLabel):
    """Letters of one width on a sunken ground; breaks at blanks, and can be marked by mouse and keyboard."""

    def __init__(self, look: Look, command: Command) -> None:
        super().__init__(command.text)
        self._look = look
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "sunken")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWordWrap(True)
        self.setAccessibleName(f"{command.label}: {command.text}")
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(self._look.theme.style("small").size)
        font.setWeight(QFont.Weight.Normal)
        self.setFont(font)
        side = self._look.px(12)
        self.setContentsMargins(side, side, side, side)


class NotesPart(PaintedWidget):
    """What else is worth knowing: tint and a strong edge."""

    def __init__(
        self, look: Look, heading: str, notes: tuple[str, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(look, parent)
        column = QVBoxLayout(self)
        Spacing(look, column, (20, 12, 16, 14), 8)
        column.addWidget(Label(look, heading, "body-strong", wrap=True))
        for note in notes:
            column.addWidget(Label(look, note, "body", wrap=True))

    def draw(self, ink: Ink) -> None:
        """Ground and edge."""
        box = QRectF(self.rect())
        ink.painter.fillRect(box, self.look.colour("attention_tint"))
        ink.painter.fillRect(QRectF(0, 0, 4, box.height()), self.look.colour("attention"))


class KeysPart(QWidget):
    """The keys of a page."""

    def __init__(self, look: Look, section: KeySection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        Spacing(look, grid, (0, 0, 0, 8), 6)
        grid.setHorizontalSpacing(look.px(24))
        grid.addWidget(Label(look, section.heading, "subheading", wrap=True), 0, 0, 1, 2)
        for row, each in enumerate(section.keys, start=1):
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(Label(look, each.key, "body-strong"), row, 0, top)
            grid.addWidget(Label(look, each.does, "body", wrap=True), row, 1, top)
        grid.setColumnMinimumWidth(0, look.px(200))
        grid.setColumnStretch(1, 1)


class _Disc(PaintedWidget):
    """The number of a step."""

    def __init__(self, look: Look, number: int) -> None:
        super().__init__(look)
        self._number = number
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(_DISC), self.look.px(_DISC))

    def draw(self, ink: Ink) -> None:
        box = QRectF(self.rect())
        ink.disc(box.center(), box.width() / 2, self.look.colour("accent"))
        font = self.look.font("body-strong", tabular=True)
        ink.text(box, str(self._number), font, self.look.colour("accent_text"), CENTRE)


def readable(look: Look, label: Label) -> Label:
    """Keep the lines of a label short enough to be read."""
    label.setMaximumWidth(look.px(_READABLE))
    return label
