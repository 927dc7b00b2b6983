"""Things that drawings are made of: headset, laptop, cable, what a headset asks.

Each stands at the origin; ``moved`` puts it into a picture.
"""

from __future__ import annotations

from trainer_app.looks.drawing import (
    LINE,
    PLAIN,
    SOFT,
    Box,
    Curve,
    Oval,
    Paint,
    Point,
    Shapes,
    Trace,
    Words,
    joined,
    moved,
)

_STRAP = Paint(line="outline_strong", width=9)
_DARK = Paint(fill="text", line=None)
_DETAIL = Paint(line="text", width=2)
_SCREEN = Paint(fill="accent_tint", line="outline_strong", width=2)
_BARE = Paint(fill="surface_raised", line=None)
_SHOWN = Paint(line="accent_ink", width=5)
"""What a person has to look at or do; also strong on a black-and-white print."""


def headset(number: int = 4) -> Shapes:
    """From the front, 230 x 150, with its number."""
    return joined(
        [
            Trace((66, 44), ((76, -8, 154, -8, 164, 44),), _STRAP),
            Box(0, 66, 26, 50, 9, SOFT),
            Box(204, 66, 26, 50, 9, SOFT),
            Box(12, 32, 206, 116, 48, PLAIN),
            Box(28, 46, 174, 88, 36, Paint(fill="surface_sunken", line="outline_strong", width=2)),
            Oval(44, 98, 16, 16, _DARK),
            Oval(170, 98, 16, 16, _DARK),
        ],
        moved(chip(number), 89, 64),
    )


def chip(number: int) -> Shapes:
    """The number of a headset, 52 x 52."""
    return (
        Box(0, 0, 52, 52, 8, Paint(fill=f"chip{number}", line="text", width=2)),
        Words(str(number), 0, 0, 52, 52, 32, f"chip{number}_text", bold=True, verbatim=True),
    )


def head() -> Shapes:
    """A person from the side who wears a headset, 210 x 250."""
    shoulders: tuple[Point | Curve, ...] = (
        (58, 196, 84, 190, 92, 178),
        (92, 150),
        (150, 150),
        (150, 178),
        (158, 190, 184, 196, 184, 250),
    )
    return (
        Trace((58, 250), shoulders, SOFT),
        Oval(56, 16, 130, 156, PLAIN),
        Trace((152, 96), ((120, 84), (92, 84), (60, 92)), _STRAP),
        Box(142, 62, 70, 66, 20, SOFT),
        Box(192, 74, 12, 42, 5, _DARK),
    )


def laptop(screen: Shapes = ()) -> Shapes:
    """Open, from the front, 220 x 150; ``screen`` lies in 176 x 100 at (22, 12)."""
    return joined(
        [
            Box(12, 2, 196, 120, 10, PLAIN),
            Box(22, 12, 176, 100, 4, Paint(fill="accent_tint", line="outline_strong", width=2)),
        ],
        screen,
        [
            Trace((0, 128), ((220, 128), (208, 146), (12, 146)), SOFT),
            Box(92, 128, 36, 6, 2, Paint(fill="outline_strong", line=None)),
        ],
    )


def tiles(marked: int = 4) -> Shapes:
    """The five tiles of a suitcase on a laptop's screen, one of them marked."""
    x = [30 + 34 * place for place in range(5)]
    plain = Paint(fill="surface_raised", line="outline_strong", width=1.5)
    striking = Paint(fill="attention_tint", line="text", width=LINE)
    return joined(
        *(
            (
                Box(
                    left,
                    34,
                    28,
                    56,
                    4,
                    striking if at == marked else plain,
                ),
                Box(left + 6, 40, 16, 16, 3, Paint(fill=f"chip{at}", line=None)),
            )
            for at, left in enumerate(x, start=1)
        )
    )


def cable(start: Point, end: Point, sag: float = 60) -> Shapes:
    """A USB cable that hangs between two plugs."""
    (x1, y1), (x2, y2) = start, end
    return joined(
        [Trace(start, ((x1 + 20, y1 + sag, x2 - 20, y2 + sag, x2, y2),), Paint(line="text", width=6))],
        _plug(x1, y1),
        _plug(x2, y2),
    )


