"""Report 1: participation, as PDF and CSV."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, LongTable, Paragraph, Spacer, Table

from trainer_app.domain.participation import Counts, ParticipationLine, ParticipationReport, is_small
from trainer_app.domain.printing import Printing
from trainer_app.reports.paper import (
    BOLD,
    CELL,
    COLUMN,
    COLUMN_NUMBER,
    LEAD,
    NUMBER,
    REGULAR,
    REPEATED,
    SMALL,
    STRONG,
    STRONG_NUMBER,
    head,
    no_padding,
    printed,
    register_fonts,
    ruled,
    text,
    text_width,
)
from trainer_app.reports.wording import NOTHING, Wording
from trainer_app.texts.catalogue import Texts

MASKED = "<5"
WORDS = ("department", "unit", "theme", "profession", "period")
NUMBERS = ("sessions", "participations", "unique", "hours", "vr", "screen", "observer", "completed")
_SHARES = (28.5, 24.0, 32.0, 33.0)
"""How department, unit, theme and profession share what the other columns leave them."""


_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def participation_pdf(report: ParticipationReport, texts: Texts, printing: Printing) -> bytes:
    """Return the report on A4, landscape."""
    register_fonts()
    page = _Page(report, texts)
    return printed(
        page.story(printing),
        title=texts("report.participation.title"),
        lang=texts.lang,
        foot="SimKoffert",
        page_of=texts.pattern("report.page_of"),
        wide=True,
    )


def participation_csv(report: ParticipationReport, texts: Texts) -> bytes:
    """Return the report for a Norwegian Excel: byte order mark, semicolons, decimal comma, CRLF."""
    page = _Page(report, texts)
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(texts(f"report.participation.column.{name}") for name in (*WORDS, *NUMBERS))
    for line in report.lines:
        writer.writerow([*map(_harmless, page.words(line)), *page.numbers(line.counts, line.masks_small, 2)])
    total = page.numbers(report.total, report.masks_small, 2)
    writer.writerow([texts("report.sum"), "", "", "", page.period, *total])
    return out.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    """A name that a spreadsheet would take for a formula is marked as text."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


class _Page:
    """The report's cells and flowables."""

    def __init__(self, report: ParticipationReport, texts: Texts) -> None:
        self._report = report
        self._texts = texts
        self._say = Wording(texts)
        self._comma = texts("report.participation.decimal_sign")
        self.period = self._say.period(report.first, report.last)

    # --- cells -------------------------------------------------------------------------------------------

    def words(self, line: ParticipationLine) -> list[str]:
        """The cells that name what a line is about."""
        profession = self._texts(f"person.profession.{line.profession.value}")
        return [line.department, line.unit or NOTHING, line.theme or NOTHING, profession, self.period]

    def numbers(self, counts: Counts, masks_small: bool, decimals: int) -> list[str]:
        """The cells that count; hours of few people would give away how many they are."""

        def shown(number: int) -> str:
            return MASKED if masks_small and is_small(number) else str(number)

        hides_hours = masks_small and is_small(counts.participations)
        hours = NOTHING if hides_hours else f"{counts.hours:.{decimals}f}".replace(".", self._comma)
        return [
            shown(counts.sessions),
            shown(counts.participations),
            shown(counts.unique),
            hours,
            shown(counts.vr),
            shown(counts.screen),
            shown(counts.observer),
            shown(counts.completed),
        ]

    # --- paper -------------------------------------------------------------------------------------------

    def story(self, printing: Printing) -> list[Flowable]:
        """All that is printed, from top to bottom."""
        width = text_width(wide=True)
        top = head(self._texts("report.participation.title"), [self._whose()], self._stamp(printing), width)
        if not self._report.lines:
            empty = text(self._texts("report.participation.empty", period=self.period), LEAD)
            return [top, Spacer(0, 18), empty]
        return [top, Spacer(0, 10), self._key_figures(), Spacer(0, 12), self._table(width), *self._notes()]

    def _whose(self) -> str:
        return self._report.department or self._texts("report.all_departments")

    def _stamp(self, printing: Printing) -> Sequence[str]:
        theme = self._report.theme or self._texts("report.all_themes")
        return [
            self._texts("report.period", period=self.period),
            f"{self._whose()}, {theme}",
            stamp_line(self._texts, self._say.moment(printing.at), printing.by),
        ]

    def _key_figures(self) -> Table:
        total = self.numbers(self._report.total, self._report.masks_small, 1)
        cells = [
            Paragraph(
                f'<font name="{BOLD}" size="17">{escape(total[place])}</font>&nbsp; '
                + self._texts(f"report.participation.figure.{name}"),
                LEAD,
            )
            for place, name in enumerate(NUMBERS[:4])
        ]
        table = Table([cells], colWidths=[92, 120, 138, 140], hAlign="LEFT")
        table.setStyle([*no_padding(), ("VALIGN", (0, 0), (-1, -1), "BOTTOM")])
        return table

    def _table(self, width: float) -> LongTable:
        titles: list[Flowable] = [
            text(
                self._texts(f"report.participation.column.{name}"),
                COLUMN if name in WORDS else COLUMN_NUMBER,
            )
            for name in (*WORDS, *NUMBERS)
        ]
        rows: list[list[Flowable]] = [titles, *self._rows(), self._sum()]
        table = LongTable(rows, colWidths=self._widths(width), repeatRows=1)
        table.setStyle(ruled(sum_row=True))
        return table

    def _widths(self, width: float) -> list[float]:
        """No word of a column's title is broken, in no language."""
        titles = [self._texts(f"report.participation.column.{name}") for name in NUMBERS]
        numbers = [
            max(stringWidth(word, BOLD, COLUMN.fontSize) for word in title.split(" ")) + 7.5
            for title in titles
        ]
        period = stringWidth(self.period, REGULAR, CELL.fontSize) + 7.5
        left = width - period - sum(numbers)
        return [*(left * share / sum(_SHARES) for share in _SHARES), period, *numbers]

    def _rows(self) -> list[list[Flowable]]:
        """What is as in the line above stands back in grey, but stands: pages can break anywhere."""
        rows: list[list[Flowable]] = []
        above: list[str] = []
        for line in self._report.lines:
            words = self.words(line)
            same = [words[: place + 1] == above[: place + 1] for place in range(4)] + [bool(above)]
            rows.append(
                [
                    *(text(word, REPEATED if grey else CELL) for word, grey in zip(words, same, strict=True)),
                    *(text(number, NUMBER) for number in self.numbers(line.counts, line.masks_small, 1)),
                ]
            )
            above = words
        return rows

    def _sum(self) -> list[Flowable]:
        total = self.numbers(self._report.total, self._report.masks_small, 1)
        head_cells = [text(self._texts("report.sum"), STRONG), *(text("", CELL) for _ in range(4))]
        return [*head_cells, *(text(number, STRONG_NUMBER) for number in total)]

    def _notes(self) -> list[Flowable]:
        keys = ["report.participation.note.counting", "report.participation.note.hours"]
        if self._report.masks_small:
            keys.append("report.participation.note.masked")
        notes = [self._texts(key) for key in keys]
        if missing := self._report.total.without_minutes:
            notes.append(self._texts("report.participation.note.without_minutes", count=missing))
        return [Spacer(0, 6), *(text(note, SMALL) for note in notes)]


def stamp_line(texts: Texts, moment: str, by: str) -> str:
    """Who printed when."""
    return texts("report.printed_by", moment=moment, by=by) if by else texts("report.printed", moment=moment)
