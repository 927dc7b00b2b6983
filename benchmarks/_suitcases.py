"""The laptop of the benchmark ``fifty``: a process that watches suitcases as the app does, and obeys lines.

One ``LiveKit`` a suitcase, all on one loop and with one gateway: a suitcase has numbers, a film and a group
of its own. Says ``{"ready": true}`` when every headset is; then, for each line on standard input, one line of
JSON: ``prepare`` brings a small film and opens the players, ``text`` shows words to all wearers, ``identify``
has all headsets show their number; ``at_ns`` is the instant of the order. Ends with standard input.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import random
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter_ns
from typing import Any

from tests.fakes.waiting import until
from tests.integration.live.table import FilmFile, Table, film_in
from trainer_app.domain.headset_state import HeadsetState
from trainer_app.domain.live_kit import FilmStage
from trainer_app.headsets.gateway import AdbGateway
from trainer_app.headsets.link import AdbKey

IN_A_SUITCASE = 5
WITHIN_S = 300.0
"""So long a busy machine may take until all headsets are there."""

FILM_BYTES = 100_000
LENGTH_S = 600.0


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
            self._tables.append(table)
            await table.open(addresses[first : first + IN_A_SUITCASE])
        await self._all_are(HeadsetState.READY)

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
        await table.kit.open_players()
        await until(lambda: table.kit.now.stage is FilmStage.READY, within_s=WITHIN_S)

    async def _all_are(self, state: HeadsetState) -> None:
        def so() -> bool:
            return all(each.state is state for table in self._tables for each in table.kit.now.headsets)

        await until(so, within_s=WITHIN_S, every_s=0.1)


def _say(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


async def _obey(suitcases: Suitcases, order: str, number: int) -> None:
    at_ns = perf_counter_ns()
    match order:
        case "prepare":
            await suitcases.prepare()
            _say(prepared=True)
        case "text":
            reached = await suitcases.show_text(f"Beskjed {number}")
            _say(at_ns=at_ns, reached=reached, ms=(perf_counter_ns() - at_ns) / 1e6)
        case "identify":
            await suitcases.identify()
            _say(at_ns=at_ns, ms=(perf_counter_ns() - at_ns) / 1e6)


async def main() -> None:
    """Watch until nobody orders anything more."""
    words = argparse.ArgumentParser()
    words.add_argument("addresses", nargs="+")
    addresses = words.parse_args().addresses
    with tempfile.TemporaryDirectory(prefix="simkoffert-suitcases-") as folder:
        suitcases = Suitcases(Path(folder))
        await suitcases.open(addresses)
        _say(ready=True)
        number = 0
        while line := await asyncio.to_thread(sys.stdin.readline):
            number += 1
            await _obey(suitcases, line.strip(), number)
        await suitcases.release()


if __name__ == "__main__":
    asyncio.run(main())