def _plug(x: float, y: float) -> Shapes:
    return (
        Box(x - 9, y - 14, 18, 26, 4, _DARK),
        Box(x - 5, y - 24, 10, 12, 1, Paint(fill="surface_raised", line="text", width=2)),
    )


def waves(*, gone: bool = False) -> Shapes:
    """Wi-Fi, 90 x 70; crossed out where it is gone."""
    line = Paint(line="text", width=6)
    arcs = (
        Trace((4, 30), ((28, -2, 62, -2, 86, 30),), line),
        Trace((20, 44), ((34, 24, 56, 24, 70, 44),), line),
        Oval(37, 50, 16, 16, _DARK),
    )
    return joined(arcs, cross(0, 0, 90, 70)) if gone else arcs


def cross(x: float, y: float, width: float, height: float) -> Shapes:
    """Crossed out."""
    return (
        Trace((x, y), ((x + width, y + height),), Paint(line="danger", width=8)),
        Trace((x, y + height), ((x + width, y),), Paint(line="danger", width=8)),
    )


def arrow(start: Point, end: Point) -> Shapes:
    """Points straight at something; its head is 20 long."""
    (x1, y1), (x2, y2) = start, end
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    bx, by = x2 - 22 * ux, y2 - 22 * uy
    wings = ((bx - 13 * uy, by + 13 * ux), (bx + 13 * uy, by - 13 * ux))
    return (
        Trace(start, ((bx, by),), Paint(line="accent_ink", width=7)),
        Trace(end, wings, Paint(fill="accent_ink", line=None)),
    )


def mark(number: int, x: float, y: float) -> Shapes:
    """The number of the step that is done here, around the point."""
    return (
        Oval(x - 18, y - 18, 36, 36, Paint(fill="accent", line="surface_raised", width=LINE)),
        Words(str(number), x - 18, y - 18, 36, 36, 22, "accent_text", bold=True, verbatim=True),
    )


def ring(x: float, y: float, width: float, height: float, radius: float = 10) -> Shapes:
    """Look here."""
    return (Box(x, y, width, height, radius, _SHOWN),)


def display(width: float, height: float) -> Shapes:
    """What the wearer sees: a dark window with a tail towards the headset below it."""
    return (Box(0, 0, width, height, 16, Paint(fill="display", line="text", width=LINE)),)


def button(key: str, x: float, y: float, width: float, *, strong: bool = False) -> Shapes:
    """A button in a display, 40 high."""
    paint = Paint(fill="display_accent", line=None) if strong else Paint(line="display_text", width=2)
    colour = "display_on_accent" if strong else "display_text"
    return (Box(x, y, width, 40, 8, paint), Words(key, x, y, width, 40, 19, colour, bold=strong))


def said(key: str, x: float, y: float, width: float, height: float = 26, *, bold: bool = False) -> Shapes:
    """Words in a display."""
    return (Words(key, x, y, width, height, 19, "display_text", bold=bold, centred=False),)


def tick_box(x: float, y: float) -> Shapes:
    """A ticked box in a display, 28 x 28."""
    return (
        Box(x, y, 28, 28, 5, Paint(fill="display_accent", line=None)),
        Trace((x + 6, y + 15), ((x + 12, y + 21), (x + 22, y + 8)), Paint(line="display_on_accent", width=4)),
    )


def battery(part: float) -> Shapes:
    """A battery that is full to this part, 120 x 60."""
    return (
        Box(112, 20, 12, 20, 3, _DARK),
        Box(0, 0, 114, 60, 10, PLAIN),
        Box(9, 9, max(10.0, 96 * part), 42, 4, Paint(fill="text", line=None)),
    )


def bolt() -> Shapes:
    """It charges, 40 x 60."""
    outline = ((4, 34), (18, 34), (12, 60), (38, 24), (24, 24), (30, 0))
    return (Trace((24, 0), outline, Paint(fill="attention", line="text", width=2)),)


