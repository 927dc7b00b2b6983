"""Makes the reports' files for the screens."""

from __future__ import annotations

from pathlib import Path

from trainer_app.domain.participation import Scope
from trainer_app.domain.printing import PagePicture
from trainer_app.reports.fix_cards import fix_cards_pdf
from trainer_app.reports.participation import participation_csv, participation_pdf
from trainer_app.reports.preview import page_picture
from trainer_app.reports.protocol import protocol_pdf
from trainer_app.reports.saving import save_report
from trainer_app.services.ports.stills import FilmStills
from trainer_app.services.reporting import Reporting
from trainer_app.texts.catalogue import Texts


class Papers:
    """Implements ``ui.office.PaperMaking``."""

    def __init__(self, reporting: Reporting, stills: FilmStills) -> None:
        self._reporting, self._stills = reporting, stills

    def participation_pdf(self, scope: Scope, lang: str) -> bytes:
        """Report 1 as PDF."""
        report = self._reporting.participation(scope, lang)
        return participation_pdf(report, Texts(lang), self._reporting.printing())

    def participation_csv(self, scope: Scope, lang: str) -> bytes:
        """Report 1 as CSV for a Norwegian Excel."""
        return participation_csv(self._reporting.participation(scope, lang), Texts(lang))

    def protocol_pdf(self, number: str, lang: str, *, heat: bool = False) -> bytes:
        """Report 7 of the session with this number; ``heat``: with pictures of where the group looked.

        Raises:
            ProtocolTooEarly: it has not been held.
            SessionUnknown: there is none.
        """
        protocol = self._reporting.protocol(number, heat=heat)
        return protocol_pdf(protocol, Texts(lang), self._reporting.printing(), self._stills.still)

    def fix_cards_pdf(self, lang: str) -> bytes:
        """The fix cards for the suitcase, one a page."""
        return fix_cards_pdf(Texts(lang))

    def page(self, pdf: bytes, at: int, *, width: int | None = None, dpi: float = 96) -> PagePicture:
        """Draw page ``at`` (from 0) of a report ``width`` pixels wide, or as large as at ``dpi``."""
        return page_picture(pdf, at, width=width, dpi=dpi)

    def save(self, path: Path, content: bytes) -> None:
        """Write a report; an old file stays whole until the new one is."""
        save_report(path, content)
