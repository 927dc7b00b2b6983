"""The quick check of a suitcase: question by question, every answer kept at once. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.inventory import (
    CheckId,
    CheckItem,
    CheckKind,
    CheckLine,
    InventoryCheck,
    LineResult,
    judged_battery,
    may_go_on,
)
from trainer_app.domain.kits import Headset, HeadsetId, Kit, KitId
from trainer_app.domain.session_errors import TextTooLong
from trainer_app.domain.typed_texts import clean_text
from trainer_app.runtime.background import Tasks, ignored
from trainer_app.runtime.changes import Topic
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.kit.quick_check import QuickCheck, check_shown
from trainer_app.ui.kit.reading import CheckRead
from trainer_app.ui.kit.view import KitView
from trainer_app.ui.office import Office

T = TypeVar("T")

NOTE_LIMIT = 500
"""Characters; as the check keeps them."""


def reason(problem: TrainerError, texts: Texts) -> str:
    """What is wrong, and what to do about it; for beside a field."""
    said = texts.explain(problem)
    return f"{said.what} {said.next_step}"


class CheckDesk:
    """Asks and keeps. An answer that cannot be saved stays here, and is saved with the next one that can.

    What waits of one suitcase keeps no other from being checked.

    Attributes:
        asked_about: The headset of the question that is shown; None while there is none.
    """

    def __init__(
        self,
        office: Office,
        view: KitView,
        tasks: Tasks,
        reload: Callable[[], None],
        begin_anew: Callable[[], None],
    ) -> None:
        """``begin_anew``: begins the check of the suitcase that is shown, with the headsets it has now."""
        self._office, self._view, self._tasks = office, view, tasks
        self._reload, self._begin_anew = reload, begin_anew
        self._check: QuickCheck | None = None
        self._wanted: KitId | None = None
        self._unsaved: dict[KitId, dict[tuple[CheckId, int], CheckLine]] = {}
        self.asked_about: HeadsetId | None = None

    def begin(self, kit: Kit, headsets: Sequence[Headset]) -> None:
        """Begin a quick check of a suitcase, or go on with the one that was begun.

        Answers that wait for being saved are saved first: what is read then has them.
        """
        checking = self._office.services.checking
        person = self._office.own().person_id
        self._wanted = kit.id

        def begin() -> InventoryCheck:
            return checking.unfinished(kit.id) or checking.begin_quick(
                kit.id, CheckKind.QUICK_BEFORE, performed_by=person
            )

        def read(check: InventoryCheck) -> CheckRead:
            return CheckRead(check=check, lines=tuple(checking.lines_of(check)))

        self._stored(kit.id, begin, read, lambda begun: self._on_begun(begun, headsets))

    def answer(self, key: str, note: str = "") -> None:
        """Give the answer with this key; a key without one does nothing."""
        check = self._check
        if check is None or self.renew():
            return
        answers = check_shown(check, self._office.texts).answers
        chosen = next((answer for answer in answers if answer.key == key), None)
        if chosen is None:
            return
        try:
            cleaned = clean_text(note, "note", limit=NOTE_LIMIT)
        except TextTooLong as problem:
            self._view.show_check_error(reason(problem, self._office.texts))
            return
        if chosen.result is None:
            check.skip()
        else:
            self._keep(check.check, check.answer(chosen.result, cleaned))
        self._show_check()

    def renew(self) -> bool:
        """Begin anew a check that has been open for too long, as opening it would; tells whether it was."""
        check = self._check
        if check is None or may_go_on(check.check, self._office.now()):
            return False
        self._check = None
        self._office.notices.say(self._office.texts("kit.check.begun_anew"))
        self._begin_anew()
        return True

    def back(self) -> None:
        """Go to the question before."""
        if self._check is not None and self._check.at > 0 and not self.renew():
            self._check.back()
            self._view.show_check(check_shown(self._check, self._office.texts))

    def put_away(self) -> None:
        """Show no check any more; what was answered is kept."""
        self._check = self._wanted = self.asked_about = None

    def finish(self) -> None:
        """Conclude the check; the headsets' conditions follow."""
        if self._check is None or self.renew():
            return
        checking, going_on = self._office.services.checking, self._check
        self._check = None  # asked for twice, it is concluded once

        def not_finished() -> None:
            self._check = going_on

        self._stored(
            going_on.check.kit_id, lambda: going_on.check, checking.finish, self._finished, not_finished
        )

    # --- inside ------------------------------------------------------------------------------------------

    def _on_begun(self, read: CheckRead, headsets: Sequence[Headset]) -> None:
        if read.check.kit_id != self._wanted:
            # It was put away before it was there.
            return
        there = {one.id: one for one in headsets}
        # A headset that lies in another suitcase by now is not asked about in this one.
        lines = [line for line in read.lines if line.headset_id in there]
        check = QuickCheck(read.check, lines, there)
        check.go_where_it_was_left()
        self._check = check
        self._show_check()

    def _show_check(self) -> None:
        """Show the question; a battery that tells of itself needs no answer."""
        check = self._check
        if check is None:
            return
        while (percent := self._battery_of(check.line)) is not None:
            self._keep(check.check, [check.read_battery(percent, judged_battery(percent))])
        shown = check_shown(check, self._office.texts)
        self._view.show_check(shown)
        if shown.headset_id != self.asked_about:
            # The table says which headsets have been checked.
            self.asked_about = shown.headset_id
            self._reload()

    def _battery_of(self, line: CheckLine | None) -> int | None:
        if line is None or line.item is not CheckItem.BATTERY or line.result is not LineResult.NOT_CHECKED:
            return None
        for one in self._office.kit_now.value.headsets:
            if one.headset_id == line.headset_id and one.facts is not None:
                return one.facts.battery_percent
        return None

    def _keep(self, check: InventoryCheck, lines: Sequence[CheckLine]) -> None:
        waiting = self._unsaved.setdefault(check.kit_id, {})
        waiting.update({(line.check_id, line.seq): line for line in lines})
        self._stored(check.kit_id, lambda: check, ignored, ignored)

    def _stored(
        self,
        kit_id: KitId,
        of: Callable[[], InventoryCheck],
        work: Callable[[InventoryCheck], T],
        then: Callable[[T], None],
        not_done: Callable[[], None] = lambda: None,
    ) -> None:
        """Save what is not saved yet of a check of this suitcase, then do this with it: all of it or nothing.

        What waits of its former checks is let go: nobody goes on with these.
        """
        checking, stored = self._office.services.checking, self._office.services.stored
        lines = dict(self._unsaved.get(kit_id, {}))

        def both() -> T:
            with stored.together():
                check = of()
                for line in lines.values():
                    if line.check_id == check.id:
                        checking.answer(line, line.result, line.note)
                return work(check)

        def done(result: T) -> None:
            waiting = self._unsaved.get(kit_id, {})
            self._unsaved[kit_id] = {at: line for at, line in waiting.items() if lines.get(at) is not line}
            if kit_id == self._wanted:
                self._view.show_check_unsaved("")
            then(result)

        def failed(problem: TrainerError) -> None:
            not_done()
            self._not_stored(kit_id, problem)

        self._tasks.stored(both, done, failed)

    def _not_stored(self, kit_id: KitId, problem: TrainerError) -> None:
        self._office.notices.problem(problem)
        if kit_id != self._wanted:
            return  # the panel shows another suitcase's check, or none
        count = len(self._unsaved.get(kit_id, {}))
        many = "more" if count > 1 else "one"
        words = self._office.texts(f"kit.check.unsaved.{many}", count=count) if count else ""
        self._view.show_check_unsaved(words)

    def _finished(self, check: InventoryCheck) -> None:
        self.put_away()
        result = self._office.texts(f"kit.result.{check.result.value}")
        self._view.close_panel()
        self._office.changes.announce(Topic.CHECKS, Topic.KITS, by=self._reload)
        self._reload()
        self._office.notices.say(self._office.texts("kit.check.finished", result=result))
