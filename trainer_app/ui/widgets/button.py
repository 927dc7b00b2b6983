"""Buttons: a style sheet's box with icon, words and key cap of ours in it."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHideEvent,
    QIcon,
    QKeyEvent,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter, QWidget

from trainer_app.ui.theme.alt_letters import AltLetters, place_of
from trainer_app.ui.theme.ink import CENTRE, LEFT, Ink
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.painted import Painted

_SCALES = {  # the type's style and weight, the icon's side, the gap after it
    "row": ("small", 600, 18, 8),
    "": ("body-strong", 600, 19, 9),
    "run": ("subheading", 600, 22, 7),
    "hero": ("title", 600, 28, 12),
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_KEYCAP_PADDING = 6


class Kind(Enum):
    """How much weight a button has; one primary a view."""

    PLAIN = "plain"
    PRIMARY = "primary"
    QUIET = "quiet"
    DANGER = "danger"
    CHOSEN = "chosen"


class Scale(Enum):
    """Height: 36, in rows 32, in the run screen 48, once 72."""

    NORMAL = ""
    ROW = "row"
    RUN = "run"
    HERO = "hero"


_INKS = {
    Kind.PLAIN: "text",
    Kind.PRIMARY: "accent_text",
    Kind.QUIET: "accent_ink",
    Kind.DANGER: "danger_text",
    Kind.CHOSEN: "accent_ink",
}


class Button(Painted, QPushButton):
    """A button with optional icon before or after the words and a key cap at the end.

    Attributes:
        letter: With Alt it presses the button; nothing where it has none.
    """

    def __init__(
        self,
        look: Look,
        text: str = "",
        kind: Kind = Kind.PLAIN,
        *,
        scale: Scale = Scale.NORMAL,
        icon: str | None = None,
        icon_after: str | None = None,
        keycap: str | None = None,
        name: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Make a button.

        Args:
            look: Theme in use.
            text: Its words; without any, ``icon`` and ``name`` are needed.
            kind: Its weight.
            scale: Its height.
            icon: Phosphor name, before the words.
            icon_after: Phosphor name, after the words.
            keycap: The key that does the same.
            name: For screen readers where it is not ``text``.
            parent: Qt's.
        """
        super().__init__(text, parent)
        self._kind = kind
        self._scale = scale
        self._icon, self._icon_after, self._keycap = icon, icon_after, keycap
        self.letter = ""
        self._has_letter = False
        self._room_for: tuple[str, ...] = ()
        self._letters: AltLetters | None = None
        self.setProperty("kind", kind.value)
        self.setProperty("scale", scale.value)
        self.setAccessibleName(name or text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.take_look(look)

    def set_kind(self, kind: Kind) -> None:
        """Change the weight, as a button that stays chosen does."""
        self._kind = kind
        self.setProperty("kind", kind.value)
        self.style().unpolish(self)
        self.style().polish(self)
        self.update()

    def take_letter(self) -> None:
        """From now on, Alt and a letter of its words press it while it is seen, as the mouse would."""
        self._has_letter = True
        self.pressed.connect(lambda: self.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self._deal_letter()

    def setText(self, text: str) -> None:
        """Qt takes the letter away with the old words."""
        if text != self.text():
            super().setText(text)
            self._deal_letter()

    def set_words(self, text: str, *, icon: str | None = None) -> None:
        """Change words and icon."""
        self._icon = icon
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def keep_room_for(self, *words: str) -> None:
        """Be as wide as the widest of these words asks for, whichever it shows: its neighbours stay."""
        self._room_for = words
        self.updateGeometry()

    def set_keycap(self, keycap: str | None) -> None:
        """Show another key, or none where there is no room for it."""
        if keycap != self._keycap:
            self._keycap = keycap
            self.updateGeometry()
            self.update()

    def showEvent(self, event: QShowEvent) -> None:
        """It is seen: it gets a letter."""
        super().showEvent(event)
        self._deal_letter()

    def hideEvent(self, event: QHideEvent) -> None:
        """Its letter is free for others."""
        super().hideEvent(event)
        if self._letters is not None:
            self._letters.take_back(self)
            self._letters = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses as well as Space."""
        if event.key() in _ENTER:
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """As wide as its content in the style sheet's box."""
        option = self._bare()
        content = QSize(round(self._widest_content() + 0.5), self.look.theme.style(self._style()).line)
        size = self.style().sizeFromContents(QStyle.ContentsType.CT_PushButton, option, content, self)
        is_wide = self.text() or self._keycap
        return QSize(max(size.width(), size.height()), size.height()) if is_wide else self._square(size)

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style sheet's box, then the content."""
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, self._bare())
        painter.end()
        super().paintEvent(event)

    def draw(self, ink: Ink) -> None:
        """Icon, words, icon, key cap, together in the middle."""
        colour = self._colour()
        width = self._content_width()
        if width > self.width():
            ink.cut.append(self.text())
        x = (self.width() - width) / 2
        side, gap = self._icon_side(), self._gap()
        if self._icon:
            ink.icon(self._icon, QRectF(x, (self.height() - side) / 2, side, side), colour)
            x += side + (gap if self.text() else 0)
        words = self._metrics().horizontalAdvance(self.text())
        if self.text():
            ink.text(QRectF(x, 0, words + 1, self.height()), self.text(), self._font(), colour, LEFT)
            if self._letters is not None and self._letters.are_shown and self.isEnabled():
                self._underline(ink, x, colour)
            x += words
        if self._icon_after:
            ink.icon(self._icon_after, QRectF(x + gap, (self.height() - side) / 2, side, side), colour)
            x += gap + side
        if self._keycap:
            x += gap
            box = QRectF(x, 0, keycap_width(self.look, self._keycap), self.height())
            paint_keycap(ink, box, self._keycap, colour)

    def _colour(self) -> QColor:
        if not self.isEnabled():
            return self.look.colour("text_disabled")
        is_sign = self._kind is Kind.QUIET and not self.text()  # a cross is no link
        return self.look.colour("text_muted" if is_sign else _INKS[self._kind])

    def _underline(self, ink: Ink, left: float, colour: QColor) -> None:
        """The letter, in words that begin here."""
        place = place_of(self.letter, self.text())
        if place is None:
            return
        metrics, words = self._metrics(), self.text()
        start, end = (left + metrics.horizontalAdvance(words[:at]) for at in (place, place + 1))
        base = (self.height() + metrics.ascent() - metrics.descent()) / 2
        line = QRectF(start, round(base + metrics.underlinePos()), end - start, self.look.px(1))
        ink.painter.fillRect(line, colour)

    def _deal_letter(self) -> None:
        if self._has_letter and self.isVisible():
            self._letters = AltLetters.of(self.window())
            self.letter = self._letters.deal(self, self.letter)
            self.update()

    def _square(self, size: QSize) -> QSize:
        return QSize(size.height(), size.height())

    def _bare(self) -> QStyleOptionButton:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        option.icon = QIcon()
        # Fusion draws a frame of its own inside the button; FocusRing has drawn one outside.
        option.state &= ~QStyle.StateFlag.State_HasFocus
        return option

    def _style(self) -> str:
        return _SCALES[self._scale.value][0]

    def _font(self) -> QFont:
        return self.look.font(self._style(), weight=_SCALES[self._scale.value][1])

    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self._font())

    def _icon_side(self) -> int:
        return self.look.px(_SCALES[self._scale.value][2])

    def _gap(self) -> int:
        return self.look.px(_SCALES[self._scale.value][3])

    def _widest_content(self) -> float:
        metrics = self._metrics()
        own = metrics.horizontalAdvance(self.text())
        wider = max((metrics.horizontalAdvance(words) - own for words in self._room_for), default=0.0)
        return self._content_width() + max(0.0, wider)

    def _content_width(self) -> float:
        parts = [self._metrics().horizontalAdvance(self.text())] if self.text() else []
        parts += [self._icon_side() for icon in (self._icon, self._icon_after) if icon]
        if self._keycap:
            parts.append(keycap_width(self.look, self._keycap))
        return sum(parts) + self._gap() * max(0, len(parts) - 1)


def by_letter(*buttons: Button) -> None:
    """Let these, of a head or a foot, be pressed by Alt and a letter; the first ones choose first."""
    for button in buttons:
        button.take_letter()


def keycap_width(look: Look, key: str) -> float:
    """The width of a key cap."""
    return QFontMetricsF(look.font("micro")).horizontalAdvance(key) + 2 * look.px(_KEYCAP_PADDING)


def paint_keycap(ink: Ink, box: QRectF, key: str, colour: QColor) -> None:
    """Draw a key's name in a small frame, in the middle of the box's height."""
    height = ink.look.px(19)
    frame = QRectF(box.x(), box.center().y() - height / 2, box.width(), height)
    ink.box(frame, 4, line=colour)
    ink.text(frame, key, ink.look.font("micro"), colour, CENTRE)
