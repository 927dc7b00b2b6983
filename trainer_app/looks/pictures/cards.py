"""What is drawn on the fix cards: what one sees, and where the numbered steps are done."""

from __future__ import annotations

from trainer_app.looks.drawing import Box, Oval, Paint, Shapes, Trace, Words, joined, moved
from trainer_app.looks.pictures.things import (
    arrow,
    battery,
    bolt,
    button,
    cable,
    chair_with_person,
    charger,
    cross,
    display,
    film,
    head,
    headset,
    laptop,
    mark,
    moon,
    power_button,
    ring,
    router,
    said,
    tick_box,
    tiles,
    waves,
)

_TABLE = Paint(line="outline_strong", width=4)
_BEAM = Paint(line="outline_strong", width=2, dashed=True)


def not_authorised() -> Shapes:
    """What the headset asks, what to tick and what to press."""
    return joined(
        _seen_in_headset(180),
        said("looks.allow.title", 66, 34, 350, bold=True),
        tick_box(66, 76),
        said("looks.allow.always", 106, 77, 320),
        button("looks.allow.no", 166, 130, 110),
        button("looks.allow.yes", 296, 130, 110, strong=True),
        mark(1, 90, 300),
        mark(2, 42, 90),
        mark(3, 430, 150),
    )


def not_connected() -> Shapes:
    """The button that switches a headset on, and the one network of the suitcase."""
    return joined(
        moved(power_button(), 28, 48, 1.25),
        arrow((168, 12), (168, 96)),
        (Words("picture.hold", 290, 74, 180, 84, 25, "text", bold=True, centred=False),),
        mark(1, 128, 40),
        (Trace((20, 212), ((460, 212),), Paint(line="outline", width=2)),),
        moved(headset(), 6, 274, 0.66),
        moved(waves(), 152, 236, 0.62),
        moved(router(), 182, 276, 0.72),
        moved(waves(), 264, 236, 0.62),
        moved(laptop(tiles()), 318, 262, 0.7),
        mark(2, 236, 250),
    )


def after_restart() -> Shapes:
    """The Wi-Fi link is gone; the cable brings it back."""
    return joined(
        moved(waves(gone=True), 78, 8, 0.9),
        arrow((190, 40), (300, 40)),
        moved(waves(), 322, 8, 0.9),
        moved(laptop(tiles()), 6, 104),
        moved(headset(), 244, 104),
        cable((116, 276), (360, 282), 92),
        mark(1, 238, 346),
        mark(3, 440, 40),
    )


def asleep() -> Shapes:
    """A headset on the table sleeps; on a head it is awake."""
    return joined(
        moved(moon(), 88, 64),
        moved(headset(), 12, 176, 0.88),
        (Trace((6, 308), ((232, 308),), _TABLE),),
        arrow((226, 170), (306, 170)),
        moved(head(), 258, 58),
        mark(1, 262, 130),
    )


def low_battery() -> Shapes:
    """Nearly empty; the charger, and another headset."""
    return joined(
        moved(battery(0.14), 46, 40, 1.4),
        moved(bolt(), 282, 42, 1.2),
        moved(charger(), 372, 30, 1.15),
        cable((412, 150), (150, 342), 44),
        moved(headset(4), 10, 168),
        moved(headset(5), 290, 248, 0.78),
        mark(1, 366, 196),
        mark(3, 450, 250),
    )


def storage_full() -> Shapes:
    """Films that nobody uses take the room of the new one."""
    filled = Paint(fill="accent_tint", line="text", width=2)
    return joined(
        moved(headset(), 10, 14, 0.9),
        moved(film(), 318, 14),
        arrow((383, 118), (383, 196)),
        (Box(20, 206, 440, 96, 14, Paint(fill="surface_sunken")),),
        *((Box(32 + 98 * at, 218, 90, 72, 6, filled),) for at in range(4)),
        cross(44, 232, 66, 44),
        (Words("picture.full", 20, 312, 440, 30, 21, "text", bold=True),),
        mark(2, 77, 206),
    )


def film_missing() -> Shapes:
    """The film is on its way from the laptop to the headset."""
    return joined(
        moved(laptop(moved(film(), 62, 20, 0.74)), 6, 68, 0.95),
        arrow((216, 134), (276, 134)),
        moved(headset(), 282, 66, 0.84),
        (Box(60, 252, 360, 26, 13, Paint(fill="surface_sunken")),),
        (Box(60, 252, 230, 26, 13, Paint(fill="accent")),),
        (Words("picture.sending", 60, 286, 360, 30, 21, "text", bold=True),),
        mark(1, 110, 50),
        mark(3, 430, 265),
    )


def vr_permission() -> Shapes:
    """What the headset's browser asks before it shows the film."""
    return joined(
        _seen_in_headset(180),
        said("picture.vr.question", 66, 34, 350, bold=True),
        said("picture.vr.site", 66, 70, 350),
        button("picture.vr.no", 166, 130, 110),
        button("picture.vr.yes", 296, 130, 110, strong=True),
        mark(1, 90, 300),
        mark(2, 430, 150),
    )


def film_stopped() -> Shapes:
    """Try again on the laptop; then restart the headset."""
    return joined(
        moved(laptop(tiles()), 10, 26, 1.05),
        (Box(56, 112, 140, 36, 6, Paint(fill="accent", line="surface_raised", width=2)),),
        (Words("prepare.tile.retry", 56, 112, 140, 36, 18, "accent_text", bold=True),),
        mark(2, 210, 130),
        moved(power_button(), 262, 50, 1.1),
        arrow((385, 14), (385, 90)),
        mark(3, 350, 38),
        moved(display(400, 132), 40, 226),
        said("picture.power.title", 64, 240, 350, bold=True),
        button("picture.power.off", 64, 296, 160),
        button("picture.power.restart", 246, 296, 166, strong=True),
        ring(237, 287, 184, 58),
    )


def boundary() -> Shapes:
    """Somebody who sits within the boundary, and what the headset asks about it."""
    return joined(
        (Oval(8, 238, 208, 100, Paint(fill="accent_tint", line="text", width=4, dashed=True)),),
        moved(chair_with_person(), 28, 56, 1.12),
        moved(display(236, 186), 232, 62),
        said("picture.boundary.title", 250, 76, 200, 40, bold=True),
        button("picture.boundary.room", 250, 130, 200),
        button("picture.boundary.seated", 250, 190, 200, strong=True),
        mark(1, 26, 232),
        mark(2, 450, 230),
    )


def _seen_in_headset(height: float) -> Shapes:
    """A window above a headset: this is what its wearer sees."""
    bottom = 16 + height
    return joined(
        moved(headset(), 136, bottom + 38, 0.9),
        (
            Trace((44, bottom), ((160, bottom + 92),), _BEAM),
            Trace((436, bottom), ((320, bottom + 92),), _BEAM),
        ),
        moved(display(400, height), 40, 16),
    )
