"""A suitcase on the table, with headsets in memory, and what people see of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from tests.fakes.films import LibraryInMemory, a_film
from tests.fakes.headsets import FakeHeadset
from tests.fakes.live_headsets import KIT, LiveGateway, LiveGroup, Memory, a_headset
from tests.fakes.waiting import until
from trainer_app.domain.headset_state import HeadsetState as S
from trainer_app.domain.live_kit import FilmStage, HeadsetNow, KitNow
from trainer_app.services.headset_port import Greeting
from trainer_app.services.live.finding import IsElsewhere
from trainer_app.services.live.pace import Pace
from trainer_app.services.live_kit import LiveKit

FILM = a_film()
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
QUICK = Pace(
    first_retry=0.002,
    last_retry=0.01,
    look=0.004,
    facts=0.01,
    facts_in_film=0.01,
    tick=0.002,
    publish=0.0,
    patience=0.05,
    rejoin=0.004,
)


def address(number: int) -> str:
    return f"10.0.0.{number}:5555"


@dataclass
class Table:
    """A suitcase with its headsets, and what people saw of it."""

    gateway: LiveGateway
    memory: Memory
    kit: LiveKit
    library: LibraryInMemory
    seen: list[KitNow] = field(default_factory=list)
    ns: int = 0

    @property
    def group(self) -> LiveGroup:
        return self.gateway.the_group

    def device(self, number: int) -> FakeHeadset:
        return self.gateway.headsets[address(number)]

    def of(self, number: int) -> HeadsetNow:
        return next(headset for headset in self.kit.now.headsets if headset.number == number)

    def states(self) -> list[S]:
        return [headset.state for headset in self.kit.now.headsets]

    async def all_are(self, *states: S) -> None:
        try:
            await until(lambda: self.states() == list(states))
        except TimeoutError:
            raise AssertionError(self.states()) from None

    async def is_(self, number: int, state: S) -> None:
        await until(lambda: self.of(number).state is state)

    async def stage(self, stage: FilmStage) -> None:
        await until(lambda: self.kit.now.stage is stage)

    async def open(self, *, target: int | None = None) -> None:
        known = list(self.memory.known.values())
        await self.kit.open(KIT, known, target_count=target or len(known))

    async def ready(self) -> None:
        """Open it, choose the film, make all ready."""
        await self.open()
        await self.kit.choose_film(FILM)
        await until(lambda: all(headset.facts for headset in self.kit.now.headsets))
        await self.kit.get_ready(minutes=90)

    async def playing(self) -> None:
        await self.ready()
        await self.kit.start_film()
        await self.stage(FilmStage.PLAYING)

    async def a_moment_of_film(self) -> None:
        """The film is followed, and whoever is missing is looked for, at least twice."""
        for _ in range(2):
            self.group.is_at(self.group.at.position_s + 0.01)
            await until(lambda: self.kit.now.position_s == self.group.at.position_s)

    async def everybody_is_tried(self) -> None:
        """Whoever is looked for in vain has been tried again meanwhile."""
        nowhere = "10.0.0.77:5555"
        await self.kit.add_address(nowhere)
        before = self.gateway.tries.get(nowhere, 0)
        await until(lambda: self.gateway.tries.get(nowhere, 0) > before + 6)


class Lay(Protocol):
    """Lays a suitcase with so many headsets on the table."""

    def __call__(self, count: int, *, pace: Pace = QUICK) -> Table: ...


def lay_table(
    count: int,
    pace: Pace,
    *,
    gateway: LiveGateway | None = None,
    memory: Memory | None = None,
    is_elsewhere: IsElsewhere | None = None,
) -> Table:
    """A suitcase with so many headsets, or with those of ``gateway``, which nobody has opened yet."""
    numbers = range(1, count + 1)
    if gateway is None:
        gateway = LiveGateway(*(FakeHeadset(address(number), f"S{number}") for number in numbers))
    if memory is None:
        memory = Memory(*(a_headset(number, address=address(number)) for number in numbers))
    library = LibraryInMemory()
    library.stored.add(FILM.sha256)
    kit = LiveKit(
        gateway,
        memory,
        library,
        greet=lambda _number: Greeting(lang="nb", fill="#000000", ink="#ffffff"),
        holder="Anna",
        now=lambda: NOW,
        pace=pace,
        clock_ns=lambda: table.ns,
        is_elsewhere=is_elsewhere,
    )
    table = Table(gateway, memory, kit, library)
    kit.on_change = table.seen.append
    return table
