"""Sample outputs of Android's commands; README.md names the public source of each shape."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from string import Template

COMMENT = "#:"


def render(model: str, name: str, **values: object) -> str:
    """Return one output with its values filled in, the model's own or the common one.

    Raises:
        KeyError: neither exists, or a value is missing.
    """
    return _template(model, name).substitute({key: str(value) for key, value in values.items()})


def exists(model: str, name: str) -> bool:
    """Whether this model has such an output at all."""
    return any(files(__name__).joinpath(folder, name).is_file() for folder in (model, "common"))


@cache
def _template(model: str, name: str) -> Template:
    for folder in (model, "common"):
        source = files(__name__).joinpath(folder, name)
        if source.is_file():
            lines = source.read_text(encoding="utf-8").splitlines(keepends=True)
            return Template("".join(line for line in lines if not line.startswith(COMMENT)))
    raise KeyError(f"no sample {name} for {model}")
