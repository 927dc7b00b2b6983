"""The laptop of the benchmark ``disturbances``: looks after a suitcase as the app does, and obeys lines.

Says ``{"ready": true}`` when all headsets have the film and their players are open, with ``--again`` as soon
as it looks after them; ``start`` on standard input starts the film. Ends with standard input, and leaves the
film as it is.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.fakes.waiting import until
from tests.integration.live.table import FilmFile, Table, film_in
from trainer_app.domain.headset_state import HeadsetState
from trainer_app.domain.live_kit import FilmStage
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


async def main() -> None:
    """Lead until nobody orders anything more."""
    words = argparse.ArgumentParser()
    words.add_argument("film", type=Path)
    words.add_argument("length_s", type=float)
    words.add_argument("addresses", nargs="+")
    words.add_argument("--again", action="store_true", help="after a former run that was killed")
    asked = words.parse_args()
    gateway = AdbGateway(AdbKey(asked.film.with_name("adbkey")))
    table = Table(gateway, FilmFile(asked.film), lambda: datetime.now(UTC))
    table.kit.on_change = lambda _now: None  # nobody wants all pictures of minutes
    await table.open(asked.addresses)
    if not asked.again:
        await _ready(table, asked.film, asked.length_s)
    _say(ready=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        if line.strip() == "start":
            await table.kit.start_film()
            _say(started=True)


if __name__ == "__main__":
    asyncio.run(main())
