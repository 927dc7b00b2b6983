"""What a session keeps of a film that was shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tests.fakes.films import a_film
from tests.fakes.receipts import a_headset_receipt
from trainer_app.domain.absences import Absence, AbsenceCause
from trainer_app.domain.kits import Serial
from trainer_app.domain.playback import LEAD_S, HeadsetReceipt, make_receipt
from trainer_app.domain.spread import SpreadLog
from trainer_app.services.live.playback import Playback

ORDERED = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
STARTED = ORDERED + timedelta(seconds=LEAD_S)


def headset(serial: str) -> HeadsetReceipt:
    return a_headset_receipt(
        serial=serial,
        number=1,
        start_error_ms=None,
        absences=(Absence(begin_s=30, end_s=60, cause=AbsenceCause.LOST),),
    )


def test_who_has_said_that_its_screen_is_off_slept_and_nobody_else() -> None:
    playback = Playback(film=a_film(), started_at=ORDERED, from_s=0.0)
    playback = playback.with_sleeper(Serial("S1"), STARTED + timedelta(seconds=35))
    playback = playback.with_sleeper(Serial("S2"), STARTED + timedelta(seconds=5))
    receipt = make_receipt("ab", [headset("S1"), headset("S2"), headset("S3")], SpreadLog())
    settled = playback.settled(receipt, {}).receipt
    assert settled is not None
    assert [one.away[0].cause for one in settled.headsets] == [
        AbsenceCause.ASLEEP,
        AbsenceCause.LOST,
        AbsenceCause.LOST,
    ]
    assert replace(settled, headsets=()) == replace(receipt, headsets=())
