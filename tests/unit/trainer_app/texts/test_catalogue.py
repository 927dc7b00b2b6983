"""Looking up texts and writing values the way the language writes them."""

from __future__ import annotations

import pytest

from trainer_app.domain.errors import EnvironmentProblem
from trainer_app.texts.catalogue import LANGUAGES, Texts

FULL = "playback.storage_full"


class _HeadsetFull(EnvironmentProblem):
    key = FULL


@pytest.mark.parametrize(
    ("lang", "count", "written"),
    [
        ("nb", 999, "999 byte"),
        ("en", 999, "999 bytes"),
        ("en", 1, "1 byte"),
        ("nb", 1_500, "1,5 kB"),
        ("en", 1_500, "1.5 kB"),
        ("nb", 200_000_000, "200 MB"),
        ("nb", 3_200_000_000, "3,2 GB"),
        ("en", 64_000_000_000, "64 GB"),
    ],
)
def test_bytes_are_written_in_the_languages_way(lang: str, count: int, written: str) -> None:
    error = _HeadsetFull(headset="3", film="Innkomst", needed=count, free=0)
    assert written in Texts(lang).explain(error).why


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_error_is_explained_in_three_parts(lang: str) -> None:
    error = _HeadsetFull(headset="3", film="Innkomst", needed=2_000_000, free=1_000_000)
    explanation = Texts(lang).explain(error)
    assert "3" in explanation.what
    assert "Innkomst" in explanation.what
    assert explanation.lines() == f"{explanation.what}\n{explanation.why}\n{explanation.next_step}"


def test_a_section_is_keyed_by_the_rest_of_the_key() -> None:
    texts = Texts("nb")
    assert texts.section("player")["waiting"] == texts.pattern("player.waiting")


def test_a_language_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(ValueError, match=r"'sv'.*nb, en"):
        Texts("sv")


def test_a_key_that_is_not_there_is_a_bug() -> None:
    with pytest.raises(KeyError):
        Texts("nb")("no.such_key")
