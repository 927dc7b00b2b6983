"""Where a notice lies over a page: low, and on nothing that somebody is about to press or fill in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QWidget

COVERS = 0.2
"""From this share on a control counts as covered."""

_SPARES = 4
"""Of a control so much larger than the notice, as a calendar or a table is, a corner can be spared."""

_STEP = 8
"""Pixels from one place that is tried to the next one above it."""


def place_over(page: QWidget, size: QSize, margins: QSize) -> QPoint:
    """Return where a notice of this size lies best, in the coordinates of the page.

    Of the places in the lower half the lowest that covers nothing wins, at the left before the middle before
    the right; where all of them cover something, the one that covers least.
    """
    controls = controls_of(page)
    return min(_places(page.size(), size, margins), key=lambda at: covered(QRect(at, size), controls))


def controls_of(page: QWidget) -> list[QRect]:
    """What can be seen of each control of a page that can be worked."""
    tab = Qt.FocusPolicy.TabFocus
    inside = (each for each in page.findChildren(QWidget) if each.isVisible() and each.isEnabled())
    seen = ((each, each.visibleRegion().boundingRect()) for each in inside if each.focusPolicy() & tab == tab)
    return [QRect(each.mapTo(page, rect.topLeft()), rect.size()) for each, rect in seen if not rect.isEmpty()]


def covered(notice: QRect, controls: Sequence[QRect]) -> float:
    """How much of the controls a notice hides: the sum of the shares of each."""
    small = (each for each in controls if _area(each) < _SPARES * _area(notice))
    return sum(_area(notice.intersected(each)) / _area(each) for each in small)


def _places(page: QSize, size: QSize, margins: QSize) -> Iterator[QPoint]:
    side, lowest = margins.width(), page.height() - size.height() - margins.height()
    right = page.width() - size.width() - side
    for top in range(lowest, page.height() // 2, -_STEP):
        for left in (side, (side + right) // 2, right):
            yield QPoint(left, top)
    yield QPoint(side, max(0, lowest))


def _area(rect: QRect) -> int:
    """Nothing where they do not meet."""
    return 0 if rect.isEmpty() else rect.width() * rect.height()
