"""A film that is shown is written when it begins, and again when it is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.fakes.ready_session import READY_ID, store_ready
from tests.fakes.records import NOON
from trainer_app.domain.playback import Receipt
from trainer_app.library.scenarios import find_content
from trainer_app.services.content_keeping import keep_content
from trainer_app.services.live.playback import Playback
from trainer_app.services.scenario_versions import write_snapshot
from trainer_app.services.showing import Showing, Shown
from trainer_app.storage.repositories import SqlRepositories


def test_the_end_replaces_the_beginning(department_stored: SqlRepositories) -> None:
    stored, content = department_stored, find_content().content
    keep_content(stored, content, write_snapshot)
    ready = store_ready(stored, content)
    showing = Showing(stored)
    playing = Playback(film=ready.film, started_at=NOON, from_s=12.0)
    begun = Shown(session_id=READY_ID, wave=2, playback=playing)
    showing.keep(begun)
    (record,) = stored.playbacks.where(session_id=READY_ID)
    assert (record.wave, record.from_s, record.ended_at) == (2, 12.0, None)

    receipt = Receipt(
        film_sha256=ready.film.sha256, start_spread_ms=4.0, spread_ms=None, instants=9, headsets=()
    )
    over = replace(
        playing,
        ended_at=NOON + timedelta(minutes=7),
        receipt=receipt,
        headsets={each.id: each.number for each in ready.headsets[:2]},
    )
    showing.keep(replace(begun, playback=over))
    (record,) = stored.playbacks.where(session_id=READY_ID)
    assert (record.ended_at, record.receipt) == (over.ended_at, receipt)
    rows = stored.playback_headsets.where(playback_id=record.id)
    assert sorted(row.number for row in rows) == [1, 2]
