"""The session's film in all headsets: the orders that are given to it.

One order may be under way at a time; *Stopp alt* waits for none of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable
from datetime import datetime

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.films import Film
from trainer_app.domain.live_kit import FilmStage
from trainer_app.domain.playback import Course
from trainer_app.domain.playback_errors import NoFilmChosen, NoHeadsetLeft, StartBeyondEnd
from trainer_app.domain.playback_records import PlaybackRecord
from trainer_app.domain.wearer_text import Delivery
from trainer_app.services.headset_port import PlaybackGroup
from trainer_app.services.live.casting import Cast
from trainer_app.services.live.darkening import Darkening
from trainer_app.services.live.film_progress import FilmProgress
from trainer_app.services.live.newcomers import Newcomers
from trainer_app.services.live.orders import Order, Orders
from trainer_app.services.live.pace import Pace
from trainer_app.services.live.slot import InFilm, Slot
from trainer_app.services.live.taking_over import TakingOver
from trainer_app.services.live.telling import show_text
from trainer_app.tasks import TaskKeeper

MakeGroup = Callable[[], Awaitable[PlaybackGroup]]


class Screening:
    """The film and the group that sees it.

    Attributes:
        progress: What becomes of the film.
        newcomers: Headsets that come, and what becomes of them.
        stops_s: Where the film stands still by itself, seconds of film.
    """

    def __init__(
        self,
        slots: Callable[[], Iterable[Slot]],
        tasks: TaskKeeper,
        *,
        make_group: MakeGroup,
        changed: Callable[[], None],
        pace: Pace,
        clock: Callable[[], datetime],
        clock_ns: Callable[[], int],
        holder: str,
    ) -> None:
        self._slots = slots
        self._make_group = make_group
        self._changed = changed
        self._pace = pace
        self._grouping = asyncio.Lock()
        self._prepared_s = 0.0
        self.stops_s: tuple[float, ...] = ()
        self.volume_percent = 60
        self._orders = Orders(tasks)
        self._darkening = Darkening(slots, tasks, holder=holder, changed=changed, clock_ns=clock_ns)
        self._cast = Cast(slots, tasks, pace, clock_ns)
        self.progress = FilmProgress(
            slots, tasks, self._cast, pace, changed=changed, clock=clock, clock_ns=clock_ns
        )
        self._former = TakingOver(
            slots,
            self._orders,
            self._cast,
            self.progress,
            group=self._ensure_group,
            ours_may_begin=self._ours_may_begin,
            clock=clock,
        )
        self.newcomers = Newcomers(
            slots,
            tasks,
            self._cast,
            self._darkening,
            self.progress,
            ours_may_begin=self._ours_may_begin,
            looked=self._former.look,
            changed=changed,
            clock_ns=clock_ns,
        )
        self._cast.takes_over = self._ours_may_begin
        self._cast.make_way = self._darkening.give_way
        self._cast.on_joined = self.progress.note

    @property
    def film(self) -> Film | None:
        """The one that was chosen."""
        return self._cast.film

    @property
    def stopping(self) -> bool:
        """*Stopp alt* has been ordered, and not everybody has answered yet."""
        return self._darkening.under_way

    @property
    def is_in_use(self) -> bool:
        """Something is shown, is about to be, or is being ended."""
        return not self.progress.is_over or self.stopping or self._orders.are_busy

    async def choose(self, film: Film | None) -> None:
        """Another film, or none; the one that is on is stopped."""
        if film == self.film:
            return
        if self.progress.stage is not FilmStage.NONE:
            await self.stop()
        self._cast.film = film
        self.progress.stage = FilmStage.NONE
        self.stops_s = ()
        for slot in self._slots():
            slot.in_film = InFilm(player=slot.in_film.player, problem=slot.in_film.problem)
        self._changed()

    async def open(self) -> None:
        """Open the players, take the lease, load the film; nothing happens when it is on already."""
        is_on = self.progress.is_open or self._orders.is_busy(Order.START)
        if self.film is not None and not is_on:
            await self._orders.carry_out(Order.OPEN, lambda: self._prepare(0.0))

    async def start(self, from_s: float) -> None:
        """Prepare where that has not been done, and start all at one instant.

        Raises:
            NoFilmChosen: nobody has said which.
            StartBeyondEnd: the film is over before.
            NoHeadsetLeft: nobody can play it.
        """
        self._check_start(from_s)
        if not self.progress.under_way:
            try:
                await self._orders.carry_out(Order.START, lambda: self._start(from_s))
            except TrainerError:
                self.newcomers.look_around()
                raise

    def _check_start(self, from_s: float) -> None:
        if self.film is None:
            raise NoFilmChosen
        if from_s >= self.film.probe.duration_s:
            raise StartBeyondEnd(film=self.film.title, start=from_s, length=self.film.probe.duration_s)

    async def pause(self) -> None:
        """Pause all."""
        if self._group is not None and self.progress.stage in (FilmStage.STARTING, FilmStage.PLAYING):
            self.progress.stage = FilmStage.PAUSED
            await self._tell(self._group.pause())

    async def resume(self) -> None:
        """Go on together."""
        if self._group is not None and self.progress.stage is FilmStage.PAUSED:
            self.progress.stage = FilmStage.STARTING
            await self._tell(self._group.resume())

    async def skip_to(self, position_s: float) -> None:
        """Go on from another place of the film: a start of its own, with a receipt of its own.

        Raises:
            StartBeyondEnd: the film is over before.
            NoHeadsetLeft: nobody can play it.
        """
        if self.progress.under_way:
            if broken_off := self._break_off():
                await asyncio.wait(broken_off)
            self._check_start(position_s)
            for slot in self._slots():  # who plays on alone, plays what the others have left
                slot.unconfirmed = slot.unconfirmed or slot.in_film.alone
            if self._group is not None and self._group.size:
                await self._jump(self._group, position_s)
                return
            self.progress.conclude(FilmStage.STOPPED)
            self.progress.settle()
        await self.start(position_s)

    async def _jump(self, group: PlaybackGroup, position_s: float) -> None:
        self.progress.conclude(self.progress.stage)
        self.progress.settle()
        self.progress.number_next()
        self._begin(position_s)
        await self._tell(group.seek(position_s, self._course))

    async def set_stops(self, stops_s: Collection[float]) -> None:
        """Let the film stand still by itself at these places, and at no others."""
        self.stops_s = tuple(sorted(stops_s))
        if self._group is not None:
            await self._group.set_stops(self.stops_s)

    async def recognise(self, record: PlaybackRecord) -> None:
        """Lead a film on that a former run has started for this session, wherever it is found."""
        self._former.recognise(record)

    async def stop(self) -> None:
        """*Stopp alt*: waits for nothing that is under way."""
        self._former.forget()
        broken_off, group = self._break_off(), self._group
        with self._darkening.ordering(self.progress.now()):
            self.progress.conclude(FilmStage.STOPPED)
            self.progress.note()
            # An order that had left already may arrive after the stop; nobody waits for anybody else.
            again = (self._darkening.order_after(task, group, serial) for task, serial in broken_off.items())
            await asyncio.gather(self._darkening.order(group), *again)
            # Before anybody is told that the stop is over: the receipt is told with it.
            self.progress.settle()

    async def identify(self) -> None:
        """All that are connected show their number and sound a tone."""
        group = await self._ensure_group()
        if not self.progress.under_way:
            await self._cast.assemble(everyone=True)
        await group.identify(self._pace.identify)

    async def show_text(self, text: str, numbers: Collection[int] | None) -> Delivery:
        """Show words to all that are here, or to those with these numbers."""
        return await show_text(self._slots(), self._group, text, numbers)

    async def recentre(self) -> None:
        """Let the film's centre be where each wearer looks now."""
        if self._group is not None:
            await self._group.recentre()

    async def set_volume(self, percent: int) -> None:
        """Set the loudness of all."""
        self.volume_percent = max(0, min(100, percent))
        self._changed()
        if self._group is not None:
            await self._group.set_volume(self.volume_percent)

    async def set_aside(self, slot: Slot) -> None:
        """The facilitator goes on without a headset, or wants it back."""
        if slot.aside:
            await self._cast.dismiss(slot, self.progress.now())
        self.newcomers.join(slot)

    async def close(self) -> None:
        """Leave the headsets to themselves."""
        ending = {*self._break_off(), *self.progress.leave()}
        if ending:
            await asyncio.wait(ending)
        group, self._cast.group = self._group, None
        if group is not None:
            await group.close()
        self.progress.forget_moves()

    # --- inside ------------------------------------------------------------------------------------------

    @property
    def _group(self) -> PlaybackGroup | None:
        return self._cast.group

    def _ours_may_begin(self) -> bool:
        """Whatever a headset shows, it is taken into the film, which is on or about to start."""
        is_about_to = self._orders.is_busy(Order.START) or self._orders.is_busy(Order.TAKE_OVER)
        return self.progress.under_way or is_about_to

    async def _ensure_group(self) -> PlaybackGroup:
        async with self._grouping:
            if self._cast.group is None:
                group = await self._make_group()
                group.on_change = self.progress.note
                group.on_move = self.progress.note_soon
                group.on_dark = self._darkening.confirm
                self._cast.group = group
                await group.set_volume(self.volume_percent)
            return self._cast.group

    async def _prepare(self, from_s: float) -> None:
        assert self.film is not None
        self.progress.enter(FilmStage.PREPARING)
        await self._darkening.give_way()
        group = await self._ensure_group()
        await self._cast.assemble()
        if group.size:
            self.progress.number_next()
            await group.prepare(
                self.film, from_s, self._pace.prepare, patience_s=self._pace.patience, course=self._course
            )
        self._prepared_s = from_s
        self.progress.note()
        self.progress.enter(FilmStage.READY if group.size else FilmStage.NONE)
        self.newcomers.make_up_for_stops()

    @property
    def _course(self) -> Course:
        """How the next start goes on by itself, and by which it is known again."""
        return Course(plan_id=self.progress.next_plan_id, stops_s=self.stops_s)

    async def _start(self, from_s: float) -> None:
        await self._orders.ended(Order.OPEN)
        if self.progress.stage is not FilmStage.READY or self._prepared_s != from_s:
            await self._prepare(from_s)
        group = self._group
        if group is None or not group.size:
            self.progress.enter(FilmStage.NONE)
            raise NoHeadsetLeft
        self._begin(from_s)
        await group.start()

    def _begin(self, from_s: float) -> None:
        self._former.forget()
        self.progress.begin(from_s)

    async def _tell(self, order: Awaitable[object]) -> None:
        """Give an order that the group follows at once, however long the last answer takes."""
        asyncio.get_running_loop().call_soon(self._changed)
        await order
        self.progress.note()

    def _break_off(self) -> dict[asyncio.Task[None], str | None]:
        """Cancel all that is under way; gives the tasks that end now, and whom each concerns (None: all)."""
        return dict.fromkeys(self._orders.break_off(), None) | self._cast.cancel_joins()
