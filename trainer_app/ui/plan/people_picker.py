"""Who takes part, by name: type-ahead over the department's list, and a row for each who was chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.domain.people import Profession
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.plan.panel_words import Option
from trainer_app.ui.plan.parts import Add, EnterRow, OptionsBeside
from trainer_app.ui.theme.dressed import Dressed
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import Button, Kind, Scale
from trainer_app.ui.widgets.clearing import clear
from trainer_app.ui.widgets.fields import Field, LineEdit
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.list_row import ListRow

_MOST_SHOWN = 6
"""Of those who match."""


def profession_options(texts: Texts, check: Callable[[str], str]) -> OptionsBeside:
    """All professions, and none to begin with: a wrong one would count in the reports."""
    return OptionsBeside(
        label=texts("plan.people.profession"),
        options=[Option(one, texts(f"person.profession.{one.value}")) for one in Profession],
        hint=texts("person.profession_choose"),
        missing=texts("person.profession_missing.what"),
        check=check,
    )


class PeoplePicker(QWidget):
    """Finds people of the list, enters new ones.

    Signals:
        chosen: somebody of the list.
        removed: somebody who was chosen.
    """

    chosen = Signal(object)
    removed = Signal(object)

    def __init__(self, look: Look, texts: Texts, add: Add, check: Callable[[str], str]) -> None:
        """Make it; ``add`` enters somebody new, ``check`` tells what is wrong with a name."""
        super().__init__()
        self._look, self._texts = look, texts
        self._options: tuple[Option, ...] = ()
        self._named: tuple[Option, ...] = ()
        self._popup: QAbstractItemView | None = None
        self.line = LineEdit(look)
        self.line.setPlaceholderText(texts("plan.people.hint"))
        self.line.returnPressed.connect(self._on_return)
        self.field = Field(look, texts("plan.people"), self.line)
        self._model = QStringListModel(self)
        self.line.setCompleter(self._completer())
        self._rows = QVBoxLayout()
        self.new = EnterRow(
            look,
            texts("plan.people.new_name"),
            add,
            (texts("plan.people.add_new"), texts("plan.never_mind")),
            options=profession_options(texts, check),
        )
        self._matches = QVBoxLayout()
        self.matches: list[ListRow] = []
        self.line.textEdited.connect(lambda _: self._show_matches([]))
        column = QVBoxLayout(self)
        Spacing(look, column, gap=4)
        for rows in (self._rows, self._matches):
            Spacing(look, rows, gap=0)
        column.addWidget(self.field)
        column.addLayout(self._matches)
        column.addWidget(self.new)
        column.addLayout(self._rows)

    def show_people(self, options: Sequence[Option], named: Sequence[Option]) -> None:
        """Offer these, and show who was chosen."""
        if tuple(options) != self._options:
            self._options = tuple(options)
            self._model.setStringList([option.words for option in options])
        if tuple(named) != self._named:
            self._named = tuple(named)
            self._lay_out()

    def _completer(self) -> QCompleter:
        completer = QCompleter(self._model, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        popup = completer.popup()
        assert popup is not None
        popup.setAccessibleName(self._texts("plan.people"))
        popup.setProperty("role", "popup")  # a window of its own: without a ground it would be black
        Dressed(self._look, popup)
        self._popup = popup
        # What is chosen in the list is written into the line first, by Qt; it is taken out again afterwards.
        completer.activated.connect(self._on_completed, Qt.ConnectionType.QueuedConnection)
        return completer

    def _on_completed(self, words: str) -> None:
        self.line.setText(words)
        self._on_enter()

    def _on_return(self) -> None:
        # With a proposal chosen in the list, Qt tells of Enter twice: here, and as the list's choice.
        if self._popup is None or not (self._popup.isVisible() and self._popup.currentIndex().isValid()):
            self._on_enter()

    def _on_enter(self) -> None:
        typed = " ".join(self.line.text().split())
        if not typed:
            self.line.clear()
            return
        found = self._found(typed)
        if len(found) > 1:
            self._show_matches(found, typed)
            return
        self.put_away_search()
        if found:
            self.chosen.emit(found[0].value)
        elif typed.casefold() not in {one.words.casefold() for one in self._named}:
            self.new.open(typed)

    def _found(self, typed: str) -> list[Option]:
        """Who has this name, or else all whose names hold what was typed."""
        wanted = typed.casefold()
        exact = [one for one in self._options if one.words.casefold() == wanted]
        return exact[:1] or [one for one in self._options if wanted in one.words.casefold()]

    def put_away_search(self) -> None:
        """Empty the line, and what was found by it."""
        self.line.clear()
        self._show_matches([])

    def _show_matches(self, found: Sequence[Option], typed: str = "") -> None:
        """Below the line all who were found, and the way to enter somebody new of this name."""
        if any(row.hasFocus() for row in self.matches):
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        clear(self._matches)
        self.matches = [self._match(one.words, partial(self._on_match, one)) for one in found[:_MOST_SHOWN]]
        if found:
            new = self._texts("plan.people.as_new", name=typed)
            self.matches.append(self._match(new, partial(self._on_new, typed)))
        self.field.set_error(self._texts("plan.people.several") if found else "")

    def _match(self, words: str, take: Callable[[], None]) -> ListRow:
        row = ListRow(self._look, words, caret=False)
        row.clicked.connect(take)
        self._matches.addWidget(row)
        row.show()  # now, not when the layout gets to it: it may be given the keyboard at once
        return row

    def _on_match(self, person: Option) -> None:
        self.put_away_search()
        self.chosen.emit(person.value)

    def _on_new(self, name: str) -> None:
        self.put_away_search()
        self.new.open(name)

    def _lay_out(self) -> None:
        clear(self._rows)
        for person in self._named:
            self._rows.addWidget(self._row(person))

    def _row(self, person: Option) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        Spacing(self._look, line, (10, 0, 0, 0), 4)
        line.addWidget(Label(self._look, person.words, "body", wrap=True), 1)
        away = Button(
            self._look,
            "",
            Kind.QUIET,
            scale=Scale.ROW,
            icon="x",
            name=self._texts("plan.people.remove", name=person.words),
        )
        away.setToolTip(away.accessibleName())
        away.clicked.connect(lambda: self._on_removed(person))
        line.addWidget(away)
        return row

    def _on_removed(self, person: Option) -> None:
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.removed.emit(person.value)
