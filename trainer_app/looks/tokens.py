"""Reads tokens.json."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Chip:
    """A headset's number chip: fill and text colour, ``#RRGGBB``."""

    fill: str
    ink: str


def chip(number: int) -> Chip:
    """The chip of the headset with this number; colours begin again after the last one."""
    chips = _chips()
    return chips[(number - 1) % len(chips)]


@cache
def _chips() -> tuple[Chip, ...]:
    headsets: dict[str, Any] = _tokens()["color"]["light"]["headset"]
    numbers = sorted(int(name) for name in headsets if name.isdigit())
    return tuple(Chip(headsets[str(n)]["fill"], headsets[str(n)]["text"]) for n in numbers)


@cache
def _tokens() -> dict[str, Any]:
    text = files("trainer_app.looks").joinpath("tokens.json").read_text(encoding="utf-8")
    tokens: dict[str, Any] = json.loads(text)
    return tokens
