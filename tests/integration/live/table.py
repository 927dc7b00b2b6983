"""A suitcase of virtual headsets on the table."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.fakes.films import PROBE, LibraryInMemory, a_film
from tests.fakes.live_headsets import KIT, Memory
from tests.fakes.waiting import until
from tests.integration.virtual.kits import VirtualProcess
from trainer_app.domain.films import Film, Sha256
from trainer_app.domain.headset_state import HeadsetState
from trainer_app.domain.live_kit import FilmStage, HeadsetNow, KitNow
from trainer_app.services.headset_port import Greeting, HeadsetGateway
from trainer_app.services.live.pace import Pace
from trainer_app.services.live_kit import LiveKit
from trainer_app.services.ports import FilmLibrary

MakeTable = Callable[..., Awaitable["Table"]]


class FilmFile(LibraryInMemory):
    """A library of one film that lies in a file."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path

    def path_of(self, film: Film) -> Path:
        return self.path


def film_in(path: Path, *, length_s: float) -> Film:
    """The film that lies in a file named by its digest."""
    probe = replace(PROBE, duration_s=length_s)
    return a_film(sha256=Sha256(path.stem), size_bytes=path.stat().st_size, probe=probe)


@dataclass(frozen=True, slots=True)
class Devices:
    """A kit of virtual headsets that runs."""

    process: VirtualProcess
    described: list[dict[str, Any]]

    @property
    def addresses(self) -> list[str]:
        return [headset["adb"] for headset in self.described]


class Table:
    """A suitcase that is looked after, and what people saw of it."""

    def __init__(
        self,
        gateway: HeadsetGateway,
        library: FilmLibrary,
        now: Callable[[], datetime],
        pace: Pace | None = None,
    ) -> None:
        self.seen: list[KitNow] = []
        self.kit = LiveKit(
            gateway,
            Memory(),
            library,
            greet=lambda _number: Greeting(lang="nb", fill="#000000", ink="#ffffff"),
            holder="Anna",
            now=now,
            pace=pace,
        )
        self.kit.on_change = self.seen.append

    async def open(self, addresses: Sequence[str]) -> None:
        await self.kit.open(KIT, [], target_count=len(addresses))
        for address in addresses:
            await self.kit.add_address(address)

    async def ready(self, film: Film) -> None:
        """Wait for all headsets and have the film on them."""
        await self.all_are(HeadsetState.READY)
        await self.kit.choose_film(film)
        await self.kit.get_ready(minutes=90)

    def of_address(self, address: str) -> HeadsetNow:
        return next(headset for headset in self.kit.now.headsets if headset.address == address)

    def troubled(self, since: int) -> list[HeadsetNow]:
        """Headsets out of contact or with a problem, in the pictures from that one on."""
        pictures = (headset for now in self.seen[since:] for headset in now.headsets)
        return [headset for headset in pictures if headset.on_its_own or headset.problem]

    async def all_are(self, state: HeadsetState) -> None:
        def so() -> bool:
            return all(headset.state is state for headset in self.kit.now.headsets)

        try:
            await until(so, within_s=50)
        except TimeoutError:
            raise AssertionError([(h.state, str(h.problem)) for h in self.kit.now.headsets]) from None

    async def is_(self, address: str, state: HeadsetState) -> None:
        try:
            await until(lambda: self.of_address(address).state is state, within_s=50)
        except TimeoutError:
            raise AssertionError(self.of_address(address)) from None

    async def stage(self, stage: FilmStage) -> None:
        await until(lambda: self.kit.now.stage is stage, within_s=50)
