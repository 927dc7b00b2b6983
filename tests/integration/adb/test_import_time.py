"""The emergency stop starts a process: the link it needs must be there quickly."""

from __future__ import annotations

import subprocess
import sys


def test_the_link_is_imported_without_the_libraries_of_the_keys() -> None:
    code = (
        "import sys, trainer_app.headsets.link; "
        "print([n for n in ('cryptography', 'adb_shell', 'aiohttp', 'msgspec') if n in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
