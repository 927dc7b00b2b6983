"""All drawings by their name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from trainer_app.domain.fix_cards import FixCard
from trainer_app.looks.drawing import Drawing, Point, Shape, Shapes, Trace, moved
from trainer_app.looks.pictures import cards, setting_up

WIDTH, HEIGHT = 480.0, 380.0

_DRAWN: Mapping[str, Callable[[], Shapes]] = MappingProxyType(
    {
        FixCard.NOT_AUTHORISED.value: cards.not_authorised,
        FixCard.NOT_CONNECTED.value: cards.not_connected,
        FixCard.AFTER_RESTART.value: cards.after_restart,
        FixCard.ASLEEP.value: cards.asleep,
        FixCard.LOW_BATTERY.value: cards.low_battery,
        FixCard.STORAGE_FULL.value: cards.storage_full,
        FixCard.FILM_MISSING.value: cards.film_missing,
        FixCard.VR_PERMISSION.value: cards.vr_permission,
        FixCard.FILM_STOPPED.value: cards.film_stopped,
        FixCard.BOUNDARY.value: cards.boundary,
        "developer_mode": setting_up.developer_mode,
        "udev": setting_up.udev_rules,
        "winusb": setting_up.winusb,
        "wifi": setting_up.wifi,
        "own_player": setting_up.own_player,
        "tethered": setting_up.tethered,
    }
)

NAMES = tuple(_DRAWN)


def drawing(name: str) -> Drawing:
    """The drawing with this name.

    Raises:
        KeyError: there is none.
    """
    shapes = _centred(_DRAWN[name]())
    return Drawing(width=WIDTH, height=HEIGHT, shapes=shapes, about=f"picture.{name}.about")


def _centred(shapes: Shapes) -> Shapes:
    """In the middle of the picture, however the things in it were laid out."""
    corners = [corner for shape in shapes for corner in _corners(shape)]
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    top, bottom = min(y for _, y in corners), max(y for _, y in corners)
    return moved(shapes, (WIDTH - left - right) / 2, (HEIGHT - top - bottom) / 2)


def _corners(shape: Shape) -> Sequence[Point]:
    """Two corners of a box, the points of a line (of a curve its end)."""
    if isinstance(shape, Trace):
        return (shape.start, *((step[-2], step[-1]) for step in shape.steps))
    return ((shape.x, shape.y), (shape.x + shape.width, shape.y + shape.height))
