"""A former run of the program, as a process that can be killed: it starts the film and goes on until its end.

    python -m tests.integration.live.former_run KEY FILM FROM_S ADDRESS...

When all headsets play, it says in JSON what the database would know of that.
"""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.integration.live.table import FilmFile, Table, film_in
from trainer_app.domain.headset_state import HeadsetState
from trainer_app.headsets.gateway import AdbGateway
from trainer_app.headsets.link import AdbKey

LENGTH_S = 600.0


async def run(key: Path, film: Path, from_s: float, *addresses: str) -> None:
    """Play until somebody kills it."""
    table = Table(AdbGateway(AdbKey(key)), FilmFile(film), lambda: datetime.now(UTC))
    await table.open(addresses)
    await table.ready(film_in(film, length_s=LENGTH_S))
    await table.kit.start_film(from_s=from_s)
    await table.all_are(HeadsetState.PLAYING)
    playback = table.kit.playback()
    assert playback is not None
    sys.stdout.write(
        json.dumps({"id": playback.id.hex, "started_at": playback.started_at.isoformat()}) + "\n"
    )
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    key, film, from_s, *addresses = sys.argv[1:]
    asyncio.run(run(Path(key), Path(film), float(from_s), *addresses))
