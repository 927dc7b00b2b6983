"""Filling headsets with films: all headsets at once, each film verified there.

A headset that is lost on the way is reached again and gets the rest; one that is not there yet is tried again
as long as others are being filled.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.filling import FillingTotal, FilmToSend, Sent, Speed
from trainer_app.domain.films import Film
from trainer_app.domain.link_errors import (
    HeadsetOffline,
    HeadsetSilent,
    HeadsetUnreachable,
    LinkLost,
    NothingListens,
    NotPluggedIn,
)
from trainer_app.domain.playback_errors import (
    AgentNotThere,
    AgentSpeaksStrangely,
    HeadsetVanished,
    SameHeadset,
)
from trainer_app.services.connecting import place_of, reached
from trainer_app.services.headset_port import ConnectedHeadset, HeadsetGateway, Place, Waiting

if TYPE_CHECKING:
    from trainer_app.services.ports import FilmLibrary, HeadsetRepository

PATIENCE_S = 10.0
"""So long a headset that was lost is tried again without a new byte on it, when no other is being filled."""

_AGAIN_S = (0.2, 0.5, 1.0, 2.0)
"""Pauses between attempts to reach a headset; the last one is kept up."""

_MAY_COME = (NothingListens, HeadsetUnreachable, HeadsetSilent, NotPluggedIn, HeadsetOffline, LinkLost)
"""What is wrong with a headset that is still in its case, or restarts."""

_LOST = (HeadsetVanished, LinkLost, AgentNotThere, AgentSpeaksStrangely)
"""What a cable that is pulled, a headset that restarts and an agent that is killed look like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One film on one headset: ``sent``, or the problem that kept it away."""

    serial: str
    number: int
    film: Film
    sent: Sent | None = None
    problem: TrainerError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FillingResult:
    """All deliveries, and the addresses at which nobody was reached."""

    deliveries: tuple[Delivery, ...]
    unreached: dict[str, TrainerError]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A film has grown on a headset. ``there``: its bytes; ``total``: of all headsets and films."""

    place: Place
    film: Film
    there: int
    total: FillingTotal


OnProgress = Callable[[Moved], None]
OnLost = Callable[[Place, TrainerError], None]
"""Called when a headset is lost on the way and tried again."""


async def push_films(
    gateway: HeadsetGateway,
    headsets: HeadsetRepository,
    library: FilmLibrary,
    films: Sequence[Film],
    known: Sequence[Film],
    addresses: Sequence[str],
    *,
    waiting: Waiting,
    progress: OnProgress,
    lost: OnLost = lambda _place, _problem: None,
    patience_s: float = PATIENCE_S,
) -> FillingResult:
    """Bring the films to every headset.

    ``known`` are all films of the library; a half-sent film that is none of them is cleared away on the
    headset.

    Raises:
        FilmFileGone: a film's file is not in the library any more.
        NoHeadsetGiven: see :func:`reached`.
    """
    cargo = [_cargo(library, film) for film in films]
    keep = {str(film.sha256) for film in known}
    work = _Work(gateway, headsets, films, cargo, keep, waiting, progress, lost, patience_s)
    async with reached(gateway, headsets, addresses, waiting=waiting) as outcome:
        errands = [_Errand(work, place.headset.address, place) for place in outcome.places]
        late = [
            _Errand(work, address, None, problem)
            for address, problem in outcome.unreached.items()
            if isinstance(problem, _MAY_COME)
        ]
        work.errands = [*errands, *late]
        await asyncio.gather(*(errand.run() for errand in work.errands))
    return work.result(outcome.unreached)


class _Work:
    """What all errands share."""

    def __init__(
        self,
        gateway: HeadsetGateway,
        headsets: HeadsetRepository,
        films: Sequence[Film],
        cargo: Sequence[FilmToSend],
        keep: set[str],
        waiting: Waiting,
        progress: OnProgress,
        lost: OnLost,
        patience_s: float,
    ) -> None:
        self.gateway = gateway
        self.headsets = headsets
        self.films = films
        self.cargo = cargo
        self.keep = keep
        self.waiting = waiting
        self.progress = progress
        self.lost = lost
        self.patience_s = patience_s
        self.errands: list[_Errand] = []
        self._busy = 0
        self._calm = asyncio.Event()
        self._calm.set()

    @property
    def is_calm(self) -> bool:
        """No headset is being filled."""
        return not self._busy

    def begin(self) -> None:
        """A headset is being filled."""
        self._busy += 1
        self._calm.clear()

    def end(self) -> None:
        """It is not any more."""
        self._busy -= 1
        if not self._busy:
            self._calm.set()

    async def pause(self, seconds: float) -> None:
        """Wait; less when the last of the others has been filled meanwhile."""
        if self.is_calm:
            await asyncio.sleep(seconds)
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._calm.wait()

    def total(self) -> FillingTotal:
        """How far all are together that were ever reached."""
        whole = sum(film.size for film in self.cargo)
        return FillingTotal.of(
            (errand.there, whole, errand.speed.bytes_per_s) for errand in self.errands if errand.place
        )

    def result(self, unreached: dict[str, TrainerError]) -> FillingResult:
        """What became of everything; errands whose headset came late are no longer unreached."""
        deliveries: list[Delivery] = []
        for errand in self.errands:
            if errand.place is None:
                assert errand.problem is not None
                unreached[errand.address] = errand.problem
                continue
            unreached.pop(errand.address, None)
            deliveries += errand.deliveries(errand.place)
        return FillingResult(deliveries=tuple(deliveries), unreached=unreached)


