"""The steps that bring a database up to this program's version, known by their files' names alone."""

from __future__ import annotations

from pathlib import Path

STEPS = Path(__file__).parent / "migrations"
"""Alembic's folder."""

VERSION_TABLE = "alembic_version"


def newest_step() -> str:
    """Return the version this program works with by the names of the steps' files (``m0001_what.py``)."""
    return max(file.name[1:].partition("_")[0] for file in (STEPS / "versions").glob("m*_*.py"))
