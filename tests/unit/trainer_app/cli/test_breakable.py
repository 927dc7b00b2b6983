"""Commands that are asked to end where nobody hears it, in a library's callback: nothing is kept."""

from __future__ import annotations

import contextlib
import signal
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from trainer_app.cli import film, report
from trainer_app.cli.breakable import Command
from trainer_app.cli.example_data import example_data
from trainer_app.cli.output import Output
from trainer_app.domain.errors import UserCancelled
from trainer_app.domain.participation import Counts, ParticipationReport
from trainer_app.services.example_data import ExampleSize
from trainer_app.texts.catalogue import Texts

if TYPE_CHECKING:
    from trainer_app.bootstrap import Workplace

Progress = Callable[[int, int], None]


class Deaf:
    """A workplace at which Ctrl-C is swallowed while something is made."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.importing = self.reporting = self

    def import_film(self, _file: Path, *, progress: Progress, **_: object) -> None:
        self._make("film", lambda: progress(1, 2))

    def demo_films(self, *, progress: Progress, **_: object) -> None:
        self._make("demo", lambda: progress(1, 2))

    def fill_with_examples(self, _size: ExampleSize, *, look: Callable[[], None]) -> None:
        self._make("examples", look)

    def scope(self, **_: object) -> None:
        """All there is."""

    def participation(self, _scope: object, _lang: str) -> ParticipationReport:
        self._make("report", lambda: None)
        return ParticipationReport(first=None, last=None, department="", theme="", lines=(), total=Counts())

    def _make(self, what: str, hear: Callable[[], None]) -> None:
        with contextlib.suppress(UserCancelled):
            signal.raise_signal(signal.SIGINT)
        hear()
        self.kept.append(what)


async def is_asked_to_end(command: Command, **parsed: Any) -> Deaf:
    """Run it until it hears."""
    deaf = Deaf()
    with pytest.raises(UserCancelled):
        await command(cast("Workplace", deaf), Namespace(**parsed), Output(Texts("nb"), as_json=False))
    return deaf


async def test_film_is_not_taken_in() -> None:
    given = {"theme": "INN", "title": None, "projection": None, "stereo": None}
    assert not (await is_asked_to_end(film.VERBS["import"], file=Path("a.mp4"), **given)).kept


async def test_demo_films_are_not_rendered_to_their_end() -> None:
    assert not (await is_asked_to_end(film.VERBS["demo"], seconds=None, width=None)).kept


async def test_no_example_data_is_kept() -> None:
    assert not (await is_asked_to_end(example_data, sessions=9, participants=9, seed=1)).kept


async def test_no_report_is_written(tmp_path: Path) -> None:
    out = tmp_path / "deltakelse.csv"
    await is_asked_to_end(
        report.VERBS["participation"], out=out, first=None, last=None, department=None, theme=None
    )
    assert not out.exists()
