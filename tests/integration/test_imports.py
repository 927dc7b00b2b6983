"""Importing the program does nothing but import."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

IMPORT_ALL = """
import importlib, pkgutil, sys

package = importlib.import_module(sys.argv[1])
FORBIDDEN = (
    "socket.bind", "socket.connect", "subprocess.Popen", "os.system",
    "os.mkdir", "os.rename", "os.remove", "sqlite3.connect",
)

def forbid(event, arguments):
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        raise RuntimeError(f"importing writes {arguments[0]}")
    if event in FORBIDDEN:
        raise RuntimeError(f"importing does {event} {arguments}")

sys.addaudithook(forbid)
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
"""


@pytest.mark.parametrize("package", ["trainer_app", "headset_agent"])
def test_importing_opens_no_socket_starts_no_program_and_writes_no_file(package: str) -> None:
    result = subprocess.run(
        [sys.executable, "-B", "-W", "error", "-c", IMPORT_ALL, package],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 0, result.stderr
