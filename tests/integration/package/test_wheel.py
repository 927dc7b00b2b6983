"""The wheel alone carries everything: installed in an empty environment it works from any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterable, Sequence
from email.parser import Parser
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from headset_agent.virtual.runtime import files_of

ROOT = Path(__file__).parents[3]

# A cold package cache on a busy machine takes its time.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]


def _run(command: Sequence[str | Path], cwd: Path) -> str:
    """Run without anything that points back to the checkout; return standard output."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    result = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert result.returncode == 0, f"{result.stdout}\n{result.stderr}"
    return result.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir")
    _run([*pip, folder, ROOT], folder)
    (built,) = folder.glob("simkoffert-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs of a new environment that has the wheel and what it says it depends on.

    That is linked from where these tests run: half a gigabyte of wheels takes long to unpack.
    """
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    (libraries,) = (folder / "lib").glob("python3*/site-packages")
    for place in files_of(_names_in(_requirements(wheel))):
        (libraries / place.name).symlink_to(place)
    programs = folder / "bin"
    pip = (sys.executable, "-m", "pip", "--python", programs / "python", "install", "--quiet")
    _run([*pip, "--no-deps", "--no-compile", wheel], folder)
    return programs


def _requirements(wheel: Path) -> list[Requirement]:
    """What the wheel's users get along with it."""
    with zipfile.ZipFile(wheel) as archive:
        (about,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        wanted = Parser().parsestr(archive.read(about).decode()).get_all("Requires-Dist", [])
    return [found for line in wanted if _applies(found := Requirement(line))]


def _applies(requirement: Requirement, extra: str = "") -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": extra})


def _names_in(requirements: Iterable[Requirement]) -> list[str]:
    """The distributions that are asked for, with those that their extras stand for."""
    names = []
    for requirement in requirements:
        names.append(requirement.name)
        needs = [Requirement(line) for line in metadata.requires(requirement.name) or ()]
        names += [need.name for extra in requirement.extras for need in needs if _applies(need, extra)]
    return names


def _tracked(folder: str, pattern: str) -> set[str]:
    """Return the files the checkout has in ``folder``, as names below it."""
    return {
        str(path.relative_to(ROOT / folder))
        for path in (ROOT / folder).rglob(pattern)
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.mark.parametrize(
    ("folder", "pattern", "inside"),
    [
        ("headset_agent/web", "*", "headset_agent/web"),
        ("headset_agent/virtual/samples", "*", "headset_agent/virtual/samples"),
        ("trainer_app/texts", "*.po", "trainer_app/texts"),
        ("trainer_app/storage/migrations", "*", "trainer_app/storage/migrations"),
        ("media", "*", "trainer_app/_data/media"),
        ("scenarios", "*", "trainer_app/_data/scenarios"),
    ],
)
def test_what_the_program_reads_is_in_the_wheel(wheel: Path, folder: str, pattern: str, inside: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    wanted = _tracked(folder, pattern)
    assert wanted
    assert {f"{inside}/{name}" for name in wanted} - names == set()


def test_the_wheel_brings_the_program_and_nothing_of_the_workshop(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        top = {name.partition("/")[0] for name in archive.namelist()}
    assert {name for name in top if not name.endswith(".dist-info")} == {"trainer_app", "headset_agent"}


def test_what_the_wheel_asks_for_is_what_it_is_tried_with(wheel: Path) -> None:
    strangers = {
        str(wanted): there
        for wanted in _requirements(wheel)
        if not wanted.specifier.contains(there := metadata.version(wanted.name), prereleases=True)
    }
    assert strangers == {}


def test_the_installed_program_can_reach_a_cable(installed: Path, tmp_path: Path) -> None:
    _run([installed / "python", "-I", "-c", "import adb_shell, usb1"], tmp_path)


def test_the_installed_program_answers_from_any_folder(installed: Path, tmp_path: Path) -> None:
    assert "virtual-kit" in _run([installed / "simkoffert", "--help"], tmp_path)
    assert "virtual-kit" in _run([installed / "python", "-m", "trainer_app", "--help"], tmp_path)


def test_the_installed_program_finds_what_it_reads(installed: Path, tmp_path: Path) -> None:
    ask = (
        "from trainer_app.library.data import data_folder\n"
        "from trainer_app.texts.catalogue import Texts\n"
        "print(sorted(path.name for path in data_folder('media').iterdir()))\n"
        "print(data_folder('scenarios').is_dir(), Texts('nb')('player.waiting'))\n"
    )
    printed = _run([installed / "python", "-I", "-c", ask], tmp_path)
    assert "films.toml" in printed
    assert "True Filmen starter snart" in printed
