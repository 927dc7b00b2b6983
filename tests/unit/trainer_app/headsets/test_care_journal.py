"""What the laptop remembers of changes on headsets."""

from __future__ import annotations

from pathlib import Path

import pytest

from headset_agent.protocol.care import Change, Kind
from trainer_app.headsets.care_journal import CareJournal

CHANGE = Change(kind=Kind.SETTING, name="system/screen_off_timeout", ours="14400000", former="15000")


def test_it_is_remembered_by_the_next_run_of_the_program_until_it_is_back(tmp_path: Path) -> None:
    CareJournal(tmp_path / "care").note("S1", [CHANGE])
    journal = CareJournal(tmp_path / "care")
    assert (journal.of("S1"), journal.of("S2")) == ([CHANGE], [])
    journal.forget("S1")
    assert journal.of("S1") == []
    journal.forget("S1")


@pytest.mark.parametrize("serial", ["../../escape", "a/b", "", "..", "S" * 300, "æ ø\n"])
def test_serial_names_no_file_elsewhere(tmp_path: Path, serial: str) -> None:
    journal = CareJournal(tmp_path / "care")
    journal.note(serial, [CHANGE])
    assert journal.of(serial) == [CHANGE]
    assert [file.parent for file in tmp_path.rglob("*.json")] == [tmp_path / "care"]


@pytest.mark.expects_log("cannot be read")
@pytest.mark.parametrize("content", [b"", b"{}", b'[{"kind": "magic"}]', b"\xff", b'[{"x":' + b"[" * 5000])
def test_file_that_was_spoilt_says_nothing(tmp_path: Path, content: bytes) -> None:
    journal = CareJournal(tmp_path)
    journal.note("S1", [CHANGE])
    (file,) = tmp_path.iterdir()
    file.write_bytes(content)
    assert journal.of("S1") == []


@pytest.mark.expects_log("not remembered here")
def test_full_disk_holds_no_session_up(tmp_path: Path) -> None:
    (tmp_path / "care").write_text("a file where the folder should be")
    CareJournal(tmp_path / "care").note("S1", [CHANGE])
