"""Any bytes give events or one clean error, from every parser; ``bench fuzz`` throws a million more."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.fuzz.mutations import mutated
from tests.fuzz.parsers import PARSERS, Parser

NESTED = b'{"type":"done","id":1,"more":' + b"[" * 5000
"""So deep that Python refuses to look at it."""

ENDLESS = 300_000
"""Bytes of one kind, at which a parser that looks at all of them again for each would sit for hours."""


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


def taken(loop: asyncio.Runner, parser: Parser, *pieces: bytes) -> bool:
    """Whether the parser could do something with it; it raises what is none of its clean errors."""

    async def read() -> None:
        await parser.read(pieces)

    try:
        loop.run(read())
    except parser.clean:
        return False
    return True


every_parser = pytest.mark.parametrize("parser", PARSERS, ids=lambda parser: parser.name)
can_be_recorded = pytest.mark.parametrize(
    "parser",
    # There the laptop waits for a mark that nobody can guess.
    [parser for parser in PARSERS if parser.name != "shell without v2"],
    ids=lambda parser: parser.name,
)


@can_be_recorded
def test_what_it_says_itself_is_taken(parser: Parser, loop: asyncio.Runner) -> None:
    assert any(taken(loop, parser, recording) for recording in parser.recordings)


@every_parser
@settings(max_examples=25)
@given(data=st.binary(max_size=200), step=st.integers(1, 60))
@example(data=NESTED, step=5000)
def test_any_bytes(parser: Parser, loop: asyncio.Runner, data: bytes, step: int) -> None:
    taken(loop, parser, *(data[start : start + step] for start in range(0, len(data), step)))


@every_parser
@settings(max_examples=40)
@given(seed=st.integers(0, 1 << 32), cut=st.integers(0, 1 << 32))
def test_what_is_nearly_right(parser: Parser, loop: asyncio.Runner, seed: int, cut: int) -> None:
    data = mutated(random.Random(seed), parser.recordings)
    at = cut % (len(data) + 1)
    taken(loop, parser, data[:at], data[at:])


@every_parser
@pytest.mark.parametrize(
    "byte", [b"\n", b" ", b"[", b"0", b"\0"], ids=["lines", "blanks", "nested", "digits", "nul"]
)
def test_what_seems_to_have_no_end(parser: Parser, loop: asyncio.Runner, byte: bytes) -> None:
    # Behind a good beginning, so that it comes to where it hurts.
    whole = parser.recordings[0][:-20] + byte * ENDLESS
    taken(loop, parser, *(whole[start : start + 4096] for start in range(0, len(whole), 4096)))
