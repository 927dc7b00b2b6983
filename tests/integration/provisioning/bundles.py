"""The real headset runtime: built once for all runs on a machine, and a virtual headset that needs it."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from platformdirs import user_cache_dir

ROOT = Path(__file__).resolve().parents[3]
PACKAGING = ROOT / "packaging"
BUILD = PACKAGING / "build_runtime.py"

NOT_OFFERED = 3
"""What the build exits with where Debian or PyPI has withdrawn a pinned version."""

LIMIT_S = 300
"""A build takes some ten seconds; a machine that does much else at once needs many more."""

EMULATOR = "qemu-aarch64-static"


def cache() -> Path:
    """Where what was brought is kept, with what was built of it."""
    return Path(user_cache_dir("simkoffert")) / "headset-runtime"


def build(output: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Build the runtime as a person does."""
    return subprocess.run(
        [sys.executable, str(BUILD), "--output", str(output), "--cache", str(cache()), *options],
        capture_output=True,
        text=True,
        check=False,
        timeout=LIMIT_S,
    )


def built_bundle() -> Path:
    """The bundle of this checkout, built when nobody has built it yet; for 64-bit ARM as on a headset."""
    if not _is_debian_12():
        pytest.skip("the headset runtime is built on Debian 12 only")
    cache().mkdir(parents=True, exist_ok=True)
    bundle = cache() / f"{_inputs()[:16]}.tar.gz"
    with FileLock(cache() / "building.lock"):
        if not bundle.is_file():
            _build_into(bundle)
    return bundle


def _build_into(bundle: Path) -> None:
    done = build(bundle)
    if done.returncode == NOT_OFFERED:
        # Neither a withdrawn version nor the day of the week may decide whether the tests run.
        print(f"{done.stderr}Testing with the newest versions instead.", file=sys.__stderr__)
        renewed = cache() / "renewed.lock"
        assert build(bundle, "--lock", str(renewed), "--renew-lock").returncode == 0
        done = build(bundle, "--lock", str(renewed))
    assert done.returncode == 0, done.stderr


def _inputs() -> str:
    """A hash of all that decides what is in the bundle."""
    digest = hashlib.sha256(sys.version.encode())
    for file in sorted(PACKAGING.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            digest.update(f"{file.relative_to(PACKAGING)}".encode() + file.read_bytes())
    return digest.hexdigest()


def _is_debian_12() -> bool:
    release = Path("/etc/os-release")
    return release.exists() and "VERSION_CODENAME=bookworm" in release.read_text()


def emulated(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a program of an unpacked bundle, as the headset would."""
    environment = {**os.environ, "SIMKOFFERT_EMULATOR": EMULATOR}
    return subprocess.run(
        ["/bin/sh", *words],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=LIMIT_S,
    )
