"""The words of the command line, on which scripts rely."""

from __future__ import annotations

from pathlib import Path

import pytest

from trainer_app.cli.parser import WrongUse, addresses, make_parser
from trainer_app.texts.catalogue import Texts

PARSER = make_parser(Texts("nb"))


@pytest.mark.parametrize(
    "words",
    [
        ["--data", "D", "--database", "sqlite:///x", "--lang", "en", "--json", "headset", "list"],
        ["headset", "--data", "D", "--database", "sqlite:///x", "--lang", "en", "--json", "list"],
        ["headset", "list", "--data", "D", "--database", "sqlite:///x", "--lang", "en", "--json"],
        ["--json", "--data=D", "headset", "list", "--lang=en", "--database", "sqlite:///x"],
    ],
)
def test_global_options_stand_before_and_behind_the_command(words: list[str]) -> None:
    parsed = PARSER.parse_args(words)
    assert (parsed.data, parsed.database, parsed.lang, parsed.json) == (
        Path("D"),
        "sqlite:///x",
        "en",
        True,
    )
    assert (parsed.command, parsed.verb) == ("headset", "list")


def test_global_options_have_their_defaults() -> None:
    parsed = PARSER.parse_args(["headset", "list"])
    assert (parsed.data, parsed.database, parsed.lang, parsed.json) == (None, None, "nb", False)
    assert parsed.at == []


@pytest.mark.parametrize(
    "words",
    [
        ["demo", "--headsets", "3"],
        ["virtual-kit", "--count", "5", "--base-port", "5600", "--player", "chromium"],
        ["virtual-kit", "--count", "5", "--require-auth", "--clock-skew", "--faults", "faults.toml"],
        ["headset", "list", "--at", "127.0.0.1:5601,127.0.0.1:5602"],
        ["film", "import", "f.mp4", "--theme", "INN", "--title", "T", "--projection", "equirect180"],
        ["film", "import", "f.mp4", "--theme", "INN", "--stereo", "top-bottom"],
        ["film", "push", "all", "--at", "127.0.0.1:5601"],
        ["film", "list"],
        ["play", "F", "--then", "G", "--then", "H", "--loop"],
        ["play", "Innkomst på kvelden", "--at", "127.0.0.1:5601", "--seconds", "10", "--from", "2,5"],
        ["stop", "--at", "127.0.0.1:5601"],
        ["db", "upgrade"],
        ["db", "check", "--json"],
        ["db", "backup", "kopi.db"],
        ["db", "restore", "kopi.db"],
    ],
)
def test_agreed_commands_are_understood(words: list[str]) -> None:
    assert PARSER.parse_args(words).command == words[0]


def test_from_may_be_written_the_norwegian_way() -> None:
    parsed = PARSER.parse_args(["play", "F", "--from", "2,5"])
    assert (parsed.from_s, parsed.seconds) == (2.5, None)


@pytest.mark.parametrize(
    "words",
    [
        ["dance"],
        ["headset"],
        ["headset", "list", "--at", ""],
        ["headset", "list", "--at", "127.0.0.1"],
        ["headset", "list", "--at", "127.0.0.1:0"],
        ["headset", "list", "--at", "127.0.0.1:65536"],
        ["headset", "list", "--at", "127.0.0.1:5601,"],
        ["headset", "list", "--at", "127.0.0.1:²"],
        ["--lang", "sv", "headset", "list"],
        ["virtual-kit"],
        ["virtual-kit", "--count", "0"],
        ["film", "import", "f.mp4"],
        ["film", "import", "f.mp4", "--theme", "INN", "--projection", "cube"],
        ["db"],
        ["db", "backup"],
        ["db", "restore"],
        ["play"],
        ["play", "F", "--seconds", "-1"],
        ["play", "F", "--seconds", "nan"],
        ["play", "F", "--seconds", "soon"],
    ],
)
def test_wrong_use_says_why_and_how_it_is_written(words: list[str]) -> None:
    with pytest.raises(WrongUse) as wrong:
        PARSER.parse_args(words)
    assert wrong.value.reason
    assert "simkoffert" in wrong.value.usage


def test_addresses() -> None:
    assert addresses("10.0.0.7:5555, :5601,headset.local:1") == [
        "10.0.0.7:5555",
        "127.0.0.1:5601",
        "headset.local:1",
    ]


def test_without_a_command_it_is_the_app() -> None:
    parsed = PARSER.parse_args(["--lang", "en"])
    assert parsed.command is None
    assert parsed.lang == "en"
