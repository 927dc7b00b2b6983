"""A headset in the strip of the run screen: number, state, battery; the cause when somebody is needed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QFontMetricsF
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
_WORD_SIZES = (16, 15, 14)
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
        self.setText(
            self._texts(f"headset.state.{state.value}") if facts.awaited is None else self._words.word
        )
        self.setAccessibleName(f"{name}. {self._words.word}. {self._words.short_cause or battery}")
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
        self._draw_icon(ink, QRectF(left, self.height() / 2 - px(23), width, px(24)))
        words = QRectF(left + px(_ICON + 6), self.height() / 2 - px(23), width - px(_ICON + 6), px(24))
        font = self._font_that_fits(words.width())
        if font is None:
            self._draw_on_two_lines(ink, words)
            return
        ink.text(words, self.text(), font, self.look.colour("text"))
        self._draw_second(ink, QRectF(left, self.height() / 2 + px(2), width, px(20)))

    def _draw_icon(self, ink: Ink, line: QRectF) -> None:
        side = self.look.px(_ICON)
        icon = QRectF(line.x(), line.y() + (line.height() - side) / 2, side, side)
        ink.icon(self._words.sign.icon, icon, self.look.ink(self._words.sign.tone))

    def _font_that_fits(self, width: float) -> QFont | None:
        """The largest of the sizes for the word; None where it needs a second line."""
        for pixels in _WORD_SIZES:
            font = self.look.sized_font(self.look.px(pixels), 600, tabular=True)
            if QFontMetricsF(font).horizontalAdvance(self.text()) <= width:
                return font
        return None

    def _draw_on_two_lines(self, ink: Ink, words: QRectF) -> None:
        """The word wraps and takes the place of the battery, which its name still tells."""
        pixels = _WORD_SIZES[-1]
        line = self.look.px(pixels + 5)
        font = self.look.sized_font(self.look.px(pixels), 600, tabular=True)
        box = QRectF(words.x(), self.height() / 2 - line, words.width(), 2 * line)
        ink.paragraph(box, self.text(), font, line, self.look.colour("text"))

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
