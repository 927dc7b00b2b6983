"""Stands in for the Python bundle that is pushed to a real headset: this machine's Python, fenced in.

It is a virtual environment made of links: the interpreter, and of all installed packages only those that the
bundle carries. The project's own code is none of them, so the agent that runs is the one that was pushed.
"""

from __future__ import annotations

import importlib.metadata
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

BUNDLED = ("aiohttp", "blake3", "msgspec")
"""What the runtime bundle carries, with all that these need."""

_NAME = re.compile(r"[A-Za-z0-9._-]+")


def place_runtime(folder: Path) -> Path:
    """Put the runtime into a folder and return the program ``python`` in it."""
    environment = folder / "environment"
    libraries = environment / f"lib/python{sys.version_info.major}.{sys.version_info.minor}/site-packages"
    for part in (environment / "bin", libraries):
        part.mkdir(parents=True, exist_ok=True)
    base = Path(base_interpreter())
    (environment / "pyvenv.cfg").write_text(
        f"home = {base.parent}\ninclude-system-site-packages = false\nversion = {sys.version.split()[0]}\n"
    )
    _link(environment / "bin" / "python", base)
    for place in bundled_files():
        _link(libraries / place.name, place)
    return _place_launcher(folder / "python", environment / "bin" / "python")


def base_interpreter() -> str:
    """Return the interpreter itself, not a virtual environment's link to it."""
    return str(Path(getattr(sys, "_base_executable", sys.executable)).resolve())


def _place_launcher(launcher: Path, interpreter: Path) -> Path:
    launcher.write_text(f'#!/bin/sh\nexec {interpreter} "$@"\n')
    launcher.chmod(0o755)
    return launcher


def _link(link: Path, target: Path) -> None:
    link.unlink(missing_ok=True)
    link.symlink_to(target)


def bundled_files() -> list[Path]:
    """Return what the bundle consists of."""
    return files_of(BUNDLED)


def files_of(names: Iterable[str]) -> list[Path]:
    """Return the top-level files and folders of installed packages and all that these need."""
    found: dict[str, Path] = {}
    for distribution in _with_requirements(names):
        for file in distribution.files or ():
            top = file.parts[0]
            if top not in ("..", "/", "__pycache__"):
                found[top] = Path(str(distribution.locate_file(top)))
    return sorted(found.values())


def _with_requirements(names: Iterable[str]) -> Iterator[importlib.metadata.Distribution]:
    waiting, seen = list(names), set[str]()
    while waiting:
        name = waiting.pop()
        if name.lower().replace("_", "-") in seen:
            continue
        seen.add(name.lower().replace("_", "-"))
        try:
            distribution = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # a requirement of another platform or Python
        yield distribution
        for requirement in distribution.requires or ():
            match = _NAME.match(requirement)
            if match and "extra ==" not in requirement:
                waiting.append(match[0])
