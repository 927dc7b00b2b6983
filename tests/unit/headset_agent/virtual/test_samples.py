"""Sample outputs say where their shape comes from, and never print that."""

from __future__ import annotations

from importlib.resources import files

import pytest

from headset_agent.virtual import samples
from headset_agent.virtual.state import MODELS

ALL = [
    (folder, entry.name)
    for folder in ("common", *MODELS)
    for entry in files("headset_agent.virtual.samples").joinpath(folder).iterdir()
]


@pytest.mark.parametrize(("folder", "name"), ALL)
def test_every_sample_names_its_source_and_says_that_values_are_invented(folder: str, name: str) -> None:
    text = files("headset_agent.virtual.samples").joinpath(folder, name).read_text(encoding="utf-8")
    header = " ".join(line for line in text.splitlines() if line.startswith(samples.COMMENT))
    assert "invented" in header
    assert any(source in header for source in ("AOSP", "github.com"))


def test_comments_are_not_printed() -> None:
    text = samples.render("quest3", "getprop.txt", serial="S")
    assert samples.COMMENT not in text
    assert "[ro.serialno]: [S]\n" in text


def test_an_output_that_no_model_has_is_an_error() -> None:
    with pytest.raises(KeyError):
        samples.render("quest3", "nothing.txt")
