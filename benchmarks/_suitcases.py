"""The laptop of the benchmark ``fifty``: a process that watches suitcases as the app does, and obeys lines.

One ``LiveKit`` a suitcase, all on one loop and with one gateway: a suitcase has numbers, a film and a group
of its own. Says ``{"ready": N}`` when all N headsets are; then, for each line on standard input, one line of
JSON: ``watch`` tells of how many headsets it has heard a moment ago, ``prepare`` brings a small film and
opens the players, ``text`` shows words to all wearers, ``identify`` has all headsets show their number.
Ends with standard input.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import hashlib
import json
import random
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.fakes.waiting import until
from tests.integration.live.table import FilmFile, Table, film_in
from trainer_app.domain.headset_state import HeadsetState
from trainer_app.domain.live_kit import FilmStage, HeadsetNow
from trainer_app.headsets.gateway import AdbGateway
from trainer_app.headsets.link import AdbKey

IN_A_SUITCASE = 5
WITHIN_S = 150.0
"""So long a busy machine may take until all headsets are there."""

HEARD_WITHIN = timedelta(seconds=15)
"""A headset is asked about itself every five seconds; a busy machine takes its time."""

FILM_BYTES = 100_000
LENGTH_S = 600.0

_NEVER = datetime.min.replace(tzinfo=UTC)


class Suitcases:
    """All suitcases of a laptop."""

    def __init__(self, folder: Path) -> None:
        content = random.Random(3).randbytes(FILM_BYTES)
        self._film = folder / f"{hashlib.sha256(content).hexdigest()}.mp4"
        self._film.write_bytes(content)
        self._gateway = AdbGateway(AdbKey(folder / "adbkey"))
        self._tables: list[Table] = []

    async def open(self, addresses: list[str]) -> None:
        """Look after all headsets, and wait for them."""
        for first in range(0, len(addresses), IN_A_SUITCASE):
            table = Table(self._gateway, FilmFile(self._film), lambda: datetime.now(UTC))
            table.kit.on_change = lambda _now: None  # nobody wants all pictures of minutes
            self._tables.append(table)
            await table.open(addresses[first : first + IN_A_SUITCASE])
        await self._all_are(HeadsetState.READY)

    def count_ready(self) -> int:
        """How many headsets are ready."""
        return sum(headset.state is HeadsetState.READY for headset in self._headsets())

    def count_heard(self) -> int:
        """How many headsets have told of themselves a moment ago."""
        since = datetime.now(UTC) - HEARD_WITHIN
        return sum((headset.last_contact or _NEVER) > since for headset in self._headsets())

    def _headsets(self) -> Iterator[HeadsetNow]:
        return (headset for table in self._tables for headset in table.kit.now.headsets)

    async def prepare(self) -> None:
        """Have the film on all headsets and their players open."""
        film = film_in(self._film, length_s=LENGTH_S)
        await asyncio.gather(*(self._prepare(table, film) for table in self._tables))

    async def show_text(self, words: str) -> int:
        """Show words to all; gives how many have them."""
        told = await asyncio.gather(*(table.kit.show_text(words) for table in self._tables))
        return sum(len(each.reached) for each in told)

    async def identify(self) -> None:
        """All show their number."""
        await asyncio.gather(*(table.kit.identify() for table in self._tables))

    async def release(self) -> None:
        """Let go of all."""
        await asyncio.gather(*(table.kit.stop_all() for table in self._tables))
        await asyncio.gather(*(table.kit.release() for table in self._tables))

    async def _prepare(self, table: Table, film: Any) -> None:
        await table.kit.choose_film(film)
        await table.kit.get_ready(minutes=60)

        async def opened() -> bool:
            """Press again, as a person does, where a machine that is too busy has kept all five from it."""
            await table.kit.open_players()
            return table.kit.now.stage is FilmStage.READY

        await until(opened, within_s=WITHIN_S, every_s=1.0)

    async def _all_are(self, state: HeadsetState) -> None:
        def so() -> bool:
            return all(headset.state is state for headset in self._headsets())

        await until(so, within_s=WITHIN_S, every_s=0.1)


def _say(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


async def _obey(suitcases: Suitcases, order: str, number: int) -> None:
    match order:
        case "watch":
            _say(watched=suitcases.count_heard())
        case "prepare":
            await suitcases.prepare()
            _say(prepared=True)
        case "text":
            reached = await suitcases.show_text(f"Beskjed {number}")
            _say(reached=reached)
        case "identify":
            await suitcases.identify()
            _say(identified=True)


async def main() -> None:
    """Watch until nobody orders anything more."""
    words = argparse.ArgumentParser()
    words.add_argument("addresses", nargs="+")
    addresses = words.parse_args().addresses
    with tempfile.TemporaryDirectory(prefix="simkoffert-suitcases-") as folder:
        suitcases = Suitcases(Path(folder))
        await suitcases.open(addresses)
        gc.freeze()  # as the app does when it is open
        _say(ready=suitcases.count_ready())
        number = 0
        while line := await asyncio.to_thread(sys.stdin.readline):
            number += 1
            await _obey(suitcases, line.strip(), number)
        await suitcases.release()


if __name__ == "__main__":
    asyncio.run(main())
