"""Runs the programs that do the work: apt, dpkg-deb, pip, Python 3.11."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from headset_runtime.problems import BuildProblem


def run(command: Sequence[str], folder: Path) -> str:
    """Run a program and return what it said.

    Raises:
        BuildProblem: it is missing, or it failed; the text ends with its last words.
    """
    if shutil.which(command[0]) is None:
        raise BuildProblem(
            f"{command[0]} is missing. The runtime is built on Debian 12 (packaging/README.md)."
        )
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if result.returncode:
        said = (result.stdout + result.stderr).splitlines()[-15:]
        raise BuildProblem("\n".join([f"{command[0]} failed:", *said]))
    return result.stdout
