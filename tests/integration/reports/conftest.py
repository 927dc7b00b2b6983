"""One database of examples for all tests of reports, made by the command people use."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from trainer_app.cli.main import main


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder; tests only read it."""
    folder = tmp_path_factory.mktemp("examples")
    assert main(["--data", str(folder), "example-data", "--sessions", "40", "--seed", "7"]) == 0
    return folder


def printed(pdf: Path) -> str:
    """What is printed, line by line as it stands on the paper."""
    done = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True)
    return done.stdout.decode()
