"""Versions that must not come in."""

from __future__ import annotations

import tomllib
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]


def test_the_qt_that_ends_python_3_11_is_kept_out() -> None:
    """PySide6 6.12.0 loses a reference to True at every emit on CPython 3.11."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = {one.name: one for one in map(Requirement, project["dependencies"])}
    qt = wanted["PySide6-Essentials"].specifier
    assert qt.contains("6.11.3")
    assert not qt.contains("6.12.0")
    assert not qt.contains("6.9.2")
