"""The attendance: everybody who was invited or came, and what is still missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from trainer_app.domain.people import PersonId
from trainer_app.looks.tokens import Tone
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.closing.attendance_row import AttendanceRow
from trainer_app.ui.session.closing.person_picker import PersonPicker
from trainer_app.ui.session.closing.shown import AttendanceLine, PersonToAdd
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import Button, Scale
from trainer_app.ui.widgets.card import Card
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.painted import PaintedWidget


class AttendanceCard(Card):
    """A row a person.

    Signals:
        status_chosen: of a person, the place of the answer.
        mode_chosen: of a person, the place of the answer.
        minutes_typed: of a person, what was typed.
        rest_confirmed: everybody came of whom nothing is said.
        people_wanted: somebody is to be added.
        added: this person came.
        newcomer_typed: somebody came who is on no list.
    """

    status_chosen = Signal(object, int)
    mode_chosen = Signal(object, int)
    minutes_typed = Signal(object, str)
    rest_confirmed = Signal()
    people_wanted = Signal()
    added = Signal(object)
    newcomer_typed = Signal(object)

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__(look, padding=0)
        self._texts = texts
        self.rows: dict[PersonId, AttendanceRow] = {}
        self._missing = _Missing(look)
        self.all_came = Button(look, texts("closing.all_attended"), scale=Scale.ROW, icon="check")
        self.add = Button(look, texts("closing.add"), scale=Scale.ROW, icon="plus")
        self._head = _ColumnHeads(look, texts, self._places)
        self._rows = QVBoxLayout()
        Spacing(look, self._rows, gap=0)
        self.picker = PersonPicker(look, texts)
        self.picker.hide()
        self.all_came.clicked.connect(self.rest_confirmed)
        self.add.clicked.connect(self.people_wanted)
        self.picker.picked.connect(self.added)
        self.picker.newcomer_typed.connect(self.newcomer_typed)
        self.picker.closed.connect(self._on_picker_closed)
        self._lay_out(look)

    def show_people(self, lines: Sequence[AttendanceLine], missing: str, *, is_open: bool) -> None:
        """Show the attendance; rows that stay are kept."""
        wanted = {line.person_id for line in lines}
        for gone in [each for each in self.rows if each not in wanted]:
            row = self.rows.pop(gone)
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, line in enumerate(lines):
            if line.person_id not in self.rows:
                self._insert(line, place)
            self.rows[line.person_id].show_line(line, is_open=is_open)
        self._missing.show_words(missing if is_open else "")
        self._gap.setVisible(not missing or not is_open)
        # Where nobody is waited for, or nobody has a name, there is nothing for it to do.
        self.all_came.setVisible(is_open and any(line.is_missing for line in lines))
        self.add.setVisible(is_open)
        self._head.setVisible(bool(lines))
        self._head.update()
        if not is_open:
            self.picker.close_picker()
        elif self.picker.has_aside():
            self.people_wanted.emit()

    def show_people_to_add(self, people: Sequence[PersonToAdd]) -> None:
        """Offer those who are not on the list."""
        self.picker.open(people)

    def show_minutes_error(self, person_id: PersonId, words: str) -> None:
        """Say what is wrong with somebody's minutes."""
        if person_id in self.rows:
            self.rows[person_id].show_error(words)

    def first_missing(self) -> AttendanceRow | None:
        """The first row without an answer."""
        return next((row for row in self._in_order() if row.line.is_missing), None)

    def wrong_row(self) -> AttendanceRow | None:
        """The first row in which something was typed that cannot be saved."""
        return next((row for row in self._in_order() if row.has_error), None)

    def adds_first(self) -> bool:
        """A group without names: adding those who came is the first thing to do."""
        return not self.rows and self.add.isVisibleTo(self)

    def save(self) -> None:
        """Save what was typed."""
        for row in self.rows.values():
            row.minutes.save()

    # --- inside ------------------------------------------------------------------------------------------

    def _lay_out(self, look: Look) -> None:
        head = QHBoxLayout()
        Spacing(look, head, (16, 12, 16, 4), 12)
        head.addWidget(Label(look, self._texts("closing.attendance"), "subheading"))
        head.addWidget(self._missing, 1)
        self._gap = QWidget()
        head.addWidget(self._gap, 1)
        head.addWidget(self.all_came)
        head.addWidget(self.add)
        Spacing(look, self.body, (1, 1, 1, 6), 0)
        self.body.addLayout(head)
        self.body.addWidget(self._head)
        self.body.addLayout(self._rows)
        self.body.addWidget(self.picker)

    def _insert(self, line: AttendanceLine, place: int) -> None:
        row = self.rows[line.person_id] = AttendanceRow(self.look, self._texts, line, self)
        person = line.person_id
        row.status_chosen.connect(lambda answer: self.status_chosen.emit(person, answer))
        row.mode_chosen.connect(lambda answer: self.mode_chosen.emit(person, answer))
        row.minutes_typed.connect(lambda text: self.minutes_typed.emit(person, text))
        row.step_wanted.connect(lambda by: self._step(row, by))
        self._rows.insertWidget(place, row)
        row.show()  # now, so that it can have the keyboard at once
        before = self._in_order()[place - 1] if place else self.add
        QWidget.setTabOrder(before, row)
        QWidget.setTabOrder(row, row.minutes)

    def _in_order(self) -> list[AttendanceRow]:
        return sorted(self.rows.values(), key=self._rows.indexOf)

    def _step(self, row: AttendanceRow, by: int) -> None:
        rows = self._in_order()
        place = rows.index(row) + by
        if 0 <= place < len(rows):
            rows[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _places(self) -> list[int]:
        """Where the columns of the rows begin; none while a row is folded."""
        row = next(iter(self._in_order()), None)
        if row is None or row.is_narrow_at(row.width()):
            return []
        return [
            self.look.px(16),
            row.answers_left(),
            row.how.x(),
        ]

    def _on_picker_closed(self) -> None:
        if self.add.isVisibleTo(self):
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)


class _Missing(PaintedWidget):
    """Who is missing, with a sign."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        row = QHBoxLayout(self)
        Spacing(look, row, (22, 0, 0, 0))
        self._label = Label(look, "", "body", "attention_ink", wrap=True)
        row.addWidget(self._label)
        self.hide()

    def show_words(self, words: str) -> None:
        """Show them; without any there is nothing."""
        self._label.setText(words)
        self.setVisible(bool(words))

    def draw(self, ink: Ink) -> None:
        side = self.look.px(17)
        ink.icon("warning", QRectF(0, (self.height() - side) / 2, side, side), self.look.ink(Tone.ATTENTION))


class _ColumnHeads(PaintedWidget):
    """The heads of the columns, above wherever these stand."""

    def __init__(self, look: Look, texts: Texts, places: Callable[[], list[int]]) -> None:
        super().__init__(look)
        self._places = places
        keys = ("closing.column.person", "closing.column.status", "closing.column.mode")
        self._words = [texts(key) for key in keys]
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(200), self.look.px(28))

    def draw(self, ink: Ink) -> None:
        font, colour = self.look.font("small", weight=600), self.look.colour("text_muted")
        places = self._places()
        ends = [*places[1:], self.width()]
        for words, left, right in zip(self._words, places, ends, strict=False):
            ink.text(QRectF(left, 0, right - left, self.height()), words, font, colour)
