"""Checking a suitcase before and after a session, question by question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from trainer_app.domain.inventory import (
    CheckId,
    CheckKind,
    CheckLine,
    InventoryCheck,
    LineResult,
    condition_after,
    may_go_on,
    quick_questions,
    result_of,
)
from trainer_app.domain.kits import KitId
from trainer_app.domain.people import PersonId
from trainer_app.domain.sessions import SessionId
from trainer_app.domain.typed_texts import clean_text
from trainer_app.services.ports import KitHeadsets, Records


class KitChecking:
    """Every answer is kept when it is given, so that a check can be gone on with later."""

    def __init__(
        self,
        checks: Records[InventoryCheck],
        lines: Records[CheckLine],
        headsets: KitHeadsets,
        now: Callable[[], datetime],
    ) -> None:
        self._checks = checks
        self._lines = lines
        self._headsets = headsets
        self._now = now

    def begin_quick(
        self,
        kit_id: KitId,
        kind: CheckKind,
        *,
        session_id: SessionId | None = None,
        performed_by: PersonId | None = None,
    ) -> InventoryCheck:
        """Begin a quick check with its questions, headset by headset."""
        check = InventoryCheck(
            id=CheckId(uuid4()),
            kit_id=kit_id,
            kind=kind,
            started_at=self._now(),
            session_id=session_id,
            performed_by=performed_by,
        )
        self._checks.save(check)
        self._lines.save(*quick_questions(check.id, self._headsets.of_kit(kit_id)))
        return check

    def unfinished(self, kit_id: KitId) -> InventoryCheck | None:
        """Return the last check of the suitcase that was begun and not finished; one of long ago is left."""
        now = self._now()
        begun = [check for check in self._checks.where(kit_id=kit_id) if may_go_on(check, now)]
        return begun[-1] if begun else None

    def lines_of(self, check: InventoryCheck) -> Sequence[CheckLine]:
        """Return the questions with the answers so far, in order."""
        return self._lines.where(check_id=check.id)

    def answer(self, line: CheckLine, result: LineResult, note: str = "") -> CheckLine:
        """Keep an answer.

        Raises:
            TextTooLong: the note is longer than its field; nothing is kept.
        """
        answered = replace(line, result=result, note=clean_text(note, "note", limit=500))
        self._lines.save(answered)
        return answered

    def finish(self, check: InventoryCheck, comment: str = "") -> InventoryCheck:
        """Conclude a check; headsets whose questions are all answered get their condition from them.

        Raises:
            TextTooLong: the comment is longer than its field; nothing is kept.
        """
        lines = self.lines_of(check)
        now = self._now()
        finished = replace(
            check,
            finished_at=now,
            result=result_of(lines),
            comment=clean_text(comment, "comment", limit=1000),
        )
        for headset in self._headsets.of_kit(check.kit_id):
            theirs = [line for line in lines if line.headset_id == headset.id]
            answered = all(line.result is not LineResult.NOT_CHECKED for line in theirs)
            condition = condition_after(theirs)
            if theirs and answered and condition is not headset.condition:
                notes = (line.note for line in theirs if line.note)
                self._headsets.set_condition(headset.id, condition, now, "; ".join(notes))
        self._checks.save(finished)
        return finished
