"""What lies on headsets against the library: for ``simkoffert headset list``, and ``headset clear``."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from trainer_app.cli.output import Output, exit_code
from trainer_app.domain.headset_films import FilmOnHeadset, FilmStanding
from trainer_app.texts.catalogue import Texts

if TYPE_CHECKING:
    from trainer_app.bootstrap import Workplace
    from trainer_app.services.clearing import Cleared

_TOLD = (FilmStanding.MISSING, FilmStanding.PARTIAL, FilmStanding.OLDER, FilmStanding.FOREIGN)


def film_document(film: FilmOnHeadset) -> dict[str, Any]:
    """One line of the comparison, for scripts."""
    return {
        "sha256": film.sha256,
        "title": film.title or None,
        "standing": film.standing.value,
        "in_library": film.in_library,
        "bytes": film.there_bytes,
        "whole_bytes": film.whole_bytes,
        "since": film.since.isoformat() if film.since else None,
    }


def compared_in_words(films: Sequence[FilmOnHeadset], texts: Texts) -> list[str]:
    """``2 mangler``, ``1 ikke i biblioteket``; nothing of what is as it should be."""
    counts = [(standing, sum(film.standing is standing for film in films)) for standing in _TOLD]
    return [texts(f"headset.standing.{standing.value}", count=count) for standing, count in counts if count]


async def clear(workplace: Workplace, parsed: Namespace, output: Output) -> int:
    """Remove what the library does not have; without ``--yes`` only say what that would be."""
    from trainer_app.services.clearing import clear_headsets

    library = workplace.all_films()
    if not library:
        output.say("cli.clear_needs_library")
    looked = await clear_headsets(
        workplace.gateway,
        workplace.headsets,
        library,
        parsed.at,
        remove=parsed.yes,
        waiting=lambda address: output.say("cli.waiting_for_accept", address=address),
    )
    for one in looked:
        if one.problem is not None:
            output.line(f"{one.address}:")
            output.problem(one.problem)
    bad = sum(one.problem is not None for one in looked)
    lines = [line for one in looked for line in _lines(one, output.texts)]
    if library and not lines and not bad:
        lines = [output.texts("cli.nothing_to_clear")]
    output.result({"headsets": [_document(one, output) for one in looked]}, lines)
    if not parsed.yes and any(one.films for one in looked):
        output.say("cli.clear_with_yes")
    return exit_code(len(looked) - bad, bad)


def _document(one: Cleared, output: Output) -> dict[str, Any]:
    document: dict[str, Any] = {
        "address": one.address,
        "serial": one.serial,
        "number": one.number,
        "films": [film_document(film) for film in one.films],
        "removed": one.removed,
    }
    if one.problem is not None:
        document["error"] = output.described(one.problem)
    return document


def _lines(one: Cleared, texts: Texts) -> list[str]:
    key = "cli.cleared" if one.removed else "cli.would_clear"
    return [
        texts(
            key,
            number=one.number,
            title=film.title or texts("headset.film.unknown", sha=film.sha256[:12]),
            size=film.there_bytes,
        )
        for film in one.films
    ]
