"""Days and times as the settings' page says them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from trainer_app.domain.closing import ASSIGNMENT_DAYS, AssignmentsUnlinked
from trainer_app.domain.local_time import HOME_ZONE, local_of
from trainer_app.domain.notes import RAW_NOTES_DAYS, NotesDeleted
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.day_words import clock, day_with_year, sentence_case
from trainer_app.texts.number_words import number_word

_MOST_RECEIPTS, _MOST_FILES = 4, 3


def moment_words(at: datetime, texts: Texts) -> str:
    """``17. november 2026 kl. 10.20``. ``at`` is UTC."""
    local = local_of(at, HOME_ZONE)
    return texts("settings.moment", day=day_with_year(local.date(), texts), time=clock(local, texts))


def overdue_words(left: Sequence[Path], folder: Path, texts: Texts) -> str:
    """Which backups could not be removed, and what to do; those in ``folder`` by the way from there."""
    if not left:
        return ""
    named = [str(one.relative_to(folder) if one.is_relative_to(folder) else one) for one in left]
    files, more = ", ".join(named[:_MOST_FILES]), len(left) - _MOST_FILES
    if more > 0:
        files = texts("settings.backup.overdue.more", files=files, count=more)
    return texts("settings.backup.overdue", files=files)


def rule_words(texts: Texts) -> str:
    """When notes and headsets' wearers are deleted."""
    notes, links = number_word(RAW_NOTES_DAYS, texts), number_word(ASSIGNMENT_DAYS, texts)
    return texts("settings.cleaned.rule", notes=notes, links=links)


def cleaned_words(
    notes: list[NotesDeleted], unlinked: list[AssignmentsUnlinked], texts: Texts
) -> tuple[str, ...]:
    """The newest receipts of what was deleted, the newest first."""
    lines = [(one.at, _notes(one, texts)) for one in notes]
    lines += [(one.at, _unlinked(one, texts)) for one in unlinked]
    newest = sorted(lines, key=lambda line: line[0], reverse=True)[:_MOST_RECEIPTS]
    return tuple(words for _, words in newest) or (texts("settings.cleaned.nothing"),)


def _notes(receipt: NotesDeleted, texts: Texts) -> str:
    return _deleted("notes", receipt.notes, receipt.sessions, receipt.at, texts)


def _unlinked(receipt: AssignmentsUnlinked, texts: Texts) -> str:
    return _deleted("unlinked", receipt.assignments, receipt.sessions, receipt.at, texts)


def _deleted(what: str, count: int, sessions: int, at: datetime, texts: Texts) -> str:
    """``5 rå notater fra én økt ble slettet 22. november 2026 kl. 11.15.``."""
    things = texts(f"settings.cleaned.{what}.{'one' if count == 1 else 'more'}", count=count)
    key = f"settings.cleaned.sessions.{'one' if sessions == 1 else 'more'}"
    of = texts(key, count=sessions)
    line = texts("settings.cleaned.line", things=things, sessions=of, moment=moment_words(at, texts))
    return sentence_case(line)
