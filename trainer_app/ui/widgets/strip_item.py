"""A headset in the strip of the run screen: number, state, battery; the cause when somebody is needed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from trainer_app.domain.headset_state import HeadsetState
from trainer_app.looks.tokens import Tone
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.number_chip import paint_chip
from trainer_app.ui.widgets.painted import PaintedButton
from trainer_app.ui.widgets.tile_words import TileFacts, battery_icon, battery_name, tile_words

_HEIGHT, _PADDING, _CHIP, _ICON, _SMALL_ICON = 76, 15, 46, 20, 18
_LOUD = (Tone.ATTENTION, Tone.DANGER)


class StripItem(PaintedButton):
    """A headset during the film; pressing it opens its details."""

    def __init__(self, look: Look, texts: Texts, number: int, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.number = number
        self._texts = texts
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_state(HeadsetState.NOT_CONNECTED, TileFacts())

    def show_state(self, state: HeadsetState, facts: TileFacts) -> None:
        """Say how the headset is."""
        self._facts = facts
        self._words = tile_words(state, facts, self._texts)
        battery = battery_name(facts.battery_percent, charging=facts.charging, texts=self._texts)
        name = self._texts("looks.headset", number=self.number)
        self.setText(self._words.word)
        self.setAccessibleName(f"{name}. {self._words.word}. {battery}")
        self.setToolTip(self._words.cause)
        self.update()

    def sizeHint(self) -> QSize:
        """As high as the strip."""
        return QSize(self.look.px(190), self.look.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Five beside Stopp alt on the smallest window."""
        return QSize(self.look.px(160), self.look.px(_HEIGHT))

    def draw(self, ink: Ink) -> None:
        """Card, chip, two lines."""
        px, tone = self.look.px, self._words.sign.tone
        loud = tone in _LOUD
        ink.box(
            QRectF(self.rect()),
            self.look.theme.radius("card"),
            self.look.tint(tone) if loud else self.look.colour("surface_raised"),
            self.look.ink(tone) if loud else self.look.colour("outline"),
            2 if loud else 1,
        )
        side = px(_CHIP)
        paint_chip(ink, QRectF(px(_PADDING), (self.height() - side) / 2, side, side), self.number)
        left = float(px(_PADDING + _CHIP + 12))
        width = self.width() - left - px(8)
        self._draw_state(ink, QRectF(left, self.height() / 2 - px(23), width, px(24)))
        self._draw_second(ink, QRectF(left, self.height() / 2 + px(2), width, px(20)))

    def _draw_state(self, ink: Ink, box: QRectF) -> None:
        side = self.look.px(_ICON)
        icon = QRectF(box.x(), box.y() + (box.height() - side) / 2, side, side)
        ink.icon(self._words.sign.icon, icon, self.look.ink(self._words.sign.tone))
        font = self.look.sized_font(self.look.px(16), 600, tabular=True)
        words = box.adjusted(side + self.look.px(6), 0, 0, 0)
        ink.text(words, self._words.word, font, self.look.colour("text"))

    def _draw_second(self, ink: Ink, box: QRectF) -> None:
        colour, font = self.look.colour("text_muted"), self.look.font("small", tabular=True)
        if self._words.short_cause:
            ink.text(box, self._words.short_cause, font, colour)
            return
        side = self.look.px(_SMALL_ICON)
        icon = QRectF(box.x(), box.y() + (box.height() - side) / 2, side, side)
        percent = self._facts.battery_percent
        ink.icon(battery_icon(percent, charging=self._facts.charging), icon, colour)
        words = (
            self._texts("looks.battery.unknown")
            if percent is None
            else self._texts("looks.battery.percent", percent=percent)
        )
        ink.text(box.adjusted(side + self.look.px(4), 0, 0, 0), words, font, colour)
