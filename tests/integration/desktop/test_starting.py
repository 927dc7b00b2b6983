"""What keeps the app from opening is said, in a window and in the terminal, and nothing is changed by it."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.fakes.databases import DatabaseTemplates
from tests.fakes.waiting import until
from tests.integration.desktop.programs import App

Spoil = Callable[[Path], None]


def _a_file_instead(data: Path) -> None:
    data.write_text("")


def _newer(data: Path) -> None:
    with closing(sqlite3.connect(data / "simkoffert.sqlite")) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()


def _damaged(data: Path) -> None:
    (data / "simkoffert.sqlite").write_bytes(b"Dette er et brev.\n" * 1000)


def _read_only(data: Path) -> None:
    """Also for root, whom permissions do not stop: no file can be made where a folder of its name lies."""
    (data / "simkoffert.sqlite.lock").mkdir()


@pytest.mark.parametrize(
    ("lang", "spoil", "what", "following"),
    [
        ("nb", _a_file_instead, "kan ikke åpnes", "Sjekk sted og tilgang"),
        ("en", _read_only, "cannot be opened", "access"),
        ("en", _newer, "newer", "version"),
        ("nb", _damaged, "skadet", "sikkerhetskopi"),
    ],
)
async def test_a_database_that_cannot_be_used_is_named_with_cause_and_next_step(
    database_templates: DatabaseTemplates, tmp_path: Path, lang: str, spoil: Spoil, what: str, following: str
) -> None:
    data = tmp_path / "data"
    if spoil is not _a_file_instead:
        database_templates.copy_empty(data / "simkoffert.sqlite").close()
    spoil(data)
    before = _content(data)
    with App("--lang", lang, data=data) as app:
        await app.says(following)
        assert app.is_running  # in front of its window
        assert app.interrupt() == 1
    assert what in app.said
    assert str(data) in app.said
    assert "Traceback" not in app.said
    assert _content(data) == before


async def test_a_second_app_on_the_same_database_is_told_so_and_the_first_goes_on(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with App(data=data) as first:
        await until(lambda: _has_opened(data), within_s=25)
        with App(data=data) as second:
            await second.says("Gå til det andre vinduet")
            assert second.interrupt() == 1
        assert "er alt åpen" in second.said
        assert first.is_running
        assert first.interrupt() == 0
    assert first.said == ""


@pytest.mark.parametrize("command", [(), ("demo",)])
@pytest.mark.parametrize(("lang", "words"), [("nb", "ingen skjerm"), ("en", "no screen")])
def test_without_a_screen_it_says_so(command: tuple[str, ...], lang: str, words: str, tmp_path: Path) -> None:
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in screens}
    ended = subprocess.run(
        [sys.executable, "-m", "trainer_app", *command, "--lang", lang, "--data", str(tmp_path / "data")],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert words in ended.stderr
    assert "demo --tour" in ended.stderr
    assert len(re.findall("\n", ended.stderr)) == 3
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_demo_that_is_ended_takes_its_headsets_along(tmp_path: Path, number: signal.Signals) -> None:
    with App("demo", "--headsets", "2", data=tmp_path / "data") as app:
        await app.says("Lager demofilmene.")
        headsets = app.children()
        assert headsets
        assert app.interrupt(number) == 1
        assert not [one for one in headsets if one.is_running()]
    assert "Traceback" not in app.said


async def test_films_that_are_being_rendered_are_broken_off_and_nothing_is_left(tmp_path: Path) -> None:
    with App("film", "demo", "--seconds", "600", data=tmp_path / "data") as app:
        await until(lambda: bool(_in_the_making(tmp_path / "data")), within_s=60)
        assert app.interrupt() == 1
    assert app.said == "Avbrutt.\n"
    assert _in_the_making(tmp_path / "data") == []


def test_without_a_screen_the_terminal_hears_of_no_missing_screen() -> None:
    program = """
from trainer_app.desktop.starting import paint_in_memory
paint_in_memory()
from PySide6.QtCore import qWarning
from PySide6.QtWidgets import QApplication, QWidget
application, window = QApplication([]), QWidget()
window.show()
window.raise_()
window.grabKeyboard()
qWarning("what else there is")
"""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stderr == "what else there is\n"


def _in_the_making(data: Path) -> list[Path]:
    return [*data.glob(".demo-*"), *data.glob("films/*")]


def _has_opened(data: Path) -> bool:
    """Its housekeeping is done: the backup of the day is there."""
    return any((data / "backups").glob("*.sqlite"))


def _content(data: Path) -> dict[str, bytes]:
    if data.is_file():
        return {"": data.read_bytes()}
    return {path.name: path.read_bytes() for path in data.iterdir() if path.suffix == ".sqlite"}
