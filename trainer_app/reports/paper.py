"""The paper all reports are printed on: A4, the font, the lines, the foot with *page x of y*.

Everything is black, white and grey: it has to be read from a black-and-white printer.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor, black
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Table

REGULAR = "SourceSans"
BOLD = "SourceSans-Semibold"
MARGIN = 16 * mm
_OWN_FONT = ("FONTNAME", (0, 0), (-1, -1), REGULAR)
"""Of a table: every cell asks for a font, also one whose text has its own; the library's is not embedded."""
GREY: Color = HexColor("#444444")
RULE: Color = HexColor("#9A9A9A")


@cache
def register_fonts() -> None:
    """Make the embedded fonts known; once a process."""
    folder = files("font_source_sans_pro").joinpath("files")
    for name, file in ((REGULAR, "Regular"), (BOLD, "Semibold")):
        pdfmetrics.registerFont(TTFont(name, str(folder.joinpath(f"SourceSansPro-{file}.ttf"))))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)


def _style(name: str, size: float, leading: float, **more: Any) -> ParagraphStyle:
    return ParagraphStyle(name, **{"fontName": REGULAR, "fontSize": size, "leading": leading, **more})


TITLE = _style("title", 20, 24, fontName=BOLD)
LEAD = _style("lead", 10.5, 14)
HEADING = _style("heading", 11.5, 14, fontName=BOLD, spaceBefore=11, spaceAfter=3)
BODY = _style("body", 9.5, 12.5)
CELL = _style("cell", 9, 11.2)
NUMBER = _style("number", 9, 11.2, alignment=TA_RIGHT)
STRONG = _style("strong", 9, 11.2, fontName=BOLD)
STRONG_NUMBER = _style("strong number", 9, 11.2, fontName=BOLD, alignment=TA_RIGHT)
COLUMN = _style("column", 8.2, 9.8, fontName=BOLD)
COLUMN_NUMBER = _style("column number", 8.2, 9.8, fontName=BOLD, alignment=TA_RIGHT)
REPEATED = _style("repeated", 9, 11.2, textColor=HexColor("#6E6E6E"))
SMALL = _style("small", 8.2, 10.6, textColor=GREY)
STAMP = _style("stamp", 8.6, 11.2, alignment=TA_RIGHT)


def text(words: str, style: ParagraphStyle = CELL) -> Paragraph:
    """Return a paragraph of what people typed: nothing in it is a tag, its line breaks are kept."""
    return Paragraph(escape(words).replace("\n", "<br/>"), style)


def head(title: str, lead: Sequence[str], stamp: Sequence[str], width: float) -> Table:
    """The top of the first page: what it is to the left, what it is about to the right."""
    left = [text(title, TITLE), *(text(line, LEAD) for line in lead)]
    right = [text(line, STAMP) for line in stamp]
    table = Table([[left, right]], colWidths=[width * 0.6, width * 0.4])
    table.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *no_padding()])
    return table


def no_padding() -> list[tuple[Any, ...]]:
    """Cells that begin where the text of the page begins."""
    sides = ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")
    return [_OWN_FONT, *((side, (0, 0), (-1, -1), 0) for side in sides)]


def ruled(*, sum_row: bool = False, head_rows: int = 1) -> list[tuple[Any, ...]]:
    """A table with a strong line above and below its head and its sum, hair lines between the rows."""
    lines: list[tuple[Any, ...]] = [
        _OWN_FONT,
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("VALIGN", (0, 0), (-1, head_rows - 1), "BOTTOM"),
        ("TOPPADDING", (0, 0), (-1, -1), 3.2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4.2),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ("LINEBELOW", (0, head_rows), (-1, -1), 0.4, RULE),
        ("LINEABOVE", (0, 0), (-1, 0), 1, black),
        ("LINEBELOW", (0, head_rows - 1), (-1, head_rows - 1), 0.8, black),
    ]
    if sum_row:
        lines += [("LINEABOVE", (0, -1), (-1, -1), 1, black), ("LINEBELOW", (0, -1), (-1, -1), 1, black)]
    return lines


class NumberedCanvas(Canvas):
    """Writes the foot when all pages are known."""

    def __init__(self, *arguments: Any, foot: str, page_of: str, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._foot = foot
        self._page_of = page_of
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:  # the library's name
        """Keep the page until it is known how many follow."""
        self._pages.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined]  # the stubs lack it

    def save(self) -> None:
        """Write all pages with their foot."""
        for number, page in enumerate(self._pages, start=1):
            self.__dict__.update(page)
            self._draw_foot(number, len(self._pages))
            super().showPage()
        super().save()

    def _draw_foot(self, number: int, pages: int) -> None:
        width: float = self.__dict__["_pagesize"][0]  # of this page; it has no public name
        base = 10 * mm
        self.setStrokeColor(RULE)
        self.setLineWidth(0.4)
        self.line(MARGIN, base + 11, width - MARGIN, base + 11)
        self.setFillColor(GREY)
        self.setFont(REGULAR, 8.2)
        self.drawString(MARGIN, base, self._foot)
        self.drawRightString(width - MARGIN, base, self._page_of.format(page=number, pages=pages))


def printed(
    story: Sequence[Flowable], *, title: str, lang: str, foot: str, page_of: str, wide: bool = False
) -> bytes:
    """Return the PDF. ``page_of``: a pattern with ``{page}`` and ``{pages}``; ``wide``: landscape."""
    size = landscape(A4) if wide else A4
    buffer = BytesIO()
    document = BaseDocTemplate(
        buffer,
        pagesize=size,
        title=title,
        author="SimKoffert",
        creator="SimKoffert",
        lang=lang,
        initialFontName=REGULAR,
    )
    frame = Frame(
        MARGIN,
        18 * mm,
        size[0] - 2 * MARGIN,
        size[1] - 18 * mm - 14 * mm,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    document.addPageTemplates(PageTemplate(frames=[frame]))

    def canvas(*arguments: Any, **more: Any) -> NumberedCanvas:
        return NumberedCanvas(*arguments, foot=foot, page_of=page_of, **more)

    document.build(list(story), canvasmaker=canvas)
    return buffer.getvalue()


def text_width(*, wide: bool = False) -> float:
    """Points between the margins."""
    return (A4[1] if wide else A4[0]) - 2 * MARGIN
