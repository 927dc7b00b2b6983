"""What the whole-path tests share: a kit, a laptop, a film."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.commands import Desk
from tests.e2e.films import repeated
from trainer_app.cli.main import main
from trainer_app.headsets.rehearsal import VirtualKit
from trainer_app.library.demo_films import render
from trainer_app.library.demo_recipe import demo_recipes

_RENDERED_SECONDS = 16
FILM_SECONDS = 4.0 * _RENDERED_SECONDS
"""So long that it never ends by itself before a busy machine has come to what a test does with it."""
TITLE = "Innkomst på døgnenhet"


@pytest.fixture(scope="session")
def film_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real demo film, under a name with a space and æøå."""
    folder = tmp_path_factory.mktemp("film")
    render(demo_recipes()[0], folder / "once.mp4", seconds=_RENDERED_SECONDS, width=640)
    file = folder / f"{TITLE} æøå.mp4"
    return repeated(folder / "once.mp4", file, times=4, seconds=_RENDERED_SECONDS)


@pytest.fixture(scope="session")
def library(film_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the film in it, to be copied: an import takes longer."""
    data = tmp_path_factory.mktemp("library") / "data"
    assert (
        main(["--data", str(data), "film", "import", str(film_file), "--theme", "INN", "--title", TITLE]) == 0
    )
    return data


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A laptop nobody has used."""
    return Desk(tmp_path / "desk")


@pytest.fixture
def stocked_desk(tmp_path: Path, library: Path) -> Desk:
    """A laptop with the film in its library."""
    return Desk(tmp_path / "stocked desk").stocked(library)


def addresses(kit: VirtualKit) -> str:
    return ",".join(kit.addresses)


async def pushed(desk: Desk, at: str) -> None:
    """Have all the laptop's films on the headsets."""
    done = await desk.run("film", "push", "all", "--at", at)
    assert done.code == 0, done.stderr
