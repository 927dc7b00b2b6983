"""What was done to headsets without a press is said, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from trainer_app.domain.headset_state import HeadsetState
from trainer_app.domain.live_kit import HeadsetNow, KitNow
from trainer_app.runtime.latest import Latest
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.arming_news import ArmingNews

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def test_headsets_that_were_made_ready_for_wifi_again_are_named_once_each_time() -> None:
    said: list[str] = []
    kit_now: Latest[KitNow] = Latest(KitNow(), lambda work: work())
    news = ArmingNews(kit_now, lambda: Texts("nb"), said.append)
    ready = HeadsetNow(number=3, state=HeadsetState.READY, serial="S3")
    armed = replace(ready, rearmed_at=NOW)
    kit_now.put(KitNow(headsets=(ready,)))
    assert said == []
    for _ in range(2):
        kit_now.put(KitNow(headsets=(armed,)))
    assert said == ["Brille 3 hadde startet på nytt, og svarer over Wi-Fi igjen. Kabelen kan tas ut."]
    kit_now.put(KitNow(headsets=(replace(armed, rearmed_at=NOW + timedelta(hours=1)),)))
    assert len(said) == 2
    news.end()
    kit_now.put(KitNow(headsets=(replace(armed, rearmed_at=NOW + timedelta(hours=2)),)))
    assert len(said) == 2
