"""Draws the head of a day in the week: weekday, date, "i dag", "Konflikt"."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.theme.ink import CENTRE, Ink


def paint_day_head(
    ink: Ink, texts: Texts, box: QRectF, weekday: str, date: str, is_today: bool, collides: bool
) -> None:
    """Draw a day's head; "Konflikt" only where the day has one."""
    look, px = ink.look, ink.look.px
    x = box.x() + px(10)
    body = look.font("body")
    day = look.colour("accent_ink") if is_today else look.colour("text_muted")
    x += ink.text(QRectF(x, 0, box.right() - x, box.height()), weekday, body, day) + px(8)
    bold = look.sized_font(px(17), 600, tabular=True)
    width = QFontMetricsF(bold).horizontalAdvance(date)
    if is_today:
        pill = QRectF(x - px(2), (box.height() - px(24)) / 2, width + px(16), px(24))
        ink.box(pill, px(12), look.colour("accent"))
        ink.text(pill, date, bold, look.colour("accent_text"), CENTRE)
        today = QRectF(pill.right() + px(8), 0, box.right() - pill.right() - px(8), box.height())
        words, micro = texts("looks.week.today"), look.font("micro")
        if QFontMetricsF(micro).horizontalAdvance(words) <= today.width():  # the filled pill says it as well
            ink.text(today, words, micro, look.colour("accent_ink"))
    else:
        ink.text(QRectF(x, 0, box.right() - x, box.height()), date, bold, look.colour("text"))
    if collides:
        _paint_conflict(ink, texts, box)


def _paint_conflict(ink: Ink, texts: Texts, box: QRectF) -> None:
    look, px = ink.look, ink.look.px
    words, font, colour = texts("looks.week.conflict"), look.font("micro"), look.colour("danger_ink")
    width = QFontMetricsF(font).horizontalAdvance(words)
    left = box.right() - width - px(10)
    side = px(17)
    ink.icon("warning-circle", QRectF(left - side - px(4), (box.height() - side) / 2, side, side), colour)
    ink.text(QRectF(left, 0, width + 1, box.height()), words, font, colour)
