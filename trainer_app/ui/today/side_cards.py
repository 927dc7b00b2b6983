"""The column beside the next session: what needs the facilitator, and the suitcase."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.domain.inventory import QUICK_BATTERY_PERCENT
from trainer_app.looks.tokens import Tone
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.today.next_card import LineIcon
from trainer_app.ui.today.shown import BatteryShown, KitShown, NeedShown
from trainer_app.ui.widgets.battery_label import BatteryLabel
from trainer_app.ui.widgets.card import Card, hairline
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.link import Link
from trainer_app.ui.widgets.number_chip import NumberChip

_PER_ROW = 5
_CHIP = 36


class NeedsCard(Card):
    """What needs somebody, each with its one link.

    Signals:
        go: where a link leads.
    """

    go = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__(look, padding=0)
        self.body.setSpacing(0)
        self._needs: tuple[NeedShown, ...] = ()
        self._rows: dict[str, tuple[NeedShown, QWidget, Link]] = {}
        self._lines: list[QWidget] = []

    def show_needs(self, needs: Sequence[NeedShown]) -> None:
        """Show these; rows that say the same stay, with the keyboard where it is."""
        if tuple(needs) == self._needs:
            return
        self._needs = tuple(needs)
        kept = {need.key: self._rows[need.key] for need in needs if need == self._shown(need.key)}
        focused = next((key for key, row in self._rows.items() if row[2].hasFocus()), None)
        for key, row in self._rows.items():
            if key not in kept:
                self._end(row[1])
        for line in self._lines:
            self._end(line)
        self._rows, self._lines = {}, []
        for need in needs:
            self._place(need, kept.get(need.key))
        if focused in self._rows:
            self._rows[focused][2].setFocus(Qt.FocusReason.OtherFocusReason)

    def links(self) -> list[Link]:
        """The links, from above."""
        return [self._rows[need.key][2] for need in self._needs]

    def _shown(self, key: str) -> NeedShown | None:
        return self._rows[key][0] if key in self._rows else None

    def _end(self, widget: QWidget) -> None:
        self.body.removeWidget(widget)
        widget.hide()
        widget.deleteLater()

    def _place(self, need: NeedShown, kept: tuple[NeedShown, QWidget, Link] | None) -> None:
        if self._rows:
            self._lines.append(hairline())
            self.body.addWidget(self._lines[-1])
        if kept is None:
            self._rows[need.key] = self._row(need)
        else:
            self.body.removeWidget(kept[1])
            self._rows[need.key] = kept
        self.body.addWidget(self._rows[need.key][1])

    def _row(self, need: NeedShown) -> tuple[NeedShown, QWidget, Link]:
        holder = QWidget()
        row = QHBoxLayout(holder)
        Spacing(self.look, row, (16, 14, 16, 6), 12)
        tone = Tone.ATTENTION if need.is_attention else Tone.ACCENT
        row.addWidget(LineIcon(self.look, need.icon, tone), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        Spacing(self.look, column, gap=2)
        column.addWidget(Label(self.look, need.words, "body-strong", wrap=True))
        column.addWidget(Label(self.look, need.second, "small", "text_muted", wrap=True))
        link = Link(self.look, need.link, f"{need.link}: {need.words}")
        link.clicked.connect(lambda: self.go.emit(need.go))
        column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        row.addLayout(column, 1)
        return need, holder, link


class KitCard(Card):
    """The headsets of the suitcase with their batteries, and the next check.

    Signals:
        go: where the link leads.
    """

    go = Signal(object)

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__(look)
        self._texts = texts
        self._shown: KitShown | None = None
        self._numbers: tuple[int, ...] = ()
        self._labels: dict[int, BatteryLabel] = {}
        self._grid: QWidget | None = None
        self._off = Label(look, texts("today.kit.off"), "small", "text_muted", wrap=True)
        self._none = Label(look, texts("today.kit.no_headsets"), "small", "text_muted", wrap=True)
        self._check = Label(look, "", "small", "text_muted", wrap=True)
        self.link = Link(look)
        self.link.clicked.connect(self._on_link)
        for widget in (self._off, self._none, hairline()):
            self.body.addWidget(widget)
        foot = QHBoxLayout()
        Spacing(look, foot, gap=8)
        foot.addWidget(LineIcon(look, "clipboard-text", Tone.NEUTRAL, 18))
        foot.addWidget(self._check, 1)
        foot.addWidget(self.link)
        self.body.addLayout(foot)

    def show_kit(self, shown: KitShown) -> None:
        """Show the suitcase; while the headsets are the same, only their batteries change."""
        self._shown = shown
        numbers = tuple(one.number for one in shown.batteries)
        if numbers != self._numbers:
            self._numbers = numbers
            self._lay_out()
        for one in shown.batteries:
            self._show_battery(one)
        known = any(one.percent is not None for one in shown.batteries)
        self._off.setVisible(bool(numbers) and not known)
        self._none.setVisible(not numbers)
        if self._check.text() != shown.check:
            self._check.setText(shown.check)
        if self.link.text() != shown.link:
            self.link.set_words(shown.link)

    def _show_battery(self, shown: BatteryShown) -> None:
        label = self._labels[shown.number]
        label.set_charge(shown.percent, charging=shown.charging)
        label.setVisible(shown.percent is not None)

    def _lay_out(self) -> None:
        if self._grid is not None:
            self.body.removeWidget(self._grid)
            self._grid.hide()
            self._grid.deleteLater()
        self._labels = {}
        self._grid = QWidget()
        grid = QGridLayout(self._grid)
        Spacing(self.look, grid, (0, 0, 0, 4), 8)
        centre = Qt.AlignmentFlag.AlignHCenter
        for at, number in enumerate(self._numbers):
            row, column = divmod(at, _PER_ROW)
            chip = NumberChip(self.look, number, _CHIP)
            chip.setAccessibleName(self._texts("looks.headset", number=number))
            self._labels[number] = BatteryLabel(
                self.look, self._texts, muted=True, low_below=QUICK_BATTERY_PERCENT
            )
            grid.addWidget(chip, 2 * row, column, centre)
            grid.addWidget(self._labels[number], 2 * row + 1, column, centre)
        self.body.insertWidget(0, self._grid)

    def _on_link(self) -> None:
        if self._shown is not None:
            self.go.emit(self._shown.go)
