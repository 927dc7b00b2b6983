"""The middle of klargjøring: message, tiles or the empty state, three cards below; it scrolls last."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.prepare.add_card import AddCard
from trainer_app.ui.session.prepare.bar import HeadsetBar
from trainer_app.ui.session.prepare.choice_card import ChoiceCard
from trainer_app.ui.session.prepare.details_card import DetailsCard
from trainer_app.ui.session.prepare.findings_card import FindingsCard
from trainer_app.ui.session.prepare.models import PrepareModel
from trainer_app.ui.session.prepare.room_card import RoomCard
from trainer_app.ui.session.prepare.start_card import StartCard
from trainer_app.ui.session.prepare.tile_row import TileRow
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing

_NARROW = 960
"""Below this width at 100 % text size three cards do not fit side by side."""


class PrepareBody(QWidget):
    """Holds the parts and lays them out.

    Attributes:
        message: Where a banner, or the empty state, is put.
    """

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "scrolled")
        self._look = look
        self.bar, self.tiles = HeadsetBar(look, texts), TileRow(look, texts)
        self.room, self.details, self.add = (
            RoomCard(look, texts),
            DetailsCard(look, texts),
            AddCard(look, texts),
        )
        self.findings = FindingsCard(look, texts, closes=True)
        self.aside_findings = FindingsCard(look, texts, closes=False)
        self.choice, self.start = ChoiceCard(look), StartCard(look, texts)
        self.message, self.empty_place = QVBoxLayout(), QVBoxLayout()
        self._cards = QGridLayout()
        self._is_narrow: bool | None = None
        self._has_middle = True
        column = QVBoxLayout(self)
        Spacing(look, column, (24, 8, 24, 24), 12)
        column.addLayout(self.message)
        column.addWidget(self.bar)
        column.addLayout(self.empty_place)
        column.addWidget(self.tiles, 1)
        column.addSpacing(4)
        Spacing(look, self._cards, gap=16)
        column.addLayout(self._cards)
        column.addStretch(0)
        look.changed.connect(self._arrange)
        self._arrange()
        self.show_beside_start(self.room)
        self.show_findings(shown=False)

    def show_beside_start(self, card: QWidget) -> None:
        """Let this card stand at the left: the check list, or what was asked for in its place."""
        for each in self._left:
            each.setVisible(each is card)

    @property
    def _left(self) -> tuple[QWidget, ...]:
        return self.room, self.details, self.add

    def show_findings(self, *, shown: bool) -> None:
        """What should be thought of, below the three cards: the check list of the room stays in sight."""
        self.findings.setVisible(shown)

    def show_middle(self, model: PrepareModel) -> None:
        """Who waits; else what should be thought of; else nothing, and the others are wider."""
        findings = model.room.findings
        self.choice.setVisible(model.choice is not None)
        if model.choice is not None:
            self.choice.show_choice(model.choice)
        self.aside_findings.setVisible(model.choice is None and bool(findings))
        self.room.findings.setVisible(model.choice is not None and bool(findings))
        for card in (self.findings, self.aside_findings):
            card.show_findings(findings)
        if model.choice is None or not findings:
            self.show_findings(shown=False)
        self._has_middle = model.choice is not None or bool(findings)
        self._stretch()

    def minimumSizeHint(self) -> QSize:
        """The scroll area asks for the height at its width; the layout's own least height knows no width."""
        return QSize(super().minimumSizeHint().width(), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Three cards side by side where they fit."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() < self._look.px(_NARROW)
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        wide = ((0, 0, 1, 1), (0, 1, 1, 1), (0, 2, 1, 1))
        places = ((1, 0, 1, 1), (1, 1, 1, 1), (0, 0, 1, 2)) if narrow else wide
        for card in self._left:
            self._cards.addWidget(card, *places[0])
        for card in (self.choice, self.aside_findings):
            self._cards.addWidget(card, *places[1])
        self._cards.addWidget(self.start, *places[2])
        self._cards.addWidget(self.findings, 2, 0, 1, 2 if narrow else 3)
        self._stretch()

    def _stretch(self) -> None:
        middle = 8 if self._has_middle else 0
        for column, stretch in enumerate((9, middle, 0) if self._is_narrow else (9, middle, 8)):
            self._cards.setColumnStretch(column, stretch)
