"""Finds somebody on the department's list by name, or else by what they are and where they work."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.domain.people import PersonId
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.closing.shown import PersonToAdd
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import Button
from trainer_app.ui.widgets.clearing import clear
from trainer_app.ui.widgets.fields import Field, LineEdit
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.list_row import ListRow

_MOST_SHOWN = 6


class PersonPicker(QWidget):
    """A field, and below it those who match: by name first, then by profession or unit, which is said.

    Signals:
        picked: this person.
        closed: nobody (any more).
    """

    picked = Signal(object)
    closed = Signal()

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self._look, self._texts = look, texts
        self._people: tuple[PersonToAdd, ...] = ()
        self.line = LineEdit(look)
        self.line.setPlaceholderText(texts("closing.pick_example"))
        self._field = Field(look, texts("closing.pick"), self.line)
        self.pick = Button(look, texts("closing.pick_add"))
        self.cancel = Button(look, texts("closing.cancel"))
        self.matches: list[ListRow] = []
        self.by_work = Label(look, texts("closing.pick_by_work"), "small", "text_muted")
        self._rows = QVBoxLayout()
        Spacing(look, self._rows, gap=0)
        self._lay_out(look)
        self.by_work.setParent(self)
        self.by_work.hide()
        self.line.returnPressed.connect(self._on_pick)
        self.line.textEdited.connect(self._show_matches)
        self.pick.clicked.connect(self._on_pick)
        self.cancel.clicked.connect(self.close_picker)

    def open(self, people: Sequence[PersonToAdd]) -> None:
        """Offer these people."""
        self._people = tuple(people)
        self.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_picker(self) -> bool:
        """Add nobody (more); False when it was not open."""
        if self.isHidden():
            return False
        self.line.clear()
        self._show_matches()
        self.hide()
        self.closed.emit()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from the field through those who match."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        stops: list[QWidget] = [self.line, *self.matches]
        here = self.focusWidget()
        if step is None or here not in stops:
            super().keyPressEvent(event)
            return
        place = min(max(stops.index(here) + step, 0), len(stops) - 1)
        stops[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _lay_out(self, look: Look) -> None:
        row = QHBoxLayout()
        Spacing(look, row, gap=8)
        row.addWidget(self._field, 1)
        for button in (self.cancel, self.pick):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        Spacing(look, column, (16, 10, 16, 8), 6)
        column.addLayout(row)
        column.addLayout(self._rows)

    def _found(self) -> tuple[list[PersonToAdd], list[PersonToAdd]]:
        """Who has this name, and whose profession or unit is called so."""
        typed = self.line.text().strip().casefold()
        found = [person for person in self._people if typed and typed in person.words.casefold()]
        named = [person for person in found if typed in person.name.casefold()]
        return named, [person for person in found if person not in named]

    def _show_matches(self) -> None:
        self._field.set_error("")
        self._rows.removeWidget(self.by_work)
        clear(self._rows)
        self.matches = []
        named, others = self._found()
        for person in named[:_MOST_SHOWN]:
            self._show_match(person)
        others = others[: max(0, _MOST_SHOWN - len(named))]
        self.by_work.setVisible(bool(others))
        self._rows.addWidget(self.by_work)
        for person in others:
            self._show_match(person)

    def _show_match(self, person: PersonToAdd) -> None:
        row = ListRow(self._look, person.words, caret=False, parent=self)
        row.clicked.connect(partial(self._take, person.person_id))
        self._rows.addWidget(row)
        row.show()
        self.matches.append(row)

    def _on_pick(self) -> None:
        named, others = self._found()
        found = named or others
        if len(found) == 1:
            self._take(found[0].person_id)
            return
        self._field.set_error(self._texts("closing.pick_many" if found else "closing.pick_none"))
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, person_id: PersonId) -> None:
        self.close_picker()
        self.picked.emit(person_id)
