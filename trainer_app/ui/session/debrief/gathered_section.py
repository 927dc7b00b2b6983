"""A part of the column: its heading, how many, and the lines; one of them may be open for changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.ui.session.debrief.editors import RowEditor
from trainer_app.ui.session.debrief.gathered_row import GatheredRow
from trainer_app.ui.session.debrief.lines import GatheredLine
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.label import Label

MakeEditor = Callable[[GatheredLine, QWidget], RowEditor]


class GatheredSection(QWidget):
    """Lines of one kind. What has the keyboard is never made anew.

    Signals:
        opened: a line is being changed.
        resized: what is being changed takes more room, or less.
    """

    opened = Signal()
    resized = Signal()

    def __init__(
        self,
        look: Look,
        heading: str,
        empty: str,
        make_editor: MakeEditor,
        *,
        aside: QWidget | None = None,
        mark: str = "",
        ends_card: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Make an empty section.

        Args:
            look: Theme in use.
            heading: What is gathered here.
            empty: Said while nothing is.
            make_editor: Makes the editor of a line.
            aside: Right of the heading instead of the number.
            mark: Icon at the end of a line, saying that it can be changed.
            ends_card: Nothing comes below it in its card.
            parent: Qt's.
        """
        super().__init__(parent)
        self.setAccessibleName(heading)
        self._look, self._make_editor, self._mark = look, make_editor, mark
        self._can_change, self._ends_card = True, ends_card
        self.rows: dict[UUID, GatheredRow] = {}
        self.editor: RowEditor | None = None
        self._next: UUID | None = None
        self._count = Label(look, "0", "small", "text_muted", tabular=True, parent=self)
        self._count.setVisible(aside is None)
        self._column = QVBoxLayout(self)
        Spacing(look, self._column, gap=0)
        head = QHBoxLayout()
        # The words of a quiet button end where other lines do; its own padding lies beyond.
        Spacing(look, head, (16, 10, 16 if aside is None else 4, 6), 8)
        head.addWidget(Label(look, heading, "subheading"))
        head.addStretch(1)
        head.addWidget(aside or self._count)
        self._column.addLayout(head)
        self._empty = QWidget()
        inside = QVBoxLayout(self._empty)
        Spacing(look, inside, (16, 0, 16, 10))
        inside.addWidget(Label(look, empty, "small", "text_muted", wrap=True))
        self._column.addWidget(self._empty)

    def show_lines(self, lines: Sequence[GatheredLine]) -> None:
        """Show these lines; rows that stay are kept."""
        wanted = {line.id: line for line in lines}
        for gone in [each for each in self.rows if each not in wanted]:
            self._take_away(gone)
        for place, line in enumerate(lines, start=2):
            if line.id not in self.rows:
                self._add(line, place)
            else:
                self.rows[line.id].show_line(line)
            self.rows[line.id].setEnabled(self._can_change)
            self.rows[line.id].set_last(last=self._ends_card and line is lines[-1])
        self._count.setText(str(len(lines)))
        self._empty.setVisible(not lines)

    def allow_changes(self, *, allowed: bool) -> None:
        """Let lines be opened, or only be read; before they are shown."""
        self._can_change = allowed

    def open(self, line_id: UUID) -> None:
        """Open a line for changes; the one that is open ends first."""
        if self.editor is not None:
            self._next = line_id
            if not self.editor.finish():
                self._next = None
            return
        if line_id not in self.rows:
            return
        row = self.rows[line_id]
        self.editor = self._make_editor(row.line, self)
        self.editor.done.connect(self._on_done)
        self.editor.kept_open.connect(self._on_kept_open)
        self.editor.deleted.connect(self._on_deleted)
        self.editor.resized.connect(self.resized)
        self._column.insertWidget(self._column.indexOf(row), self.editor)
        row.hide()
        self.editor.show()
        self.opened.emit()
        self.editor.focus()

    def close_editor(self) -> bool:
        """End the change; False while something typed cannot be saved."""
        return self.editor is None or self.editor.finish()

    def unsaved(self) -> Sequence[str]:
        """What was typed and is not stored."""
        return [self.editor.text] if self.editor is not None and self.editor.is_unsaved else []

    # --- inside ------------------------------------------------------------------------------------------

    def _add(self, line: GatheredLine, place: int) -> None:
        row = self.rows[line.id] = GatheredRow(self._look, line, self, mark=self._mark)
        row.clicked.connect(lambda: self.open(line.id))
        # An open editor stands just before its hidden row.
        after = self._column.indexOf(self.editor) if self.editor is not None else -1
        self._column.insertWidget(place + (0 <= after < place), row)

    def _take_away(self, line_id: UUID) -> None:
        row = self.rows.pop(line_id)
        if self.editor is not None and self.editor.line.id == line_id:
            self._put_away_editor()
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _put_away_editor(self) -> None:
        if self._has_keyboard():
            self._beside_editor().setFocus(Qt.FocusReason.OtherFocusReason)
        editor, self.editor = self.editor, None
        if editor is not None:
            self._column.removeWidget(editor)
            editor.hide()
            editor.deleteLater()

    def _on_done(self) -> None:
        if self.editor is None:
            return
        line_id, had_keyboard = self.editor.line.id, self._has_keyboard()
        row = self.rows.get(line_id)
        if row is not None:
            row.show()
            if had_keyboard:
                row.setFocus(Qt.FocusReason.OtherFocusReason)
        self._put_away_editor()
        following, self._next = self._next, None
        if following is not None:
            self.open(following)

    def _on_kept_open(self) -> None:
        self._next = None

    def _on_deleted(self) -> None:
        self._put_away_editor()

    def _beside_editor(self) -> QWidget:
        """The line that follows the open one, else the last one before it, else the section itself."""
        assert self.editor is not None
        at = self._column.indexOf(self.editor)
        rows = [(self._column.indexOf(row), row) for row in self.rows.values() if not row.isHidden()]
        rows.sort(key=lambda each: each[0])
        before, after = [row for place, row in rows if place < at], [row for place, row in rows if place > at]
        return next(iter(after or before[-1:]), self)

    def _has_keyboard(self) -> bool:
        focus = QApplication.focusWidget()
        return self.editor is not None and focus is not None and self.editor.isAncestorOf(focus)
