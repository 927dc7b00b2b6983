"""Where a notice lies over a page: low, and on nothing that somebody is about to press or fill in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QWidget

COVERS = 0.2
"""From this share on a control counts as covered; of a calendar or a table a corner can be spared."""

_STEP = 8
"""Pixels from one place that is tried to the next one above it."""


def place_over(page: QWidget, size: QSize, margin: int) -> QPoint:
    """Return where a notice of this size lies best, in the coordinates of the page.

    Of the places in the lower half the lowest that covers nothing wins, at the left before the middle before
    the right; where all of them cover something, the one that covers least.
    """
    controls = controls_of(page)
    return min(_places(page.size(), size, margin), key=lambda at: covered(QRect(at, size), controls))


def controls_of(page: QWidget) -> list[QRect]:
    """What can be seen of each control of a page that can be worked."""
    tab = Qt.FocusPolicy.TabFocus
    inside = (each for each in page.findChildren(QWidget) if each.isVisible() and each.isEnabled())
    seen = ((each, each.visibleRegion().boundingRect()) for each in inside if each.focusPolicy() & tab == tab)
    return [QRect(each.mapTo(page, rect.topLeft()), rect.size()) for each, rect in seen if not rect.isEmpty()]


def covered(notice: QRect, controls: Sequence[QRect]) -> float:
    """How much of the controls a notice hides: the sum of the shares of each."""
    return sum(_area(notice.intersected(each)) / _area(each) for each in controls)


def _places(page: QSize, size: QSize, margin: int) -> Iterator[QPoint]:
    right = page.width() - size.width() - margin
    for top in range(page.height() - size.height() - margin, page.height() // 2, -_STEP):
        for left in (margin, (margin + right) // 2, right):
            yield QPoint(left, top)
    yield QPoint(margin, max(0, page.height() - size.height() - margin))


def _area(rect: QRect) -> int:
    return rect.width() * rect.height()
