"""What was read of the catalogues is kept, and never outlives the files it came from."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from trainer_app.texts import catalogue


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    file = tmp_path / "cache" / "texts-nb.json"
    monkeypatch.setattr(catalogue, "_cache_file", lambda _lang: file)
    catalogue._read.cache_clear()
    yield file
    catalogue._read.cache_clear()


def read_again() -> str:
    catalogue._read.cache_clear()
    return catalogue.Texts("nb").pattern("stop.dark")


def test_what_was_read_is_kept_and_used(cache: Path) -> None:
    first = read_again()
    kept = json.loads(cache.read_bytes())
    assert kept["texts"]["stop.dark"] == first
    kept["texts"]["stop.dark"] = "fra lageret"
    cache.write_text(json.dumps(kept))
    assert read_again() == "fra lageret"


def test_changed_catalogue_is_read_anew(cache: Path) -> None:
    first = read_again()
    kept = json.loads(cache.read_bytes())
    kept["texts"]["stop.dark"] = "gammelt"
    kept["stamp"][0][2] -= 1
    cache.write_text(json.dumps(kept))
    assert read_again() == first


@pytest.mark.parametrize(
    "spoil",
    [
        lambda file: file.write_bytes(b"\xff not json"),
        lambda file: file.write_text("[]"),
        lambda file: file.write_text('{"stamp": null, "texts": null}'),
    ],
)
def test_spoilt_cache_does_no_harm(cache: Path, spoil: Callable[[Path], object]) -> None:
    first = read_again()
    spoil(cache)
    assert read_again() == first


def test_place_that_cannot_be_written_does_no_harm(cache: Path) -> None:
    cache.parent.write_text("a file where the folder should be")
    assert read_again()
    assert not cache.exists()
