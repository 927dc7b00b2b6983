"""Brings Debian's packages for 64-bit ARM, through an apt of their own.

That apt reads this machine's sources, and nothing else of it: its lists, its cache and its list of installed
packages lie in a folder of ours, so that the machine neither learns of another architecture nor installs
anything.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote, unquote

from headset_runtime.lock import RENEW, Pin, require_hash
from headset_runtime.problems import BuildProblem, NoLongerOffered
from headset_runtime.running import run

RELEASE_FILE = Path("/etc/os-release")

RELEASE = "bookworm"
"""Debian 12, whose Python is 3.11. Its own archive keeps offering what it holds; the one of security updates
drops a version as soon as the next one comes."""

PACKAGES = (
    "libbz2-1.0",
    "libc6",
    "libexpat1",
    "libffi8",
    "libgcc-s1",
    "liblzma5",
    "libpython3.11-minimal",
    "libpython3.11-stdlib",
    "libssl3",
    "libstdc++6",
    "libuuid1",
    "python3.11-minimal",
    "zlib1g",
)
"""The interpreter, its library, and every library that one of their files is linked with."""

_FILE = re.compile(r" (\S+?)_(\S+)_arm64\.deb \d")
_RECORD = re.compile(r"^(Package|Version|SHA256): (\S+)$", re.MULTILINE)


class OwnApt:
    """An apt for one foreign architecture in one folder."""

    def __init__(self, folder: Path) -> None:
        """Make its folders.

        Raises:
            BuildProblem: this is not Debian 12.
        """
        _require_debian(RELEASE_FILE)
        self._folder = folder
        self._updated = False
        for part in ("state/lists/partial", "cache/archives/partial", "files"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        (folder / "status").touch()
        settings = {
            "APT::Architecture": "arm64",
            "APT::Architectures::": "arm64",
            "APT::Sandbox::User": "root",  # the folder is ours, and need not be open to apt's own user
            "Acquire::Languages": "none",
            "Acquire::Retries": "3",
            "Dir::Cache": str(folder / "cache"),
            "Dir::State": str(folder / "state"),
            "Dir::State::status": str(folder / "status"),
        }
        self._options = [word for name, value in settings.items() for word in ("-o", f"{name}={value}")]

    def _offered(self) -> set[Pin]:
        """Every version of our packages that there is today."""
        self._update()
        records = run(["apt-cache", *self._options, "show", *PACKAGES], self._folder).split("\n\n")
        found = (dict(_RECORD.findall(record)) for record in records)
        return {Pin(one["Package"], one["Version"], one["SHA256"]) for one in found if len(one) == 3}

    def _update(self) -> None:
        """Read the lists, once; that a third party's cannot be read is no reason to give up."""
        if self._updated:
            return
        self._updated = True
        try:
            run(["apt-get", "-q", *self._options, "update"], self._folder)
        except BuildProblem:
            if not self._offered():
                raise

    def newest(self) -> list[Pin]:
        """Our packages in the versions that the release itself holds.

        Raises:
            BuildProblem: one of them is not offered.
        """
        offered = self._offered()
        words = ["apt-get", "-q", *self._options, "--print-uris", "download"]
        said = run([*words, *(f"{package}/{RELEASE}" for package in PACKAGES)], self._folder)
        versions = {(name, unquote(version)) for name, version in _FILE.findall(said)}
        pins = [pin for pin in offered if (pin.name, pin.version) in versions]
        missing = set(PACKAGES) - {pin.name for pin in pins}
        if missing:
            raise BuildProblem(f"Not offered for arm64 by {RELEASE}: {', '.join(sorted(missing))}.")
        return pins

    def download(self, pins: Sequence[Pin]) -> list[Path]:
        """Bring packages; those that are there already are not brought again.

        Raises:
            NoLongerOffered: one of them in this version.
            BuildProblem: apt failed, or brought another file.
        """
        home = self._folder / "files"
        wanted = [pin for pin in pins if not _file_of(home, pin).is_file()]
        if wanted:
            self._require_offered(wanted)
            words = ["apt-get", "-q", *self._options, "download"]
            run([*words, *(f"{pin.name}={pin.version}" for pin in wanted)], home)
        for pin in pins:
            require_hash(_file_of(home, pin), pin)
        return [_file_of(home, pin) for pin in pins]

    def _require_offered(self, pins: Sequence[Pin]) -> None:
        missing = sorted(f"{pin.name} {pin.version}" for pin in set(pins) - self._offered())
        if missing:
            raise NoLongerOffered(
                f"No longer offered by this machine's package sources: {', '.join(missing)}.\n"
                f"Take the versions that are offered now: {RENEW}"
            )


def _file_of(home: Path, pin: Pin) -> Path:
    # apt quotes the colon of an epoch, and nothing else that a version may hold.
    return home / f"{pin.name}_{quote(pin.version, safe='+~.').replace('%3A', '%3a')}_arm64.deb"


def _require_debian(release: Path) -> None:
    words = release.read_text(encoding="utf-8") if release.exists() else ""
    if f"VERSION_CODENAME={RELEASE}" not in words or "ID=debian" not in words:
        name = re.search(r'^PRETTY_NAME="?([^"\n]*)', words, re.MULTILINE)
        raise BuildProblem(
            f"The headset runtime is built on Debian 12 only: it is made of that release's packages. "
            f"This is {name[1] if name else 'another system'}."
        )


def unpack(package: Path, target: Path) -> None:
    """Unpack a package's files."""
    run(["dpkg-deb", "--extract", str(package), str(target)], target)
