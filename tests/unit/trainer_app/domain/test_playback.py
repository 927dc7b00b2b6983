"""The receipt says what really happened."""

from __future__ import annotations

import pytest

from tests.fakes.receipts import a_headset_receipt
from trainer_app.domain.histories import History
from trainer_app.domain.playback import HeadsetReceipt, make_receipt
from trainer_app.domain.spread import SpreadLog


def headset(serial: str, start_error_ms: float | None = 0.0) -> HeadsetReceipt:
    return a_headset_receipt(serial=serial, number=1, start_error_ms=start_error_ms)


def spread(seconds: float, **ahead_s: float) -> SpreadLog:
    """Of headsets that kept so far apart all the time."""
    made = SpreadLog()
    for tenth in range(round(seconds * 10)):
        made.note(tenth / 10, {serial: tenth / 10 + ahead for serial, ahead in ahead_s.items()})
    return made


def test_start_spread_is_the_latest_less_the_earliest() -> None:
    headsets = [headset("a", -3.0), headset("b", 4.5), headset("c", None)]
    receipt = make_receipt("ab", headsets, SpreadLog())
    assert receipt.start_spread_ms == 7.5
    assert [each.serial for each in receipt.headsets] == ["a", "b", "c"]


def test_one_headset_has_a_receipt_without_spreads() -> None:
    receipt = make_receipt("ab", [headset("a", 2.0)], SpreadLog())
    assert (receipt.start_spread_ms, receipt.spread_ms, receipt.instants) == (None, None, 0)
    assert receipt.headsets[0].start_error_ms == 2.0
    assert receipt.spread is None
    assert receipt.headsets[0].ahead is None


def test_receipt_counts_its_instants() -> None:
    receipt = make_receipt("ab", [headset("a"), headset("b")], spread(5, a=0.0, b=0.002))
    assert receipt.instants == 50
    assert receipt.spread_ms is not None
    assert receipt.spread_ms.max == pytest.approx(2.0)


def test_receipt_tells_the_spread_over_time_and_who_was_ahead() -> None:
    receipt = make_receipt(
        "ab", [headset("a"), headset("b"), headset("c")], spread(3, a=0.0, b=0.012, c=-0.005)
    )
    assert receipt.spread == History(step_s=1, low_ms=(17.0,) * 3, high_ms=(17.0,) * 3)
    assert [one.ahead and one.ahead.high_ms[1] for one in receipt.headsets] == [0.0, 12.0, -5.0]
