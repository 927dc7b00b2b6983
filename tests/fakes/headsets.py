"""Headsets for the services: a gateway, headsets and a group in memory, with faults to order."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime
from time import perf_counter_ns
from uuid import uuid4

from tests.fakes.receipts import a_headset_receipt
from trainer_app.domain.errors import TrainerError
from trainer_app.domain.filling import FilmToSend, Sent
from trainer_app.domain.films import Film
from trainer_app.domain.headset_state import Awaited, HeadsetFacts, Showing
from trainer_app.domain.kits import Headset, HeadsetId, Serial, lowest_free_number
from trainer_app.domain.link_errors import LinkLost
from trainer_app.domain.playback import Course, HeadsetReceipt, Receipt, make_receipt
from trainer_app.domain.playback_errors import HeadsetProblem, HeadsetVanished
from trainer_app.domain.spread import SpreadLog
from trainer_app.services.headset_port import (
    ACCEPT_S,
    FilmProgress,
    Found,
    Greeting,
    GroupNow,
    Outfitting,
    Place,
    PlayerNow,
    Waiting,
)


class HeadsetsInMemory:
    """A headset repository."""

    def __init__(self) -> None:
        self.known: dict[Serial, Headset] = {}

    def remember(self, serial: Serial, model: str, address: str | None, seen: datetime) -> Headset:
        old = self.known.get(serial)
        self.known[serial] = Headset(
            id=old.id if old else HeadsetId(uuid4()),
            serial=serial,
            number=old.number if old else lowest_free_number(h.number for h in self.known.values()),
            model=model,
            address=address,
            first_seen=old.first_seen if old else seen,
            last_seen=max(old.last_seen, seen) if old else seen,
            armed_at=old.armed_at if old else None,
        )
        return self.known[serial]

    def mark_armed(self, serial: Serial, at: datetime) -> None:
        if serial in self.known:
            self.known[serial] = replace(self.known[serial], armed_at=at)

    def all(self) -> Sequence[Headset]:
        return sorted(self.known.values(), key=lambda headset: headset.number)


class FakeHeadset:
    """A connected headset; ``problem`` is raised by whatever it is asked."""

    model = "Quest 3"

    def __init__(self, address: str, serial: str) -> None:
        self.address = address
        self.serial = serial
        self.problem: TrainerError | None = None
        self.film_problem: HeadsetProblem | None = None
        self.removal_problem: HeadsetProblem | None = None
        self.told = HeadsetFacts(serial=serial, battery_percent=80, awake=True)
        self.shows = Showing.NOTHING
        self.shows_plan = ""
        self.shows_at_s = 0.0
        self.may_tell = asyncio.Event()
        self.may_tell.set()
        self.filled: list[FilmToSend] = []
        self.kept: AbstractSet[str] | None = frozenset()
        self.closed = False
        self.woken = 0
        self.asked_to_stay_awake = 0
        self.refused_to_stay_awake = 0
        self.is_kept_awake = False
        self.darkened_by: list[str] = []
        self.says_dark = True
        self.may_darken = asyncio.Event()
        self.may_darken.set()
        self.is_lost = asyncio.Event()
        self.on_outfitting: Callable[[Outfitting | None], None] = lambda _how: None
        self.may_fill = asyncio.Event()
        self.may_fill.set()

    async def facts(self) -> HeadsetFacts:
        self._fail()
        return self.told

    async def showing(self) -> Found:
        self._fail()
        await self.may_tell.wait()
        return Found(showing=self.shows, position_s=self.shows_at_s, plan_id=self.shows_plan)

    async def fill(
        self,
        films: Sequence[FilmToSend],
        *,
        keep: AbstractSet[str] | None,
        label: str,
        progress: FilmProgress,
    ) -> list[Sent | TrainerError]:
        self._fail()
        self.kept = keep
        return [await self._take(film, progress) for film in films]

    async def remove_films(self, films: Collection[str], *, label: str) -> None:
        self._fail()
        if self.removal_problem is not None:
            raise self.removal_problem
        left = {sha256: title for sha256, title in self.told.films.items() if sha256 not in films}
        stored = tuple(file for file in self.told.stored if file.sha256 not in films)
        self.told = replace(self.told, films=left, stored=stored)

    async def _take(self, film: FilmToSend, progress: FilmProgress) -> Sent | TrainerError:
        if not self.may_fill.is_set():
            progress(film, film.size // 2)
            await self._held_up()
            self._fail()
        progress(film, film.size)
        self.filled.append(film)
        if self.film_problem is not None:
            return self.film_problem
        self.told = replace(self.told, films={**self.told.films, film.sha256: film.title})
        return Sent(bytes=film.size, sent_bytes=film.size, seconds=1.0)

    async def _held_up(self) -> None:
        """A film stays on its way until it may arrive, or the headset is lost."""
        waits = [asyncio.ensure_future(event.wait()) for event in (self.may_fill, self.is_lost)]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    async def wake(self) -> None:
        self._fail()
        self.woken += 1

    async def keep_awake(self) -> None:
        self.refused_to_stay_awake += self.problem is not None
        self._fail()
        self.asked_to_stay_awake += 1
        self.is_kept_awake = True

    async def let_sleep(self) -> None:
        self._fail()
        self.is_kept_awake = False

    async def darken(self, *, by: str) -> bool:
        self._fail()
        self.darkened_by.append(by)
        await self.may_darken.wait()
        return self.says_dark

    async def wait_lost(self) -> TrainerError:
        await self.is_lost.wait()
        return LinkLost(headset=self.address)

    def lose(self) -> None:
        """The link breaks."""
        self.problem = HeadsetVanished(headset=self.serial)
        self.is_lost.set()

    async def close(self) -> None:
        self.closed = True

    def _fail(self) -> None:
        if self.problem is not None:
            raise self.problem


class FakeGroup:
    """Headsets that play together.

    Attributes:
        fails: Problems by serial, raised at ``prepare``; ``fails_later`` at ``keep``.
        did: What it was asked to do, in order.
        hangs: ``keep`` never returns.
        out_of_vr: Serials of those whose wearers have left VR.
        awaited: What wearers have to do while the players open, by serial.
    """

    def __init__(self, places: Sequence[Place]) -> None:
        self._serials = [place.headset.serial for place in places]
        self._problems: dict[str, HeadsetProblem] = {}
        self.fails: dict[str, HeadsetProblem] = {}
        self.fails_later: dict[str, HeadsetProblem] = {}
        self.course: Course | None = None
        self.did: list[str] = []
        self.kept_until_ns = 0
        self.started_ns = 0
        self.hangs = False
        self.out_of_vr: set[str] = set()
        self.awaited: dict[str, Awaited] = {}
        self.keeping = asyncio.Event()
        self.dark: dict[str, bool] = dict.fromkeys(self._serials, True)
        self.on_change: Callable[[], None] = lambda: None
        self.on_move: Callable[[], None] = lambda: None
        self.on_dark: Callable[[str], None] = lambda _serial: None

    @property
    def problems(self) -> Mapping[str, HeadsetProblem]:
        return self._problems

    @property
    def size(self) -> int:
        return len(self._serials) - len(self._problems)

    def now(self) -> GroupNow:
        return GroupNow()

    def film_course(self) -> None:
        return None

    def players(self) -> Mapping[str, PlayerNow]:
        return {
            serial: PlayerNow(
                heard=serial in self.out_of_vr,
                in_vr=serial not in self.out_of_vr,
                awaited=self.awaited.get(serial),
            )
            for serial in self._serials
            if serial not in self._problems
        }

    async def admit(self, place: Place, timeout_s: float) -> None:
        self._serials.append(place.headset.serial)

    async def reopen(self, serial: str, timeout_s: float) -> None:
        self.did.append(f"reopen {serial}")

    async def dismiss(self, serial: str) -> bool:
        self._serials.remove(serial)
        return self.dark.get(serial, True)

    async def show_text(self, text: str, seconds: float, serials: Collection[str]) -> set[str]:
        self.did.append(f"text {text}")
        return set(serials)

    async def recentre(self) -> None:
        self.did.append("recentre")

    async def set_volume(self, percent: int) -> None:
        self.did.append(f"volume {percent}")

    async def open(self, timeout_s: float) -> None:
        self.did.append("open")
        self._problems |= self.fails

    async def prepare(
        self,
        film: Film,
        position_s: float,
        timeout_s: float,
        *,
        patience_s: float | None = None,
        course: Course | None = None,
    ) -> None:
        self.did.append("prepare")
        self.course = course
        for _ in range(2 * bool(self.awaited)):
            self.on_change()
        self._problems |= self.fails

    async def start(self) -> int:
        self.did.append("start")
        self.started_ns = perf_counter_ns()
        return self.started_ns

    async def keep(self, until_ns: int) -> None:
        self.did.append("keep")
        self.kept_until_ns = until_ns
        self._problems |= self.fails_later
        self.keeping.set()
        if self.hangs:
            await asyncio.Event().wait()

    async def pause(self) -> float:
        self.did.append("pause")
        return 0.0

    def take_over(self, plan_id: str, running_s: float) -> None:
        self.did.append(f"take over {plan_id}")

    under_way = False

    async def seek(self, position_s: float, course: Course | None = None) -> None:
        self.did.append(f"seek {position_s:g}")

    async def set_stops(self, stops_s: Iterable[float]) -> None:
        self.did.append(f"stops {list(stops_s)}")

    async def resume(self) -> int:
        self.did.append("resume")
        return perf_counter_ns()

    async def stop(self) -> dict[str, bool]:
        self.did.append("stop")
        return self.dark

    async def stop_one(self, serial: str) -> bool:
        self.did.append(f"stop {serial}")
        return self.dark.get(serial, True)

    async def identify(self, seconds: float) -> None:
        self.did.append("identify")

    def receipt(self) -> Receipt:
        self.did.append("receipt")
        return make_receipt("ab" * 32, [_receipt(serial) for serial in self._serials], SpreadLog())

    async def close(self) -> None:
        self.did.append("close")


def _receipt(serial: str) -> HeadsetReceipt:
    return a_headset_receipt(
        serial=serial,
        number=1,
        clock_offset_ms=12.3456,
        clock_uncertainty_ms=0.25,
        clock_drift_ppm=1.5,
        clock_at_ns=123,
        start_error_ms=2.0,
        corrections=1,
    )


class FakeGateway:
    """Reaches the headsets it was given; the others with the problem of their address."""

    def __init__(self, *headsets: FakeHeadset) -> None:
        self.headsets = {headset.address: headset for headset in headsets}
        self.unreachable: dict[str, TrainerError] = {}
        self.asked_to_wait: set[str] = set()
        self.group_made: FakeGroup | None = None
        self.before_group: Callable[[FakeGroup], None] = lambda _group: None
        self.greetings: list[Greeting] = []
        self.holder = ""

    async def connect(self, address: str, waiting: Waiting, *, accept_s: float = ACCEPT_S) -> FakeHeadset:
        if address in self.asked_to_wait:
            waiting(address)
        await asyncio.sleep(0)
        if address in self.unreachable:
            raise self.unreachable[address]
        return self.headsets[address]

    async def group(
        self,
        places: Sequence[Place],
        *,
        greet: Callable[[int], Greeting],
        film_title: str,
        holder: str,
    ) -> FakeGroup:
        self.greetings = [greet(place.number) for place in places]
        self.holder = holder
        self.group_made = FakeGroup(places)
        self.before_group(self.group_made)
        return self.group_made
