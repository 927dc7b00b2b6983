"""The tile of a headset: number, battery, state band, cause, next step, one button or the play mode."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from trainer_app.domain.headset_state import HeadsetState
from trainer_app.looks.tokens import Tone
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import FixedSize, Spacing
from trainer_app.ui.widgets.allow_picture import AllowPicture
from trainer_app.ui.widgets.battery_label import BatteryLabel
from trainer_app.ui.widgets.button import Button, Scale
from trainer_app.ui.widgets.card import hairline
from trainer_app.ui.widgets.check_lines import CheckLines
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.number_chip import NumberChip
from trainer_app.ui.widgets.painted import PaintedWidget
from trainer_app.ui.widgets.progress_bar import ProgressBar
from trainer_app.ui.widgets.tile_words import Foot, TileFacts, TileWords, tile_words

_PADDING, _HEAD, _BAND, _FOOT = 14, 71, 44, 34
_CHIP, _AFTER_CHIP, _HEAD_GAP = 44, 8, 4
_BAND_SIZES = (17, 16, 15)


class HeadsetTile(PaintedWidget):
    """A headset as the facilitator sees it before and after the film.

    Signals:
        step_pressed: the tile's one button was pressed.
        details_wanted: Enter or a double click on the tile.
    """

    step_pressed = Signal()
    details_wanted = Signal()

    def __init__(self, look: Look, texts: Texts, number: int, parent: QWidget | None = None) -> None:
        """Make the tile of a headset that is not connected."""
        super().__init__(look, parent)
        self.number = number
        self._texts = texts
        self._battery = BatteryLabel(look, texts)
        self._name = Label(look, texts("looks.headset", number=number), "body", "text_muted")
        self._band = _Band(look)
        self._cause = Label(look, "", "small", wrap=True)
        self._bar = ProgressBar(look, texts("looks.headset", number=number))
        self._strong_step = Label(look, "", "small", wrap=True, weight=600)
        self._quiet_step = Label(look, "", "small", "text_muted", wrap=True)
        self._checks = CheckLines(look)
        self._picture = AllowPicture(look, texts)
        self._pressed = Button(look, " ", scale=Scale.ROW)
        self._foot = _Foot(look)
        self._pressed.clicked.connect(self.step_pressed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._lay_out()
        self.show_state(HeadsetState.NOT_CONNECTED, TileFacts())

    @property
    def button(self) -> Button:
        """The one button; hidden in states without one."""
        return self._pressed

    @property
    def words(self) -> TileWords:
        """What the tile says."""
        return self._words

    def show_state(self, state: HeadsetState, facts: TileFacts) -> None:
        """Say how the headset is."""
        self.show_words(tile_words(state, facts, self._texts), facts)

    def show_words(self, words: TileWords, facts: TileFacts) -> None:
        """Say it in these words, where a screen knows more than the state alone tells."""
        self._words = words
        self._battery.set_charge(facts.battery_percent, charging=facts.charging)
        self._band.show_sign(words)
        self._cause.setText(words.cause)
        self._checks.show_lines(facts.checks)
        self._checks.setVisible(bool(facts.checks))
        self._cause.setVisible(not facts.checks)
        self._picture.setVisible(facts.shows_how)
        step, other = self._strong_step, self._quiet_step
        if not words.sign.urgent:
            step, other = other, step
        step.setText(words.step)
        step.setVisible(not facts.checks)
        other.hide()
        self._make_room()
        self._bar.setVisible(words.progress is not None)
        self._bar.set_part(words.progress or 0.0, words.sign.tone)
        self._pressed.setVisible(words.button is not None)
        self._pressed.set_words(words.button or " ")
        self._foot.show_foot(words.foot if words.button is None else None)
        self.setAccessibleName(f"{self._texts('looks.headset', number=self.number)}. {words.spoken}")
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for five on the smallest window."""
        hint = super().minimumSizeHint()
        return QSize(self.look.theme.size("headset-tile-min-width"), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The name gives way where it does not fit: the chip says the same."""
        super().resizeEvent(event)
        self._make_room()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter asks for the details."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.details_wanted.emit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """So does a double click."""
        self.details_wanted.emit()

    def draw(self, ink: Ink) -> None:
        """The card; its outline says how urgent the state is."""
        tone = self._words.sign.tone
        line, width = self.look.colour("outline"), 1
        if tone in (Tone.ATTENTION, Tone.DANGER):
            line, width = self.look.ink(tone), 2 if tone is Tone.DANGER else 1
        radius = self.look.theme.radius("card")
        ink.box(QRectF(self.rect()), radius, self.look.colour("surface_raised"), line, width)

    def _make_room(self) -> None:
        parts = (_CHIP + 2 * _PADDING + _AFTER_CHIP + 4 * _HEAD_GAP) * self.look.theme.scale
        needed = parts + self._name.sizeHint().width() + self._battery.sizeHint().width()
        self._name.setVisible(needed <= self.width())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 1, 1)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(self._band)
        column.addLayout(self._body(), 1)
        column.addWidget(self._foot)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        Spacing(self.look, head, (_PADDING, 15, _PADDING, 12), _HEAD_GAP)
        head.addWidget(NumberChip(self.look, self.number, _CHIP))
        head.addSpacing(_AFTER_CHIP)
        head.addWidget(self._name)
        head.addStretch(1)
        head.addWidget(self._battery)
        return head

    def _body(self) -> QVBoxLayout:
        body = QVBoxLayout()
        Spacing(self.look, body, (_PADDING, 12, _PADDING, 13), 8)
        parts = (self._cause, self._checks, self._bar, self._strong_step, self._quiet_step, self._picture)
        for part in parts:
            body.addWidget(part)
        body.addStretch(1)
        body.addWidget(self._pressed)
        return body


class _Band(PaintedWidget):
    """The state: icon and word on the tint of its tone, from edge to edge."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._words: TileWords | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_sign(self, words: TileWords) -> None:
        self._words = words
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(100), self.look.px(_BAND))

    def draw(self, ink: Ink) -> None:
        if self._words is None:
            return
        sign, px = self._words.sign, self.look.px
        edge = 1 if sign.tone is Tone.DANGER else 0
        ink.painter.fillRect(QRectF(self.rect()).adjusted(edge, 0, -edge, 0), self.look.tint(sign.tone))
        side = px(24)
        ink.icon(sign.icon, QRectF(px(15), (self.height() - side) / 2, side, side), self.look.ink(sign.tone))
        left = px(47)
        box = QRectF(left, 0, self.width() - left - px(8), self.height())
        ink.text(box, self._words.word, self._font(box.width()), self.look.colour("text"))

    def _font(self, width: float) -> QFont:
        """The largest size in which the word fits."""
        word = self._words.word if self._words else ""
        fonts = [self.look.sized_font(self.look.px(size), 600, tabular=True) for size in _BAND_SIZES]
        fitting = [font for font in fonts if QFontMetricsF(font).horizontalAdvance(word) <= width]
        return fitting[0] if fitting else fonts[-1]


class _Foot(QWidget):
    """The play mode, or what happens by itself, below a hairline."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._label = Label(look, "", "small", "text_muted")
        row = QHBoxLayout()
        Spacing(look, row, (_PADDING, 0, _PADDING, 0), 8)
        self._sign = _FootIcon(look)
        row.addWidget(self._sign)
        row.addWidget(self._label)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(hairline())
        column.addLayout(row)
        FixedSize(look, self, height=_FOOT)

    def show_foot(self, foot: Foot | None) -> None:
        if foot:
            self._label.setText(foot.words)
            self._sign.show_icon(foot.icon)
        self.setVisible(foot is not None)


class _FootIcon(PaintedWidget):
    _icon = "broadcast"

    def show_icon(self, icon: str) -> None:
        self._icon = icon
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(18), self.look.px(18))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def draw(self, ink: Ink) -> None:
        side = self.look.px(18)
        box = QRectF(0, (self.height() - side) / 2, side, side)
        ink.icon(self._icon, box, self.look.colour("text_muted"))
