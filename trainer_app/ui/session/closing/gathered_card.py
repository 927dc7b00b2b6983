"""What the group has learnt and agreed, as the protocol will have it; each line can still be changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.domain.notes import ActionItem
from trainer_app.domain.sessions import SessionId
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.debrief.editors import RowEditor, editor_for
from trainer_app.ui.session.debrief.gathered_section import GatheredSection
from trainer_app.ui.session.debrief.keeping import GatheredKeeping
from trainer_app.ui.session.debrief.lines import GatheredLine
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.button import Button, Kind, Scale
from trainer_app.ui.widgets.card import Card
from trainer_app.ui.widgets.fields import Field, LineEdit

_CHANGED_BY = "pencil-simple"


class GatheredCard(Card):
    """Learning points, and actions with who and when.

    Signals:
        action_wanted: an action is to be added; what it is.
        resized: what is being written takes more room, or less.
    """

    action_wanted = Signal(str)
    resized = Signal()

    def __init__(
        self,
        look: Look,
        texts: Texts,
        keeping: GatheredKeeping,
        *,
        owner_of: Callable[[ActionItem], str],
        today: Callable[[], date],
    ) -> None:
        super().__init__(look, padding=0)
        self._texts, self._keeping, self._owner_of, self._today = texts, keeping, owner_of, today
        self.setAccessibleName(texts("closing.gathered"))
        self.new = Button(look, texts("debrief.new_action"), Kind.QUIET, scale=Scale.ROW, icon="plus")
        self.entry = NewAction(look, texts)
        self.points = self._section("points", None)
        self.action_items = self._section("actions", self.new)
        Spacing(look, self.body, (1, 4, 1, 6), 0)
        for part in (self.points, self.action_items, self.entry):
            self.body.addWidget(part)
        self.new.clicked.connect(self.entry.open)
        self.entry.wanted.connect(self.action_wanted)
        self.entry.resized.connect(self.resized)
        self.entry.closed.connect(lambda: self.new.setFocus(Qt.FocusReason.OtherFocusReason))

    def show_gathered(
        self, points: Sequence[GatheredLine], actions: Sequence[GatheredLine], *, is_open: bool
    ) -> None:
        """Show these; a closed record is only read."""
        for section, lines in ((self.points, points), (self.action_items, actions)):
            section.allow_changes(allowed=is_open)
            section.show_lines(lines)
        self.new.setVisible(is_open)
        if not is_open:
            self.entry.put_away()

    def open_action(self, action_id: UUID) -> None:
        """Ask who does it by when."""
        if self.entry.is_saving:
            self.entry.put_away()
        self.action_items.open(action_id)

    def editor(self) -> RowEditor | None:
        """The line that is being changed."""
        return self.points.editor or self.action_items.editor

    def written_in(self) -> QWidget | None:
        """What is being written in."""
        return self.entry if self.entry.line.hasFocus() else self.editor()

    def close_editors(self) -> bool:
        """End all changes; False while something typed cannot be saved."""
        closed = [section.close_editor() for section in (self.points, self.action_items)]
        return all(closed)

    def unsaved(self) -> Sequence[str]:
        """What was typed and is not stored."""
        return [*self.points.unsaved(), *self.action_items.unsaved(), *self.entry.unsaved()]

    def _section(self, name: str, aside: QWidget | None) -> GatheredSection:
        heading, empty = self._texts(f"debrief.{name}.heading"), self._texts(f"closing.{name}.none")
        section = GatheredSection(
            self.look,
            heading,
            empty,
            self._make_editor,
            aside=aside,
            mark=_CHANGED_BY,
            ends_card=name == "actions",
        )
        section.opened.connect(self._on_opened)
        section.resized.connect(self.resized)
        return section

    def _make_editor(self, line: GatheredLine, parent: QWidget) -> RowEditor:
        owner = self._owner_of(line.source) if isinstance(line.source, ActionItem) else ""
        return editor_for(
            self.look, self._texts, self._keeping, line, owner=owner, today=self._today, parent=parent
        )

    def _on_opened(self) -> None:
        """One line at a time."""
        other = self.points if self.sender() is self.action_items else self.action_items
        other.close_editor()


class NewAction(QWidget):
    """A field for what is to be done; who and when are asked next.

    It stays until what was typed is saved: what cannot be saved now is still there to be tried again.

    Attributes:
        is_saving: What was typed is on its way to the database; nobody can change it meanwhile.

    Signals:
        wanted: what stands in the field.
        closed: nothing more.
        resized: it takes more room, or less.
    """

    wanted = Signal(str)
    closed = Signal()
    resized = Signal()

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._session_id: SessionId | None = None
        self._aside: dict[SessionId, str] = {}
        self.is_saving = False
        self.line = LineEdit(look)
        self._field = Field(look, texts("debrief.edit.what_field"), self.line)
        self.add = Button(look, texts("closing.pick_add"))
        self.cancel = Button(look, texts("closing.cancel"))
        row = QHBoxLayout()
        Spacing(look, row, gap=8)
        row.addWidget(self._field, 1)
        for button in (self.cancel, self.add):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        Spacing(look, column, (16, 8, 16, 8))
        column.addLayout(row)
        self.line.returnPressed.connect(self._on_add)
        self.add.clicked.connect(self._on_add)
        self.cancel.clicked.connect(self.close_entry)
        self.hide()

    def show_session(self, session_id: SessionId) -> None:
        """What is typed belongs to this session; what was typed for another waits until that is back."""
        if session_id == self._session_id:
            return
        if self._session_id is not None and self._typed and not self.is_saving:
            self._aside[self._session_id] = self._typed
        self.put_away()
        self._session_id = session_id
        if session_id in self._aside:
            self.line.setText(self._aside.pop(session_id))
            self.show()

    def holds_back(self) -> bool:
        """Whether something typed is no action yet; the field says so, and has the keyboard."""
        if not self._typed:
            return False
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.is_saving:
            self._field.set_error(self._texts("closing.action_typed"))
        return True

    def unsaved(self) -> Sequence[str]:
        """What was typed and is not stored."""
        return [*self._aside.values(), *([self._typed] if self._typed else [])]

    def open(self) -> None:
        """Ask."""
        self.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_error(self, words: str) -> None:
        """Say what is wrong with what was typed."""
        self._set_saving(saving=False)
        self._field.set_error(words)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_away(self) -> None:
        """What was typed is an action now, or not wanted."""
        self._set_saving(saving=False)
        self.line.clear()
        self._field.set_error("")
        self.hide()

    def close_entry(self) -> bool:
        """Add nothing (more); False when it was not open."""
        if self.isHidden():
            return False
        if not self.is_saving:
            self.put_away()
            self.closed.emit()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Opened, or with an error to tell, it may reach beyond what is seen."""
        super().resizeEvent(event)
        self.resized.emit()

    @property
    def _typed(self) -> str:
        return "" if self.isHidden() else self.line.text().strip()

    def _set_saving(self, *, saving: bool) -> None:
        self.is_saving = saving
        self.line.setReadOnly(saving)

    def _on_add(self) -> None:
        if not self.is_saving:
            self._set_saving(saving=True)
            self.wanted.emit(self.line.text())
