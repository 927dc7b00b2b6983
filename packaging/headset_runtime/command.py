"""What a person starts: builds the runtime, or renews its lock."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from headset_runtime import debian, wheels
from headset_runtime.archive import pack
from headset_runtime.compiling import compile_modules
from headset_runtime.lock import LOCK, Lock, read_lock, sha256_of
from headset_runtime.problems import BuildProblem, NoLongerOffered
from headset_runtime.tree import LIBRARY, lay_out

ROOT = Path(__file__).resolve().parent.parent.parent
OUTPUT = ROOT / "out" / "headset-runtime.tar.gz"

BUILT, FAILED, NOT_OFFERED = 0, 1, 3


def main() -> int:
    """Build, or renew the lock; the exit code is 3 where a pinned version is no longer offered."""
    parser = argparse.ArgumentParser(prog="build_runtime.py", description="Builds the headset runtime.")
    parser.add_argument("--output", type=Path, default=OUTPUT, help=f"the archive (default: {OUTPUT})")
    parser.add_argument(
        "--cache", type=Path, help="folder that keeps what was brought (default: none is kept)"
    )
    parser.add_argument("--lock", type=Path, default=LOCK, help=f"the lock file (default: {LOCK})")
    parser.add_argument("--renew-lock", action="store_true", help="pin what is offered now; build nothing")
    options = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory(prefix="simkoffert-runtime-") as folder:
            cache = (options.cache or Path(folder, "cache")).resolve()
            if options.renew_lock:
                renew(options.lock, cache)
            else:
                build(read_lock(options.lock), options.output.resolve(), cache, Path(folder))
    except BuildProblem as problem:
        sys.stderr.write(f"{problem}\n")
        return NOT_OFFERED if isinstance(problem, NoLongerOffered) else FAILED
    return BUILT


def renew(file: Path, cache: Path) -> None:
    """Write a lock of what is offered now."""
    apt = debian.OwnApt(cache / "debian")
    pins = tuple(apt.newest())
    with tempfile.TemporaryDirectory(prefix="simkoffert-wheels-") as folder:
        lock = Lock(pins, tuple(wheels.newest_wheels(Path(folder))))
    file.write_text(lock.text, encoding="utf-8")
    sys.stdout.write(f"{file}\n")


def build(lock: Lock, output: Path, cache: Path, scratch: Path) -> None:
    """Bring what the lock names, and write the archive; its name and hash go to standard output."""
    apt = debian.OwnApt(cache / "debian")
    brought = {kind: scratch / kind for kind in ("debian", "wheels", "runtime")}
    for folder in brought.values():
        folder.mkdir()
    for package in apt.download(lock.debian):
        debian.unpack(package, brought["debian"])
    for wheel in wheels.download(lock.wheels, cache / "wheels"):
        wheels.unpack(wheel, brought["wheels"])
    lay_out(brought["debian"], brought["wheels"], brought["runtime"])
    compile_modules(brought["runtime"] / LIBRARY)
    output.parent.mkdir(parents=True, exist_ok=True)
    fresh = output.with_name(f"{output.name}.new")
    pack(brought["runtime"], fresh)
    fresh.replace(output)
    sys.stdout.write(f"{sha256_of(output)}  {output}\n")
