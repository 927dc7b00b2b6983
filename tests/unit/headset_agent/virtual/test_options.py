"""The command line of the virtual headsets."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from headset_agent.virtual.__main__ import headset_options, kit_options, options_apart


@pytest.mark.parametrize(
    ("read", "words", "named"),
    [
        (kit_options, ("--count", "2", "--player", "chromium:3"), "chromium"),
        (kit_options, ("--count", "0"), "--count"),
        (kit_options, ("--count", "2", "--base-port", "65534"), "--base-port"),
        (kit_options, ("--count", "2", "--to-a-process", "0"), "--to-a-process"),
        (options_apart, ("--number", "1", "--and", "--model", "quest2"), "--number"),
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


def test_headsets_that_share_a_process_have_options_of_their_own() -> None:
    words = ("--number", "3", "--model", "quest2", "--and", "--number", "4", "--adb-port", "5603")
    first, second = options_apart(words)
    assert (first.number, first.model, first.adb_port) == (3, "quest2", 0)
    assert (second.number, second.model, second.adb_port) == (4, "quest3", 5603)
