"""Days as each language writes them, also where they stand in a sentence of the catalogue."""

from __future__ import annotations

from datetime import date

import pytest

from trainer_app.domain.report_errors import PeriodReversed
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.day_words import day_in_figures

FIRST, LAST = date(2026, 12, 1), date(2026, 3, 5)


@pytest.mark.parametrize(("lang", "words"), [("nb", "1.12.2026"), ("en", "1/12/2026")])
def test_a_day_in_figures(lang: str, words: str) -> None:
    assert day_in_figures(FIRST, Texts(lang)) == words


@pytest.mark.parametrize(
    ("lang", "first", "last"), [("nb", "1.12.2026", "5.3.2026"), ("en", "1/12/2026", "5/3/2026")]
)
def test_a_day_in_a_sentence_is_written_the_same_way(lang: str, first: str, last: str) -> None:
    said = Texts(lang).explain(PeriodReversed(first=FIRST, last=LAST)).line()
    assert first in said
    assert last in said
