"""How far all headsets are together, as it stands above the tiles."""

from __future__ import annotations

import pytest

from trainer_app.domain.films import Sha256
from trainer_app.domain.headset_state import HeadsetState
from trainer_app.domain.live_kit import HeadsetNow, KitNow, Transfer
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.filling_words import total_in_words

FILM = Sha256("ab" * 32)
NB, EN = Texts("nb"), Texts("en")


def sent(number: int, done: int, rate: float | None, *, film: Sha256 | None = FILM) -> HeadsetNow:
    transfer = Transfer(film=film, done_bytes=done, whole_bytes=2_000_000_000, bytes_per_s=rate)
    return HeadsetNow(number=number, state=HeadsetState.GETTING_READY, transfer=transfer)


READY = tuple(HeadsetNow(number=number, state=HeadsetState.READY, has_film=True) for number in (1, 2, 3))


def kit(*headsets: HeadsetNow) -> KitNow:
    return KitNow(headsets=(*READY, *headsets))


@pytest.mark.parametrize(
    ("texts", "words"),
    [(NB, "3 av 5 klare · 412 MB/s · 3 min igjen"), (EN, "3 of 5 ready · 412 MB/s · 3 min left")],
)
def test_all_rates_together_and_the_time_of_the_slowest(texts: Texts, words: str) -> None:
    now = kit(sent(4, 1_900_000_000, 400e6), sent(5, 200_000_000, 12e6))
    assert total_in_words(now, texts) == words


def test_nothing_on_its_way_says_nothing() -> None:
    assert total_in_words(kit(), NB) == ""


def test_little_time_is_said_in_seconds_and_who_is_set_aside_is_not_counted() -> None:
    aside = HeadsetNow(number=5, state=HeadsetState.NOT_CONNECTED, set_aside=True)
    now = kit(sent(4, 1_000_000_000, 50e6), aside)
    assert total_in_words(now, NB) == "3 av 4 klare · 50 MB/s · 20 s igjen"


def test_no_time_is_guessed_before_it_can_be_known() -> None:
    assert total_in_words(kit(sent(4, 0, None)), NB) == "3 av 4 klare · måler hvor fort det går"
    now = kit(sent(4, 10, 5e6), sent(5, 0, None))
    assert total_in_words(now, NB) == "3 av 5 klare · 5,0 MB/s"


def test_what_has_arrived_is_only_checked_yet() -> None:
    assert total_in_words(kit(sent(4, 2_000_000_000, 9e6)), NB) == "3 av 4 klare · kontrolleres"


def test_the_program_of_a_new_headset_counts_as_well() -> None:
    program = sent(4, 1_000_000_000, 10e6, film=None)
    assert total_in_words(kit(program), NB) == "3 av 4 klare · 10 MB/s · 2 min igjen"
