"""The next session: its times, what it is, what has to be in order, and the one thing to do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from trainer_app.looks.tokens import Tone
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.office import Target
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.today.shown import Detail, Fact, Mark, NextShown
from trainer_app.ui.widgets.badge import session_badge
from trainer_app.ui.widgets.button import Button, Kind, Scale, by_letter
from trainer_app.ui.widgets.card import Card, hairline
from trainer_app.ui.widgets.clearing import clear
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.painted import PaintedWidget

_MARKS = {
    Mark.DONE: ("check-circle", Tone.OK),
    Mark.ATTENTION: ("warning", Tone.ATTENTION),
    Mark.OPEN: ("circle-dashed", Tone.NEUTRAL),
}
_ICON = 20
_BASE = 4
"""So much higher lie the small words, in lines of another height, to stand on the base line of the large."""


class NextCard(Card):
    """A card in two columns, and the buttons below them.

    Signals:
        go: where a button leads.
    """

    go = Signal(object)

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__(look, padding=0)
        self._texts = texts
        self._shown: NextShown | None = None
        self._times = Label(look, "", "display", tabular=True)
        self._when = Label(look, "", "body", "text_muted")
        self._title = Label(look, "", "heading", wrap=True)
        self._scenario = Label(look, "", "body", "text_muted", wrap=True)
        self._badge: QWidget | None = None
        self._badge_row = QHBoxLayout()
        self._details, self._facts = QVBoxLayout(), QVBoxLayout()
        self._facts_side = QWidget()
        self.primary = Button(look, "", Kind.PRIMARY, scale=Scale.RUN)
        self.plan = Button(look, texts("today.open_plan"), scale=Scale.RUN)
        self.primary.clicked.connect(self._on_primary)
        self.plan.clicked.connect(self._on_plan)
        by_letter(self.primary, self.plan)
        self.body.setSpacing(0)
        self._lay_out()

    def show_next(self, shown: NextShown) -> None:
        """Show a session; buttons stay the same widgets, so that the keyboard stays on them."""
        before, self._shown = self._shown, shown
        for label, words in (
            (self._times, shown.times),
            (self._when, shown.when),
            (self._title, shown.title),
            (self._scenario, shown.scenario),
        ):
            if label.text() != words:
                label.setText(words)
                label.updateGeometry()
        self._scenario.setVisible(bool(shown.scenario))
        if before is None or before.state is not shown.state:
            self._show_badge(shown)
        if before is None or before.details != shown.details:
            self._show_details(shown.details)
        if before is None or before.facts != shown.facts:
            self._show_facts(shown.facts)
        if self.primary.text() != shown.primary:
            self.primary.set_words(shown.primary, icon=shown.primary_icon)
        self.setAccessibleName(", ".join((shown.heading, shown.title, shown.times, shown.when)))

    # --- inside ------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        columns = QHBoxLayout()
        Spacing(self.look, columns, (24, 20, 24, 20), 24)
        columns.addLayout(self._left(), 54)
        row = QHBoxLayout(self._facts_side)
        Spacing(self.look, row, gap=24)
        row.addWidget(hairline(vertical=True))
        right = QVBoxLayout()
        Spacing(self.look, right, (0, 4, 0, 0), 12)
        right.addWidget(Label(self.look, self._texts("today.before"), "subheading"))
        Spacing(self.look, self._facts, gap=12)
        right.addLayout(self._facts)
        right.addStretch(1)
        row.addLayout(right, 1)
        columns.addWidget(self._facts_side, 40)
        self.body.addLayout(columns)
        self.body.addWidget(hairline())
        self.body.addLayout(self._buttons())

    def _left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        Spacing(self.look, column, gap=2)
        top = QHBoxLayout()
        Spacing(self.look, top, gap=12)
        top.addWidget(self._times)
        when = QVBoxLayout()
        Spacing(self.look, when, (0, 0, 0, _BASE))
        when.addStretch(1)
        when.addWidget(self._when)
        top.addLayout(when)
        top.addStretch(1)
        top.addLayout(self._badge_row)
        column.addLayout(top)
        column.addSpacing(self.look.px(8))
        column.addWidget(self._title)
        column.addWidget(self._scenario)
        column.addSpacing(self.look.px(12))
        Spacing(self.look, self._details, gap=8)
        column.addLayout(self._details)
        column.addStretch(1)
        return column

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        Spacing(self.look, row, (24, 14, 24, 14), 12)
        row.addWidget(self.primary)
        row.addWidget(self.plan)
        row.addStretch(1)
        return row

    def _show_badge(self, shown: NextShown) -> None:
        if self._badge is not None:
            self._badge_row.removeWidget(self._badge)
            self._badge.hide()
            self._badge.deleteLater()
        self._badge = session_badge(self.look, shown.state, self._texts)
        self._badge_row.addWidget(self._badge)

    def _show_details(self, details: Sequence[Detail]) -> None:
        clear(self._details)
        for detail in details:
            self._details.addWidget(Line(self.look, detail.icon, Tone.NEUTRAL, detail.words))

    def _show_facts(self, facts: Sequence[Fact]) -> None:
        clear(self._facts)
        for fact in facts:
            icon, tone = _MARKS[fact.mark]
            line = Line(self.look, icon, tone, fact.words, fact.second)
            line.setAccessibleName(
                ". ".join((self._texts(f"today.mark.{fact.mark.name.lower()}"), fact.words, fact.second))
            )
            self._facts.addWidget(line)
        self._facts_side.setVisible(bool(facts))

    def _on_primary(self) -> None:
        if self._shown is not None:
            self.go.emit(self._shown.go)

    def _on_plan(self) -> None:
        if self._shown is not None:
            target: Target = self._shown.plan
            self.go.emit(target)


class Line(QWidget):
    """An icon and words, a second line below them where there is one."""

    def __init__(self, look: Look, icon: str, tone: Tone, words: str, second: str = "") -> None:
        super().__init__()
        row = QHBoxLayout(self)
        Spacing(look, row, gap=12)
        row.addWidget(LineIcon(look, icon, tone), 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout()
        Spacing(look, column, gap=0)
        column.addWidget(Label(look, words, "body", wrap=True))
        if second:
            column.addWidget(Label(look, second, "small", "text_muted", wrap=True))
        row.addLayout(column, 1)


class LineIcon(PaintedWidget):
    """An icon in a tone; neutral is muted."""

    def __init__(self, look: Look, icon: str, tone: Tone, side: int = _ICON) -> None:
        super().__init__(look)
        self._icon, self._tone, self._side = icon, tone, side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Square."""
        side = self.look.px(self._side)
        return QSize(side, side)

    def draw(self, ink: Ink) -> None:
        """The icon alone."""
        muted = self.look.colour("text_muted")
        colour = muted if self._tone is Tone.NEUTRAL else self.look.ink(self._tone)
        ink.icon(self._icon, QRectF(self.rect()), colour)
