"""What a command imports before it speaks to a headset: counted, because time depends on the machine."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.fakes.databases import DatabaseTemplates
from tests.fakes.films import a_film
from trainer_app.storage.film_repository import SqlFilmRepository

NEVER_NEEDED = {
    "PIL",
    "PySide6",
    "adb_shell",
    "aiohttp",
    "alembic",
    "av",
    "reportlab",
    "sqlalchemy",
    "usb1",
}
"""Libraries that neither a film on its way to headsets nor a look at them needs."""

NEVER_NEEDED_OF_OURS = {
    "trainer_app.domain.sessions",
    "trainer_app.headsets.agent.group",
    "trainer_app.library.probe",
    "trainer_app.storage.database",
}

OURS_AT_MOST = 120
"""Modules of ours. Each costs half a millisecond and more: dataclasses are compiled when imported."""

RUN = """
import json, sys
from trainer_app.cli.main import main
code = main(sys.argv[1:])
print(json.dumps({"code": code, "modules": sorted(sys.modules)}))
"""


@dataclass
class Ended:
    """A command that has ended. ``document``: what it printed; ``code``: its exit code."""

    code: int
    document: dict[str, object]
    modules: list[str]

    @property
    def libraries(self) -> set[str]:
        return {name.partition(".")[0] for name in self.modules}

    @property
    def ours(self) -> list[str]:
        return [name for name in self.modules if name.startswith(("trainer_app.", "headset_agent."))]


def _run(*words: str) -> Ended:
    run = subprocess.run(
        [sys.executable, "-c", RUN, *words], capture_output=True, text=True, check=True, timeout=100
    )
    printed, imported = (json.loads(line) for line in run.stdout.splitlines())
    return Ended(imported["code"], printed, imported["modules"])


@pytest.fixture
def data(database_templates: DatabaseTemplates, tmp_path: Path) -> Path:
    """A data folder with one film."""
    film = a_film()
    with closing(database_templates.copy_empty(tmp_path / "simkoffert.sqlite")) as database:
        SqlFilmRepository(database).add(film)
    (tmp_path / "films").mkdir()
    (tmp_path / "films" / f"{film.sha256}{film.suffix}").write_bytes(bytes(film.size_bytes))
    return tmp_path


@pytest.mark.parametrize("words", [("film", "push", "all"), ("headset", "list")], ids=" ".join)
def test_a_command_for_headsets_imports_little_before_it_reaches_one(
    data: Path, words: tuple[str, ...]
) -> None:
    with closing(socket.socket()) as nobody:
        nobody.bind(("127.0.0.1", 0))  # and does not listen
        at = f"127.0.0.1:{nobody.getsockname()[1]}"
        ended = _run("--data", str(data), *words, "--at", at, "--json")
    assert ended.code == 1, "it got as far as trying to connect"
    assert at in json.dumps(ended.document)
    assert not NEVER_NEEDED & ended.libraries
    assert not NEVER_NEEDED_OF_OURS & set(ended.ours)
    assert len(ended.ours) <= OURS_AT_MOST, ended.ours
