"""Learning points and actions beside the words of the summary, read from the chair; hidden with the notes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from trainer_app.domain.sessions import SessionId
from trainer_app.ui.office import Office
from trainer_app.ui.session.debrief.gathered_column import WIDE
from trainer_app.ui.session.debrief.lines import GatheredLine
from trainer_app.ui.session.debrief.recap_reading import RecapLines, RecapReading
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.card import Card
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.scrolling import scrolling

_AT_LEAST = 260
_READ = (20, 28)
"""Size and line height, as the smallest of what is read out on the run screen."""


class RecapCard(Card):
    """What the group takes out of the room; while notes are hidden, only how much it is."""

    def __init__(self, office: Office, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, padding=20, parent=parent)
        self._texts = office.texts
        self._lines = RecapLines()
        self._is_hidden = True
        self._reading = RecapReading(office, self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        look.changed.connect(self._measure)
        self._measure()
        self._area: QScrollArea = scrolling(QWidget())
        # What does not fit can be reached by the arrow keys.
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setAccessibleName(self._texts("debrief.recap"))
        self.body.addWidget(self._area)
        self._fill()

    def show_session(self, session_id: SessionId | None) -> None:
        """Follow this session; None: it is at another phase, where nothing is repeated."""
        self.setVisible(session_id is not None)
        self._reading.show_session(session_id)

    def set_hidden(self, *, hidden: bool) -> None:
        """Draft learning points are never shown while notes are hidden."""
        self._is_hidden = hidden
        self._fill()

    def show_lines(self, lines: RecapLines) -> None:
        """Show these."""
        if lines != self._lines:
            self._lines = lines
            self._fill()

    def end(self) -> None:
        """It goes away for good."""
        self._reading.end()

    # --- inside ------------------------------------------------------------------------------------------

    def _measure(self) -> None:
        self.setMinimumWidth(self.look.px(_AT_LEAST))
        self.setMaximumWidth(self.look.px(WIDE))

    def _fill(self) -> None:
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        column = QVBoxLayout(inside)
        Spacing(self.look, column, (0, 0, 12, 0), 8)
        for name, lines in (("points", self._lines.points), ("actions", self._lines.actions)):
            for label in self._part(name, lines):
                column.addWidget(label)
            column.addSpacing(self.look.px(8))
        if self._is_hidden and (self._lines.points or self._lines.actions):
            column.addWidget(Label(self.look, self._texts("debrief.recap.hidden"), "body", wrap=True))
        column.addStretch(1)
        self._area.setWidget(inside)

    def _part(self, name: str, lines: Sequence[GatheredLine]) -> list[Label]:
        heading = self._texts(f"debrief.{name}.heading")
        if self._is_hidden:
            return [Label(self.look, f"{heading}: {len(lines)}", "subheading", "text_muted", tabular=True)]
        labels = [Label(self.look, heading, "subheading", "text_muted")]
        if not lines:
            return [*labels, Label(self.look, self._texts(f"debrief.{name}.empty"), "body", wrap=True)]
        for line in lines:
            read = Label(self.look, line.text, "prompt", weight=400, wrap=True)
            read.set_type(_READ)
            labels.append(read)
            if line.about_below:
                labels.append(Label(self.look, line.about, "body", "text_muted", wrap=True, tabular=True))
        return labels
