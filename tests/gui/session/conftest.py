"""An office with a small department, for the pages of a session."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes.office import TestOffice, make_office
from tests.fakes.preparing import Prepared, prepared
from trainer_app.storage.repositories import SqlRepositories

OpenOffice = Callable[..., TestOffice]
OpenPrepared = Callable[..., Prepared]


@pytest.fixture
def open_office(department_stored: SqlRepositories, tmp_path: Path) -> OpenOffice:
    """Make an office; ``lang`` and the like as for ``make_office``."""
    return lambda **wanted: make_office(department_stored, tmp_path, **wanted)


@pytest.fixture
def open_prepared(department_stored: SqlRepositories, tmp_path: Path) -> OpenPrepared:
    """Make an office with a session that waits to be made ready; see ``prepared``."""
    return lambda **wanted: prepared(department_stored, tmp_path, **wanted)
