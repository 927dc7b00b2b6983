"""The log helps whoever looks for a mistake, and gives nobody away."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from trainer_app.runtime.log_file import KEPT_FILES, LARGEST_BYTES, kept_log

NAME = "Kari Eksempelsen"
OURS = logging.getLogger("trainer_app.somewhere")
OTHERS = logging.getLogger("some.library")


def _fails() -> None:
    try:
        raise KeyError(NAME)
    except KeyError as error:
        raise ValueError(f"{NAME} er ukjent") from error


@pytest.mark.expects_log("mistake")
def test_a_mistake_is_written_with_the_way_to_it_and_without_its_words(tmp_path: Path) -> None:
    with kept_log(tmp_path / "logs") as log:
        try:
            _fails()
        except ValueError:
            OURS.critical("mistake", exc_info=True)
    written = log.path.read_text(encoding="utf-8")
    assert "CRITICAL trainer_app.somewhere" in written
    assert "builtins.KeyError" in written
    assert "builtins.ValueError" in written
    assert "runtime/test_log_file.py" in written
    assert "_fails" in written
    assert NAME not in written
    assert str(Path.home()) not in written


@pytest.mark.expects_log("ukjent")
def test_of_other_libraries_only_the_place_is_written(tmp_path: Path) -> None:
    with kept_log(tmp_path / "logs") as log:
        OURS.info("raw notes deleted: %d", 3)
        OTHERS.error("%s er ukjent", NAME)
    ours, others = log.path.read_text(encoding="utf-8").splitlines()
    assert ours.endswith("raw notes deleted: 3")
    assert "ERROR some.library" in others
    assert NAME not in others


def test_the_log_stays_small(tmp_path: Path) -> None:
    with kept_log(tmp_path / "logs") as log:
        for _ in range(6):
            OURS.info("x" * (LARGEST_BYTES // 2))
    sizes = [each.stat().st_size for each in log.path.parent.iterdir()]
    assert len(sizes) <= 1 + KEPT_FILES
    assert max(sizes) <= LARGEST_BYTES


@pytest.mark.expects_log("low on patience")
def test_a_log_that_cannot_be_written_keeps_nobody_from_working(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "logs").write_text("")
    with kept_log(tmp_path / "logs") as log:
        OURS.warning("low on patience")
        assert not log.is_written
        (tmp_path / "logs").unlink()
        OURS.warning("low on patience")
        assert log.is_written
    assert capsys.readouterr().err == ""


def test_the_folders_on_the_way_to_it_are_made(tmp_path: Path) -> None:
    with kept_log(tmp_path / "data" / "new" / "logs") as log:
        OURS.info("opened")
    assert log.path.read_text(encoding="utf-8").endswith("opened\n")


def test_nothing_is_made_while_there_is_nothing_to_write(tmp_path: Path) -> None:
    with kept_log(tmp_path / "logs"):
        pass
    assert list(tmp_path.iterdir()) == []
