"""What dev.py decides before it does anything."""

from __future__ import annotations

from pathlib import Path

import pytest

import dev


def _program(folder: Path, text: str) -> str:
    path = folder / "chromium-browser"
    path.write_text(text)
    path.chmod(0o755)
    return str(path)


def test_ubuntus_script_around_a_snap_is_no_browser(tmp_path: Path) -> None:
    shim = '#!/bin/sh\nif ! [ -x /snap/bin/chromium ]; then exit 1; fi\nexec /snap/bin/chromium "$@"\n'
    assert dev._is_snap(_program(tmp_path, shim))


def test_a_browser_behind_a_script_of_its_own_is_one(tmp_path: Path) -> None:
    assert not dev._is_snap(_program(tmp_path, '#!/bin/sh\nexec /usr/lib/chromium/chromium "$@"\n'))


def test_a_command_on_the_path_does_as_well_as_its_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _program(tmp_path, "#!/bin/sh\n")
    monkeypatch.setenv("PATH", str(tmp_path))
    missing = {part.package for part in dev.missing_parts()}
    assert "adb" in missing
    assert "chromium" not in missing


def test_the_line_for_root_installs_exactly_what_is_missing() -> None:
    line = dev._install_by_hand(["adb", "xvfb"]).splitlines()[-1]
    assert line.startswith("sudo ")
    assert line.endswith(" adb xvfb")


@pytest.mark.parametrize("arguments", [[], ["tset"], ["bench"], ["bench", "no such"], ["lint", "--fix"]])
def test_wrong_use_shows_the_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(arguments) == 2
    captured = capsys.readouterr()
    assert "usage: python3 dev.py" in captured.err
    assert captured.out == ""


def test_system_parts_say_what_they_are_for() -> None:
    assert all(part.purpose for part in dev.SYSTEM_PARTS)


@pytest.mark.parametrize("whole", [[], ["-q", "--durations=20"], ["-x"]])
def test_a_whole_run_takes_several_processes(whole: list[str]) -> None:
    assert dev.pytest_options(whole) == [*dev.IN_PARALLEL, *whole]


@pytest.mark.parametrize("part", [["tests/unit"], ["tests/unit", "-k", "film"], ["-k", "film"], ["--pdb"]])
def test_who_looks_at_some_tests_gets_them_as_they_are(part: list[str]) -> None:
    assert dev.pytest_options(part) == part
