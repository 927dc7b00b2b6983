"""Headsets that come and go, and the group of those that play together, in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

from tests.fakes.headsets import FakeHeadset
from trainer_app.domain.errors import TrainerError
from trainer_app.domain.films import Film
from trainer_app.domain.headset_state import Showing
from trainer_app.domain.kits import Headset, HeadsetId, KitId, Serial, lowest_free_number
from trainer_app.domain.link_errors import NothingListens
from trainer_app.domain.playback import Course, Receipt, make_receipt
from trainer_app.domain.playback_errors import HeadsetProblem, HeadsetVanished
from trainer_app.domain.spread import SpreadLog
from trainer_app.services.headset_port import (
    ACCEPT_S,
    Greeting,
    GroupNow,
    Place,
    PlaybackGroup,
    PlayerNow,
    Waiting,
)

KIT = KitId(UUID(int=1))
SEEN = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def a_headset(number: int, *, address: str | None = None, serial: str | None = None) -> Headset:
    return Headset(
        id=HeadsetId(uuid4()),
        serial=Serial(serial or f"S{number}"),
        number=number,
        model="Quest 3",
        address=address,
        first_seen=SEEN,
        last_seen=SEEN,
        kit_id=KIT,
    )


class Memory:
    """Remembers headsets; ``problem`` is raised instead."""

    def __init__(self, *known: Headset) -> None:
        self.known = {headset.serial: headset for headset in known}
        self.problem: TrainerError | None = None

    async def __call__(self, kit_id: KitId, serial: Serial, model: str, address: str) -> Headset:
        await asyncio.sleep(0)
        if self.problem is not None:
            raise self.problem
        old = self.known.get(serial)
        number = old.number if old else lowest_free_number(h.number for h in self.known.values())
        fresh = old or a_headset(number, serial=serial)
        self.known[serial] = replace(fresh, address=address, kit_id=kit_id)
        return self.known[serial]


class LiveGroup:
    """A group whose players do what they are told at once.

    Attributes:
        refuses: Problems by serial with which headsets answer when they are taken in.
        may_prepare: While it is not set, preparing takes for ever.
        dark: By serial, what a stop answers; True where nothing is said.
        held: Serials that are not taken in before ``may_join``, whatever is done about it.
        slow: By serial, what a stop waits for before it answers.
        looks: So often it was asked what its players do.
        course: What the film was prepared with; ``stops_s``: where it stands still, as was said last.
        former: Where the film of a former run is, for who takes it over; ``running_s``: so long it has been
            on, as they say.
    """

    def __init__(self) -> None:
        self.did: list[str] = []
        self.at = GroupNow()
        self.told: dict[str, PlayerNow] = {}
        self.refuses: dict[str, HeadsetProblem] = {}
        self.may_prepare = asyncio.Event()
        self.may_prepare.set()
        self.dark: dict[str, bool] = {}
        self.held: set[str] = set()
        self.may_join = asyncio.Event()
        self.slow: dict[str, asyncio.Event] = {}
        self.closed = False
        self.looks = 0
        self.film: Film | None = None
        self.course: Course | None = None
        self.stops_s: tuple[float, ...] = ()
        self.former = GroupNow()
        self.running_s = 0.0
        self.on_change: Callable[[], None] = lambda: None
        self.on_move: Callable[[], None] = lambda: None
        self.on_dark: Callable[[str], None] = lambda _serial: None
        self._problems: dict[str, HeadsetProblem] = {}

    @property
    def problems(self) -> Mapping[str, HeadsetProblem]:
        return self._problems

    @property
    def size(self) -> int:
        return len(self.told)

    @property
    def under_way(self) -> bool:
        return self.at != GroupNow()

    def now(self) -> GroupNow:
        return self.at

    def film_course(self) -> None:
        return None

    def players(self) -> Mapping[str, PlayerNow]:
        self.looks += 1
        return self.told

    # --- what a test says --------------------------------------------------------------------------------

    def says(self, serial: str, **changes: object) -> None:
        """A player tells something."""
        self.told[serial] = replace(self.told[serial], **changes)  # type: ignore[arg-type]
        self.on_change()

    def moves(self, serial: str, position_s: float) -> None:
        """A player's film goes on."""
        self.told[serial] = replace(self.told[serial], position_s=position_s)
        self.on_move()

    def drops(self, serial: str, problem: HeadsetProblem | None = None) -> None:
        """A headset drops out."""
        self.told.pop(serial, None)
        self._problems[serial] = problem or HeadsetVanished(headset=serial)
        self.on_change()

    def is_at(self, position_s: float) -> None:
        """The film has got so far."""
        self.at = replace(self.at, position_s=position_s)

    def stands_at(self, stop_s: float) -> None:
        """The film has come to a stop-point."""
        self._move(moving=False)
        self.at = replace(self.at, position_s=stop_s, at_stop_s=stop_s)

    # --- orders ------------------------------------------------------------------------------------------

    async def open(self, timeout_s: float) -> None:
        self.did.append("open")

    async def admit(self, place: Place, timeout_s: float) -> None:
        serial = place.headset.serial
        self.did.append(f"admit {serial}")
        await asyncio.sleep(0)
        if serial in self.held:
            try:
                await self.may_join.wait()
            except asyncio.CancelledError:
                await self.may_join.wait()  # its last word is on its way and cannot be called back
                raise
        lost = isinstance(place.headset, FakeHeadset) and place.headset.is_lost.is_set()
        if lost or serial in self.refuses:
            self.drops(serial, self.refuses.get(serial))
            return
        self._problems.pop(serial, None)
        self.told[serial] = PlayerNow(heard=True, worn=True, showing=self._showing)
        self.on_change()

    async def reopen(self, serial: str, timeout_s: float) -> None:
        self.did.append(f"reopen {serial}")
        await asyncio.sleep(0)
        if serial in self.refuses:
            self.drops(serial, self.refuses[serial])
        else:
            self.says(serial, in_vr=True, worn=True)

    async def dismiss(self, serial: str) -> bool:
        self.did.append(f"dismiss {serial}")
        self.told.pop(serial, None)
        self._problems.pop(serial, None)
        return self.dark.get(serial, True)

    async def prepare(
        self,
        film: Film,
        position_s: float,
        timeout_s: float,
        *,
        patience_s: float | None = None,
        course: Course | None = None,
    ) -> None:
        self.did.append(f"prepare {position_s:g}")
        self.film = film
        self.course = course
        self.stops_s = course.stops_s if course is not None else ()
        self.at = GroupNow(position_s=position_s)
        await self.may_prepare.wait()

    async def start(self) -> int:
        self.did.append("start")
        self._move(moving=True)
        return 0

    async def keep(self, until_ns: int) -> None:
        await asyncio.Event().wait()

    async def pause(self) -> float:
        self.did.append("pause")
        self._move(moving=False)
        return self.at.position_s

    def take_over(self, plan_id: str, running_s: float) -> None:
        """Lead on what goes on: see ``former``."""
        self.did.append(f"take over {plan_id}")
        self.at, self.running_s = self.former, running_s

    async def seek(self, position_s: float, course: Course | None = None) -> None:
        self.did.append(f"seek {position_s:g}")
        self.course = course
        self.stops_s = course.stops_s if course is not None else self.stops_s
        self.at = replace(self.at, position_s=position_s)
        self._move(moving=True)

    async def set_stops(self, stops_s: Iterable[float]) -> None:
        self.stops_s = tuple(stops_s)
        self.did.append(f"stops {list(stops_s)}")

    async def resume(self) -> int:
        self.did.append("resume")
        self._move(moving=True)
        return 0

    async def stop(self) -> dict[str, bool]:
        self.did.append("stop")
        serials = {*self.told, *self._problems}
        self.at = replace(self.at, moving=False)
        answers = await asyncio.gather(*(self._stop(serial) for serial in serials))
        return dict(zip(serials, answers, strict=True))

    async def stop_one(self, serial: str) -> bool:
        self.did.append(f"stop {serial}")
        return await self._stop(serial)

    async def _stop(self, serial: str) -> bool:
        if serial in self.slow:
            await self.slow[serial].wait()
        dark = self.dark.get(serial, True)
        if dark:
            if serial in self.told:
                self.says(serial, showing=Showing.NOTHING)
            self.on_dark(serial)
        return dark

    async def identify(self, seconds: float) -> None:
        self.did.append("identify")

    async def show_text(self, text: str, seconds: float, serials: Collection[str]) -> set[str]:
        self.did.append(f"text {text}")
        seen = {serial for serial, player in self.told.items() if player.in_vr and player.worn is not False}
        return seen & set(serials)

    async def recentre(self) -> None:
        self.did.append("recentre")

    async def set_volume(self, percent: int) -> None:
        self.did.append(f"volume {percent}")

    def receipt(self) -> Receipt:
        return make_receipt(self.film.sha256 if self.film is not None else "", [], SpreadLog())

    async def close(self) -> None:
        self.on_move()  # players report to the last
        self.closed = True

    @property
    def _showing(self) -> Showing:
        return Showing.FILM if self.at.moving else Showing.NOTHING

    def _move(self, *, moving: bool) -> None:
        self.at = replace(self.at, moving=moving, at_stop_s=None)
        self._show(Showing.FILM if moving else Showing.PAUSED_FILM)

    def _show(self, showing: Showing) -> None:
        for serial, player in self.told.items():
            self.told[serial] = replace(player, showing=showing)
        self.on_change()


