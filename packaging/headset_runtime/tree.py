"""Lays the runtime out: of everything that was brought, what an agent on a headset can use.

::

    python        starts the interpreter; a script for a shell
    check.py      proves on the headset that all arrived
    bin/          the interpreter
    lib/          its loader and libraries, in one folder
    lib/python3.11/                    the standard library, compiled
    lib/python3.11/dist-packages/      aiohttp, blake3, msgspec and what they need, compiled
    licences/     the terms of every package that is in here
"""

from __future__ import annotations

import shutil
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

from headset_runtime.problems import BuildProblem

_ON_HEADSET = Path(__file__).resolve().parent.parent / "on_headset"

LIBRARY = PurePosixPath("lib/python3.11")
PACKAGES = LIBRARY / "dist-packages"

LAUNCHER = """\
#!/system/bin/sh
# Starts the interpreter by its own loader, with its own libraries: nothing of the headset's system is used.
# SIMKOFFERT_EMULATOR exists where a machine of another kind stands in for the headset.
here=${0%/*}
exec ${SIMKOFFERT_EMULATOR:-} "$here/lib/ld-linux-aarch64.so.1" --library-path "$here/lib" \\
    "$here/bin/python3.11" -I "$@"
"""

LIBRARIES = (
    "ld-linux-aarch64.so.1",
    "libbz2.so.1.0",
    "libc.so.6",
    "libcrypto.so.3",
    "libdl.so.2",
    "libexpat.so.1",
    "libffi.so.8",
    "libgcc_s.so.1",
    "liblzma.so.5",
    "libm.so.6",
    "libpthread.so.0",
    "librt.so.1",
    "libssl.so.3",
    "libstdc++.so.6",
    "libutil.so.1",
    "libuuid.so.1",
    "libz.so.1",
)

# What no program on a headset asks for: development, other databases, windows and terminals.
_LEFT_OUT = (
    "__phello__/*", "config-*/*", "curses/*", "dbm/*", "distutils/*", "ensurepip/*", "idlelib/*",
    "lib2to3/*", "pydoc_data/*", "sqlite3/*", "test/*", "tkinter/*", "turtledemo/*", "unittest/*", "venv/*",
    "wsgiref/*", "xmlrpc/*", "*/test/*", "*/tests/*", "sitecustomize.py", "__hello__.py", "antigravity.py",
    "doctest.py", "pydoc.py", "this.py", "turtle.py", "_sysconfigdata__linux_*", "lib-dynload/_test*",
    "lib-dynload/xx*", "lib-dynload/_xx*", "lib-dynload/_curses*", "lib-dynload/_dbm*",
    "lib-dynload/_sqlite3*", "lib-dynload/_crypt*", "lib-dynload/_codecs_[chjkt]*",
    "lib-dynload/_ctypes_test*", "lib-dynload/nis*", "lib-dynload/ossaudiodev*", "lib-dynload/readline*",
)  # fmt: skip

_KEPT_SUFFIXES = (".py", ".so")
_LICENCE_NAMES = ("copying*", "copyright*", "licen[cs]e*", "notice*", "authors*")


def lay_out(debian: Path, wheels: Path, target: Path) -> None:
    """Fill ``target`` from unpacked packages; the modules are still sources.

    Raises:
        BuildProblem: a part is missing.
    """
    _write(target / "python", LAUNCHER)
    _copy(_ON_HEADSET / "check.py", target / "check.py")
    _take_interpreter(debian, target)
    _take_modules(debian / "usr" / LIBRARY, target / LIBRARY)
    _take_modules(wheels, target / PACKAGES)
    _take_debian_licences(debian / "usr/share/doc", target / "licences")
    _take_wheel_licences(wheels, target / "licences")


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")
    file.chmod(0o755)


def _take_interpreter(debian: Path, target: Path) -> None:
    _copy(debian / "usr/bin/python3.11", target / "bin/python3.11")
    for name in LIBRARIES:
        places = [debian / folder / "aarch64-linux-gnu" / name for folder in ("lib", "usr/lib")]
        found = next((place for place in places if place.exists()), None)
        if found is None:
            raise BuildProblem(f"The library {name} is in none of the packages; see headset_runtime/tree.py.")
        _copy(found, target / "lib" / name)
        (target / "lib" / name).chmod(0o755)


def _take_modules(source: Path, target: Path) -> None:
    for file in sorted(source.rglob("*")):
        name = file.relative_to(source).as_posix()
        if file.is_file() and file.suffix in _KEPT_SUFFIXES and not is_left_out(name):
            _copy(file, target / name)


def is_left_out(name: str) -> bool:
    """Whether the runtime does without a file; ``name`` is its path below the folder of all modules."""
    return any(fnmatch(name, pattern) for pattern in _LEFT_OUT)


def _take_debian_licences(documentation: Path, target: Path) -> None:
    for terms in sorted(documentation.glob("*/copyright")):
        # A package may refer to another one's by a link, which would lead nowhere from here.
        _copy(terms, target / terms.parent.name / "copyright")


def _take_wheel_licences(wheels: Path, target: Path) -> None:
    for described in sorted(wheels.glob("*.dist-info")):
        name = described.name.partition("-")[0]
        _copy(described / "METADATA", target / name / "METADATA")
        for file in sorted(described.rglob("*")):
            if file.is_file() and any(fnmatch(file.name.lower(), pattern) for pattern in _LICENCE_NAMES):
                _copy(file, target / name / file.relative_to(described).as_posix().replace("/", "-"))


def _copy(source: Path, target: Path) -> None:
    if not source.exists():
        raise BuildProblem(f"{source.name} is not where it was expected; see headset_runtime/tree.py.")
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)  # follows links: the archive has none
    target.chmod(0o755 if source.stat().st_mode & 0o100 else 0o644)