class _Errand:
    """Brings all films to the headset at one address.

    Attributes:
        place: Where it was reached; None: never yet.
        there: Bytes on it, of all films.
    """

    def __init__(
        self, work: _Work, address: str, place: Place | None, problem: TrainerError | None = None
    ) -> None:
        self.address = address
        self.place = place
        self.problem = problem
        self.speed = Speed()
        self._work = work
        self._connected = place is not None
        self._reached_again: ConnectedHeadset | None = None
        self._meters = {film.sha256: _Meter() for film in work.cargo}
        self._outcomes: dict[str, Sent | TrainerError] = {}
        self._grown_at_s = perf_counter()

    @property
    def there(self) -> int:
        """Bytes on the headset, of all films."""
        return sum(meter.there for meter in self._meters.values())

    async def run(self) -> None:
        """Fill, reaching the headset again as often as it is lost and something has arrived since."""
        try:
            await self._run()
        finally:
            if self._reached_again is not None:
                await self._reached_again.close()

    async def _run(self) -> None:
        tried = 0
        while True:
            if self._connected:
                tried = 0
                self._work.begin()
                try:
                    is_lost = await self._fill()
                finally:
                    self._work.end()
                if not is_lost:
                    return
            if not self._may_try():
                return
            await self._work.pause(_AGAIN_S[min(tried, len(_AGAIN_S) - 1)])
            tried += 1
            if not self._may_try() or not await self._reach():
                return

    def _may_try(self) -> bool:
        was_there = self.place is not None or isinstance(self.problem, LinkLost)
        is_fresh = perf_counter() - self._grown_at_s < self._work.patience_s
        return (was_there and is_fresh) or not self._work.is_calm

    async def _reach(self) -> bool:
        """Try to connect; False when there is no sense in trying again."""
        try:
            place = await self._connect()
        except TrainerError as problem:
            if self.place is None:
                self.problem = problem
            # One that was there is there again, whatever a broken connection looks like at the moment.
            return self.place is not None or isinstance(problem, _MAY_COME)
        headset = place.headset
        same = next((one for one in self._work.errands if one is not self and one.is_at(place)), None)
        if same is not None:
            await headset.close()
            assert same.place is not None
            self.problem = SameHeadset(address=self.address, headset=same.place.label)
            return False
        self.place, self._reached_again, self._connected = place, headset, True
        return True

    async def _connect(self) -> Place:
        """Reach it, and have it remembered; what the database cannot do concerns this headset only."""
        headset = await self._work.gateway.connect(self.address, self._work.waiting)
        try:
            return place_of(self._work.headsets, headset)
        except BaseException:
            await headset.close()
            raise

    def is_at(self, place: Place) -> bool:
        """This one goes to the same headset."""
        return self.place is not None and self.place.headset.serial == place.headset.serial

    async def _fill(self) -> bool:
        """Fill what is missing; True when the headset was lost on the way."""
        place = self.place
        assert place is not None
        missing = [film for film in self._work.cargo if self._is_open(film)]
        try:
            outcomes = await place.headset.fill(
                missing, keep=self._work.keep, label=place.label, progress=self._moved
            )
        except TrainerError as problem:
            outcomes = [problem for _ in missing]
        for film, outcome in zip(missing, outcomes, strict=True):
            self._outcomes[film.sha256] = self._whole(film, outcome)
        lost = next((one for one in outcomes if isinstance(one, _LOST)), None)
        if lost is None or not self._may_try():
            return False
        self._connected = False
        await place.headset.close()
        self._work.lost(place, lost)
        return True

    def _is_open(self, film: FilmToSend) -> bool:
        outcome = self._outcomes.get(film.sha256)
        return outcome is None or isinstance(outcome, _LOST)

    def _moved(self, item: FilmToSend, there: int) -> None:
        assert self.place is not None
        now_s = perf_counter()
        if self._meters[item.sha256].note(there, now_s):
            self._grown_at_s = now_s
        if self.speed.note(self.there, now_s) or there == item.size:
            film = next(film for film in self._work.films if film.sha256 == item.sha256)
            self._work.progress(Moved(place=self.place, film=film, there=there, total=self._work.total()))

    def _whole(self, film: FilmToSend, outcome: Sent | TrainerError) -> Sent | TrainerError:
        """The outcome of all attempts together; the last one's time is right where it was the only one."""
        meter = self._meters[film.sha256]
        if not isinstance(outcome, Sent) or film.sha256 not in self._outcomes:
            return outcome
        return Sent(
            bytes=outcome.bytes,
            sent_bytes=max(meter.sent, outcome.sent_bytes),
            seconds=perf_counter() - meter.began_s if meter.began_s else outcome.seconds,
        )

    def deliveries(self, place: Place) -> list[Delivery]:
        """What became of each film."""
        return [self._delivery(place, film, self._outcomes[film.sha256]) for film in self._work.films]

    def _delivery(self, place: Place, film: Film, outcome: Sent | TrainerError) -> Delivery:
        who, number = place.headset.serial, place.number
        if isinstance(outcome, Sent):
            return Delivery(serial=who, number=number, film=film, sent=outcome)
        return Delivery(serial=who, number=number, film=film, problem=outcome)


class _Meter:
    """One film on its way to one headset, over all attempts.

    Attributes:
        there: Its bytes on the headset, as last told.
        sent: What was sent of it.
    """

    def __init__(self) -> None:
        self.there = 0
        self.sent = 0
        self.began_s = 0.0
        self._most = 0
        self._told = False

    def note(self, there: int, now_s: float) -> bool:
        """Take what is there; True when it has never been so much."""
        if self._told and there > self.there:
            self.sent += there - self.there
        self.began_s = self.began_s or now_s
        self._told, self.there = True, there
        has_grown = there > self._most
        self._most = max(self._most, there)
        return has_grown


def _cargo(library: FilmLibrary, film: Film) -> FilmToSend:
    path = library.path_of(film)
    return FilmToSend.of(film, path)
