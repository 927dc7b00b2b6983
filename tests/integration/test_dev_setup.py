"""dev.py makes, keeps and repairs the virtual environment, and brings what reads the player page."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import dev

ROOT = Path(__file__).parents[2]

PROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "tiny"
version = "1"

[project.optional-dependencies]
dev = []

[tool.hatch.build.targets.wheel]
packages = ["tiny"]
"""


def _set_up(folder: Path) -> str:
    """Run the set-up from another folder; return what it said."""
    code = f"import sys; sys.path.insert(0, {str(folder)!r}); import dev; dev.ensure_venv()"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    result = subprocess.run(
        [sys.executable, "-c", code], cwd="/", env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    return result.stderr


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_environment_is_made_kept_and_repaired(tmp_path: Path) -> None:
    shutil.copy(ROOT / "dev.py", tmp_path)
    (tmp_path / "pyproject.toml").write_text(PROJECT)
    (tmp_path / "tiny").mkdir()
    (tmp_path / "tiny" / "__init__.py").touch()
    python = tmp_path / ".venv" / "bin" / "python"

    assert "Making a virtual environment" in _set_up(tmp_path)
    assert _set_up(tmp_path) == ""

    # What an interruption leaves: an environment without pip, and no stamp.
    (tmp_path / ".venv" / "simkoffert-setup.json").unlink()
    (pip,) = (tmp_path / ".venv" / "lib").glob("python3*/site-packages/pip")
    shutil.rmtree(pip)
    assert "Making a virtual environment" in _set_up(tmp_path)
    found = subprocess.run([python, "-I", "-c", "import tiny"], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr


@pytest.mark.parametrize(("moment", "is_right"), [("200", True), ("'soon'", False)])
def test_lint_reads_the_types_in_the_comments_of_the_page(
    tmp_path: Path, moment: str, *, is_right: bool
) -> None:
    (tmp_path / "wait.js").write_text("/** @param {number} ms */\nexport function wait(ms) { return ms; }\n")
    (tmp_path / "page.js").write_text(f"import {{ wait }} from './wait.js';\nwait({moment});\n")
    dev.ensure_page_checker()
    found = subprocess.run(dev.page_check(tmp_path), capture_output=True, text=True, check=False)
    assert (found.returncode == 0) == is_right, found.stdout
