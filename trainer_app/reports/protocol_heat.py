"""The protocol's pictures of where the group looked; printed only where they are wanted."""

from __future__ import annotations

from collections.abc import Callable

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from trainer_app.domain.films import Film
from trainer_app.domain.heat_print import FilmHeat, HeatPicture
from trainer_app.domain.protocol import Protocol
from trainer_app.reports.heat_picture import HeatPicturePrinted
from trainer_app.reports.paper import HEADING, SMALL, no_padding, text
from trainer_app.reports.sections import FULL, Sections
from trainer_app.services.ports.pictures import FilmPicture
from trainer_app.texts.catalogue import Texts

Still = Callable[[Film, float], FilmPicture | None]
"""Gives what a film shows at a second; None: it cannot be decoded here."""

_GAP = 6 * mm


def no_still(_film: Film, _at_s: float) -> FilmPicture | None:
    """For a protocol without pictures of films."""
    return None


class HeatSections(Sections):
    """One section, with the pictures of each film."""

    def __init__(self, protocol: Protocol, texts: Texts, still: Still) -> None:
        super().__init__(protocol, texts)
        self._still = still

    def all(self) -> list[Flowable]:
        """The section; nothing where no pictures are wanted, or nothing is kept."""
        if not self._protocol.heat:
            return []
        title = text(self._texts("report.protocol.heat"), HEADING)
        note = text(self._texts("report.protocol.heat.note"), SMALL)
        first, *others = [self._film(one) for one in self._protocol.heat]
        return [KeepTogether([title, note, Spacer(0, 4), first]), *others]

    def _film(self, heat: FilmHeat) -> Table:
        """Two pictures in a row, what they show below them."""
        width = (FULL - _GAP) / 2
        rows: list[list[Flowable | str]] = []
        for place in range(0, len(heat.pictures), 2):
            pair = heat.pictures[place : place + 2]
            pictures: list[Flowable] = [
                HeatPicturePrinted(one.moment, self._still(heat.film, one.at_s), width) for one in pair
            ]
            captions: list[Flowable] = [text(self._caption(heat.film, one), SMALL) for one in pair]
            for cells in (pictures, captions):
                filled = [*cells, *[Spacer(0, 0)] * (2 - len(cells))]
                rows.append([filled[0], "", filled[1]])
        table = Table(rows, colWidths=[width, _GAP, width])
        table.setStyle([*no_padding(), ("BOTTOMPADDING", (0, 0), (-1, -1), 4)])
        return table

    def _caption(self, film: Film, picture: HeatPicture) -> str:
        moment = picture.moment
        words = {"film": film.title, "first": moment.from_s, "last": moment.to_s}
        counts = {"fewest": moment.fewest, "most": moment.most}
        headsets = self._texts(
            f"report.protocol.heat.{'all' if moment.fewest == moment.most else 'between'}", **counts
        )
        if picture.stop is None:
            return self._texts("report.protocol.heat.place", headsets=headsets, **words)
        return self._texts("report.protocol.heat.stop", number=picture.stop, headsets=headsets, **words)
