"""Brings the Python packages that the agent uses, as wheels for 64-bit ARM."""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

from headset_runtime.lock import RENEW, Pin, sha256_of
from headset_runtime.problems import BuildProblem, NoLongerOffered
from headset_runtime.running import run

WANTED = ("aiohttp", "blake3", "msgspec")
"""What the agent imports beside the standard library."""

_PLATFORMS = ("manylinux2014_aarch64", "manylinux_2_28_aarch64")


def newest_wheels(folder: Path) -> list[Pin]:
    """The versions that are offered now, with all that they need.

    Raises:
        BuildProblem: pip failed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _pip(WANTED, folder)
    return [_pin(wheel) for wheel in sorted(folder.glob("*.whl"))]


def download(pins: Sequence[Pin], folder: Path) -> list[Path]:
    """Bring exactly these, unless they are there; pip checks the hashes.

    Raises:
        NoLongerOffered: pip could not bring them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    there = {sha256_of(wheel): wheel for wheel in folder.glob("*.whl")}
    if not there.keys() >= {pin.sha256 for pin in pins}:
        _bring(pins, folder)
        there = {sha256_of(wheel): wheel for wheel in folder.glob("*.whl")}
    return [there[pin.sha256] for pin in pins]


def _bring(pins: Sequence[Pin], folder: Path) -> None:
    wanted = folder / "wanted.txt"
    wanted.write_text("".join(f"{pin.name}=={pin.version} --hash=sha256:{pin.sha256}\n" for pin in pins))
    try:
        _pip(["--no-deps", "--require-hashes", "--requirement", str(wanted)], folder)
    except BuildProblem as problem:
        raise NoLongerOffered(f"{problem}\nIf a version is no longer offered: {RENEW}") from problem


def _pip(words: Sequence[str], folder: Path) -> None:
    platforms = [f"--platform={platform}" for platform in _PLATFORMS]
    options = [
        "--quiet",
        "--disable-pip-version-check",
        "--no-input",
        "--only-binary=:all:",
        "--python-version=3.11",
    ]
    run([sys.executable, "-m", "pip", "download", *options, *platforms, f"--dest={folder}", *words], folder)


def _pin(wheel: Path) -> Pin:
    name, version, *_ = wheel.name.split("-")
    return Pin(name.replace("_", "-"), version, sha256_of(wheel))


def unpack(wheel: Path, target: Path) -> None:
    """Unpack a wheel's files; its scripts and headers are not for a headset."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target, (name for name in archive.namelist() if ".data/" not in name))
