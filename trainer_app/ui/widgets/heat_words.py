"""What a moment of the heat map shows, and in which words. Knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trainer_app.domain.heat_density import Density, density_of
from trainer_app.domain.heat_map import HeatMap, HeatMoment, middle_of
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.number_words import number_word

_STEEP_DEG = 35.0
"""Above or below this it is up or down that most looked, not to a side."""

_AHEAD_DEG, _BEHIND_DEG = 30.0, 150.0


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatShown:
    """A moment of the film.

    Attributes:
        density: None: nothing is kept of it.
        label: Who looked, and when; stands on the picture.
        said: The same for those who hear it, with where most of them looked.
    """

    density: Density | None
    label: str
    said: str


def heat_shown(heat: HeatMap, at_s: float, texts: Texts) -> HeatShown:
    """Return what the seconds up to a place in the film show."""
    moment = heat.up_to(at_s)
    label = _label(moment, texts)
    where = f" {texts(f'looks.heat.most.{_where(moment.looks)}')}" if moment.looks else ""
    return HeatShown(
        density=density_of(moment.looks), label=label, said=f"{texts('looks.heat.here')}. {label}.{where}"
    )


def _label(moment: HeatMoment, texts: Texts) -> str:
    times = {"first": moment.from_s, "last": moment.to_s}
    if not moment.looks:
        return texts("looks.heat.too_few", **times)
    fewest, most = (number_word(count, texts) for count in (moment.fewest, moment.most))
    if fewest == most:
        return _capital(texts("looks.heat.group", headsets=most, **times))
    return _capital(texts("looks.heat.group_between", fewest=fewest, most=most, **times))


def _where(looks: Mapping[int, int]) -> str:
    """The direction that was looked at most, roughly."""
    hottest = middle_of(max(looks, key=lambda cell: (looks[cell], -cell)))
    if abs(hottest.pitch_deg) > _STEEP_DEG:
        return "up" if hottest.pitch_deg > 0 else "down"
    if abs(hottest.yaw_deg) < _AHEAD_DEG:
        return "ahead"
    if abs(hottest.yaw_deg) > _BEHIND_DEG:
        return "behind"
    return "right" if hottest.yaw_deg > 0 else "left"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