class LiveGateway:
    """Headsets by address; where none is nothing listens.

    Attributes:
        problems: By address, what keeps a headset from being reached.
        unaccepted: Addresses at which somebody has to allow this computer first.
        tries: How often each address was tried.
        group_may_be_made: While it is not set, making a group takes for ever.
    """

    def __init__(self, *headsets: FakeHeadset) -> None:
        self.headsets = {headset.address: headset for headset in headsets}
        self.problems: dict[str, TrainerError] = {}
        self.unaccepted: dict[str, asyncio.Event] = {}
        self.tries: dict[str, int] = {}
        self.the_group = LiveGroup()
        self.holder = ""
        self.groups_made = 0
        self.group_may_be_made = asyncio.Event()
        self.group_may_be_made.set()

    async def connect(self, address: str, waiting: Waiting, *, accept_s: float = ACCEPT_S) -> FakeHeadset:
        self.tries[address] = self.tries.get(address, 0) + 1
        if address in self.unaccepted:
            waiting(address)
            await self.unaccepted[address].wait()
        await asyncio.sleep(0)
        if address in self.problems:
            raise self.problems[address]
        headset = self.headsets.get(address)
        if headset is None or headset.is_lost.is_set():
            raise NothingListens(headset=address)
        headset.closed = False
        return headset

    async def group(
        self,
        places: Sequence[Place],
        *,
        greet: Callable[[int], Greeting],
        film_title: str,
        holder: str,
    ) -> PlaybackGroup:
        self.holder = holder
        self.groups_made += 1
        for _ in range(5):  # others get a word in
            await asyncio.sleep(0)
        await self.group_may_be_made.wait()
        return self.the_group

    def comes_back(self, address: str) -> FakeHeadset:
        """A headset that was lost is there again."""
        old = self.headsets[address]
        fresh = FakeHeadset(address, old.serial)
        fresh.told = old.told
        self.headsets[address] = fresh
        return fresh
