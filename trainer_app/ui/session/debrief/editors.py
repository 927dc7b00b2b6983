"""Changing one line of what was gathered, in its place; what is typed is saved as it is typed."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.domain.notes import ActionItem, LearningPoint, Note, Verdict
from trainer_app.domain.session_errors import TextTooLong
from trainer_app.domain.typed_texts import LINE_LIMIT, TEXT_LIMIT, clean_text
from trainer_app.domain.typed_times import read_date
from trainer_app.services.noting import ACTION_LIMIT
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.day_words import day_in_figures
from trainer_app.ui.session.debrief.keeping import GatheredKeeping, Saved
from trainer_app.ui.session.debrief.lines import VERDICT_KEYS, GatheredLine
from trainer_app.ui.session.notes.note_entry import SAVED_WITHIN_MS
from trainer_app.ui.session.notes.note_field import WritingLine
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import Button, Kind, Scale
from trainer_app.ui.widgets.fields import Field
from trainer_app.ui.widgets.painted import PaintedWidget
from trainer_app.ui.widgets.segmented_control import SegmentedControl


class _Line(WritingLine):
    """A line of text that tells of Enter and Esc, and when the keyboard leaves it."""

    done = Signal()
    left = Signal()

    def __init__(self, look: Look, text: str) -> None:
        super().__init__(look, text.replace("\n", " "))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc end the change."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.done.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the keyboard has gone."""
        super().focusOutEvent(event)
        self.left.emit()


