"""Small parts of the panel: a list to choose from, a line with an icon, a row to enter a name in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from trainer_app.looks.tokens import Tone
from trainer_app.ui.plan.entering import Told
from trainer_app.ui.plan.panel_words import Option
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import Button, Kind, Scale
from trainer_app.ui.widgets.fields import ComboBox, Field, LineEdit
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.painted import PaintedWidget

_ICON = 18
_SHORTEST_TEXT = 3
"""Characters a list is at least wide for; its texts may be longer."""

Add = Callable[[str, object, Told], str]
"""Gets a text, the value chosen beside it, and who hears later what kept it from being saved, or nothing.
Returns what is wrong with the text at once, or nothing."""


class Choice(ComboBox):
    """A list of options, and below them, where asked for, the way to enter a new one.

    Signals:
        chosen: an option was chosen by a person; its value.
        new_wanted: the entry below the options was chosen.
    """

    chosen = Signal(object)
    new_wanted = Signal()

    def __init__(self, look: Look, new: str = "", parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._new = new
        self._options: tuple[Option, ...] = ()
        self._value: object = None
        self.setMinimumContentsLength(_SHORTEST_TEXT)
        self.setSizeAdjustPolicy(self.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.activated.connect(self._on_activated)

    def show_options(self, options: Sequence[Option], value: object) -> None:
        """Offer these, with one of them chosen; nothing happens where that is the case."""
        if tuple(options) != self._options:
            self._options = tuple(options)
            self.clear()
            self.addItems([option.words for option in self._options])
            if self._new:
                self.addItem(self._new)
        self._value = value
        self._show_value()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling the panel changes no field."""
        event.ignore()

    def _show_value(self) -> None:
        values = [option.value for option in self._options]
        at = values.index(self._value) if self._value in values else -1
        self.setCurrentIndex(at)
        self.setToolTip(self.currentText())

    def _on_activated(self, at: int) -> None:
        if at >= len(self._options):
            self._show_value()
            self.new_wanted.emit()
        elif self._options[at].value != self._value:
            self.chosen.emit(self._options[at].value)


class IconLine(QWidget):
    """An icon and a line of words that may wrap; hidden while it has none."""

    def __init__(self, look: Look, icon: str, tone: Tone = Tone.NEUTRAL) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        Spacing(look, row, gap=8)
        self._icon = _Icon(look, icon, tone)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._label = Label(look, "", "small", "text_muted", wrap=True)
        self.set_tone(tone)
        row.addWidget(self._label, 1)
        self.hide()

    def words(self) -> str:
        """What it says."""
        return self._label.text()

    def set_tone(self, tone: Tone) -> None:
        """Neutral words are muted; others have the colour of their tone."""
        self._label.set_shade("attention_ink" if tone is Tone.ATTENTION else "text_muted")
        self._icon.set_tone(tone)

    def say(self, words: str) -> None:
        """Say this; nothing hides the line."""
        if words != self._label.text():
            self._label.setText(words)
            self._label.updateGeometry()
            self.updateGeometry()
        self.setVisible(bool(words))


class _Icon(PaintedWidget):
    def __init__(self, look: Look, icon: str, tone: Tone) -> None:
        super().__init__(look)
        self._icon, self._tone = icon, tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_tone(self, tone: Tone) -> None:
        self._tone = tone
        self.update()

    def sizeHint(self) -> QSize:
        side = self.look.px(_ICON)
        return QSize(side, side)

    def draw(self, ink: Ink) -> None:
        muted = self.look.colour("text_muted")
        colour = muted if self._tone is Tone.NEUTRAL else self.look.ink(self._tone)
        ink.icon(self._icon, QRectF(self.rect()), colour)


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionsBeside:
    """A list beside the line in which something has to be chosen.

    Attributes:
        hint: Stands in it while nothing is chosen; ``missing`` is said when that is so at the end.
        check: Tells what is wrong with the text of the line, or nothing.
    """

    label: str
    options: Sequence[Option]
    hint: str
    missing: str
    check: Callable[[str], str]


class EnterRow(QWidget):
    """A line in which a name is entered, with an optional list beside it; Enter adds, Esc puts it away.

    It stays until what was entered is saved: what cannot be saved now is still there to be tried again.
    """

    done = Signal()

    def __init__(
        self,
        look: Look,
        label: str,
        add: Add,
        words: tuple[str, str],
        *,
        options: OptionsBeside | None = None,
    ) -> None:
        """Make a row; ``words``: of the buttons that add, and that put it away."""
        super().__init__()
        self._add, self._options = add, options
        self._value: object = None
        self._is_saving = False
        self._entry = 0
        self.line = _EnterLine(look)
        self.line.returnPressed.connect(self._on_add)
        self.line.escaped.connect(self._on_away)
        self._field = Field(look, label, self.line)
        column = QVBoxLayout(self)
        Spacing(look, column, gap=8)
        column.addWidget(self._field)
        self._beside: Field | None = None
        if options is not None:
            self.choice = Choice(look)
            self.choice.setPlaceholderText(options.hint)
            self.choice.chosen.connect(self._on_chosen)
            self._beside = Field(look, options.label, self.choice)
            column.addWidget(self._beside)
        row = QHBoxLayout()
        Spacing(look, row, gap=8)
        self.button = Button(look, words[0], scale=Scale.ROW)
        self.button.clicked.connect(self._on_add)
        self.away = Button(look, words[1], Kind.QUIET, scale=Scale.ROW)
        self.away.clicked.connect(self._on_away)
        row.addWidget(self.button)
        row.addWidget(self.away)
        row.addStretch(1)
        column.addLayout(row)
        self.hide()

    def open(self, text: str = "") -> None:
        """Show it, with a text to begin with."""
        self._begin_entry()
        self.line.setText(text)
        self._field.set_error("")
        self._on_chosen(None)
        self.show()
        first = self.choice if text and self._beside is not None else self.line
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def error(self) -> str:
        """What is wrong with what was entered."""
        return self._field.error() or ("" if self._beside is None else self._beside.error())

    def _on_chosen(self, value: object) -> None:
        self._value = value
        if self._options is not None and self._beside is not None:
            self.choice.show_options(self._options.options, value)
            self._beside.set_error("")

    def _on_add(self) -> None:
        if self._is_saving or self._lacks_choice():
            return
        self._is_saving = True
        told = partial(self._on_told, self._entry)
        wrong = self._add(self.line.text(), self._value, told)
        if wrong:
            told(wrong)

    def _lacks_choice(self) -> bool:
        """Nothing is chosen in the list; said there once the text itself is right."""
        if self._options is None or self._beside is None or self._value is not None:
            return False
        wrong = self._options.check(self.line.text())
        self._field.set_error(wrong)
        self._beside.set_error("" if wrong else self._options.missing)
        (self.line if wrong else self.choice).setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _on_told(self, entry: int, wrong: str) -> bool:
        """An answer to what was put away meanwhile touches nothing of what is entered now."""
        if entry != self._entry:
            return False
        self._is_saving = False
        self._field.set_error(wrong)
        if not wrong:
            self._on_away()
        elif self.isVisible():
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _begin_entry(self) -> None:
        self._entry += 1
        self._is_saving = False

    def drop(self) -> None:
        """Put it away; the keyboard stays where it is."""
        self._begin_entry()
        self.hide()
        self.line.clear()

    def _on_away(self) -> None:
        self.done.emit()  # first: hidden with the keyboard in it, it would hand that on to what follows
        self.drop()


class _EnterLine(LineEdit):
    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc belong to the row, not to the page."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)
