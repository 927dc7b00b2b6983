"""The film from its start to its end: what stage it is at, where it is, what is kept of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime

from trainer_app.domain.live_kit import FilmStage
from trainer_app.domain.playback_records import plan_id_of
from trainer_app.services.headset_port import GroupNow
from trainer_app.services.live.accounts import Accounts
from trainer_app.services.live.casting import Cast
from trainer_app.services.live.gathering import Gathering
from trainer_app.services.live.pace import Pace
from trainer_app.services.live.playback import Playback
from trainer_app.services.live.slot import Slot
from trainer_app.services.ports.film_course import FilmCourse
from trainer_app.tasks import TaskKeeper

_NS = 1_000_000_000

_OVER = (FilmStage.NONE, FilmStage.ENDED, FilmStage.STOPPED)


class FilmProgress:
    """What becomes of the film that the cast shows.

    Attributes:
        stage: What it has come to.
    """

    def __init__(
        self,
        slots: Callable[[], Iterable[Slot]],
        tasks: TaskKeeper,
        cast: Cast,
        pace: Pace,
        *,
        changed: Callable[[], None],
        clock: Callable[[], datetime],
        clock_ns: Callable[[], int],
    ) -> None:
        self._slots = slots
        self._tasks = tasks
        self._cast = cast
        self._pace = pace
        self._changed = changed
        self._clock = clock
        self._clock_ns = clock_ns
        self._accounts = Accounts()
        self._moved = Gathering(self.note, pace.publish)
        self._following: list[asyncio.Task[None]] = []
        self.stage = FilmStage.NONE

    @property
    def playback(self) -> Playback | None:
        """The last start of the film, or the one that goes on."""
        return self._accounts.playback

    @property
    def under_way(self) -> bool:
        """The film has been started and is neither over nor stopped."""
        return self.stage in (FilmStage.STARTING, FilmStage.PLAYING, FilmStage.PAUSED)

    @property
    def is_over(self) -> bool:
        """Nothing is shown, nor about to be."""
        return self.stage in _OVER

    @property
    def is_open(self) -> bool:
        """Whoever comes is taken into the film."""
        return self._cast.film is not None and (self.under_way or self.stage is FilmStage.READY)

    def now(self) -> GroupNow:
        """Where the film is."""
        if self._cast.group is None or self.stage is FilmStage.NONE:
            return GroupNow()
        return self._cast.group.now()

    def film_course(self) -> FilmCourse | None:
        """Where the film is at any instant, while it is about to start, on, or paused."""
        group = self._cast.group
        return group.film_course() if group is not None and self.under_way else None

    def enter(self, stage: FilmStage) -> None:
        """It has come to this, and everybody is to see it."""
        self.stage = stage
        self._changed()

    # --- noting ------------------------------------------------------------------------------------------

    def note(self) -> None:
        """Something has happened in the group, or to a link."""
        self._moved.forget()
        self._cast.note(self.now(), under_way=self.under_way)
        self._changed()

    def note_soon(self) -> None:
        """Something has only moved."""
        self._moved.soon()

    def note_sleep(self, slot: Slot) -> None:
        """A headset has told of itself: whether its screen is off while the film plays."""
        if self.under_way and slot.facts is not None and slot.facts.awake is False:
            self._accounts.note_sleep(slot, self._clock())

    # --- from start to end -------------------------------------------------------------------------------

    def number_next(self) -> None:
        """Another start is being made ready."""
        self._accounts.number_next()

    @property
    def next_plan_id(self) -> str:
        """By which headsets will know the start that is being made ready."""
        return plan_id_of(self._accounts.next_id)

    def begin(self, from_s: float) -> None:
        """What was made ready starts now."""
        assert self._cast.film is not None
        self.lead(self._accounts.next(self._cast.film, self._clock(), from_s), FilmStage.STARTING)

    def lead(self, playback: Playback, stage: FilmStage) -> None:
        """The film goes on in the headsets from now on."""
        self._accounts.begin(playback, self._cast.begin())
        self._following = [
            self._tasks.spawn(self._follow(), name="follow the film"),
            self._tasks.spawn(self._refine(), name="refine the plan"),
        ]
        self.enter(stage)

    async def _follow(self) -> None:
        """Note where the film is until it is over."""
        assert self._cast.film is not None
        length_s = self._cast.film.probe.duration_s
        while True:
            await asyncio.sleep(self._pace.tick)
            now = self.now()
            if self.stage is FilmStage.STARTING and now.moving and not now.starts_in_s:
                self.stage = FilmStage.PLAYING
            elif self.stage in (FilmStage.STARTING, FilmStage.PLAYING) and now.at_stop_s is not None:
                self.stage = FilmStage.PAUSED
            self._accounts.note(self._slots())
            self.note()
            if self._cast.was_stopped_elsewhere():
                break
            if self.stage is FilmStage.PLAYING and now.position_s >= length_s:
                break
            self._cast.rejoin()
        over = self.stage is FilmStage.PLAYING and not self._cast.was_stopped_elsewhere()
        self.conclude(FilmStage.ENDED if over else FilmStage.STOPPED)
        self.settle()
        self._changed()

    async def _refine(self) -> None:
        assert self._cast.group is not None
        while True:
            await self._cast.group.keep(self._clock_ns() + round(self._pace.refine * _NS))
            await asyncio.sleep(self._pace.tick)

    def conclude(self, stage: FilmStage) -> None:
        """The film is over, one way or the other."""
        for task in self._following:
            if task is not asyncio.current_task():
                task.cancel()
        self._following = []
        if self.stage is not FilmStage.NONE:
            self.stage = stage
        self._accounts.end(self._clock())

    def settle(self) -> None:
        """Make the receipt of the film that is over; takes a moment, so after all that is urgent."""
        if self._cast.group is not None:
            self._accounts.settle(self._cast.group.receipt)

    def leave(self) -> list[asyncio.Task[None]]:
        """Follow it no longer, whatever becomes of it; gives the tasks that end now."""
        self.stage = FilmStage.NONE
        for task in self._following:
            task.cancel()
        return self._following

    def forget_moves(self) -> None:
        """Nobody wants to know any more what has only moved."""
        self._moved.forget()
