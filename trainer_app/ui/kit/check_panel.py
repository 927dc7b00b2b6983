"""The quick check: one question at a time, answered by 1 to 4."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from trainer_app.domain.kits import HeadsetId
from trainer_app.looks.tokens import Tone
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.kit.shown import Answer, CheckShown, Point
from trainer_app.ui.kit.side_panel import SidePanel
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.unfinished import typed
from trainer_app.ui.widgets.button import Button, Kind, by_letter, keycap_width, paint_keycap
from trainer_app.ui.widgets.card import hairline
from trainer_app.ui.widgets.clearing import clear
from trainer_app.ui.widgets.fields import Field, LineEdit
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.number_chip import NumberChip
from trainer_app.ui.widgets.painted import PaintedButton, PaintedWidget
from trainer_app.ui.widgets.progress_bar import ProgressBar

_ANSWERS = 4


class CheckPanel(SidePanel):
    """Shows a question of a check, or what the check comes to.

    Signals:
        answered: the key of the answer, and the note.
        back_wanted: the question before.
        finish_wanted: conclude the check.
    """

    answered = Signal(str, str)
    back_wanted = Signal()
    finish_wanted = Signal()

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, texts, texts("kit.check.title"), parent)
        self._texts = texts
        self.headset_id: HeadsetId | None = None
        self._bar = ProgressBar(look, texts("kit.check.title"))
        self._progress = Label(look, "", "small", tabular=True)
        row = QHBoxLayout()
        Spacing(look, row, (0, 0, 8, 0), 12)
        row.addWidget(self._bar, 1)
        row.addWidget(self._progress)
        self.head.addLayout(row)
        self._unsaved = Label(look, "", "small", "danger_ink", wrap=True)
        self._unsaved.hide()
        self.head.addWidget(self._unsaved)
        self._make_question()
        self._make_foot()

    def show_check(self, shown: CheckShown) -> None:
        """Show a question; the keyboard goes to the first answer, or to what concludes the check."""
        self.headset_id = shown.headset_id
        self._bar.set_part(shown.done / shown.total if shown.total else 1.0)
        self._progress.setText(shown.progress)
        self._progress.updateGeometry()
        self._show_place(shown)
        self._question.setText(shown.question)
        self._question.updateGeometry()
        self._hint.setText(shown.hint)
        self._show_answers(shown)
        self._show_points(shown.points)
        self._back.setEnabled(shown.can_go_back)
        at_end = not shown.answers
        self._finish.setVisible(at_end)
        self.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_error(self, words: str) -> None:
        """Say beside the note what is wrong with it."""
        self._note.set_error(words)
        self.note_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def unsaved(self) -> str:
        """What is said of answers that wait for being saved."""
        return self._unsaved.text()

    def unfinished(self) -> list[str]:
        """A note without its answer, and answers that wait for being saved."""
        note = typed(self.note_edit) if self.note_edit.text() != self._noted else ()
        return [*note, *([self.unsaved] if self.unsaved else [])]

    def show_unsaved(self, words: str) -> None:
        """Say that answers wait for being saved; nothing takes it back."""
        self._unsaved.setText(words)
        self._unsaved.updateGeometry()
        self._unsaved.setVisible(bool(words))

    def first(self) -> QWidget:
        """What has the keyboard first."""
        return self._finish if self._answers[0].isHidden() else self._answers[0]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 to 4 answer."""
        if event.text() in {answer.key for answer in self._answers if not answer.isHidden()}:
            self._answer(event.text())
        else:
            super().keyPressEvent(event)

    def _make_question(self) -> None:
        look, texts = self.look, self._texts
        self._place_row = QHBoxLayout()
        Spacing(look, self._place_row, (0, 0, 0, 8), 12)
        self._chip: NumberChip | None = None
        self.place = Label(look, "", "small", "text_muted")
        self._item = Label(look, "", "body-strong")
        column = QVBoxLayout()
        Spacing(look, column, (0, 0, 0, 0), 0)
        column.addWidget(self.place)
        column.addWidget(self._item)
        self._place_row.addLayout(column, 1)
        self.body.addLayout(self._place_row)
        self._question = Label(look, "", "heading", wrap=True)
        self._hint = Label(look, "", "small", "text_muted", wrap=True)
        self.body.addWidget(self._question)
        self.body.addWidget(self._hint)
        self._answers = [AnswerButton(look) for _ in range(_ANSWERS)]
        grid = QGridLayout()
        Spacing(look, grid, (0, 4, 0, 4), 10)
        for at, button in enumerate(self._answers):
            button.setAccessibleName(texts("kit.check.answer"))
            button.clicked.connect(self._on_clicked)
            grid.addWidget(button, at // 2, at % 2)
        self.body.addLayout(grid)
        self._noted = ""
        self.note_edit = LineEdit(look)
        self._note = Field(look, texts("kit.check.note"), self.note_edit)
        self._rule = Label(look, texts("kit.no_patients"), "micro", "text_muted", weight=400, wrap=True)
        self.note_edit.setAccessibleDescription(texts("kit.no_patients"))
        self.body.addWidget(self._rule)
        self.body.addWidget(self._note)
        self.body.addWidget(hairline())
        self._points = QVBoxLayout()
        Spacing(look, self._points, (0, 8, 0, 0), 4)
        self.body.addLayout(self._points)
        self.body.addStretch(1)

    def _make_foot(self) -> None:
        self._later = Button(self.look, self._texts("kit.check.later"))
        self._later.clicked.connect(self.closed)
        self._back = Button(self.look, self._texts("kit.check.back"), Kind.QUIET)
        self._back.clicked.connect(self.back_wanted)
        self._finish = Button(self.look, self._texts("kit.check.finish"), Kind.PRIMARY)
        self._finish.clicked.connect(self.finish_wanted)
        self._finish.hide()
        by_letter(self._later, self._back, self._finish)
        self.foot.addWidget(self._later)
        self.foot.addStretch(1)
        self.foot.addWidget(self._back)
        self.foot.addWidget(self._finish)

    def _show_place(self, shown: CheckShown) -> None:
        if self._chip is not None:
            self._place_row.removeWidget(self._chip)
            self._chip.hide()
            self._chip.deleteLater()
            self._chip = None
        if shown.number is not None:
            self._chip = NumberChip(self.look, shown.number, 40)
            self._place_row.insertWidget(0, self._chip)
        for label, words in ((self.place, shown.place), (self._item, shown.item)):
            label.setText(words)
            label.setVisible(bool(words))

    def _show_answers(self, shown: CheckShown) -> None:
        for at, button in enumerate(self._answers):
            button.setVisible(at < len(shown.answers))
            if at < len(shown.answers):
                button.show_answer(shown.answers[at])
        for part in (self._note, self._rule):
            part.setVisible(bool(shown.answers))
        self._note.set_error("")
        self._noted = shown.note
        self.note_edit.setText(shown.note)

    def _show_points(self, points: tuple[Point, ...]) -> None:
        clear(self._points)
        for point in points:
            self._points.addWidget(PointLine(self.look, point))

    def _on_clicked(self) -> None:
        button = self.sender()
        assert isinstance(button, AnswerButton)
        self._answer(button.key)

    def _answer(self, key: str) -> None:
        self.answered.emit(key, self.note_edit.text())


class AnswerButton(PaintedButton):
    """An answer: icon, word, key cap.

    Attributes:
        key: Gives the answer by keyboard.
    """

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.key = ""
        self._answer: Answer | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_answer(self, answer: Answer) -> None:
        """Be this answer."""
        self.key, self._answer = answer.key, answer
        self.setText(answer.word)
        self.setAccessibleName(f"{answer.word}, {answer.key}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its word, 48 high."""
        words = QFontMetricsF(self.look.font("body-strong")).horizontalAdvance(self.text())
        return QSize(round(words + self.look.px(12 + 22 + 8 + 8 + 12) + self._cap()), self.look.px(48))

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def draw(self, ink: Ink) -> None:
        """A box; the answer that was given has a tint."""
        if self._answer is None:
            return
        look, box = self.look, QRectF(self.rect())
        chosen = self._answer.chosen
        ground = "surface_selected" if chosen else "surface_hover" if self.underMouse() else "surface_raised"
        line = look.colour("accent_ink" if chosen else "outline_strong")
        ink.box(box, look.theme.radius("control"), look.colour(ground), line, 2 if chosen else 1)
        side = look.px(22)
        neutral = self._answer.tone is Tone.NEUTRAL
        colour = look.colour("text_muted") if neutral else look.ink(self._answer.tone)
        ink.icon(self._answer.icon, QRectF(look.px(12), (box.height() - side) / 2, side, side), colour)
        cap = QRectF(box.width() - look.px(12) - self._cap(), 0, self._cap(), box.height())
        left = look.px(12 + 8) + side
        words = QRectF(left, 0, cap.left() - left, box.height())
        ink.text(words, self.text(), look.font("body-strong"), look.colour("text"))
        paint_keycap(ink, cap, self._answer.key, look.colour("text_muted"))

    def _cap(self) -> float:
        return keycap_width(self.look, self.key)


class PointLine(PaintedWidget):
    """A question of the headset, or what was found of one: icon, words, how it was answered."""

    def __init__(self, look: Look, point: Point, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._point = point
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{point.words}, {point.aside}" if point.aside else point.words)

    def sizeHint(self) -> QSize:
        """A line."""
        return QSize(self.look.px(200), self.look.px(26))

    def draw(self, ink: Ink) -> None:
        """Icon, words, aside."""
        look, box, point = self.look, QRectF(self.rect()), self._point
        side = look.px(18)
        neutral = point.tone is Tone.NEUTRAL
        colour = look.colour("text_muted") if neutral else look.ink(point.tone)
        ink.icon(point.icon, QRectF(0, (box.height() - side) / 2, side, side), colour)
        small = look.font("small")
        aside = QFontMetricsF(small).horizontalAdvance(point.aside) + 1
        right = QRectF(box.width() - aside, 0, aside, box.height())
        ink.text(right, point.aside, small, look.colour("text_muted"))
        left = side + look.px(8)
        words = QRectF(left, 0, right.left() - left - look.px(8), box.height())
        shade = look.colour("text_muted" if neutral and not point.is_current else "text")
        ink.text(words, point.words, look.font("body-strong" if point.is_current else "body"), shade)
