"""The command line of the virtual headsets."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from headset_agent.virtual.__main__ import headset_options, kit_options


@pytest.mark.parametrize(
    ("read", "words", "named"),
    [
        (kit_options, ("--count", "2", "--player", "chromium:3"), "chromium"),
        (kit_options, ("--count", "0"), "--count"),
        (kit_options, ("--count", "2", "--base-port", "65534"), "--base-port"),
        (headset_options, ("--number", "1", "--clock-skew", "1:2"), "--clock-skew"),
    ],
)
def test_wrong_options_are_wrong_use(
    read: Callable[[Sequence[str]], object],
    words: tuple[str, ...],
    named: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as refused:
        read(words)
    assert refused.value.code == 2
    assert named in capsys.readouterr().err
