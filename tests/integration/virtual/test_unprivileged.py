"""Where it can, a headset's shell runs without privileges, as Android's does."""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from headset_agent.virtual.runtime import files_of
from tests.integration.virtual.kits import Adb, VirtualProcess

PYTHON = f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}"
RUNTIME = "/data/local/tmp/simkoffert/runtime/python"

PACKAGES = ("aiohttp", "cryptography", "filelock", "msgspec", "platformdirs", "psutil")
"""What a virtual headset imports."""

pytestmark = pytest.mark.skipif(
    os.geteuid() != 0 or not Path(PYTHON).is_file(),
    reason="only root can give a shell to another user, who needs a Python that everybody may use",
)


@pytest.fixture(scope="module")
def public_packages() -> Iterator[Path]:
    """This environment's packages, where everybody can read them."""
    source = sysconfig.get_path("purelib")
    if all(parent.stat().st_mode & 0o001 for parent in Path(source).resolve().parents):
        yield Path(source)
        return
    with tempfile.TemporaryDirectory(prefix="simkoffert-packages-", dir="/tmp") as public:
        Path(public).chmod(0o755)
        for place in files_of(PACKAGES):
            copy = shutil.copytree if place.is_dir() else shutil.copyfile
            copy(place, Path(public, place.name))
        yield Path(public)


@pytest.fixture(scope="module")
def unprivileged(adb: Adb, public_packages: Path) -> Iterator[dict[str, Any]]:
    repository = Path(__file__).parents[3]
    environment = {**os.environ, "PYTHONPATH": f"{repository}:{public_packages}"}
    with VirtualProcess("--number", "6", python=(PYTHON,), environment=environment) as process:
        described = process.ready()
        adb.run("connect", described["adb"])
        yield described
        adb.run("disconnect", described["adb"])


def test_the_shell_is_androids_user(adb: Adb, unprivileged: dict[str, Any]) -> None:
    assert adb.shell(unprivileged, "id -u; id -g; id -G").split() == ["2000", "2000", "2000"]
    assert adb.on(unprivileged, "shell", "cat /etc/shadow").returncode == 1


def test_the_shell_may_change_what_was_pushed(adb: Adb, unprivileged: dict[str, Any], tmp_path: Path) -> None:
    film = tmp_path / "film"
    film.write_bytes(b"film")
    assert adb.on(unprivileged, "push", str(film), "/sdcard/a/b/film").returncode == 0
    adb.shell(
        unprivileged,
        "echo more >>/sdcard/a/b/film && mv /sdcard/a/b/film /sdcard/a/film && rmdir /sdcard/a/b",
    )
    assert adb.shell(unprivileged, "cat /sdcard/a/film") == "filmmore\n"


def test_commands_and_runtime_work_without_privileges(adb: Adb, unprivileged: dict[str, Any]) -> None:
    assert adb.shell(unprivileged, "getprop ro.product.device") == "eureka\n"
    assert (
        adb.shell(unprivileged, f"{RUNTIME} -c 'import aiohttp, msgspec, os; print(os.getuid())'") == "2000\n"
    )


def test_a_shell_cannot_alter_androids_commands(adb: Adb, unprivileged: dict[str, Any]) -> None:
    assert adb.on(unprivileged, "shell", 'rm "$(command -v getprop)"').returncode == 1
    assert adb.shell(unprivileged, "getprop ro.product.device") == "eureka\n"
