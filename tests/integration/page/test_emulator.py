"""The WebXR emulator is brought when it is first needed, also by several processes at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from headset_agent.virtual.iwer import VERSION, emulator_script
from headset_agent.virtual.npm import PackageMissing

pytestmark = pytest.mark.slow


def test_processes_that_ask_at_once_all_get_it(tmp_path: Path) -> None:
    ask = (
        "import sys, pathlib; from headset_agent.virtual.iwer import emulator_script;"
        " print(emulator_script(pathlib.Path(sys.argv[1])))"
    )
    command = [sys.executable, "-c", ask, str(tmp_path)]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    answers = {process.communicate(timeout=100)[0].strip() for process in processes}
    assert len(answers) == 1
    assert "XRDevice" in Path(answers.pop()).read_text(encoding="utf-8")
    left = {entry.name for entry in tmp_path.iterdir()} - {f".iwer-{VERSION}.lock"}
    assert left == {f"iwer-{VERSION}"}


def test_a_machine_without_npm_gets_it_by_way_of_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Debian's python3 alone brings no npm; what is fetched to replace it does not stay."""
    monkeypatch.setenv("PATH", "")
    assert "XRDevice" in emulator_script(tmp_path).read_text(encoding="utf-8")
    left = {entry.name for entry in tmp_path.iterdir()} - {f".iwer-{VERSION}.lock"}
    assert left == {f"iwer-{VERSION}"}


def test_what_stands_in_the_way_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "bin" / "npm"
    broken.parent.mkdir()
    broken.write_text("#!/bin/sh\necho no network here >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", f"{broken.parent}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(PackageMissing, match="no network here"):
        emulator_script(tmp_path / "cache")
    assert not list((tmp_path / "cache").glob("iwer-*"))
