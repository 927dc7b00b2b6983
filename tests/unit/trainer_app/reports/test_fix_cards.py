"""The fix cards on paper: ten, whole, in both languages, with the words of the program's own buttons."""

from __future__ import annotations

from contextlib import closing
from functools import cache

import pypdfium2
import pytest

from trainer_app.domain.fix_cards import FixCard
from trainer_app.looks.drawing import Drawing, Words
from trainer_app.reports.drawn import WordsDoNotFit, draw
from trainer_app.reports.fix_cards import CardOverfull, fix_cards_pdf
from trainer_app.texts import help_words
from trainer_app.texts.catalogue import LANGUAGES, Texts
from trainer_app.texts.help_words import CardWords, card_words


@cache
def _pages(lang: str) -> tuple[tuple[float, float, str], ...]:
    """Width and height in points, and the words, of each page."""
    with closing(pypdfium2.PdfDocument(fix_cards_pdf(Texts(lang)))) as document:
        return tuple(
            (page.get_width(), page.get_height(), " ".join(page.get_textpage().get_text_range().split()))
            for page in document
        )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_ten_pages_of_a5_across(lang: str) -> None:
    pages = _pages(lang)
    assert len(pages) == len(FixCard) == 10
    assert {(round(width), round(height)) for width, height, _ in pages} == {(595, 420)}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("card", FixCard)
def test_a_card_says_all_of_it(lang: str, card: FixCard) -> None:
    texts = Texts(lang)
    words, printed = card_words(card, texts), _pages(lang)[card.number - 1][2]
    for part in (words.title, words.looks, *words.steps, words.otherwise, *words.tile):
        assert part in printed
    assert len(words.steps) == 4
    assert "{" not in printed


def test_a_card_names_a_button_as_the_program_does() -> None:
    for lang in LANGUAGES:
        texts = Texts(lang)
        assert any(
            texts("prepare.tile.retry") in step for step in card_words(FixCard.NOT_CONNECTED, texts).steps
        )


def test_a_card_with_too_many_words_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def wordy(card: FixCard, texts: Texts) -> CardWords:
        words = help_words.card_words(card, texts)
        return CardWords(
            title=words.title,
            tile=words.tile,
            looks=words.looks,
            steps=(*words.steps, *words.steps),
            otherwise=words.otherwise,
        )

    monkeypatch.setattr("trainer_app.reports.fix_cards.card_words", wordy)
    with pytest.raises(CardOverfull):
        fix_cards_pdf(Texts("nb"))


def test_words_that_are_too_long_for_a_drawing_are_refused() -> None:
    from reportlab.pdfgen.canvas import Canvas

    from trainer_app.reports.paper import register_fonts

    register_fonts()
    tight = Drawing(
        width=40, height=20, shapes=(Words("looks.allow.always", 0, 0, 40, 20),), about="card.name"
    )
    with pytest.raises(WordsDoNotFit):
        draw(Canvas("unwritten.pdf"), tight, Texts("nb"), 0, 0, 40)
