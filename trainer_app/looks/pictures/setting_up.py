"""What is drawn on the help pages about setting up: drivers, Wi-Fi, the cable, a player of its own."""

from __future__ import annotations

from trainer_app.looks.drawing import Box, Paint, Shapes, Words, joined, moved
from trainer_app.looks.pictures.things import (
    arrow,
    cable,
    film,
    headset,
    laptop,
    mark,
    phone,
    ring,
    switch_on,
    tiles,
    warning,
    waves,
    window,
)


def developer_mode() -> Shapes:
    """The switch in the phone's app, and the headset it is for."""
    return joined(
        moved(phone(), 16, 14, 2.05),
        (Words("picture.phone.headset", 36, 62, 148, 40, 20, "text", bold=True),),
        moved(headset(), 70, 112, 0.35),
        (Box(42, 186, 136, 116, 8, Paint(fill="surface_raised", line="text", width=2)),),
        (Words("picture.phone.developer", 45, 192, 130, 56, 18, "text", bold=True),),
        moved(switch_on(), 82, 256),
        mark(3, 208, 244),
        arrow((228, 244), (268, 244)),
        moved(headset(), 268, 170, 0.88),
    )


def udev_rules() -> Shapes:
    """A line in a terminal lets the laptop see the headset on the cable."""
    return joined(
        moved(window(440, 150), 20, 10),
        (Words("$ sudo …", 38, 52, 400, 30, 22, "text", bold=True, centred=False, verbatim=True),),
        (Words("70-simkoffert.rules", 38, 92, 400, 30, 22, "text_muted", centred=False, verbatim=True),),
        mark(1, 440, 130),
        moved(laptop(tiles()), 20, 186, 0.85),
        moved(headset(), 276, 190, 0.82),
        cable((112, 328), (370, 330), 50),
        mark(2, 240, 360),
    )


def winusb() -> Shapes:
    """The one line of the Device Manager that matters."""
    row = Paint(fill="surface_raised", line="outline_strong", width=1.5)
    return joined(
        moved(window(440, 350), 20, 14),
        (Words("picture.manager", 92, 14, 340, 30, 18, "text", bold=True, centred=False),),
        (Words("picture.manager.other", 44, 62, 400, 30, 20, "text", bold=True, centred=False),),
        (Box(68, 104, 360, 52, 6, Paint(fill="attention_tint", line="text")),),
        moved(warning(), 82, 112, 0.9),
        (Words("ADB Interface", 132, 104, 280, 52, 21, "text", bold=True, centred=False, verbatim=True),),
        (Box(68, 170, 360, 42, 6, row),),
        (Words("MTP", 132, 170, 280, 42, 19, "text_muted", centred=False, verbatim=True),),
        arrow((248, 226), (248, 268)),
        (Box(68, 276, 360, 60, 8, Paint(fill="accent", line="text", width=2)),),
        (Words("picture.manager.update", 68, 276, 360, 60, 21, "accent_text", bold=True),),
        mark(1, 444, 130),
        mark(2, 444, 306),
    )


def wifi() -> Shapes:
    """The cable once; then Wi-Fi."""
    return joined(
        moved(laptop(tiles()), 6, 100),
        moved(headset(), 246, 100, 0.98),
        cable((116, 272), (360, 274), 80),
        mark(2, 238, 338),
        moved(waves(), 194, 14),
        mark(1, 150, 48),
    )


def own_player() -> Shapes:
    """The film lies in the headset, whose own player shows it; the laptop only starts and ends that."""
    return joined(
        (Box(60, 8, 360, 44, 8, Paint(fill="attention_tint", line="text", width=2)),),
        (Words("headset.mode.manual", 60, 8, 360, 44, 19, "text", bold=True),),
        moved(laptop(tiles(5)), 6, 156),
        arrow((224, 224), (262, 224)),
        moved(film(), 302, 74, 0.72),
        moved(headset(5), 268, 160, 0.88),
    )


def tethered() -> Shapes:
    """The film runs on the laptop and reaches the headset by the cable."""
    return joined(
        moved(laptop(moved(film(), 62, 20, 0.74)), 6, 76),
        moved(headset(), 248, 76, 0.98),
        cable((116, 252), (360, 256), 90),
        (Box(108, 8, 264, 40, 8, Paint(fill="accent_tint", line="text", width=2)),),
        (Words("headset.mode.tethered", 108, 8, 264, 40, 19, "text", bold=True),),
        mark(1, 238, 326),
        ring(62, 90, 112, 92),
    )
