"""Headsets with which something goes wrong, and what the facilitator reads of it."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from tests.fakes.films import LibraryInMemory
from tests.fakes.waiting import until
from tests.integration.live.table import Devices, Table, film_in
from trainer_app.domain.films import Film
from trainer_app.domain.headset_state import HeadsetState
from trainer_app.domain.live_kit import HeadsetNow
from trainer_app.domain.local_time import HOME_ZONE, local_of
from trainer_app.headsets.gateway import AdbGateway
from trainer_app.headsets.link import AdbKey
from trainer_app.services.live.pace import Pace
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.prepare.tiles import TileScene, tile_of

BRISK = Pace(
    first_retry=0.1,
    last_retry=0.5,
    facts=0.25,
    facts_in_film=0.25,
    rejoin=0.3,
    after_fault=0.5,
    after_fault_last=1.0,
)
"""As in the app, only without its patience between two attempts."""

MINUTES = 90
LONG_S = 600.0
SIZE = 5 << 20

Lay = Callable[..., Awaitable["Suitcase"]]


class Shelf(LibraryInMemory):
    """Films of random bytes, each new."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def a_film(self, seed: int, size: int = SIZE) -> Film:
        content = random.Random(seed).randbytes(size)
        path = self._folder / f"{hashlib.sha256(content).hexdigest()}.mp4"
        path.write_bytes(content)
        return replace(film_in(path, length_s=LONG_S), title="Innkomst")

    def path_of(self, film: Film) -> Path:
        return self._folder / f"{film.sha256}.mp4"


@dataclass
class Suitcase:
    """A suitcase that is open in the app, and the headsets that are in it."""

    devices: Devices
    numbers: tuple[int, ...]
    table: Table
    shelf: Shelf
    texts: Texts
    film: Film | None = None

    def fault(self, what: str, number: int | None = None) -> None:
        """Let something go wrong with a headset (the first one)."""
        self.devices.process.write(f"fault {number or self.numbers[0]} {what}")

    def heal(self, kind: str = "", number: int | None = None) -> None:
        self.devices.process.write(f"heal {number or self.numbers[0]} {kind}".rstrip())

    def accept(self) -> None:
        self.devices.process.write(f"accept {self.numbers[0]}")

    async def choose(self, seed: int, size: int = SIZE) -> Film:
        """Have a new film for the session."""
        self.film = self.shelf.a_film(seed, size)
        await self.table.kit.choose_film(self.film)
        return self.film

    async def ready(self, seed: int) -> None:
        """All headsets have the film."""
        await self.table.all_are(HeadsetState.READY)
        await self.choose(seed)
        await self.table.kit.get_ready(minutes=MINUTES)
        await until(lambda: self.table.kit.now.ready_count == len(self.numbers))

    async def plays(self, seed: int) -> None:
        """The film is on in all of them."""
        await self.ready(seed)
        await self.table.kit.start_film(from_s=100.0)
        await self.table.all_are(HeadsetState.PLAYING)

    @property
    def headset(self) -> HeadsetNow:
        """The first one."""
        address = self.devices.addresses[self.numbers[0] - 1]
        return self.table.of_address(address)

    def tile(self) -> str:
        """What stands on the first headset's tile."""
        scene = TileScene(
            texts=self.texts,
            today=local_of(datetime.now(UTC), HOME_ZONE),
            minutes=MINUTES,
            end=None,
            film_bytes=self.film.size_bytes if self.film else None,
        )
        words = tile_of(self.headset, scene).face.words
        return " | ".join((words.word, words.cause, words.step))

    def trouble(self) -> str:
        """What stands above the running film of the first headset's problem."""
        problem = self.headset.problem
        if problem is None:
            return self.texts(f"headset.state.{self.headset.state.value}")
        said = self.texts.explain(problem)
        return " | ".join((said.what, said.why, said.next_step))

    async def reads(self, *words: str) -> None:
        """Wait until all of these stand on the first headset's tile."""
        await self._until(self.tile, words)

    async def reads_in_film(self, *words: str) -> None:
        await self._until(self.trouble, words)

    async def is_(self, state: HeadsetState) -> None:
        await self._until(lambda: self.headset.state.value, (state.value,))

    async def _until(self, told: Callable[[], str], words: tuple[str, ...]) -> None:
        read: list[str] = []

        def stands() -> bool:
            now = told()
            if not read or read[-1] != now:
                read.append(now)
            return all(word in now for word in words)

        try:
            await until(stands, within_s=45)
        except TimeoutError:
            raise AssertionError(f"{words} in {read[-8:]} {self.headset}") from None


def suitcase_of(
    devices: Devices, numbers: tuple[int, ...], key: AdbKey, texts: Texts, folder: Path
) -> Suitcase:
    shelf = Shelf(folder)
    table = Table(AdbGateway(key), shelf, lambda: datetime.now(UTC), BRISK)
    return Suitcase(devices, numbers, table, shelf, texts)
