"""Where the report of an examination goes: known before it begins, and not lost with a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from trainer_app.cli.doctor import report_files
from trainer_app.cli.main import main


@pytest.mark.parametrize(
    ("given", "name"),
    [("report", "report"), ("report.txt", "report"), ("a.JSON", "a"), ("bup.2026", "bup.2026")],
)
def test_a_name_with_a_dot_is_kept_whole(tmp_path: Path, given: str, name: str) -> None:
    assert report_files(tmp_path / given) == (tmp_path / f"{name}.txt", tmp_path / f"{name}.json")


@pytest.mark.parametrize("out", ["", "."])
def test_what_is_no_file_name_is_refused_before_anything_is_examined(
    out: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["doctor", "--at", "127.0.0.1:1", "--out", out, "--data", str(tmp_path), "--json"]) == 1
    said = capsys.readouterr()
    assert json.loads(said.out)["error"]["key"] == "report.name_missing"
    assert "rapport.txt" in said.err


def test_an_examination_is_not_lost_with_its_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(tmp_path / "missing" / "report")
    assert main(["doctor", "--at", "127.0.0.1:1", "--out", out, "--data", str(tmp_path), "--json"]) == 1
    said = capsys.readouterr()
    assert len(json.loads(said.out)["headsets"]) == 1
    assert "report.txt" in said.err
