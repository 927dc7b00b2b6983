"""The recipe of the demo films, ``media/films.toml``, as values."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trainer_app.domain.films import ThemeCode, theme_code
from trainer_app.library.data import data_folder

Words = dict[str, str]
"""A text by language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """A compass direction; ``yaw_deg`` is degrees to the right of the film's centre."""

    yaw_deg: float
    letter: Words
    colour: str
    ink: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Poles:
    """The discs straight above and straight below the viewer."""

    up: str
    down: str
    radius_deg: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundRecipe:
    """The tones at each full second: hertz, seconds, level as a share of full scale."""

    sample_rate: int
    level: float
    tone_hz: float
    tone_s: float
    ten_hz: float
    ten_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureRecipe:
    """Size, rate and colours that all demo films share."""

    width: int
    frame_rate: int
    seconds: float
    panel: str
    panel_text: str
    panel_text_muted: str
    lamp: str
    lamp_ten: str
    marker_deg: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmRecipe:
    """One demo film, with all that its rendering needs. ``plates`` are fades in order."""

    theme: ThemeCode
    title: Words
    plates: tuple[Path, ...]
    tint: str
    tint_strength: float
    picture: PictureRecipe
    sound: SoundRecipe
    directions: tuple[Direction, ...]
    poles: Poles
    eyes: tuple[str, str]


def demo_recipes(folder: Path | None = None) -> tuple[FilmRecipe, ...]:
    """Read the recipes; ``folder`` defaults to the program's own media."""
    folder = folder or data_folder("media")
    table = tomllib.loads((folder / "films.toml").read_text(encoding="utf-8"))
    shared: dict[str, Any] = {
        "picture": PictureRecipe(**table["picture"]),
        "sound": SoundRecipe(**table["sound"]),
        "directions": tuple(Direction(**direction) for direction in table["directions"]),
        "poles": Poles(**table["poles"]),
        "eyes": (table["eyes"]["left"], table["eyes"]["right"]),
    }
    return tuple(_film(entry, folder, shared) for entry in table["films"])


def _film(entry: dict[str, Any], folder: Path, shared: dict[str, Any]) -> FilmRecipe:
    return FilmRecipe(
        theme=theme_code(entry["theme"]),
        title=entry["title"],
        plates=tuple(folder / "plates" / f"{name}.jpg" for name in entry["plates"]),
        tint=entry["tint"],
        tint_strength=entry["tint_strength"],
        **shared,
    )
