"""Reads ``simkoffert stop`` from the command line before the parser and its libraries are there.

Only what stands there plainly is read. Whatever else was written waits for the parser, which also judges it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from trainer_app.cli.addresses import read_addresses

_WITH_VALUE = ("--data", "--database", "--lang", "--at")


class StopOrder(NamedTuple):
    """What a plain stop asks for: ``data`` None is the usual folder, ``addresses`` None is every headset."""

    data: Path | None
    addresses: list[str] | None


def read_stop_order(words: Sequence[str]) -> StopOrder | None:
    """Return the order that the words are, or None when they are something else or need the parser."""
    given: dict[str, str] = {}
    commands = []
    rest = iter(words)
    for word in rest:
        name, equals, value = word.partition("=")
        if word == "--json":
            continue
        if name in _WITH_VALUE:
            given[name] = value if equals else next(rest, "")
            if not given[name]:
                return None
        else:
            commands.append(word)
    if commands != ["stop"]:
        return None
    at = given.get("--at")
    addresses = None if at is None else _addresses(at)
    if addresses == []:
        return None
    return StopOrder(Path(given["--data"]) if "--data" in given else None, addresses)


def _addresses(text: str) -> list[str]:
    """As the parser reads them; empty when it would refuse them."""
    try:
        return read_addresses(text)
    except ValueError:
        return []
