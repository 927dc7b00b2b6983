"""One database of examples for all tests of reports, the same on every day."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.fakes.databases import DatabaseTemplates


@pytest.fixture(scope="session")
def examples(database_templates: DatabaseTemplates, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder; tests only read it."""
    folder = tmp_path_factory.mktemp("examples")
    database_templates.copy_examples(folder / "simkoffert.sqlite").close()
    return folder


def printed(pdf: Path) -> str:
    """What is printed, line by line as it stands on the paper."""
    done = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True)
    return done.stdout.decode()