def moon() -> Shapes:
    """It sleeps, 60 x 66."""
    outline: tuple[Curve, ...] = (
        (8, 0, -6, 30, 10, 48),
        (26, 66, 54, 58, 58, 38),
        (40, 46, 20, 28, 34, 2),
    )
    return (Trace((34, 2), outline, Paint(fill="attention", line="text", width=2)),)


def film() -> Shapes:
    """A film, 130 x 96."""
    holes = [
        Box(10 + 23 * at, y, 12, 10, 2, Paint(fill="surface_raised", line=None))
        for at in range(5)
        for y in (6, 80)
    ]
    return joined(
        [Box(0, 0, 130, 96, 8, Paint(fill="text", line="text", width=2)), *holes],
        [
            Box(10, 22, 110, 52, 3, Paint(fill="accent_tint", line=None)),
            Trace((54, 32), ((82, 48), (54, 64)), Paint(fill="text", line=None)),
        ],
    )


def power_button() -> Shapes:
    """The side of a headset with its button, 190 x 110."""
    return (
        Trace((150, 44), ((176, 40), (190, 30)), _STRAP),
        Box(0, 6, 156, 100, 36, PLAIN),
        Box(8, 24, 22, 64, 8, _DARK),
        Oval(94, 40, 36, 36, Paint(fill="surface_sunken", line="text", width=LINE)),
        Trace((112, 46), ((112, 56),), Paint(line="text", width=LINE)),
    )


def router() -> Shapes:
    """The suitcase's own router, 150 x 110."""
    return (
        Trace((30, 60), ((18, 4),), Paint(line="text", width=6)),
        Trace((120, 60), ((132, 4),), Paint(line="text", width=6)),
        Box(0, 58, 150, 46, 10, PLAIN),
        *(Oval(20 + 22 * at, 76, 10, 10, _DARK) for at in range(3)),
    )


def charger() -> Shapes:
    """A charger in the wall, 70 x 80."""
    return (
        Box(0, 0, 70, 80, 12, PLAIN),
        Oval(18, 30, 10, 10, _DARK),
        Oval(42, 30, 10, 10, _DARK),
    )


def chair_with_person() -> Shapes:
    """Somebody who sits and wears a headset, from the front, 150 x 220."""
    return (
        Box(28, 78, 94, 104, 14, SOFT),
        Trace((40, 180), ((34, 214),), Paint(line="text", width=6)),
        Trace((110, 180), ((116, 214),), Paint(line="text", width=6)),
        Trace((44, 176), ((44, 104, 52, 92, 75, 92), (98, 92, 106, 104, 106, 176)), PLAIN),
        Oval(47, 20, 56, 66, PLAIN),
        Box(40, 34, 70, 34, 14, Paint(fill="text", line="text", width=2)),
        Box(36, 160, 78, 26, 10, SOFT),
    )


def phone() -> Shapes:
    """A mobile phone, 92 x 170; its screen is 76 x 130 at (8, 16)."""
    return (
        Box(0, 0, 92, 170, 16, PLAIN),
        Box(8, 16, 76, 134, 4, Paint(fill="accent_tint", line="outline_strong", width=2)),
        Oval(40, 154, 12, 12, _DETAIL),
    )


def switch_on() -> Shapes:
    """A switch that is on, 56 x 30."""
    return (
        Box(0, 0, 56, 30, 15, Paint(fill="accent", line="text", width=2)),
        Oval(29, 3, 24, 24, Paint(fill="surface_raised", line=None)),
    )


def window(width: float, height: float) -> Shapes:
    """A window of the laptop's system."""
    return (
        Box(0, 0, width, height, 10, PLAIN),
        Trace((0, 30), ((width, 30),), Paint(line="text", width=2)),
        *(Oval(12 + 18 * at, 11, 9, 9, _DARK) for at in range(3)),
    )


def warning() -> Shapes:
    """Something is missing, 40 x 38."""
    return (
        Trace((20, 0), ((40, 36), (0, 36)), Paint(fill="attention", line="text", width=2)),
        Trace((20, 13), ((20, 23),), Paint(line="text", width=4)),
        Oval(17.5, 27, 5, 5, _DARK),
    )
