"""Who a headset is outlives its process."""

from __future__ import annotations

from pathlib import Path

import pytest

from headset_agent.virtual.errors import HeadsetStartError
from headset_agent.virtual.identity import Identity, load_identity, save_identity, serial_for


def test_serial_and_keys_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "identity.json"
    save_identity(file, Identity(serial="OLD", keys=["QAAA"]))
    assert load_identity(file, "NEW") == Identity(serial="OLD", keys=["QAAA"])
    assert list(tmp_path.iterdir()) == [file]


def test_a_new_headset_gets_the_serial_of_its_number(tmp_path: Path) -> None:
    assert load_identity(tmp_path / "identity.json", "NEW").serial == "NEW"


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "identity.json"
    file.write_text("{")
    with pytest.raises(HeadsetStartError, match=r"identity\.json"):
        load_identity(file, "NEW")


def test_serials_differ_within_and_between_kits() -> None:
    assert len({serial_for(number, block) for number in range(1, 20) for block in range(3)}) == 57
