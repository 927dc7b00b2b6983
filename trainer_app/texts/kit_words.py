"""Words about suitcases."""

from __future__ import annotations


def said_once(words: str) -> str:
    """Leave out a first word that is said again at once: a suitcase may itself be called ``Koffert 1``."""
    first, _, rest = words.partition(" ")
    return rest if rest.split(" ")[0].casefold() == first.casefold() else words
