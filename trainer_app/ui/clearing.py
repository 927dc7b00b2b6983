"""Asking whether films are to go from headsets, and having them removed. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from trainer_app.domain.films import Film, Sha256
from trainer_app.domain.headset_films import FilmOnHeadset, removable
from trainer_app.domain.headset_state import HeadsetState
from trainer_app.domain.live_kit import HeadsetNow
from trainer_app.runtime.background import Tasks
from trainer_app.services.live.clearing import ClearedKit
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.headset_film_words import film_name
from trainer_app.texts.number_words import listed
from trainer_app.ui.office import Office

_AWAY = (HeadsetState.NOT_CONNECTED, HeadsetState.NOT_AUTHORISED)

Foreign = Mapping[int, Sequence[FilmOnHeadset]]
"""By number of the headset: its films that the library does not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearQuestion:
    """What is asked before films go, in ready words.

    Attributes:
        wanted: What goes when the answer is yes.
    """

    title: str
    cause: str
    yes: str
    no: str
    wanted: Mapping[int, tuple[Sha256, ...]]


def foreign_films(library: Sequence[Film], headsets: Iterable[HeadsetNow]) -> Foreign:
    """Find what could go, on headsets that are there and have told of their films."""
    found = {
        headset.number: removable(library, headset.facts.stored)
        for headset in headsets
        if headset.facts is not None and headset.state not in _AWAY
    }
    return {number: films for number, films in found.items() if films}


def question_of(foreign: Foreign, texts: Texts) -> ClearQuestion:
    """Put it into words: what goes from which headset, and how much room comes back."""
    films = [film for each in foreign.values() for film in each]
    one = "_one" if len(films) == 1 else ""
    return ClearQuestion(
        title=texts(
            f"headset_film.clear.title.{'one' if one else 'several'}",
            count=len(films),
            numbers=numbers_of(foreign, texts),
        ),
        cause="\n".join(
            (
                *(_named(number, foreign[number], texts) for number in sorted(foreign)),
                texts(f"headset_film.clear.room{one}", size=size_of(foreign)),
            )
        ),
        yes=texts(f"headset_film.clear.yes{one}"),
        no=texts("headset_film.clear.no"),
        wanted={number: tuple(film.sha256 for film in each) for number, each in foreign.items()},
    )


def announced(foreign: Foreign, texts: Texts) -> str:
    """``Brille 2 og 4 har 3 filmer som ikke er i biblioteket: 4,2 GB.``; empty where none has any."""
    count = sum(map(len, foreign.values()))
    if not count:
        return ""
    key = f"headset_film.announced.{'one' if count == 1 else 'several'}"
    return texts(key, numbers=numbers_of(foreign, texts), count=count, size=size_of(foreign))


def numbers_of(foreign: Foreign, texts: Texts) -> str:
    """``2 og 4``."""
    return listed([str(number) for number in sorted(foreign)], texts)


def size_of(foreign: Foreign) -> int:
    """Bytes of all."""
    return sum(film.there_bytes for each in foreign.values() for film in each)


class Clearing:
    """Has films removed once somebody has said yes, and says how that went."""

    def __init__(self, office: Office, tasks: Tasks) -> None:
        self._office, self._tasks = office, tasks

    def remove(self, question: ClearQuestion, then: Callable[[], None] = lambda: None) -> None:
        """Remove what was asked about."""
        live, wanted = self._office.services.live, question.wanted

        def told(outcome: ClearedKit) -> None:
            self._say(outcome)
            then()

        self._tasks.live(lambda: live.remove_films(wanted), told, self._office.notices.problem)

    def _say(self, outcome: ClearedKit) -> None:
        texts, notices = self._office.texts, self._office.notices
        if outcome.cleared:
            numbers = listed([str(number) for number in outcome.cleared], texts)
            notices.say(texts("headset_film.cleared", numbers=numbers))
        for number in sorted(outcome.problems):
            notices.problem(outcome.problems[number])


def _named(number: int, films: Sequence[FilmOnHeadset], texts: Texts) -> str:
    words = [
        texts("headset_film.clear.film", name=film_name(film, texts), size=film.there_bytes) for film in films
    ]
    return texts("headset_film.clear.headset", number=number, films=listed(words, texts))
