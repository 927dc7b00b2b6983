"""The lock file: which packages the runtime is made of, each with its version and hash."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path

from headset_runtime.problems import BuildProblem

LOCK = Path(__file__).resolve().parent.parent / "headset-runtime.lock"

RENEW = "python packaging/build_runtime.py --renew-lock"
"""What a person runs when the pinned versions are no longer offered."""

_HEAD = f"""\
# What the headset runtime is made of. Renewed by: {RENEW}
"""


@dataclass(frozen=True, slots=True, order=True)
class Pin:
    """One package in one version.

    Attributes:
        sha256: Of its file, as it comes from the archive or the index.
    """

    name: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Lock:
    """All that goes in."""

    debian: tuple[Pin, ...]
    wheels: tuple[Pin, ...]

    @property
    def text(self) -> str:
        """As it stands in the file."""
        tables = [("debian", pin) for pin in sorted(self.debian)] + [
            ("wheel", pin) for pin in sorted(self.wheels)
        ]
        return _HEAD + "".join(
            f'\n[[{kind}]]\nname = "{pin.name}"\nversion = "{pin.version}"\nsha256 = "{pin.sha256}"\n'
            for kind, pin in tables
        )


def read_lock(file: Path = LOCK) -> Lock:
    """Read a lock file.

    Raises:
        BuildProblem: there is none, or it is not understood.
    """
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
        return Lock(*(tuple(Pin(**entry) for entry in found[kind]) for kind in ("debian", "wheel")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BuildProblem(f"{file} cannot be read ({error!r}). Renew it: {RENEW}") from error


def sha256_of(file: Path) -> str:
    """The hash of a file."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def require_hash(file: Path, pin: Pin) -> None:
    """Refuse a file that is not the one that was pinned.

    Raises:
        BuildProblem: it is another one.
    """
    found = sha256_of(file)
    if found != pin.sha256:
        raise BuildProblem(f"{pin.name} {pin.version} is not the file that was pinned: its hash is {found}.")
