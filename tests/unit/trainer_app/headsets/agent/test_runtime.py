"""Which bundle is taken, and what it is called on a headset."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import pytest

from trainer_app.headsets.agent import runtime
from trainer_app.headsets.agent.runtime import RuntimeBundle, find_bundle


def test_a_bundle_knows_its_name_and_size_on_the_headset(tmp_path: Path) -> None:
    file = tmp_path / "bundle.tar.gz"
    file.write_bytes(gzip.compress(bytes(12_345)))
    bundle = RuntimeBundle(file)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    assert bundle.python == f"/data/local/tmp/simkoffert/runtime-{digest[:16]}/python"
    assert (bundle.size, bundle.unpacked_size) == (file.stat().st_size, 12_345)


def test_the_one_that_came_with_the_program_goes_before_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = [tmp_path / name for name in ("shipped", "own", "built")]
    monkeypatch.setattr(runtime, "_places", lambda: iter(places))
    assert find_bundle() is None
    for place in reversed(places):
        place.write_bytes(b"")
        assert find_bundle() == RuntimeBundle(place)
