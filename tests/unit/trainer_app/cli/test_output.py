"""What is only for eyes that watch is not made where nobody does."""

from __future__ import annotations

import json

import pytest

from trainer_app.cli.output import Output
from trainer_app.texts.catalogue import Texts


def _unwanted() -> str:
    raise AssertionError("put into words for nobody")


def test_progress_that_nobody_watches_is_not_put_into_words(capsys: pytest.CaptureFixture[str]) -> None:
    Output(Texts("nb"), as_json=False).progress(_unwanted)
    assert capsys.readouterr().err == ""


def test_lines_for_people_are_not_made_for_scripts(capsys: pytest.CaptureFixture[str]) -> None:
    Output(Texts("nb"), as_json=True).result({"sent": 1}, (_unwanted() for _ in range(1)))
    assert json.loads(capsys.readouterr().out) == {"sent": 1}
    Output(Texts("nb"), as_json=False).result({"sent": 1}, (line for line in ("Sendt.",)))
    assert capsys.readouterr().out == "Sendt.\n"
