"""Names of files that people choose. Knows no Qt."""

from __future__ import annotations

from pathlib import Path


def with_ending(path: Path, ending: str) -> Path:
    """Return the path with this ending (no dot), which not every file dialog adds by itself."""
    return path if path.suffix.lower() == f".{ending}" else path.with_name(f"{path.name}.{ending}")