class RowEditor(PaintedWidget):
    """Base of the three: fields, then what else can be done.

    Signals:
        done: the change has ended; what was typed is saved.
        kept_open: it should end, but what was typed could not be saved.
        deleted: what it shows was deleted.
        resized: it takes more room, or less.
    """

    done = Signal()
    kept_open = Signal()
    deleted = Signal()
    resized = Signal()

    def __init__(self, look: Look, texts: Texts, keeping: GatheredKeeping, line: GatheredLine) -> None:
        super().__init__(look)
        self.line = line
        self._texts, self._keeping = texts, keeping
        self._column = QVBoxLayout(self)
        Spacing(look, self._column, (16, 12, 16, 12), 8)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVED_WITHIN_MS)
        self._timer.timeout.connect(self.save)
        self._fields: list[tuple[Field, _Line]] = []
        self._changed = self._finishing = False
        self._under_way = 0

    def focus(self) -> None:
        """Have the keyboard in the first field."""
        self._fields[0][1].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_error(self, words: str, place: int = 0) -> None:
        """Say what is wrong beside a field, the first one unless another is named."""
        self._fields[place][0].set_error(words)

    def save(self) -> None:
        """Save what stands in the fields."""
        if self._changed and self.is_right():
            self._changed = False
            self._under_way += 1
            self._write(self._on_saved)

    def finish(self) -> bool:
        """Save, and end the change once it is saved; False while something typed cannot be saved."""
        if not self.is_right():
            return False
        self._finishing = True
        self.save()
        self._timer.stop()
        self._end_if_saved()
        return True

    @property
    def is_unsaved(self) -> bool:
        """More was typed than is stored."""
        return self._changed or bool(self._under_way)

    @property
    def text(self) -> str:
        """What stands in the fields."""
        return "\n".join(line.text() for _, line in self._fields if line.text())

    def is_right(self) -> bool:
        """What was typed can be saved; else the field says why not."""
        _, first = self._fields[0]
        if not first.text().strip() and self._needs_text():
            self.show_error(self._texts("debrief.edit.empty"))
            return False
        fits = [self._fits(place, limit) for place, limit in enumerate(self._limits())]
        return all(fits)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Opened, or with an error to tell, it may reach beyond what is seen."""
        super().resizeEvent(event)
        self.resized.emit()

    def draw(self, ink: Ink) -> None:
        """A sunken ground with a hairline below."""
        box = QRectF(self.rect())
        ink.painter.fillRect(box, self.look.colour("surface_sunken"))
        ink.painter.fillRect(QRectF(0, box.height() - 1, box.width(), 1), self.look.colour("outline"))

    # --- for the three -----------------------------------------------------------------------------------

    @abstractmethod
    def _write(self, then: Saved) -> None:
        """Save what stands in the fields, and call ``then``."""

    def _limits(self) -> Sequence[int]:
        """So many characters each field holds."""
        return (TEXT_LIMIT,)

    def _needs_text(self) -> bool:
        return True

    def _add_field(self, key: str, text: str) -> _Line:
        line = _Line(self.look, text)
        field = Field(self.look, self._texts(key), line)
        line.textEdited.connect(self._on_edited)
        line.left.connect(self.save)
        line.done.connect(self.finish)
        self._fields.append((field, line))
        self._column.addWidget(field)
        return line

    def _add_foot(self, *first: Button) -> None:
        delete = Button(self.look, self._texts("debrief.edit.delete"), Kind.QUIET, scale=Scale.ROW)
        done = Button(self.look, self._texts("debrief.edit.done"), scale=Scale.ROW)
        delete.clicked.connect(self._on_delete)
        done.clicked.connect(self.finish)
        row = QHBoxLayout()
        Spacing(self.look, row, gap=8)
        # As Tab goes: what ends the change comes first, what destroys it last and apart.
        for button in (done, *first):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(delete)
        self._column.addLayout(row)

    def _on_edited(self) -> None:
        self._changed = True
        self.show_error("")
        if not self._timer.isActive():
            self._timer.start()

    def _fits(self, place: int, limit: int) -> bool:
        try:
            clean_text(self._fields[place][1].text(), "", limit=limit)
        except TextTooLong as problem:
            self.show_error(self._texts.explain(problem).line(), place)
            return False
        return True

    def _on_saved(self, problem: str) -> None:
        """It is stored; or it is not, and stays open with all that was typed."""
        self._under_way -= 1
        if problem:
            self._changed, self._finishing = True, False
            self.show_error(problem)
            self.kept_open.emit()
        self._end_if_saved()

    def _end_if_saved(self) -> None:
        if self._finishing and not self._under_way:
            self._finishing = False
            self.done.emit()

    def _on_delete(self) -> None:
        self._changed = False
        self._timer.stop()
        self._keeping.delete(self.line.source)
        self.deleted.emit()


class NoteEditor(RowEditor):
    """A raw note."""

    def __init__(
        self, look: Look, texts: Texts, keeping: GatheredKeeping, line: GatheredLine, note: Note
    ) -> None:
        super().__init__(look, texts, keeping, line)
        self._note = note
        self._text = self._add_field("debrief.edit.note", note.text)
        self.promote = Button(look, texts("debrief.edit.promote"), scale=Scale.ROW, icon="lightbulb")
        self.promote.clicked.connect(self._on_promote)
        self._add_foot(self.promote)

    def _needs_text(self) -> bool:
        return False

    def _write(self, then: Saved) -> None:
        self._keeping.retype(self._note, self._text.text(), then)

    def _on_promote(self) -> None:
        if not self._text.text().strip():
            self.show_error(self._texts("debrief.edit.empty"))
            self.focus()
        elif self.finish():
            self._keeping.promote(self._note)


class PointEditor(RowEditor):
    """A learning point: its text, and what the group wants with it."""

    def __init__(
        self, look: Look, texts: Texts, keeping: GatheredKeeping, line: GatheredLine, point: LearningPoint
    ) -> None:
        super().__init__(look, texts, keeping, line)
        self._point = point
        self._text = self._add_field("debrief.edit.point", point.text)
        self._verdicts = list(VERDICT_KEYS)
        words = [texts(key) for key in VERDICT_KEYS.values()]
        name = texts("debrief.edit.verdict")
        self.verdict = SegmentedControl(look, texts, name, words, checked_mark=True, dense=True)
        if point.verdict is not None:
            self.verdict.set_answer(self._verdicts.index(point.verdict))
        self.verdict.chosen.connect(self._on_verdict)
        self._column.addWidget(self.verdict)
        self._add_foot()

    def _write(self, then: Saved) -> None:
        answer = self.verdict.answer()
        verdict: Verdict | None = None if answer is None else self._verdicts[answer]
        self._keeping.rewrite_point(self._point, self._text.text(), verdict, then)

    def _on_verdict(self) -> None:
        self._changed = True
        self.save()


class ActionEditor(RowEditor):
    """An action: what, who, by when."""

    def __init__(
        self,
        look: Look,
        texts: Texts,
        keeping: GatheredKeeping,
        line: GatheredLine,
        action: ActionItem,
        *,
        owner: str,
        today: Callable[[], date],
    ) -> None:
        super().__init__(look, texts, keeping, line)
        self._action, self._today, self._owner_was = action, today, owner
        self._what = self._add_field("debrief.edit.what_field", action.what)
        self.owner = self._add_field("debrief.edit.owner", owner)
        self.due = self._add_field(
            "debrief.edit.due", day_in_figures(action.due, texts) if action.due else ""
        )
        self.due.setPlaceholderText(texts("debrief.edit.due_example", year=today().year))
        self._add_foot()

    def focus(self) -> None:
        """The first field that is still empty; what is to be done is known already."""
        empty = [line for _, line in self._fields if not line.text()]
        (empty or [self._what])[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _limits(self) -> Sequence[int]:
        return ACTION_LIMIT, LINE_LIMIT

    def is_right(self) -> bool:
        """It says what; the day is a day."""
        wrong = bool(self.due.text().strip()) and self._due() is None
        example = self._texts("debrief.edit.due_wrong", year=self._today().year)
        self._fields[2][0].set_error(example if wrong else "")
        return super().is_right() and not wrong

    def _write(self, then: Saved) -> None:
        typed = self.owner.text().strip()
        # The name of a person who was chosen stays that person, as long as nobody writes another, or none.
        owner = None if typed == self._owner_was else typed
        self._keeping.rewrite_action(self._action, self._what.text(), owner, self._due(), then)

    def _due(self) -> date | None:
        return read_date(self.due.text(), self._today(), since=self._today())


def editor_for(
    look: Look,
    texts: Texts,
    keeping: GatheredKeeping,
    line: GatheredLine,
    *,
    owner: str,
    today: Callable[[], date],
    parent: QWidget,
) -> RowEditor:
    """Make the editor of a line."""
    source = line.source
    editor: RowEditor
    if isinstance(source, Note):
        editor = NoteEditor(look, texts, keeping, line, source)
    elif isinstance(source, LearningPoint):
        editor = PointEditor(look, texts, keeping, line, source)
    else:
        editor = ActionEditor(look, texts, keeping, line, source, owner=owner, today=today)
    editor.setParent(parent)
    return editor
