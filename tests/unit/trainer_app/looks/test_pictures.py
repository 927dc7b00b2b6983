"""The drawings: whole in every language and theme, and on one sheet of one size."""

from __future__ import annotations

import pytest

from trainer_app.domain.fix_cards import FixCard
from trainer_app.looks.drawing import Box, Oval, Shape, Trace, Words, colour_of, joined, moved
from trainer_app.looks.pictures.gallery import NAMES, drawing
from trainer_app.looks.pictures.things import headset, mark
from trainer_app.looks.tokens import ThemeName, tokens
from trainer_app.texts.catalogue import LANGUAGES, Texts

_EDGE = 4
"""Half of the widest line may lie on the picture's edge."""


def _reach(shape: Shape) -> tuple[float, float, float, float]:
    if isinstance(shape, Trace):
        points = (shape.start, *((step[-2], step[-1]) for step in shape.steps))
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return min(xs), min(ys), max(xs), max(ys)
    return shape.x, shape.y, shape.x + shape.width, shape.y + shape.height


def test_every_card_has_a_drawing() -> None:
    assert {card.value for card in FixCard} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_a_drawing_lies_outside_it(name: str) -> None:
    picture = drawing(name)
    for shape in picture.shapes:
        left, top, right, bottom = _reach(shape)
        assert -_EDGE <= left <= right <= picture.width + _EDGE, shape
        assert -_EDGE <= top <= bottom <= picture.height + _EDGE, shape


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_speaks_every_language(name: str) -> None:
    picture = drawing(name)
    for lang in LANGUAGES:
        texts = Texts(lang)
        assert texts(picture.about)
        for shape in picture.shapes:
            if isinstance(shape, Words) and not shape.verbatim:
                assert texts(shape.key)


@pytest.mark.parametrize("theme", ThemeName)
def test_every_colour_is_known_in_every_theme(theme: ThemeName) -> None:
    colours = tokens().themes[theme]
    for name in NAMES:
        for shape in drawing(name).shapes:
            if isinstance(shape, Words):
                assert colour_of(colours, shape.colour)
                continue
            for paint in (shape.paint.fill, shape.paint.line):
                assert paint is None or colour_of(colours, paint)


def test_a_colour_that_is_none_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        colour_of(tokens().themes[ThemeName.LIGHT], "mauve")


def test_the_steps_marked_in_a_drawing_are_steps_of_its_card() -> None:
    texts = Texts("nb")
    for card in FixCard:
        marked = {
            shape.key
            for shape in drawing(card.value).shapes
            if isinstance(shape, Words) and shape.verbatim and shape.colour == "accent_text"
        }
        steps = {key.removeprefix("step") for key in texts.section(f"card.{card.value}") if "step" in key}
        assert marked
        assert marked <= steps, card


def test_what_is_moved_keeps_its_lines_and_grows_with_its_words() -> None:
    shapes = joined(headset(), mark(3, 0, 0))
    larger = moved(shapes, 10, 20, 2)
    for before, after in zip(shapes, larger, strict=True):
        if isinstance(before, Box | Oval) and isinstance(after, Box | Oval):
            assert (after.x, after.y) == (before.x * 2 + 10, before.y * 2 + 20)
            assert after.paint == before.paint
        if isinstance(before, Words) and isinstance(after, Words):
            assert after.size == before.size * 2
