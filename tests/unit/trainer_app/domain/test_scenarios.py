"""Content as the rest of the program meets it: places in a film, questions, references that are due."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer_app.domain.references import Reference, ReferenceKey, ReferenceStatus
from trainer_app.domain.scenarios import StopPoint
from trainer_app.domain.words import Placeholder, Words


def _stop(
    share: float | None, nb: str = "Ved slutt: Hva nå?", en: str = "At the end: What now?"
) -> StopPoint:
    return StopPoint(id="INN-S1", share=share, words=Words(nb=nb, en=en))


@pytest.mark.parametrize(("share", "seconds"), [(0.0, 0.0), (0.35, 147.0), (1.0, 420.0)])
def test_a_stop_point_has_its_second_once_the_film_is_known(share: float, seconds: float) -> None:
    assert _stop(share).position_s(420.0) == pytest.approx(seconds)


def test_a_stop_point_without_a_share_has_to_be_found_in_the_film() -> None:
    assert _stop(None).position_s(420.0) is None


@given(share=st.floats(0, 1), duration_s=st.floats(0, 36_000))
def test_a_stop_point_never_lies_outside_its_film(share: float, duration_s: float) -> None:
    position = _stop(share).position_s(duration_s)
    assert position is not None
    assert 0 <= position <= duration_s


def test_the_question_of_a_stop_point_stands_without_the_place() -> None:
    stop = _stop(
        0.7, "Ved ungdommens setning (omtrent 70 %): Skriv: hva ville du sagt?", "At about 70 %: What?"
    )
    assert stop.question == Words(nb="Skriv: hva ville du sagt?", en="What?")


def test_a_stop_point_without_a_place_in_words_keeps_its_whole_text() -> None:
    assert _stop(0.5, "Hva ser du?", "What do you see?").question.nb == "Hva ser du?"


def test_placeholders_are_filled_in_each_language_and_others_left() -> None:
    words = Words(nb="Om [tema], snakk med [kontaktperson].", en="On [theme], talk to [contact].")
    filled = words.filled({Placeholder.THEME: Words(nb="innkomst", en="admission")})
    assert filled == Words(
        nb="Om innkomst, snakk med [kontaktperson].", en="On admission, talk to [contact]."
    )


def test_words_are_asked_for_by_language() -> None:
    words = Words(nb="økt", en="session")
    assert (words.in_language("nb"), words.in_language("en")) == ("økt", "session")
    with pytest.raises(KeyError):
        words.in_language("sv")


def _reference(last_checked: date | None) -> Reference:
    return Reference(
        key=ReferenceKey("R01"),
        kind=Words(nb="Lov", en="Act"),
        title=Words(nb="Lov om noe", en="An act"),
        status=ReferenceStatus.CURRENT,
        mark="V",
        remark=None,
        superseded_by=None,
        last_checked=last_checked,
    )


@pytest.mark.parametrize(
    ("last_checked", "due"),
    [
        (None, True),
        (date(2026, 11, 21), False),
        (date(2025, 11, 21), False),
        (date(2025, 11, 20), True),
        (date(2025, 12, 31), False),
        (date(2024, 12, 1), True),
    ],
)
def test_a_check_of_a_reference_holds_for_twelve_months(last_checked: date | None, due: bool) -> None:
    assert _reference(last_checked).check_due(date(2026, 11, 21)) is due
