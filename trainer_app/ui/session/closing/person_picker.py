"""Finds somebody on the department's list by name, or else by what they are and where they work.

Whoever is on no list is entered here as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.domain.people import PersonId
from trainer_app.domain.session_errors import TextMissing, TextTooLong
from trainer_app.domain.sessions import SessionId
from trainer_app.domain.typed_texts import clean_line
from trainer_app.services.organising import NAME_LIMIT
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.closing.newcomer_form import FormContent, NewcomerForm
from trainer_app.ui.session.closing.shown import PersonToAdd
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import Button
from trainer_app.ui.widgets.clearing import clear
from trainer_app.ui.widgets.fields import Field, LineEdit
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.list_row import ListRow

_MOST_SHOWN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class _Typed:
    """What stands in the fields; ``form``: where somebody new is being entered."""

    name: str
    form: FormContent | None

    def words(self) -> str:
        """For people."""
        return self.name.strip() if self.form is None else self.form.words()


class PersonPicker(QWidget):
    """A field, and below it those who match: by name first, then by profession or unit, which is said.

    Signals:
        picked: this person.
        newcomer_typed: somebody who is on no list.
        closed: nobody (any more); the keyboard is to go elsewhere, before this is hidden.
        grown: it has more to show.
    """

    picked = Signal(object)
    newcomer_typed = Signal(object)
    closed = Signal()
    grown = Signal()

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self._look, self._texts = look, texts
        self._people: tuple[PersonToAdd, ...] = ()
        self.line = LineEdit(look)
        self.line.setPlaceholderText(texts("closing.pick_example"))
        self._field = Field(look, texts("closing.pick"), self.line)
        self.pick = Button(look, texts("closing.pick_add"))
        self.cancel = Button(look, texts("closing.cancel"))
        self.form = NewcomerForm(look, texts)
        self.matches: list[ListRow] = []
        self.new: ListRow | None = None
        self._session_id: SessionId | None = None
        self._aside: dict[SessionId, _Typed] = {}
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
        self.form.wanted.connect(self.newcomer_typed)
        self.form.cancelled.connect(self.close_picker)

    def open(self, people: Sequence[PersonToAdd]) -> None:
        """Offer these people."""
        self._people = tuple(people)
        self.show()
        if self._session_id is not None and self._session_id in self._aside:
            self._restore(self._aside.pop(self._session_id))
        if self.form.isHidden():
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.grown.emit()

    def close_picker(self) -> bool:
        """Add nobody (more); False when it was not open. Who is being stored is waited for."""
        if self.isHidden():
            return False
        if not self.form.is_saving:
            self.be_done()
        return True

    def be_done(self) -> None:
        """Whoever was asked for is on the list, or not wanted."""
        self.closed.emit()  # first: where Qt took the keyboard from what is hidden, it would scroll the page
        self._put_away()

    def show_session(self, session_id: SessionId) -> None:
        """What is typed belongs to this session; what was typed for another waits until that is back."""
        if session_id == self._session_id:
            return
        if self._session_id is not None and self._typed() and not self.form.is_saving:
            self._aside[self._session_id] = _Typed(name=self.line.text(), form=self.form.content())
        self._put_away()
        self._session_id = session_id

    def has_aside(self) -> bool:
        """Something was typed for this session before another was looked at."""
        return self._session_id in self._aside

    def holds_back(self) -> bool:
        """Whether somebody who is typed is not on the list yet; the field says so, and has the keyboard."""
        if not self._typed():
            return False
        words = self._texts("closing.pick_open")
        if self.form.isHidden():
            self._field.set_error(words)
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.form.is_saving:
            self.form.show_error("person", words)
        return True

    def unsaved(self) -> Sequence[str]:
        """Who was typed and is not on the list."""
        typed = [self._typed(), *(one.words() for one in self._aside.values())]
        return [words for words in typed if words]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from the field through those who match."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        stops: list[QWidget] = [self.line, *self.matches, *([] if self.new is None else [self.new])]
        here = self.focusWidget()
        if step is None or here not in stops:
            super().keyPressEvent(event)
            return
        place = min(max(stops.index(here) + step, 0), len(stops) - 1)
        stops[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _typed(self) -> str:
        if self.isHidden():
            return ""
        content = self.form.content()
        return self.line.text().strip() if content is None else content.words()

    def _put_away(self) -> None:
        self.line.clear()
        self._show_matches()
        self.form.put_away()
        self._search.show()
        self.hide()

    def _restore(self, typed: _Typed) -> None:
        self.line.setText(typed.name)
        self._show_matches()
        if typed.form is not None:
            self._search.hide()
            self.form.restore(typed.form)

    def _lay_out(self, look: Look) -> None:
        row = QHBoxLayout()
        Spacing(look, row, gap=8)
        row.addWidget(self._field, 1)
        for button in (self.cancel, self.pick):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        self._search = QWidget()
        search = QVBoxLayout(self._search)
        Spacing(look, search, gap=6)
        search.addLayout(row)
        search.addLayout(self._rows)
        column = QVBoxLayout(self)
        Spacing(look, column, (16, 10, 16, 8), 6)
        column.addWidget(self._search)
        column.addWidget(self.form)

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
        self.matches, self.new = [], None
        named, others = self._found()
        for person in named[:_MOST_SHOWN]:
            self._show_match(person)
        others = others[: max(0, _MOST_SHOWN - len(named))]
        self.by_work.setVisible(bool(others))
        self._rows.addWidget(self.by_work)
        for person in others:
            self._show_match(person)
        if self._may_be_new(named):
            self._show_new()

    def _may_be_new(self, named: Sequence[PersonToAdd]) -> bool:
        """A whole name that nobody has; or anything that is in no name."""
        words = self.line.text().split()
        is_known = any(person.name.casefold() == self._name().casefold() for person in named)
        return bool(words) and not is_known and (len(words) > 1 or not named) and not self._wrong()

    def _show_new(self) -> None:
        words = self._texts("closing.pick_new", name=self._name())
        self.new = ListRow(self._look, words, caret=False, parent=self)
        self.new.clicked.connect(self._on_new)
        self._rows.addWidget(self.new)
        self.new.show()

    def _name(self) -> str:
        return " ".join(self.line.text().split())

    def _wrong(self) -> str:
        """What is wrong with the name that is typed."""
        try:
            clean_line(self.line.text(), "person", limit=NAME_LIMIT)
        except (TextMissing, TextTooLong) as problem:
            return self._texts.explain(problem).line()
        return ""

    def _show_match(self, person: PersonToAdd) -> None:
        row = ListRow(self._look, person.words, caret=False, parent=self)
        row.clicked.connect(partial(self._take, person.person_id))
        self._rows.addWidget(row)
        row.show()
        self.matches.append(row)

    def _on_pick(self) -> None:
        named, others = self._found()
        exact = [person for person in named if person.name.casefold() == self._name().casefold()]
        found = exact or named or others
        if len(found) == 1:
            self._take(found[0].person_id)
            return
        wrong = self._texts("closing.pick_many") if found else self._wrong()
        if not wrong:
            self._on_new()
            return
        self._field.set_error(wrong)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_new(self) -> None:
        self.form.open(self._name())
        self._search.hide()
        self.grown.emit()

    def _take(self, person_id: PersonId) -> None:
        self.close_picker()
        self.picked.emit(person_id)
