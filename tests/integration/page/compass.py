"""Where the demo film's markers have to be seen: computed from the head's direction, and not by the page."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageColor

from tests.integration.page import seen
from trainer_app.domain.films import Stereo
from trainer_app.library.demo_recipe import FilmRecipe

NEAR = 60.0
"""Distance within which a colour is the one it should be."""

BESIDE_DEG = 10.0
"""So far beside a marker it must not be seen any more."""

FIELD_DEG = 90.0
"""The emulated headset's view from top to bottom."""

_IN_VIEW = 0.85

Vector = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Mark:
    """A coloured field of the film: one direction, degrees to the right and upwards, and a colour an eye."""

    name: str
    yaw: float
    pitch: float
    colours: tuple[seen.Colour, seen.Colour]


def marks(recipe: FilmRecipe, stereo: Stereo) -> list[Mark]:
    """All that is to be found in the demo film."""

    def rgb(colour: str) -> seen.Colour:
        red, green, blue = ImageColor.getrgb(colour)[:3]
        return (red, green, blue)

    both = [
        Mark(each.letter["en"], each.yaw_deg, 0.0, (rgb(each.colour), rgb(each.colour)))
        for each in recipe.directions
    ]
    poles = [(90.0, recipe.poles.up), (-90.0, recipe.poles.down)]
    both += [Mark(f"pole {pitch}", 0.0, pitch, (rgb(colour), rgb(colour))) for pitch, colour in poles]
    if stereo is Stereo.MONO:
        return both
    left, right = (rgb(colour) for colour in recipe.eyes)
    # A square under each square, with an edge of a degree in between.
    below = -recipe.picture.marker_deg - 1.0
    return both + [
        Mark(f"eye {each.yaw_deg}", each.yaw_deg, below, (left, right)) for each in recipe.directions
    ]


def faults(picture: Image.Image, looked_for: list[Mark], yaw: float, pitch: float) -> list[str]:
    """What does not look as it should to a head in that direction; and that nothing is to be seen at all."""
    wrong, found = [], 0
    for eye in (0, 1):
        for mark in looked_for:
            at = _pixel(picture, eye, _seen_from(yaw, pitch, _direction(mark.yaw, mark.pitch)))
            if at is None:
                continue
            found += 1
            if _distance(picture, at, mark, eye) > NEAR:
                wrong.append(f"{mark.name}, eye {eye}: {seen.pixel(picture, *at)} at {at}")
            wrong += [
                f"{mark.name}, eye {eye}, is also seen at {beside}"
                for beside in _beside(picture, eye, mark, yaw, pitch)
                if _distance(picture, beside, mark, eye) <= NEAR
            ]
    return wrong if found >= 2 else [*wrong, "no marker is in view"]


def exchanged(picture: Image.Image, stereo: Stereo) -> list[Image.Image]:
    """The same with each eye's picture mirrored, upside down, and, where it matters, in the other eye."""
    left, right = (0, 0, picture.width // 2, picture.height), (picture.width // 2, 0, *picture.size)
    eyes = picture.crop(left), picture.crop(right)
    wrong = [
        [eye.transpose(way) for eye in eyes]
        for way in (Image.Transpose.FLIP_LEFT_RIGHT, Image.Transpose.FLIP_TOP_BOTTOM)
    ]
    if stereo is not Stereo.MONO:
        wrong.append([eyes[1], eyes[0]])
    return [_side_by_side(*each) for each in wrong]


def _side_by_side(left: Image.Image, right: Image.Image) -> Image.Image:
    both = Image.new("RGB", (left.width * 2, left.height))
    both.paste(left, (0, 0))
    both.paste(right, (left.width, 0))
    return both


def _beside(
    picture: Image.Image, eye: int, mark: Mark, yaw: float, pitch: float
) -> Iterator[tuple[int, int]]:
    if abs(mark.pitch) == 90:
        return
    for away in (-BESIDE_DEG, BESIDE_DEG):
        at = _pixel(picture, eye, _seen_from(yaw, pitch, _direction(mark.yaw + away, mark.pitch)))
        if at is not None:
            yield at


def _distance(picture: Image.Image, at: tuple[int, int], mark: Mark, eye: int) -> float:
    return seen.distance(seen.pixel(picture, *at), mark.colours[eye])


def _direction(yaw: float, pitch: float) -> Vector:
    """East is right, up is up, south is backwards."""
    turn, lift = math.radians(yaw), math.radians(pitch)
    return math.sin(turn) * math.cos(lift), math.sin(lift), -math.cos(turn) * math.cos(lift)


def _seen_from(yaw: float, pitch: float, direction: Vector) -> Vector:
    """The direction as the head has it: first turned back, then lowered again."""
    x, y, z = direction
    turn, lift = math.radians(yaw), math.radians(pitch)
    x, z = x * math.cos(turn) + z * math.sin(turn), z * math.cos(turn) - x * math.sin(turn)
    return x, y * math.cos(lift) + z * math.sin(lift), z * math.cos(lift) - y * math.sin(lift)


def _pixel(picture: Image.Image, eye: int, ray: Vector) -> tuple[int, int] | None:
    """Where an eye's picture has a direction; None outside of it, or close to its edge."""
    x, y, z = ray
    width, height = picture.width / 2, picture.height
    if z > -0.1:
        return None
    scale = height / 2 / math.tan(math.radians(FIELD_DEG / 2))
    right, up = x / -z * scale, y / -z * scale
    if abs(right) > width / 2 * _IN_VIEW or abs(up) > height / 2 * _IN_VIEW:
        return None
    return math.floor(width * (eye + 0.5) + right), math.floor(height / 2 - up)
