"""Which headsets of a kit get a real browser."""

from __future__ import annotations

import pytest

from headset_agent.virtual.__main__ import chromium_count


@pytest.mark.parametrize(
    ("player", "expected"), [("simulated", 0), ("chromium", 5), ("chromium:2", 2), ("chromium:0", 0)]
)
def test_the_first_headsets_have_a_chromium(player: str, expected: int) -> None:
    assert chromium_count(player, 5) == expected


@pytest.mark.parametrize("player", ["firefox", "chromium:6", "chromium:", "chromium:x", "simulated:2", ""])
def test_anything_else_is_refused(player: str) -> None:
    with pytest.raises(ValueError, match="--player"):
        chromium_count(player, 5)
