"""Headsets with a film on them and a group that plays it, without a suitcase around them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tests.fakes.films import a_film
from tests.fakes.headsets import FakeHeadset
from tests.fakes.live_headsets import LiveGroup, a_headset
from tests.fakes.live_table import QUICK
from trainer_app.domain.headset_state import HeadsetFacts
from trainer_app.services.headset_port import GroupNow
from trainer_app.services.live.casting import Cast
from trainer_app.services.live.film_progress import FilmProgress
from trainer_app.services.live.slot import Slot
from trainer_app.tasks import TaskKeeper

FILM = a_film()


class ShowingRoom:
    """Slots 1 to ``count``, each with its headset there.

    Attributes:
        now: What the clock on the wall shows; ``ns``: the laptop's own.
        changes: So often something was said to look different.
    """

    def __init__(self, count: int) -> None:
        self.slots = [self._slot(number) for number in range(1, count + 1)]
        self.now = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
        self.ns = 0
        self.changes = 0
        self.tasks = TaskKeeper()
        self.group = LiveGroup()
        self.cast = Cast(lambda: self.slots, self.tasks, QUICK, lambda: self.ns)
        self.cast.film, self.cast.group = FILM, self.group
        self.progress = FilmProgress(
            lambda: self.slots,
            self.tasks,
            self.cast,
            QUICK,
            changed=self.changed,
            clock=lambda: self.now,
            clock_ns=lambda: self.ns,
        )
        self.group.on_change = self.cast.on_joined = self.progress.note

    def changed(self) -> None:
        self.changes += 1

    @staticmethod
    def _slot(number: int) -> Slot:
        headset = FakeHeadset(f"10.0.0.{number}:5555", f"S{number}")
        headset.told = HeadsetFacts(serial=headset.serial, awake=True, films={FILM.sha256: FILM.title})
        known = a_headset(number, address=headset.address)
        return Slot(number=number, known=known, headset=headset, facts=headset.told, looked_at=True)

    def device(self, number: int) -> FakeHeadset:
        headset = self.slots[number - 1].headset
        assert isinstance(headset, FakeHeadset)
        return headset

    def passes(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.ns += round(seconds * 1e9)

    def sleeps(self, number: int) -> None:
        """Its screen goes off, and it says so."""
        slot = self.slots[number - 1]
        assert slot.facts is not None
        slot.facts = replace(slot.facts, awake=False)
        self.progress.note_sleep(slot)

    async def starts(self) -> None:
        """The film starts in all that can show it."""
        await self.cast.assemble()
        self.progress.number_next()
        self.progress.begin(0.0)
        await self.group.start()

    def is_at(self, position_s: float) -> None:
        """The film plays and has got so far."""
        self.group.at = GroupNow(moving=True, position_s=position_s)

    async def close(self) -> None:
        ending = self.progress.leave()
        if ending:
            await asyncio.wait(ending)
        self.progress.forget_moves()
        await self.tasks.close()
