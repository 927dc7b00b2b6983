"""Keeps one headset connected: reach, look after, let go, try again."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Protocol

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.headset_address import is_named, is_on_cable
from trainer_app.domain.headset_state import HeadsetFacts, PlayMode
from trainer_app.domain.link_errors import LinkLost
from trainer_app.domain.playback_errors import CableNeeded
from trainer_app.services.headset_port import ConnectedHeadset, HeadsetGateway
from trainer_app.services.live.pace import Pace
from trainer_app.services.live.rota import Rota

_MISSES = 3
"""A headset that does not answer so many times in a row is let go of and reached anew."""

_LOST_S = 0.2
"""An unanswered question is often the first sign of a lost connection; the link knows a moment later."""


class Owner(Protocol):
    """Who is told how it goes."""

    @property
    def film_plays(self) -> bool:
        """Headsets are asked about themselves less often then."""

    def waits(self, keeper: Keeper) -> None:
        """Somebody has to allow this computer in the headset."""

    async def arrived(self, keeper: Keeper, headset: ConnectedHeadset) -> None:
        """The headset is there.

        Raises:
            TrainerError: it cannot be taken in.
        """

    def told(self, keeper: Keeper, facts: HeadsetFacts) -> None:
        """It has told of itself."""

    def left(self, keeper: Keeper, problem: TrainerError) -> None:
        """It is not there, or not any more; it will be tried again."""


_ROTA = Rota()
"""Of all suitcases: they share the air, and this computer."""


class Keeper:
    """Looks after one headset for as long as :meth:`keep` runs.

    Attributes:
        address: Where it is looked for; on a cable, unless it has an address on the network.
        cable: While it is plugged in, the way over that cable. It is tried first: a cable has no neighbours.
            A headset that is connected stays so, whatever is plugged in, unless it needs its cable to play.
    """

    def __init__(self, address: str, gateway: HeadsetGateway, owner: Owner, pace: Pace) -> None:
        self.address = address
        self.cable: str | None = None
        self._gateway = gateway
        self._owner = owner
        self._pace = pace
        self._nudge = asyncio.Event()
        self._cable_fails = False
        self._was_there = False
        self._retired = False
        self._told_mistake = ""

    def nudge(self) -> None:
        """Do at once what would be done later: try again, or ask it about itself."""
        self._nudge.set()

    def plug(self, cable: str | None) -> None:
        """Say that it is on a cable, or on none any more."""
        if cable not in (self.cable, None):
            self._cable_fails = False
            self.nudge()
        self.cable = cable

    def looks_at(self, address: str) -> bool:
        """It tries this address."""
        return address in (self.address, self.cable)

    def retire(self) -> None:
        """Nobody is to be looked after any more; a headset that is there is let go of when this is heard."""
        self._retired = True
        self.nudge()

    async def keep(self) -> None:
        """Ends only after :meth:`retire`."""
        pause_s = self._pace.first_retry
        while True:
            self._was_there = False
            problem = await self._visit_anyhow()
            if problem is None or self._retired:
                return
            self._owner.left(self, problem)
            if self._was_there:
                pause_s = self._pace.first_retry
            if await self._rest(pause_s):
                if self._retired:
                    return
                pause_s = self._pace.first_retry
            else:
                pause_s = min(2 * pause_s, self._pace.last_retry)

    async def _visit_anyhow(self) -> TrainerError | None:
        """A visit that ends by a mistake of ours is told as one, and is not the last."""
        try:
            return await self._visit()
        except Exception as error:  # noqa: BLE001 - whatever it is: the headset must not be given up for it
            self._tell_mistake(error)
            return LinkLost(headset=self.address, detail=repr(error))

    def _tell_mistake(self, error: Exception) -> None:
        """Once: what goes wrong at every attempt would be told every few seconds."""
        if repr(error) == self._told_mistake:
            return
        self._told_mistake = repr(error)
        asyncio.get_running_loop().call_exception_handler(
            {"message": f"looking after {self.address} failed", "exception": error}
        )

    async def _visit(self) -> TrainerError | None:
        """Be with the headset as long as that goes; return why it goes no longer, None after ``retire``."""
        try:
            headset = await self._reach()
        except TrainerError as problem:
            return problem
        try:
            if self._retired:
                return None
            # First what it tells of itself: nobody is to see a headset "ready" of which nothing is known.
            facts = await headset.facts()
            await self._owner.arrived(self, headset)
            self._owner.told(self, facts)
            self._was_there = True
            return await self._look_after(headset)
        except TrainerError as problem:
            return problem
        finally:
            await headset.close()

    async def _reach(self) -> ConnectedHeadset:
        """Over the cable if it is plugged in, else over the network; the nearer one says what is wrong."""
        if self.cable is None or self.cable == self.address:
            return await self._connect(self.address)
        self._cable_fails = False
        try:
            return await self._connect(self.cable)
        except TrainerError:
            self._cable_fails = True
            with contextlib.suppress(TrainerError):
                if not is_named(self.address):
                    return await self._connect(self.address)
            raise

    async def _connect(self, address: str) -> ConnectedHeadset:
        return await self._gateway.connect(
            address, lambda _address: self._owner.waits(self), accept_s=self._pace.accept
        )

    async def _look_after(self, headset: ConnectedHeadset) -> TrainerError | None:
        lost = asyncio.create_task(headset.wait_lost(), name=f"link to {self.address}")
        lost.add_done_callback(lambda _task: self._nudge.set())
        seat = _ROTA.take()
        try:
            return await self._ask_until(lost, headset, seat)
        finally:
            _ROTA.leave(seat)
            lost.cancel()
            await asyncio.wait([lost])

    async def _ask_until(
        self, lost: asyncio.Task[TrainerError], headset: ConnectedHeadset, seat: int
    ) -> TrainerError | None:
        misses, time_s = 0, asyncio.get_running_loop().time
        while True:
            period_s = self._pace.facts_in_film if self._owner.film_plays else self._pace.facts
            await self._rest(Rota.wait_s(seat, period_s, time_s()))
            if self._retired:
                return None
            if lost.done():
                return lost.result()
            try:
                facts = await headset.facts()
                self._owner.told(self, facts)
                misses = 0
                if self._needs_its_cable(headset, facts):
                    return CableNeeded(headset=headset.serial)
            except TrainerError as problem:
                misses += 1
                await asyncio.wait([lost], timeout=_LOST_S)
                if misses >= _MISSES and not lost.done():
                    return problem

    def _needs_its_cable(self, headset: ConnectedHeadset, facts: HeadsetFacts) -> bool:
        """It can play over a cable only, which is plugged in and may work, and was reached in another way."""
        is_tethered = facts.play_mode is PlayMode.TETHERED and not self._cable_fails
        return is_tethered and self.cable is not None and not is_on_cable(headset.address)

    async def _rest(self, seconds: float) -> bool:
        """Wait; True when it was cut short."""
        try:
            async with asyncio.timeout(seconds):
                await self._nudge.wait()
        except TimeoutError:
            return False
        self._nudge.clear()
        return True
