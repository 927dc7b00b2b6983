"""What every presenter works with: services, background work, news of changes, words, the way to other pages.

Knows no Qt. Bootstrap makes one office for the whole app; when the language changes the pages are made anew
with an office of that language.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.live_kit import KitNow
from trainer_app.domain.local_time import HOME_ZONE, local_of
from trainer_app.domain.participation import Scope
from trainer_app.domain.printing import PagePicture
from trainer_app.domain.scenario_errors import ScenarioInvalid
from trainer_app.domain.scenarios import Content
from trainer_app.domain.sessions import SessionId
from trainer_app.runtime.background import Tasks
from trainer_app.runtime.changes import Changes
from trainer_app.runtime.latest import Latest
from trainer_app.services.assigning import Assigning
from trainer_app.services.checking import KitChecking
from trainer_app.services.closing import SessionClosing
from trainer_app.services.holding import SessionHolding
from trainer_app.services.importing import FilmImporting
from trainer_app.services.live_control import LiveControl
from trainer_app.services.noting import Noting
from trainer_app.services.own_settings import OwnSettings
from trainer_app.services.planning import SessionPlanning
from trainer_app.services.ports import FilmLibrary, Repositories
from trainer_app.services.ports.backups import Backups
from trainer_app.services.ports.pictures import FilmPictures
from trainer_app.services.ports.preview import FilmViewing
from trainer_app.services.reporting import Reporting
from trainer_app.services.showing import Showing
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.saving.folder import SavingFolder
from trainer_app.ui.unkept import Unkept


class PaperMaking(Protocol):
    """Makes the files of reports in a language; each call takes seconds and reads the database only."""

    def participation_pdf(self, scope: Scope, lang: str) -> bytes:
        """Report 1 as PDF."""

    def participation_csv(self, scope: Scope, lang: str) -> bytes:
        """Report 1 as CSV for a Norwegian Excel."""

    def protocol_pdf(self, number: str, lang: str, *, heat: bool = False) -> bytes:
        """Report 7 of the session with this number; ``heat``: with pictures of where the group looked.

        Raises:
            ProtocolTooEarly: it has not been held.
        """

    def fix_cards_pdf(self, lang: str) -> bytes:
        """The fix cards for the suitcase, one a page."""

    def page(self, pdf: bytes, at: int, *, width: int | None = None, dpi: float = 96) -> PagePicture:
        """Draw page ``at`` (from 0) of a report ``width`` pixels wide, or as large as at ``dpi``."""

    def save(self, path: Path, content: bytes) -> None:
        """Write a report; an old file stays whole until the new one is.

        Raises:
            ReportUnwritable: the place cannot be written to.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What a user can do. What touches the database is called within ``Tasks.stored`` only.

    Attributes:
        backups: None where the database is on a server, whose people look after it.
        content_problems: Why single themes are not in ``content``.
    """

    stored: Repositories
    content: Content
    planning: SessionPlanning
    noting: Noting
    checking: KitChecking
    holding: SessionHolding
    assigning: Assigning
    showing: Showing
    closing: SessionClosing
    importing: FilmImporting
    library: FilmLibrary
    pictures: FilmPictures
    viewing: FilmViewing
    reporting: Reporting
    papers: PaperMaking
    live: LiveControl
    backups: Backups | None
    data_folder: Path
    content_problems: tuple[ScenarioInvalid, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where to go, and what to show there.

    Attributes:
        place: Of the rail: ``today``, ``plan``, ``session``, ``kit``, ``library``, ``reports``, ``settings``.
        session_id: The session to open.
        detail: What the page knows by this word (``new``, ``prepare``, ``close``, ``film`` ...).
        item: The id of what to show, where it is no session.
    """

    place: str
    session_id: SessionId | None = None
    detail: str = ""
    item: UUID | str | None = None


class Notices(Protocol):
    """What the window says whatever page is open."""

    def say(self, words: str) -> None:
        """Confirm something, politely, for some seconds."""

    def offer_undo(self, words: str, undo: Callable[[], None]) -> None:
        """Say what was done and offer *Angre* for ten seconds."""

    def problem(self, error: TrainerError) -> None:
        """Show what is wrong, why, and the next step, until it is put away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What every presenter works with.

    Attributes:
        now: The present, UTC.
        own: Who sits here, as last saved.
        go: Takes the user to another page.
        kit_now: The suitcase at this moment; heard on the screen's thread.
        unkept: What was written and is not stored; the same for the pages of every language.
        saving_folder: Papers of one evening belong together, whichever page saves them.
    """

    services: Services
    tasks: Tasks
    changes: Changes
    texts: Texts
    now: Callable[[], datetime]
    own: Callable[[], OwnSettings]
    go: Callable[[Target], None]
    notices: Notices
    kit_now: Latest[KitNow]
    unkept: Unkept = field(default_factory=Unkept)
    saving_folder: SavingFolder = field(default_factory=SavingFolder)

    def local_now(self) -> datetime:
        """The wall time of the region."""
        return local_of(self.now(), HOME_ZONE)
