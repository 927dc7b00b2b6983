"""A battery's charge: icon and percent."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QFont, QFontMetricsF
from PySide6.QtWidgets import QSizePolicy, QWidget

from trainer_app.domain.headset_state import LOW_BATTERY_PERCENT
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.painted import PaintedWidget
from trainer_app.ui.widgets.tile_words import battery_icon, battery_name

_ICON, _GAP = 20, 4


class BatteryLabel(PaintedWidget):
    """Icon and percent, in the colour of attention when it is low and not charging."""

    def __init__(
        self,
        look: Look,
        texts: Texts,
        *,
        muted: bool = False,
        low_below: int = LOW_BATTERY_PERCENT,
        parent: QWidget | None = None,
    ) -> None:
        """Make a label; ``low_below``: percent under which it asks for attention."""
        super().__init__(look, parent)
        self._low_below = low_below
        self._texts, self._muted = texts, muted
        self._percent: int | None = None
        self._charging = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_charge(None)

    def set_charge(self, percent: int | None, *, charging: bool = False) -> None:
        """Show a charge; None is "not known"."""
        self._percent, self._charging = percent, charging
        self.setAccessibleName(battery_name(percent, charging=charging, texts=self._texts))
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        """The charge in words."""
        if self._percent is None:
            return self._texts("looks.battery.unknown")
        return self._texts("looks.battery.percent", percent=self._percent)

    def sizeHint(self) -> QSize:
        """Icon and words on a line."""
        width = QFontMetricsF(self._font()).horizontalAdvance(self.words())
        return QSize(round(width + self.look.px(_ICON + _GAP) + 1), self.look.px(_ICON))

    def draw(self, ink: Ink) -> None:
        """The icon, then the percent."""
        side = self.look.px(_ICON)
        box = QRectF(0, (self.height() - side) / 2, side, side)
        icon = battery_icon(self._percent, charging=self._charging)
        ink.icon(icon, box, self._colour())
        words = QRectF(side + self.look.px(_GAP), 0, self.width(), self.height())
        ink.text(words, self.words(), self._font(), self._colour())

    def _font(self) -> QFont:
        return self.look.font("small", tabular=True)

    def _colour(self) -> QColor:
        low = self._percent is not None and self._percent < self._low_below and not self._charging
        if low:
            return self.look.colour("attention_ink")
        return self.look.colour("text_muted" if self._muted or self._percent is None else "text")
