"""What can be seen and measured of a page from outside: pixels, and media time by an unaltered clock."""

from __future__ import annotations

import asyncio
import io
import time
from collections.abc import Mapping
from dataclasses import dataclass

from PIL import Image

from headset_agent.devtools import Page, World

Colour = tuple[int, int, int]

FAR = 70.0
"""Distance beyond which a colour is none of those it is compared with."""


async def brightest(page: Page) -> int:
    """The largest value of any pixel and channel, 0 to 255."""
    return max((await screenshot(page)).tobytes())


async def eyes(page: Page) -> tuple[Colour, Colour]:
    """The colours in the middle of the left and of the right eye's picture."""
    picture = await screenshot(page)
    row = picture.height // 2
    return pixel(picture, picture.width // 4, row), pixel(picture, picture.width * 3 // 4, row)


async def screenshot(page: Page) -> Image.Image:
    """What the page shows."""
    return Image.open(io.BytesIO(await page.screenshot())).convert("RGB")


def pixel(picture: Image.Image, column: int, row: int) -> Colour:
    """One pixel."""
    value = picture.getpixel((column, row))
    assert isinstance(value, tuple)
    return (int(value[0]), int(value[1]), int(value[2]))


def name_of(colour: Colour, palette: Mapping[str, Colour], near: float = FAR) -> str | None:
    """The nearest name of the palette, or None when nothing in it is near."""
    name = min(palette, key=lambda other: distance(colour, palette[other]))
    return name if distance(colour, palette[name]) <= near else None


def distance(one: Colour, other: Colour) -> float:
    """Euclidean distance in RGB."""
    return float(sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5)


@dataclass(frozen=True, slots=True)
class Playing:
    """The film as an onlooker finds it; ``at_s`` is the machine's perf_counter."""

    at_s: float
    spread_s: float
    position_s: float
    paused: bool
    muted: bool
    source: str


async def look(world: World, times: int = 5) -> Playing:
    """Read the film from an isolated world; of several looks the one that took least."""
    looks = [await _look(world) for _ in range(times)]
    return min(looks, key=lambda look: look.spread_s)


async def _look(world: World) -> Playing:
    before = time.perf_counter()
    position, paused, muted, source = await world.evaluate(
        "(() => { const v = document.querySelector('video');"
        " return [v.currentTime, v.paused, v.muted, v.currentSrc]; })()"
    )
    after = time.perf_counter()
    return Playing((before + after) / 2, after - before, position, paused, muted, source)


async def look_until_sees(
    page: Page, left: str, palette: Mapping[str, Colour], *, near: float = FAR, timeout: float = 40.0
) -> None:
    """Wait until the left eye sees that colour; frames take their time on a busy machine."""
    seen: Colour | None = None
    try:
        async with asyncio.timeout(timeout):
            while name_of(seen := (await eyes(page))[0], palette, near) != left:
                pass
    except TimeoutError:
        raise AssertionError(f"{left} is not to be seen, but {seen}") from None
