"""The app as a process that can be killed: every headset in a suitcase of its own, at a moment of its own.

    python -m tests.integration.care.session_run KEY FILM DATA ADDRESS=MOMENT...

It says "there" when every headset is at its moment, and goes on.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.integration.live.table import FilmFile, Table, film_in
from trainer_app.domain.live_kit import FilmStage
from trainer_app.headsets.gateway import AdbGateway
from trainer_app.headsets.link import AdbKey

MOMENTS = ("ready", "playing", "paused", "ended")


async def bring(gateway: AdbGateway, file: Path, address: str, moment: str) -> Table:
    """One headset to one moment."""
    table = Table(gateway, FilmFile(file), lambda: datetime.now(UTC))
    film = film_in(file, length_s=2.0 if moment == "ended" else 600.0)
    await table.open([address])
    await table.ready(film)
    if moment == "ready":
        return table
    await table.kit.start_film()
    await table.stage(FilmStage.PLAYING)
    if moment == "paused":
        await table.kit.pause()
    await table.stage({"playing": FilmStage.PLAYING, "paused": FilmStage.PAUSED}.get(moment, FilmStage.ENDED))
    return table


async def run(key: Path, film: Path, data: Path, *headsets: str) -> None:
    """Bring all to their moments, and stay until somebody ends it."""
    gateway = AdbGateway(AdbKey(key), care=data / "care")
    places = [headset.split("=") for headset in headsets]
    tables = await asyncio.gather(*(bring(gateway, film, *place) for place in places))
    sys.stdout.write("there\n")
    sys.stdout.flush()
    await asyncio.Event().wait()
    del tables


if __name__ == "__main__":
    key, film, data, *headsets = sys.argv[1:]
    asyncio.run(run(Path(key), Path(film), Path(data), *headsets))
