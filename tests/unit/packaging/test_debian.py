"""Bringing Debian's packages: exactly the pinned ones, and words for whoever cannot have them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from headset_runtime import debian
from headset_runtime.lock import Pin
from headset_runtime.problems import BuildProblem, NoLongerOffered

CONTENT = "the package"
SHA = hashlib.sha256(CONTENT.encode()).hexdigest()
LIBC = Pin("libc6", "2.36-9+deb12u14", SHA)
ZLIB = Pin("zlib1g", "1:1.2.13.dfsg-1", SHA)

APT = f"""#!/bin/sh
# Offers two packages and brings whatever is asked for.
case "$*" in
*" show "*)
    printf 'Package: libc6\\nVersion: {LIBC.version}\\nSHA256: {SHA}\\n\\n'
    printf 'Package: zlib1g\\nVersion: {ZLIB.version}\\nSHA256: {SHA}\\n'
    ;;
*" download "*)
    printf '{CONTENT}' > libc6_{LIBC.version}_arm64.deb
    printf '{CONTENT}' > zlib1g_1%3a1.2.13.dfsg-1_arm64.deb
    ;;
esac
"""


@pytest.fixture(autouse=True)
def debian_12(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with Debian 12, and an apt that offers little."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("apt-get", "apt-cache"):
        (programs / name).write_text(APT)
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    release = tmp_path / "os-release"
    release.write_text("ID=debian\nVERSION_CODENAME=bookworm\n")
    monkeypatch.setattr(debian, "RELEASE_FILE", release)
    return release


def test_pinned_versions_are_brought(tmp_path: Path) -> None:
    found = debian.OwnApt(tmp_path / "apt").download([LIBC, ZLIB])
    assert [file.read_text() for file in found] == [CONTENT, CONTENT]


def test_version_that_was_withdrawn_is_named_with_the_way_out(tmp_path: Path) -> None:
    old = Pin("libc6", "2.36-9+deb12u13", SHA)
    with pytest.raises(NoLongerOffered) as refused:
        debian.OwnApt(tmp_path / "apt").download([old, ZLIB])
    assert "libc6 2.36-9+deb12u13" in str(refused.value)
    assert "zlib1g" not in str(refused.value)
    assert "build_runtime.py --renew-lock" in str(refused.value)


def test_same_version_with_other_bytes_is_refused(tmp_path: Path) -> None:
    """What apt offers today under a pinned version is not what was looked at when it was pinned."""
    other = Pin("libc6", LIBC.version, "0" * 64)
    with pytest.raises(BuildProblem):
        debian.OwnApt(tmp_path / "apt").download([other])


def test_file_that_was_spoilt_in_the_cache_is_refused(tmp_path: Path) -> None:
    apt = debian.OwnApt(tmp_path / "apt")
    [file] = apt.download([LIBC])
    file.write_text("half of it")
    with pytest.raises(BuildProblem, match="libc6"):
        apt.download([LIBC])


def test_other_systems_are_told_at_once(debian_12: Path, tmp_path: Path) -> None:
    debian_12.write_text('PRETTY_NAME="Ubuntu 24.04.3 LTS"\nID=ubuntu\nVERSION_CODENAME=noble\n')
    with pytest.raises(BuildProblem, match=r"Debian 12 only.*This is Ubuntu 24\.04\.3 LTS"):
        debian.OwnApt(tmp_path / "apt")
