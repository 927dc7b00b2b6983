"""The side panel in which a session is planned: head, fields that scroll, foot."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.looks.tokens import Tone
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.plan.fields import PlanFields
from trainer_app.ui.plan.foot_words import FootShown
from trainer_app.ui.plan.panel_words import PanelShown
from trainer_app.ui.plan.parts import IconLine
from trainer_app.ui.plan.presenter import PlanPresenter
from trainer_app.ui.plan.steady import Steady
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import FixedSize, Spacing
from trainer_app.ui.widgets.badge import session_badge
from trainer_app.ui.widgets.button import Button, Kind, by_letter
from trainer_app.ui.widgets.card import hairline
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.scrolling import scrolling

WIDTH = 372
_HEAD = 60


class SidePanel(QFrame):
    """Head, fields that scroll, foot.

    Signals:
        removal_wanted: the session shall go away.
    """

    removal_wanted = Signal()

    def __init__(self, look: Look, texts: Texts, presenter: PlanPresenter) -> None:
        super().__init__()
        self._look, self._texts, self._presenter = look, texts, presenter
        self.setProperty("role", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._shown: PanelShown | None = None
        self._key = ""
        outer = QHBoxLayout(self)
        Spacing(look, outer, gap=0)
        outer.addWidget(hairline(vertical=True))
        column = QVBoxLayout()
        Spacing(look, column, gap=0)
        outer.addLayout(column, 1)
        column.addWidget(self._head())
        column.addWidget(hairline())
        self.fields = PlanFields(look, texts, presenter)
        self.fields.removal.clicked.connect(self.removal_wanted)
        self._scroll = scrolling(self.fields)
        self.fields.returned_to.connect(self._scroll.ensureWidgetVisible)
        self._steady = Steady(self._scroll, self.fields, self.fields.column)
        column.addWidget(self._scroll, 1)
        column.addWidget(hairline())
        column.addWidget(self._foot())

    @property
    def shown(self) -> PanelShown | None:
        """What it shows."""
        return self._shown

    def show_panel(self, shown: PanelShown) -> None:
        """Show a session."""
        other = self._shown is None or self._shown.key != shown.key
        if self._shown is None or (self._shown.state, self._shown.heading) != (shown.state, shown.heading):
            self._show_head(shown)
        self._shown = shown
        self.close_button.setToolTip(shown.closes)
        self.close_button.setAccessibleDescription(shown.closes)
        if shown.key != self._key:
            self.fields.drop_loose()  # it belonged to another session
        self._key = shown.key
        with self._steady.kept():
            self.fields.show_panel(shown)
            self._show_foot(shown.foot)
        if other:
            self._steady.begin_at_top()

    def forget(self) -> None:
        """Nothing is shown any more; the next session begins at the top."""
        self._shown = None

    def focus(self, name: str) -> None:
        """Give a field the keyboard, and bring it into view."""
        widget = self.fields.control(name) if self._shown and not self._shown.locked else self.close_button
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(widget)

    # --- inside ------------------------------------------------------------------------------------------

    def _head(self) -> QWidget:
        head = QWidget()
        FixedSize(self._look, head, height=_HEAD)
        self._head_row = QHBoxLayout(head)
        Spacing(self._look, self._head_row, (20, 0, 12, 0), 8)
        self._heading = Label(self._look, "", "heading")
        self._badge: QWidget | None = None
        self.close_button = Button(self._look, "", Kind.QUIET, icon="x", name=self._texts("plan.close_panel"))
        self.close_button.clicked.connect(lambda: self._presenter.close_panel())
        self._head_row.addWidget(self._heading)
        self._head_row.addStretch(1)
        self._head_row.addWidget(self.close_button)
        return head

    def _show_head(self, shown: PanelShown) -> None:
        self._heading.setText(shown.heading)
        self._heading.updateGeometry()
        if self._badge is not None:
            self._head_row.removeWidget(self._badge)
            self._badge.hide()
            self._badge.deleteLater()
        self._badge = session_badge(self._look, shown.state, self._texts)
        self._head_row.insertWidget(2, self._badge)
        self.setAccessibleName(shown.heading)

    def _foot(self) -> QWidget:
        foot = QWidget()
        column = QVBoxLayout(foot)
        Spacing(self._look, column, (20, 12, 12, 16), 10)
        self.reason = IconLine(self._look, "info", Tone.NEUTRAL)
        column.addWidget(self.reason)
        row = QHBoxLayout()
        Spacing(self._look, row, gap=8)
        self.primary = Button(self._look, "", Kind.PRIMARY)
        self.second = Button(self._look, "")
        self.discard = Button(self._look, "", Kind.QUIET)
        self.primary.clicked.connect(self._on_primary)
        self.second.clicked.connect(self._on_second)
        self.discard.clicked.connect(self._on_discard)
        by_letter(self.primary, self.second, self.discard)
        row.addWidget(self.primary)
        row.addWidget(self.second)
        row.addStretch(1)
        row.addWidget(self.discard)
        column.addLayout(row)
        return foot

    def _show_foot(self, shown: FootShown) -> None:
        buttons = ((self.primary, shown.primary), (self.second, shown.second), (self.discard, shown.away))
        for button, words in buttons:
            if words and button.text() != words:
                button.set_words(words)
            button.setVisible(bool(words))
        self.discard.setToolTip(shown.away_hint)
        self.discard.setAccessibleDescription(shown.away_hint)
        self.primary.setEnabled(shown.can_primary)
        self.primary.setAccessibleDescription(shown.reason)
        self.reason.say(shown.reason)

    def _on_discard(self) -> None:
        self.fields.drop_loose()
        self._presenter.discard()

    def _on_primary(self) -> None:
        if self._shown is not None:
            self._presenter.press(self._shown.foot.action)

    def _on_second(self) -> None:
        if self._shown is not None:
            self._presenter.press(self._shown.foot.second_action)
