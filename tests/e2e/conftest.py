"""What the whole-path tests share: a kit, a laptop, a film."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.e2e.commands import Desk
from trainer_app.headsets.rehearsal import VirtualKit
from trainer_app.library.demo_films import render
from trainer_app.library.demo_recipe import demo_recipes

FILM_SECONDS = 12.0
TITLE = "Innkomst på døgnenhet"


@pytest.fixture(scope="session")
def film_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real demo film, under a name with a space and æøå."""
    file = tmp_path_factory.mktemp("film") / f"{TITLE} æøå.mp4"
    render(demo_recipes()[0], file, seconds=FILM_SECONDS, width=640)
    return file


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "desk")


@pytest.fixture
async def five() -> AsyncIterator[VirtualKit]:
    """Five simulated headsets, each with a clock of its own."""
    async with VirtualKit(count=5, clock_skew=True) as kit:
        yield kit


def addresses(kit: VirtualKit) -> str:
    return ",".join(kit.addresses)
