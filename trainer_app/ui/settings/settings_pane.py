"""All settings: two columns of cards, one where the window is narrow."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QVBoxLayout, QWidget

from trainer_app.looks.tokens import Tone
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.settings.data_card import DataCard
from trainer_app.ui.settings.forms import Fields
from trainer_app.ui.settings.look_card import LookCard
from trainer_app.ui.settings.names_card import NamesCard
from trainer_app.ui.settings.own_cards import DepartmentCard, PersonCard
from trainer_app.ui.settings.shown import SettingsShown
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.banner import Banner
from trainer_app.ui.widgets.card import Card
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.scrolling import BarInMargin, scrolling

_TWO_COLUMNS = 900
"""Effective width from which two columns have room."""


class SettingsPane(QWidget):
    """Header and cards."""

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.department, self.person = DepartmentCard(look, texts), PersonCard(look, texts)
        self.looks, self.data = LookCard(look, texts), DataCard(look, texts)
        self.names = NamesCard(look, texts)
        self.incomplete = Banner(look, Tone.ATTENTION, texts("settings.incomplete"))
        self.incomplete.hide()
        self.fields = Fields(
            own_department=self.department.own,
            **self.department.form.fields,
            **self.person.form.fields,
            **self.names.fields,
        )
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        column = QVBoxLayout(self)
        Spacing(look, column, (0, 16, 0, 0), 12)
        head = QVBoxLayout()
        Spacing(look, head, (24, 0, 24, 0), 12)
        head.addWidget(Label(look, texts("shell.place.settings"), "title"))
        head.addWidget(self.incomplete)
        column.addLayout(head)
        column.addWidget(self._scrolled(), 1)
        look.changed.connect(self._make_room)

    def show_settings(self, shown: SettingsShown) -> None:
        """Show what is chosen."""
        self.incomplete.setVisible(bool(shown.incomplete))
        for card in (self.department, self.person, self.looks, self.data, self.names):
            card.show_settings(shown)

    def unfinished(self) -> list[str]:
        """What was typed and not added."""
        forms = (self.department.form, self.person.form, self.names)
        return [text for form in forms for text in form.unfinished()]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window has one column."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        direction = QBoxLayout.Direction
        wide = self.width() >= self._look.px(_TWO_COLUMNS)
        self._columns.setDirection(direction.LeftToRight if wide else direction.TopToBottom)

    def _scrolled(self) -> QScrollArea:
        content = QWidget()
        outer = QVBoxLayout(content)
        Spacing(self._look, outer, (24, 0, 24, 24), 0)
        Spacing(self._look, self._columns, (0, 0, 0, 0), 16)
        self._columns.addLayout(self._column(self.department, self.person, self.looks), 1)
        self._columns.addLayout(self._column(self.data, self.names), 1)
        outer.addLayout(self._columns)
        outer.addStretch(1)
        area = scrolling(content)
        BarInMargin(self._look, area, outer)
        return area

    def _column(self, *cards: Card) -> QVBoxLayout:
        column = QVBoxLayout()
        Spacing(self._look, column, (0, 0, 0, 0), 16)
        for card in cards:
            column.addWidget(card)
        column.addStretch(1)
        return column
