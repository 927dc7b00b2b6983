"""*Stopp alt* read before the parser is there: never more than was asked, and as the parser reads it."""

from __future__ import annotations

import pytest

from trainer_app.cli.parser import make_parser
from trainer_app.cli.stop_order import StopOrder, read_stop_order
from trainer_app.texts.catalogue import Texts


@pytest.mark.parametrize(
    "words",
    [
        "stop",
        "stop --json",
        "--lang en --data /d stop",
        "stop --data=/d --lang=nb",
        "stop --at 10.0.0.1:5555,10.0.0.2:5555",
        "--json stop --at=5555,:5556",
        "--database postgresql://x stop --at 127.0.0.1:1",
    ],
)
def test_a_plain_stop_is_read_as_the_parser_reads_it(words: str) -> None:
    parsed = make_parser(Texts("nb")).parse_args(words.split())
    assert read_stop_order(words.split()) == StopOrder(parsed.data, parsed.at or None)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "play stop",
        "play stop --at 127.0.0.1:1",
        "film import stop --theme INN",
        "--data stop headset list",
        "--lang stop",
        "stop --help",
        "stop now",
        "stop --at",
        "stop --at 10.0.0.1",
        "stop --at a:b",
        "stop --at :0",
        "stop --at 10.0.0.1:5555,:99999",
        "stop --at :²",
        "--data= stop",
    ],
)
def test_nothing_else_is_taken_for_a_stop(words: str) -> None:
    assert read_stop_order(words.split()) is None
