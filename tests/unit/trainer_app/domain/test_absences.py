"""When a wearer did not see the film, and why."""

from __future__ import annotations

import pytest

from tests.fakes.receipts import a_headset_receipt
from trainer_app.domain.absences import Absence, AbsenceCause, Attendance, explained, in_order, lost

SECOND = 1_000_000_000


def attendance(*spans: tuple[float, float, AbsenceCause]) -> Attendance:
    """Reports ten times a second from 0 to 60; the wearer saw the film outside of these spans."""
    made = Attendance()
    for tenth in range(600):
        at_s = tenth / 10
        cause = next((cause for begin, end, cause in spans if begin <= at_s < end), None)
        made.note(round(at_s * SECOND), cause)
    return made


def absence(begin_s: float, end_s: float, cause: AbsenceCause) -> Absence:
    return Absence(begin_s=begin_s, end_s=end_s, cause=cause)


def test_span_in_which_nobody_looked_is_an_absence() -> None:
    (found,) = attendance((20, 35, AbsenceCause.TAKEN_OFF)).absences(10 * SECOND, 60 * SECOND)
    assert found.begin_s == pytest.approx(10)
    assert found.length_s == pytest.approx(15, abs=0.2)
    assert found.cause is AbsenceCause.TAKEN_OFF


def test_moment_is_none() -> None:
    assert attendance((20, 20.8, AbsenceCause.TAKEN_OFF)).absences(0, 60 * SECOND) == []


def test_two_causes_one_after_the_other_are_two_absences() -> None:
    found = attendance((20, 25, AbsenceCause.TAKEN_OFF), (25, 30, AbsenceCause.NOT_IN_VR))
    causes = [one.cause for one in found.absences(0, 60 * SECOND)]
    assert causes == [AbsenceCause.TAKEN_OFF, AbsenceCause.NOT_IN_VR]


def test_same_cause_before_and_after_silence_is_two_absences() -> None:
    made = Attendance()
    for at_s in (1.0, 2.0, 3.0, 30.0, 31.0, 32.0):
        made.note(round(at_s * SECOND), AbsenceCause.TAKEN_OFF)
    found = [(one.begin_s, one.end_s) for one in made.absences(0, 60 * SECOND)]
    assert found == [pytest.approx((1, 3)), pytest.approx((30, 32))]


def test_what_was_before_the_start_does_not_count() -> None:
    (found,) = attendance((5, 15, AbsenceCause.TAKEN_OFF)).absences(10 * SECOND, 60 * SECOND)
    assert (found.begin_s, found.end_s) == pytest.approx((0, 5), abs=0.2)


def test_absences_come_in_order_whatever_their_cause() -> None:
    off = absence(20, 30, AbsenceCause.TAKEN_OFF)
    assert in_order(lost([(40, 50), (1, 3)]), [off]) == (
        absence(1, 3, AbsenceCause.LOST),
        off,
        absence(40, 50, AbsenceCause.LOST),
    )


def test_headset_that_said_that_its_screen_was_off_was_asleep_then_and_only_then() -> None:
    absences = (absence(10, 30, AbsenceCause.LOST), absence(40, 50, AbsenceCause.LOST))
    asleep, silent = explained(absences, [12.0, 35.0])
    assert asleep == absence(10, 30, AbsenceCause.ASLEEP)
    assert silent == absences[1]


def test_receipt_of_former_days_knows_silence_only() -> None:
    receipt = a_headset_receipt(serial="a", number=1, start_error_ms=None, absences_s=((1.5, 2.5),))
    assert receipt.away == (absence(1.5, 2.5, AbsenceCause.LOST),)
