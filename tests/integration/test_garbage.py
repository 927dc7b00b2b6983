"""A search for garbage holds up whatever keeps time: once a program serves, it has little to walk through."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

AT_MOST = 3_000
"""Objects that are walked through. What is loaded are 40 000 in an agent, and 200 000 in the app."""

AGENT = """
import asyncio, gc, sys
from pathlib import Path
def serve(coroutine):
    print(len(gc.get_objects()))
    coroutine.close()
asyncio.run = serve
from headset_agent.__main__ import main
main()
"""

KIT = AGENT.replace("headset_agent.__main__", "headset_agent.virtual.__main__")

APP = """
import gc, sys
from trainer_app.cli.main import main
from trainer_app.desktop.app import Desktop
Desktop.run = lambda _desktop: print(len(gc.get_objects()))
main(sys.argv[1:])
"""


@pytest.mark.parametrize(
    ("program", "words"),
    [
        pytest.param(AGENT, ("--foreground", "--films", "{0}/films", "--run", "{0}/run"), id="agent"),
        pytest.param(KIT, ("--count", "1"), id="virtual kit"),
        pytest.param(APP, ("--data", "{0}/data"), id="app"),
    ],
)
def test_what_is_loaded_is_passed_over(tmp_path: Path, program: str, words: tuple[str, ...]) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", program, *(word.format(tmp_path) for word in words)],
        input='{"token": "t", "build": "b"}\n',
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert int(ended.stdout) < AT_MOST, ended.stderr
