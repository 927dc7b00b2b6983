"""A report file is written whole or not at all."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from trainer_app.domain.report_errors import ReportEndingUnknown, ReportUnwritable
from trainer_app.reports.saving import require_ending, save_report


def test_a_report_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    file = tmp_path / "rapport.pdf"
    save_report(file, b"old")
    save_report(file, b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("rapport.pdf", b"new")]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    file = tmp_path / "missing" / "rapport.pdf"
    with pytest.raises(ReportUnwritable) as caught:
        save_report(file, b"new")
    assert caught.value.params["file"] == str(file)


def test_nothing_is_left_behind_when_the_place_is_taken(tmp_path: Path) -> None:
    taken = tmp_path / "rapport.pdf"
    taken.mkdir()
    (taken / "inside").touch()
    with pytest.raises(ReportUnwritable):
        save_report(taken, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["rapport.pdf"]


@pytest.mark.parametrize("name", ["rapport.PDF", "rapport.pdf"])
def test_an_ending_may_be_written_large(name: str) -> None:
    assert require_ending(Path(name), "pdf", "csv") == "pdf"


@pytest.mark.parametrize("name", ["rapport", "rapport.docx", ".pdf"])
def test_another_ending_is_refused_with_those_there_are(name: str) -> None:
    with pytest.raises(ReportEndingUnknown) as caught:
        require_ending(Path(name), "pdf", "csv")
    assert caught.value.params["endings"] == ".pdf, .csv"


def test_a_disk_that_fills_up_leaves_the_report_before_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "rapport.pdf"
    save_report(file, b"old")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, limits[1]))
    try:
        with pytest.raises(ReportUnwritable):
            save_report(file, b"new" * 10_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("rapport.pdf", b"old")]
