"""Draws an event of the week: its ground by kind, times, title, lines, and the hatching of a conflict."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainterPath, QPen

from trainer_app.looks.tokens import ThemeName
from trainer_app.ui.theme.ink import Ink
from trainer_app.ui.theme.text_block import TextBlock
from trainer_app.ui.widgets.week_layout import EventKind, WeekEvent

_EDGE, _RADIUS = 4, 5
_GREY = (EventKind.PAST, EventKind.OTHER, EventKind.BLOCKED)


def paint_event(ink: Ink, event: WeekEvent, box: QRectF, hatch: tuple[float, float] | None) -> None:
    """Draw an event; ``hatch`` is what overlaps, from y to y."""
    shape = QPainterPath()
    shape.addRoundedRect(box, _RADIUS, _RADIUS)
    ink.painter.save()
    ink.painter.setClipPath(shape)
    _paint_ground(ink, event, box)
    if hatch:
        area = QRectF(box.x(), hatch[0], box.width(), hatch[1] - hatch[0]) & box
        line = ink.look.colour("danger_ink")
        line.setAlphaF(0.45)
        _hatch(ink, area, line, 1.2, 12)
    ink.painter.restore()
    _paint_outline(ink, event, box)
    ink.painter.save()
    ink.painter.setClipRect(box)
    _paint_words(ink, event, box)
    ink.painter.restore()


def _paint_ground(ink: Ink, event: WeekEvent, box: QRectF) -> None:
    look = ink.look
    if event.kind is EventKind.DRAFT:
        ground = look.colour("surface_raised")
    elif event.kind is EventKind.BLOCKED:
        ground = look.colour("surface")
    elif event.kind in _GREY:
        ground = look.colour("surface_sunken")
    else:
        ground = look.colour("accent_tint")
    ink.painter.fillRect(box, ground)
    if event.kind is EventKind.BLOCKED:
        stripes = look.colour("outline")
        # White stripes under white words could not be read.
        stripes.setAlphaF(0.15 if look.theme.name is ThemeName.HIGH_CONTRAST else 0.5)
        _hatch(ink, box, stripes, 6, 20)
    ink.painter.fillRect(QRectF(box.x(), box.y(), _EDGE, box.height()), _edge(ink, event))


def _edge(ink: Ink, event: WeekEvent) -> QColor:
    if event.is_edited:
        return ink.look.colour("danger_ink" if event.conflicts else "accent_ink")
    if event.kind is EventKind.DRAFT or event.kind in _GREY:
        return ink.look.colour("outline_strong")
    return ink.look.colour("accent_ink")


def _paint_outline(ink: Ink, event: WeekEvent, box: QRectF) -> None:
    look = ink.look
    if event.is_edited:
        ink.box(box, _RADIUS, None, look.colour("danger_ink" if event.conflicts else "accent_ink"), 2)
    elif event.kind is EventKind.DRAFT:
        ink.box(box, _RADIUS, None, look.colour("outline_strong"), style=Qt.PenStyle.DashLine)
    else:
        ink.box(box, _RADIUS, None, look.colour("outline"))


def _paint_words(ink: Ink, event: WeekEvent, box: QRectF) -> None:
    look, px = ink.look, ink.look.px
    left, width = box.x() + px(13), box.width() - px(13) - px(4)
    y, side = box.y() + px(3), px(16)
    small = look.theme.style("small").line
    icon = QRectF(left, y + (small - side) / 2, side, side)
    ink.icon(event.icon, icon, _icon_colour(ink, event))
    times = QRectF(left + side + px(4), y, width - side - px(4), small)
    font = look.font("micro", weight=400, tabular=True)
    fits = QFontMetricsF(font).horizontalAdvance(event.times) <= times.width()
    # The end can be seen by the height as well; half a time could be misread.
    shown = event.times if fits else event.times.partition("–")[0]
    ink.text(times, shown, font, look.colour("text_muted"))
    y += small
    strong, plain = look.font("small", weight=600), look.font("micro", weight=400)
    parts = [(event.title, strong, look.theme.style("small").line, "text")]
    parts += [(line, plain, look.theme.style("micro").line, "text_muted") for line in event.lines]
    for words, font, line, colour in parts:
        block = TextBlock(words, font, line, width)
        if y + block.height > box.bottom() + 2:
            break  # whole lines only; the side panel has the rest
        ink.painter.setPen(look.colour(colour))
        block.draw(ink.painter, QPointF(left, y))
        y += block.height


def _icon_colour(ink: Ink, event: WeekEvent) -> QColor:
    if event.is_edited and event.conflicts:
        return ink.look.colour("danger_ink")
    if event.kind is EventKind.PAST:
        return ink.look.colour("ok_ink")
    return ink.look.colour("accent_ink" if event.kind is EventKind.SESSION else "text_muted")


def _hatch(ink: Ink, area: QRectF, colour: QColor, width: float, step: float) -> None:
    painter = ink.painter
    painter.save()
    painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(colour, width))
    x = area.left() - area.height()
    while x < area.right():
        painter.drawLine(QPointF(x, area.bottom()), QPointF(x + area.height(), area.top()))
        x += step
    painter.restore()
