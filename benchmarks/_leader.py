"""The laptop of the benchmark ``disturbances``: looks after a suitcase as the app does, and obeys lines.

Says ``{"ready": true}`` when all headsets have the film and their players are open; ``start`` on its input
starts the film and is answered by the record that the session would have of it. With ``--again`` and that
record it takes the film over: it says ``ready`` as soon as it looks after the headsets, and ``{"led": true}``
when it leads all of them. Ends with standard input, and leaves the film as it is.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from tests.fakes.waiting import until
from tests.integration.live.table import FilmFile, Table, film_in
from trainer_app.domain.films import Sha256
from trainer_app.domain.headset_state import HeadsetState
from trainer_app.domain.live_kit import FilmStage
from trainer_app.domain.playback_records import PlaybackId, PlaybackRecord
from trainer_app.domain.sessions import SessionId
from trainer_app.headsets.gateway import AdbGateway
from trainer_app.headsets.link import AdbKey

_WITHIN_S = 60.0


def _say(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


async def _ready(table: Table, film: Path, length_s: float) -> None:
    await table.all_are(HeadsetState.READY)
    await table.kit.choose_film(film_in(film, length_s=length_s))
    await table.kit.get_ready(minutes=60)

    async def opened() -> bool:
        """Press again, as a person does, where a busy machine has kept one from it."""
        await table.kit.open_players()
        return table.kit.now.stage is FilmStage.READY

    await until(opened, within_s=_WITHIN_S, every_s=1.0)


def _record(table: Table) -> dict[str, Any]:
    """What the database keeps of a film that has begun, as far as another run needs it."""
    playback = table.kit.playback()
    assert playback is not None
    return {
        "id": playback.id.hex,
        "film": playback.film.sha256,
        "started_at": playback.started_at.isoformat(),
        "from_s": playback.from_s,
    }


async def _take_over(table: Table, film: Path, length_s: float, left: dict[str, Any]) -> None:
    """Lead a former run's film on, as the app does that opens its session."""
    record = PlaybackRecord(
        id=PlaybackId(UUID(left["id"])),
        session_id=SessionId(uuid4()),
        film_sha256=Sha256(left["film"]),
        wave=1,
        started_at=datetime.fromisoformat(left["started_at"]),
        from_s=left["from_s"],
    )
    await table.kit.choose_film(film_in(film, length_s=length_s))
    await table.kit.recognise(record)

    def is_led() -> bool:
        now = table.kit.now
        return now.stage is FilmStage.PLAYING and all(
            each.state is HeadsetState.PLAYING and not each.started_elsewhere for each in now.headsets
        )

    await until(is_led, within_s=_WITHIN_S, every_s=0.1)
    _say(led=True)


async def main() -> None:
    """Lead until nobody orders anything more."""
    words = argparse.ArgumentParser()
    words.add_argument("film", type=Path)
    words.add_argument("length_s", type=float)
    words.add_argument("addresses", nargs="+")
    words.add_argument(
        "--again", type=json.loads, metavar="RECORD", help="after a former run that was killed"
    )
    asked = words.parse_args()
    gateway = AdbGateway(AdbKey(asked.film.with_name("adbkey")))
    table = Table(gateway, FilmFile(asked.film), lambda: datetime.now(UTC))
    table.kit.on_change = lambda _now: None  # nobody wants all pictures of minutes
    await table.open(asked.addresses)
    if asked.again is None:
        await _ready(table, asked.film, asked.length_s)
        _say(ready=True)
    else:
        _say(ready=True)
        await _take_over(table, asked.film, asked.length_s, asked.again)
    while line := await asyncio.to_thread(sys.stdin.readline):
        if line.strip() == "start":
            await table.kit.start_film()
            _say(started=_record(table))


if __name__ == "__main__":
    asyncio.run(main())
