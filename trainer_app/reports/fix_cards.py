"""The ten fix cards, A5 landscape, one a page: to be cut, laid in the suitcase, and read at arm's length."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A5, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from trainer_app.domain.fix_cards import FixCard
from trainer_app.looks.drawing import Drawing
from trainer_app.looks.pictures.gallery import drawing
from trainer_app.reports.drawn import draw, paper_colour
from trainer_app.reports.paper import BOLD, REGULAR, register_fonts, text
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.help_words import CardWords, card_words

_PAGE = landscape(A5)
_MARGIN = 26.0
_HEAD = 58.0
_FOOT = 20.0
_DRAWN = 252.0
_GAP = 22.0
_DISC = 11.5
_TITLE, _SMALLEST_TITLE = 25.0, 18.0


class CardOverfull(ValueError):
    """Words of a card do not fit on it (a mistake of ours, found by a test)."""


def _style(name: str, size: float, leading: float, *, bold: bool = False) -> ParagraphStyle:
    font = BOLD if bold else REGULAR
    return ParagraphStyle(name, fontName=font, fontSize=size, leading=leading, alignment=TA_LEFT)


_STEP = _style("card step", 14.5, 18)
_LOOKS = _style("card looks", 12, 15)
_OTHERWISE = _style("card otherwise", 12, 15)
_LABEL = _style("card label", 11.5, 14, bold=True)


def fix_cards_pdf(texts: Texts, cards: Sequence[FixCard] = tuple(FixCard)) -> bytes:
    """Return the cards as PDF, one a page.

    Raises:
        CardOverfull: words of a card do not fit on it.
        WordsDoNotFit: words of a drawing do not fit in it.
    """
    register_fonts()
    buffer = BytesIO()
    canvas = Canvas(
        buffer,
        pagesize=_PAGE,
        lang=texts.lang,
        initialFontName=REGULAR,  # type: ignore[arg-type]  # the stub says float
    )
    canvas.setTitle(texts("card.name"))
    canvas.setAuthor("SimKoffert")
    canvas.setCreator("SimKoffert")
    for card in cards:
        words = card_words(card, texts)
        canvas.bookmarkPage(card.value)
        canvas.addOutlineEntry(f"{card.number} {words.title}", card.value)
        _Page(canvas, texts).draw(card, words, drawing(card.value))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


class _Page:
    """One card on its page; y is measured from the bottom, as the library does."""

    def __init__(self, canvas: Canvas, texts: Texts) -> None:
        self._canvas, self._texts = canvas, texts
        self._width, self._height = _PAGE

    def draw(self, card: FixCard, words: CardWords, picture: Drawing) -> None:
        """Draw all of it."""
        self._head(card, words)
        top = self._height - _HEAD - 18
        self._left(words, picture, top)
        self._right(words, top)
        self._foot(card)

    def _head(self, card: FixCard, words: CardWords) -> None:
        canvas, base = self._canvas, self._height - _HEAD
        middle, left = base + _HEAD / 2, _MARGIN + 48
        canvas.setFillColor(paper_colour("text"))
        canvas.rect(0, base, self._width, _HEAD, stroke=0, fill=1)
        canvas.setFillColor(paper_colour("surface_raised"))
        canvas.circle(_MARGIN + 17, middle, 17, stroke=0, fill=1)
        self._centred(str(card.number), _MARGIN + 17, middle, 21, "text")
        size = self._title_size(words.title, self._tile(words, base) - left - 8)
        canvas.setFillColor(paper_colour("surface_raised"))
        canvas.setFont(BOLD, size)
        canvas.drawString(left, middle - size * 0.34, words.title)

    def _title_size(self, title: str, room: float) -> float:
        width = pdfmetrics.stringWidth(title, BOLD, 1)
        size = min(_TITLE, room / width)
        if size < _SMALLEST_TITLE:
            raise CardOverfull(title)
        return size

    def _tile(self, words: CardWords, base: float) -> float:
        """At the right of the head, what the headset's tile says; return its left edge."""
        canvas, texts = self._canvas, self._texts
        right, middle = self._width - _MARGIN, base + _HEAD / 2
        for at, said in enumerate(reversed(words.tile)):
            if at:
                right = self._beside(texts("card.or"), right, middle)
            width = pdfmetrics.stringWidth(said, BOLD, 13) + 20
            canvas.setFillColor(paper_colour("surface_raised"))
            canvas.roundRect(right - width, middle - 13, width, 26, 6, stroke=0, fill=1)
            self._centred(said, right - width / 2, middle, 13, "text")
            right -= width + 8
        return self._beside(texts("card.tile"), right, middle) if words.tile else right

    def _beside(self, words: str, right: float, middle: float) -> float:
        """Small words on the head, that end here; return where the next may end."""
        self._canvas.setFillColor(paper_colour("surface_raised"))
        self._canvas.setFont(REGULAR, 11.5)
        self._canvas.drawRightString(right, middle - 4, words)
        return right - pdfmetrics.stringWidth(words, REGULAR, 11.5) - 8

    def _left(self, words: CardWords, picture: Drawing, top: float) -> None:
        canvas = self._canvas
        height = _DRAWN * picture.height / picture.width
        canvas.setStrokeColor(paper_colour("outline_strong"))
        canvas.setFillColor(paper_colour("surface"))
        canvas.setLineWidth(0.8)
        canvas.roundRect(_MARGIN, top - height - 12, _DRAWN, height + 12, 8, stroke=1, fill=1)
        draw(canvas, picture, self._texts, _MARGIN + 6, top - 6, _DRAWN - 12)
        y = top - height - 12 - 14
        y = self._paragraph(text(self._texts("card.looks"), _LABEL), _MARGIN, y, _DRAWN)
        self._paragraph(text(words.looks, _LOOKS), _MARGIN, y - 2, _DRAWN)

    def _right(self, words: CardWords, top: float) -> None:
        left = _MARGIN + _DRAWN + _GAP
        width = self._width - _MARGIN - left
        y = self._paragraph(text(self._texts("card.steps"), _LABEL), left, top, width) - 7
        for number, step in enumerate(words.steps, start=1):
            y = self._step(number, step, left, y, width) - 9
        self._otherwise(words.otherwise, left, width, y)

    def _step(self, number: int, words: str, left: float, top: float, width: float) -> float:
        canvas = self._canvas
        middle = top - _DISC
        canvas.setFillColor(paper_colour("accent"))
        canvas.circle(left + _DISC, middle, _DISC, stroke=0, fill=1)
        self._centred(str(number), left + _DISC, middle, 14, "accent_text")
        indent = 2 * _DISC + 10
        return min(
            self._paragraph(text(words, _STEP), left + indent, top - 1, width - indent), top - 2 * _DISC
        )

    def _otherwise(self, words: str, left: float, width: float, above: float) -> None:
        """At the foot of the card, in a frame with a strong edge."""
        canvas = self._canvas
        inner = width - 24
        label, said = text(self._texts("card.otherwise"), _LABEL), text(words, _OTHERWISE)
        high = sum(part.wrap(inner, self._height)[1] for part in (label, said)) + 19
        bottom = _MARGIN + _FOOT - 6
        if bottom + high > above + 4:
            raise CardOverfull(words)
        canvas.setFillColor(paper_colour("attention_tint"))
        canvas.rect(left, bottom, width, high, stroke=0, fill=1)
        canvas.setFillColor(paper_colour("text"))
        canvas.rect(left, bottom, 4, high, stroke=0, fill=1)
        y = self._paragraph(label, left + 14, bottom + high - 7, inner)
        self._paragraph(said, left + 14, y - 2, inner)

    def _foot(self, card: FixCard) -> None:
        canvas = self._canvas
        canvas.setFillColor(paper_colour("text_muted"))
        canvas.setFont(REGULAR, 8.5)
        count = len(FixCard)
        canvas.drawString(_MARGIN, _FOOT - 2, "SimKoffert")
        canvas.drawRightString(
            self._width - _MARGIN, _FOOT - 2, self._texts("card.number", number=card.number, count=count)
        )

    def _paragraph(self, part: Paragraph, left: float, top: float, width: float) -> float:
        """Write it; return where it ends."""
        _, height = part.wrap(width, self._height)
        if top - height < _FOOT + 6:
            raise CardOverfull(part.getPlainText())
        part.drawOn(self._canvas, left, top - height)
        return top - height

    def _centred(self, words: str, x: float, y: float, size: float, colour: str) -> None:
        self._canvas.setFillColor(paper_colour(colour))
        self._canvas.setFont(BOLD, size)
        self._canvas.drawCentredString(x, y - size * 0.33, words)
