"""What the sections of a protocol are built of."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, LongTable, Paragraph, Table

from trainer_app.domain.protocol import Protocol
from trainer_app.domain.words import Words
from trainer_app.reports.paper import (
    BODY,
    CELL,
    COLUMN,
    COLUMN_NUMBER,
    HEADING,
    RULE,
    SMALL,
    no_padding,
    ruled,
    text,
    text_width,
)
from trainer_app.reports.wording import Wording
from trainer_app.texts.catalogue import Texts

FULL = text_width()
"""Points between the margins."""


class Sections:
    """Parts that sections are made of, in one language."""

    def __init__(self, protocol: Protocol, texts: Texts) -> None:
        self._protocol = protocol
        self._session = protocol.session
        self._texts = texts
        self._say = Wording(texts)

    def _words(self, words: Words | None) -> str:
        return "" if words is None else words.in_language(self._texts.lang)

    def _section(self, name: str, *parts: Flowable) -> list[Flowable]:
        """A heading that never stands alone at the foot of a page; only long tables are broken."""
        heading = text(self._texts(f"report.protocol.{name}"), HEADING)
        return [KeepTogether([heading, *parts])]

    def _nothing(self, name: str) -> Paragraph:
        return text(self._texts(f"report.protocol.{name}.none"), BODY)

    def _titles(self, prefix: str, names: Sequence[str], *, numbers: int, first: int = 0) -> list[Flowable]:
        """Column titles; ``numbers`` of them from ``first`` on stand to the right."""
        return [
            text(
                self._texts(f"{prefix}.{name}"),
                COLUMN_NUMBER if first <= place < first + numbers else COLUMN,
            )
            for place, name in enumerate(names)
        ]

    def _grid(
        self,
        titles: Sequence[Flowable],
        rows: Sequence[Sequence[Flowable]],
        widths: Sequence[float],
        *,
        sum_row: bool = False,
    ) -> LongTable:
        """A table over the whole width; ``widths`` are proportions. A row higher than a page is torn."""
        columns = [FULL * width / sum(widths) for width in widths]
        cells = [list(titles), *map(list, rows)]
        table = LongTable(cells, colWidths=columns, repeatRows=1, splitInRow=1)
        table.setStyle(ruled(sum_row=sum_row))
        return table

    def _pairs(self, lines: Sequence[tuple[str, str]]) -> Table:
        rows = [[text(label, SMALL), text(value, CELL)] for label, value in lines]
        table = Table(rows, colWidths=[40 * mm, FULL - 40 * mm], splitInRow=1)
        table.setStyle(
            [
                *no_padding(),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("TOPPADDING", (0, 0), (-1, -1), 2),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
                ("LINEABOVE", (0, 0), (-1, -1), 0.4, RULE),
                ("LINEBELOW", (0, -1), (-1, -1), 0.4, RULE),
            ]
        )
        return table
