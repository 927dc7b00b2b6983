"""Fills the style sheet template from a theme."""

from __future__ import annotations

import re
from importlib.resources import files
from string import Template

from trainer_app.looks.theme import Theme, palette_names
from trainer_app.looks.tokens import tokens

_PIXELS = re.compile(r"px([0-9]+)")
_TEMPLATE = "style.qss"


class StyleNameUnknown(ValueError):
    """The template asks for a name no token has (a bug)."""


class _Names(dict[str, str]):
    """Names of the template: colours, ``type_<style>``, ``radius_<name>``, and ``px12`` for scaled pixels."""

    def __init__(self, theme: Theme) -> None:
        super().__init__({name: getattr(theme.palette, name).css for name in palette_names()})
        for name in tokens().styles:
            style = theme.style(name)
            self[f"type_{name.replace('-', '_')}"] = f"font-size: {style.size}px; font-weight: {style.weight}"
        for name, pixels in tokens().radii.items():
            self[f"radius_{name}"] = f"{pixels}px"
        self._theme = theme

    def __missing__(self, name: str) -> str:
        if match := _PIXELS.fullmatch(name):
            return f"{self._theme.px(int(match.group(1)))}px"
        raise StyleNameUnknown(name)


def style_sheet(theme: Theme) -> str:
    """The style sheet of all stock widgets.

    Raises:
        StyleNameUnknown: the template asks for something that is no token.
    """
    template = files("trainer_app.ui.theme").joinpath(_TEMPLATE).read_text(encoding="utf-8")
    return Template(template).substitute(_Names(theme))
