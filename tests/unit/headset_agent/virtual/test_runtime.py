"""The runtime's stand-in carries what the bundle carries and nothing of the project."""

from __future__ import annotations

from pathlib import Path

from headset_agent.virtual.runtime import bundled_files, place_runtime


def test_the_bundle_holds_the_packages_with_all_they_need() -> None:
    names = {file.name for file in bundled_files()}
    assert {"aiohttp", "msgspec", "multidict", "yarl", "frozenlist", "aiosignal", "attr"} <= names
    assert not {"headset_agent", "trainer_app", "pytest", "psutil"} & names
    assert not any(name.endswith(".pth") for name in names)


def test_a_runtime_can_be_placed_over_an_older_one(tmp_path: Path) -> None:
    first = place_runtime(tmp_path)
    (tmp_path / "environment" / "bin" / "python").unlink()
    (tmp_path / "environment" / "bin" / "python").symlink_to("/gone/python")
    assert place_runtime(tmp_path) == first
    assert (tmp_path / "environment" / "bin" / "python").resolve().is_file()
