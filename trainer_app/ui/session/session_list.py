"""The sessions that can be prepared, run or closed; what is shown while none is open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.presenter import Section, SessionRow
from trainer_app.ui.theme.dressed import Dressed
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.badge import session_badge
from trainer_app.ui.widgets.card import Card
from trainer_app.ui.widgets.empty_state import EmptyState
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.list_row import ListRow


class SessionList(QWidget):
    """Sessions under headings; or the empty state.

    Signals:
        chosen: this session (its id) is to be opened.
        new_wanted: a session is to be booked.
    """

    chosen = Signal(object)
    new_wanted = Signal()

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        Dressed(look, self)
        self._look, self._texts = look, texts
        self._shown: tuple[Section, ...] | None = None
        self._rows: dict[object, ListRow] = {}
        self._empty: EmptyState | None = None
        self._lay_out()

    def show_sections(self, sections: Sequence[Section]) -> None:
        """Show these; the same as before touches nothing."""
        if self._shown == tuple(sections):
            return
        focused = next((key for key, row in self._rows.items() if row.hasFocus()), None)
        self._shown = tuple(sections)
        self._fill()
        if focused in self._rows:
            self._rows[focused].setFocus(Qt.FocusReason.OtherFocusReason)

    def first_focus(self) -> QWidget | None:
        """The first session, or the button that books one."""
        if self._empty is not None:
            return self._empty.primary
        return next(iter(self._rows.values()), None)

    # --- inside ------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        Spacing(self._look, column, (24, 16, 24, 0), 16)
        column.addWidget(Label(self._look, self._texts("session_page.title"), "title"))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(self._scroll, 1)

    def _fill(self) -> None:
        self._rows, self._empty = {}, None
        content = QWidget()
        content.setProperty("role", "scrolled")
        column = QVBoxLayout(content)
        Spacing(self._look, column, (0, 0, 0, 24), 8)
        if self._shown:
            for section in self._shown:
                self._add(column, section)
        else:
            self._add_empty(column)
        column.addStretch(1)
        self._scroll.setWidget(content)

    def _add(self, column: QVBoxLayout, section: Section) -> None:
        column.addWidget(Label(self._look, section.heading, "subheading"))
        card = Card(self._look, padding=0)
        Spacing(self._look, card.body, (1, 1, 1, 1), 0)
        for row in section.rows:
            made = self._row(row)
            made.set_last(last=row is section.rows[-1])
            card.body.addWidget(made)
        column.addWidget(card)
        column.addSpacing(self._look.px(8))

    def _row(self, row: SessionRow) -> ListRow:
        badge = session_badge(self._look, row.state, self._texts)
        made = ListRow(self._look, row.title, row.second, lead=(row.day, row.time), badge=badge)
        made.clicked.connect(lambda: self.chosen.emit(row.session_id))
        self._rows[row.session_id] = made
        return made

    def _add_empty(self, column: QVBoxLayout) -> None:
        say = self._texts
        self._empty = EmptyState(
            self._look,
            "calendar-blank",
            say("session_page.empty.heading"),
            say("session_page.empty.sentence"),
            say("session_page.empty.new"),
        )
        self._empty.primary_pressed.connect(self.new_wanted)
        column.addStretch(1)
        column.addWidget(self._empty)
