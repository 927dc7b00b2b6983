"""A quick check as it is gone through: which question comes next, which answers it has. Knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from trainer_app.domain.inventory import CheckItem, CheckLine, InventoryCheck, LineResult
from trainer_app.domain.kits import Headset, HeadsetId
from trainer_app.looks.tokens import Tone
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.day_words import sentence_case
from trainer_app.ui.kit.shown import Answer, CheckShown, Point

R = LineResult

_FAULTS: Mapping[CheckItem, tuple[LineResult, ...]] = MappingProxyType(
    {
        CheckItem.PRESENT: (R.MISSING, R.DEFECTIVE),
        CheckItem.BATTERY: (R.LOW_STOCK, R.DEFECTIVE),
        CheckItem.FILM_PLAYS: (R.DEFECTIVE,),
        CheckItem.CLEAN: (R.DIRTY, R.DEFECTIVE),
    }
)
"""What can be found beside "in order"; the keys are 2 and 3."""

_SIGNS: Mapping[LineResult, tuple[str, Tone]] = MappingProxyType(
    {
        R.IN_ORDER: ("check-circle", Tone.OK),
        R.MISSING: ("magnifying-glass", Tone.ATTENTION),
        R.DEFECTIVE: ("wrench", Tone.DANGER),
        R.DIRTY: ("drop", Tone.ATTENTION),
        R.LOW_STOCK: ("battery-low", Tone.ATTENTION),
        R.NOT_CHECKED: ("circle", Tone.NEUTRAL),
    }
)
_SKIP_KEY = "4"


@dataclass(slots=True)
class QuickCheck:
    """A check, its lines with the answers so far, and where one is.

    Attributes:
        at: Place of the question; after the last one comes the end.
    """

    check: InventoryCheck
    lines: list[CheckLine]
    headsets: Mapping[HeadsetId, Headset]
    at: int = 0

    def go_where_it_was_left(self) -> None:
        """After the last answer that was given; a question that was skipped earlier comes by going back."""
        answered = [place for place, line in enumerate(self.lines) if line.result is not R.NOT_CHECKED]
        self.at = answered[-1] + 1 if answered else 0

    @property
    def line(self) -> CheckLine | None:
        """The question; None at the end."""
        return self.lines[self.at] if self.at < len(self.lines) else None

    def answer(self, result: LineResult, note: str) -> list[CheckLine]:
        """Answer the question, go to the next one; returns the lines that changed.

        A headset that is not there is missing in all its questions, and these are not asked.
        """
        line = self.lines[self.at]
        changed = [replace(line, result=result, note=note, battery_percent=None)]
        if line.item is CheckItem.PRESENT:
            changed += self._others_follow(line, result)
        self._take(changed)
        self.at += len(changed) if result is R.MISSING else 1
        return changed

    def read_battery(self, percent: int, result: LineResult) -> CheckLine:
        """The battery was read from the headset itself; go on, and return the line that changed."""
        changed = replace(self.lines[self.at], result=result, battery_percent=percent)
        self._take([changed])
        self.at += 1
        return changed

    def skip(self) -> None:
        """Leave the question open."""
        self.at += 1

    def back(self) -> None:
        """Go to the question before; past those of a headset that is not there."""
        self.at -= 1
        line = self.lines[self.at]
        if line.result is R.MISSING:
            self.at = next(place for place, one in enumerate(self.lines) if one.headset_id == line.headset_id)

    def _others_follow(self, line: CheckLine, result: LineResult) -> list[CheckLine]:
        others = [one for one in self.lines if one.headset_id == line.headset_id and one.seq != line.seq]
        if result is R.MISSING:
            return [replace(one, result=R.MISSING) for one in others]
        return [replace(one, result=R.NOT_CHECKED) for one in others if one.result is R.MISSING]

    def _take(self, changed: Sequence[CheckLine]) -> None:
        by_seq = {line.seq: line for line in changed}
        self.lines = [by_seq.get(line.seq, line) for line in self.lines]


def check_shown(check: QuickCheck, texts: Texts) -> CheckShown:
    """Put the question, or the end, into words."""
    done = sum(line.result is not R.NOT_CHECKED for line in check.lines)
    total = len(check.lines)
    progress = texts("kit.check.progress", done=done, total=total)
    line = check.line
    if line is None:
        return _end(check, texts, done, progress)
    headset = check.headsets[_headset_of(line)]
    theirs = [one for one in check.lines if one.headset_id == line.headset_id]
    place = next(at for at, one in enumerate(theirs, start=1) if one.seq == line.seq)
    return CheckShown(
        done=done,
        total=total,
        progress=progress,
        number=headset.number,
        headset_id=headset.id,
        place=texts("kit.check.place", number=headset.number, at=place, total=len(theirs)),
        item=texts(f"kit.point.{line.item.value}"),
        question=texts(f"kit.question.{line.item.value}"),
        hint=texts(f"kit.hint.{line.item.value}"),
        note=line.note,
        answers=_answers(line, texts),
        points=tuple(_point(one, line, texts) for one in theirs),
        can_go_back=check.at > 0,
    )


def _end(check: QuickCheck, texts: Texts, done: int, progress: str) -> CheckShown:
    open_count = len(check.lines) - done
    faults = [line for line in check.lines if line.result not in (R.IN_ORDER, R.NOT_CHECKED)]
    return CheckShown(
        done=done,
        total=len(check.lines),
        progress=progress,
        number=None,
        headset_id=None,
        place="",
        item="",
        question=texts("kit.check.end_open" if open_count else "kit.check.end", count=open_count),
        hint=texts("kit.check.end_faults" if faults else "kit.check.end_fine"),
        note="",
        answers=(),
        points=tuple(_found(check, texts)),
        can_go_back=check.at > 0,
    )


def _found(check: QuickCheck, texts: Texts) -> list[Point]:
    """The worst that was found of each headset."""
    points = []
    for headset in check.headsets.values():
        theirs = [line for line in check.lines if line.headset_id == headset.id]
        results = [line.result for line in theirs]
        worst = next((result for result in _WORST_FIRST if result in results), None)
        if worst is not None:
            icon, tone = _SIGNS[worst]
            words = texts("looks.headset", number=headset.number)
            aside = texts(f"kit.answer.{worst.value}")
            points.append(Point(words=words, icon=icon, tone=tone, is_current=False, aside=aside))
    return points


_WORST_FIRST = (R.MISSING, R.DEFECTIVE, R.DIRTY, R.LOW_STOCK, R.NOT_CHECKED, R.IN_ORDER)


def _answers(line: CheckLine, texts: Texts) -> tuple[Answer, ...]:
    results = (R.IN_ORDER, *_FAULTS[line.item])
    answers = [_answer(str(key), result, line, texts) for key, result in enumerate(results, start=1)]
    skip = Answer(
        key=_SKIP_KEY,
        result=None,
        word=texts("kit.check.skip"),
        icon="skip-forward",
        tone=Tone.NEUTRAL,
        chosen=False,
    )
    return (*answers, skip)


def _answer(key: str, result: LineResult, line: CheckLine, texts: Texts) -> Answer:
    icon, tone = _SIGNS[result]
    known, own = texts.keys(), f"kit.answer_to.{line.item.value}.{result.value}"
    word = texts(own if own in known else f"kit.answer.{result.value}")
    return Answer(
        key=key, result=result, word=sentence_case(word), icon=icon, tone=tone, chosen=line.result is result
    )


def _point(line: CheckLine, current: CheckLine, texts: Texts) -> Point:
    is_current = line.seq == current.seq
    words = texts(f"kit.point.{line.item.value}")
    if line.battery_percent is not None:
        words = texts("kit.check.battery", percent=line.battery_percent)
    icon, tone = _SIGNS[line.result]
    if line.result is R.IN_ORDER:
        icon = "check"
    if is_current:
        icon, tone = "caret-right", Tone.ACCENT
    return Point(words=words, icon=icon, tone=tone, is_current=is_current, aside=_aside(line, texts))


def _aside(line: CheckLine, texts: Texts) -> str:
    if line.battery_percent is not None:
        return texts("kit.check.was_read")
    fine = line.result in (R.IN_ORDER, R.NOT_CHECKED)
    return "" if fine else texts(f"kit.answer.{line.result.value}")


def _headset_of(line: CheckLine) -> HeadsetId:
    assert line.headset_id is not None  # a quick check asks about headsets only
    return line.headset_id
