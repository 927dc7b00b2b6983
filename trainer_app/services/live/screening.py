"""The session's film in all headsets: prepare, start, pause, stop, and what becomes of it meanwhile.

One order may be under way at a time; *Stopp alt* waits for none of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Coroutine, Iterable
from datetime import datetime

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.films import Film
from trainer_app.domain.live_kit import FilmStage
from trainer_app.domain.playback import Course
from trainer_app.domain.playback_errors import NoFilmChosen, NoHeadsetLeft, StartBeyondEnd
from trainer_app.domain.playback_records import PlaybackRecord, plan_id_of
from trainer_app.domain.wearer_text import Delivery
from trainer_app.services.headset_port import GroupNow, PlaybackGroup
from trainer_app.services.live.accounts import Accounts
from trainer_app.services.live.casting import Cast
from trainer_app.services.live.darkening import Darkening
from trainer_app.services.live.former_run import FormerRun, running_s
from trainer_app.services.live.gathering import Gathering
from trainer_app.services.live.looking import Looking
from trainer_app.services.live.pace import Pace
from trainer_app.services.live.playback import Playback
from trainer_app.services.live.slot import InFilm, Slot
from trainer_app.services.live.telling import show_text
from trainer_app.services.ports.film_course import FilmCourse
from trainer_app.tasks import TaskKeeper

_NS = 1_000_000_000

_OVER = (FilmStage.NONE, FilmStage.ENDED, FilmStage.STOPPED)

MakeGroup = Callable[[], Awaitable[PlaybackGroup]]


class Screening:
    """The film and the group that sees it.

    Attributes:
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
        self._tasks = tasks
        self._make_group = make_group
        self._changed = changed
        self._pace = pace
        self._clock = clock
        self._clock_ns = clock_ns
        self._darkening = Darkening(slots, tasks, holder=holder, changed=changed, clock_ns=clock_ns)
        self._cast = Cast(slots, tasks, pace, clock_ns)
        self._cast.takes_over = lambda: self._ours_may_begin
        self._cast.make_way = self._darkening.give_way
        self._cast.on_joined = self.note
        self._moved = Gathering(self.note, pace.publish)
        self._looking = Looking(self._is_foreign, clock_ns)
        self._orders: dict[str, asyncio.Task[None]] = {}
        self._following: list[asyncio.Task[None]] = []
        self._accounts = Accounts()
        self._grouping = asyncio.Lock()
        self._prepared_s: float | None = None
        self._former = FormerRun()
        self.stops_s: tuple[float, ...] = ()
        self.film: Film | None = None
        self.stage = FilmStage.NONE
        self.volume_percent = 60

    @property
    def playback(self) -> Playback | None:
        """The last start of the film, or the one that goes on."""
        return self._accounts.playback

    @property
    def under_way(self) -> bool:
        """The film has been started and is neither over nor stopped."""
        return self.stage in (FilmStage.STARTING, FilmStage.PLAYING, FilmStage.PAUSED)

    @property
    def stopping(self) -> bool:
        """*Stopp alt* has been ordered, and not everybody has answered yet."""
        return self._darkening.under_way

    @property
    def is_in_use(self) -> bool:
        """Something is shown, is about to be, or is being ended."""
        ordered = any(not order.done() for order in self._orders.values())
        return self.stage not in _OVER or self.stopping or ordered

    @property
    def is_open(self) -> bool:
        """Whoever comes is taken into the film."""
        return self.film is not None and (self.under_way or self.stage is FilmStage.READY)

    def note_sleep(self, slot: Slot) -> None:
        """A headset has told of itself: whether its screen is off while the film plays."""
        if self.under_way and slot.facts is not None and slot.facts.awake is False:
            self._accounts.note_sleep(slot, self._clock())

    def now(self) -> GroupNow:
        """Where the film is."""
        if self._group is None or self.stage is FilmStage.NONE:
            return GroupNow()
        return self._group.now()

    def film_course(self) -> FilmCourse | None:
        """Where the film is at any instant, while it is about to start, on, or paused."""
        group = self._group
        return group.film_course() if group is not None and self.under_way else None

    # --- orders ------------------------------------------------------------------------------------------

    async def choose(self, film: Film | None) -> None:
        """Another film, or none; the one that is on is stopped."""
        if film == self.film:
            return
        if self.stage is not FilmStage.NONE:
            await self.stop()
        self.film = self._cast.film = film
        self.stage = FilmStage.NONE
        self.stops_s = ()
        self._prepared_s = None
        for slot in self._slots():
            slot.in_film = InFilm(player=slot.in_film.player, problem=slot.in_film.problem)
        self._changed()

    async def open(self) -> None:
        """Open the players, take the lease, load the film; nothing happens when it is on already."""
        if self.film is not None and not self.under_way and not self.is_open and not self._is_busy("start"):
            await self._carry_out("open", lambda: self._prepare(0.0))

    async def start(self, from_s: float) -> None:
        """Prepare where that has not been done, and start all at one instant.

        Raises:
            NoFilmChosen: nobody has said which.
            StartBeyondEnd: the film is over before.
            NoHeadsetLeft: nobody can play it.
        """
        self._check_start(from_s)
        if not self.under_way:
            try:
                await self._carry_out("start", lambda: self._start(from_s))
            except TrainerError:
                self._look_around()
                raise

    def _check_start(self, from_s: float) -> None:
        if self.film is None:
            raise NoFilmChosen
        if from_s >= self.film.probe.duration_s:
            raise StartBeyondEnd(film=self.film.title, start=from_s, length=self.film.probe.duration_s)

    async def pause(self) -> None:
        """Pause all."""
        if self._group is not None and self.stage in (FilmStage.STARTING, FilmStage.PLAYING):
            self.stage = FilmStage.PAUSED
            await self._tell(self._group.pause())

    async def resume(self) -> None:
        """Go on together."""
        if self._group is not None and self.stage is FilmStage.PAUSED:
            self.stage = FilmStage.STARTING
            await self._tell(self._group.resume())

    async def skip_to(self, position_s: float) -> None:
        """Go on from another place of the film: a start of its own, with a receipt of its own.

        Raises:
            StartBeyondEnd: the film is over before.
            NoHeadsetLeft: nobody can play it.
        """
        if self.under_way:
            if broken_off := self._break_off():
                await asyncio.wait(broken_off)
            self._check_start(position_s)
            for slot in self._slots():  # who plays on alone, plays what the others have left
                slot.unconfirmed = slot.unconfirmed or slot.in_film.alone
            if self._group is not None and self._group.size:
                await self._jump(self._group, position_s)
                return
            self._conclude(FilmStage.STOPPED)
            self._settle_accounts()
        await self.start(position_s)

    async def _jump(self, group: PlaybackGroup, position_s: float) -> None:
        self._conclude(self.stage)
        self._settle_accounts()
        self._accounts.number_next()
        self._begin(position_s)
        await self._tell(group.seek(position_s, self._course))

    async def set_stops(self, stops_s: Collection[float]) -> None:
        """Let the film stand still by itself at these places, and at no others."""
        self.stops_s = tuple(sorted(stops_s))
        if self._group is not None:
            await self._group.set_stops(self.stops_s)

    async def recognise(self, record: PlaybackRecord) -> None:
        """Lead a film on that a former run has started for this session, wherever it is found."""
        if not self.under_way:
            self._former.recognise(record)
            self._look_for_former()

    async def stop(self) -> None:
        """*Stopp alt*: waits for nothing that is under way."""
        self._former.forget()
        broken_off, group = self._break_off(), self._group
        with self._darkening.ordering(self.now()):
            self._conclude(FilmStage.STOPPED)
            self.note()
            # An order that had left already may arrive after the stop; nobody waits for anybody else.
            again = (self._darkening.order_after(task, group, serial) for task, serial in broken_off.items())
            await asyncio.gather(self._darkening.order(group), *again)
            # Before anybody is told that the stop is over: the receipt is told with it.
            self._settle_accounts()

    async def identify(self) -> None:
        """All that are connected show their number and sound a tone."""
        group = await self._ensure_group()
        if not self.under_way:
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
            await self._cast.dismiss(slot, self.now())
        self.join(slot)

    async def close(self) -> None:
        """Leave the headsets to themselves."""
        self.stage = FilmStage.NONE
        self._prepared_s = None
        ending = {*self._break_off(), *self._following}
        for task in self._following:
            task.cancel()
        if ending:
            await asyncio.wait(ending)
        group, self._cast.group = self._group, None
        if group is not None:
            await group.close()
        self._moved.forget()

    # --- what happens to headsets ------------------------------------------------------------------------

    def welcome(self, slot: Slot) -> None:
        """A headset has come: it can take part once it has told what it shows."""
        slot.looked_at = not self._is_foreign(slot)
        if slot.looked_at:
            self.join(slot)
        else:
            self.look_at(slot)

    def look_at(self, slot: Slot) -> None:
        """Find out what a headset shows, now or still: a former run may have started something."""
        self._tasks.spawn(self._look_at(slot), name=f"look at {slot.label}")

    async def _look_at(self, slot: Slot) -> None:
        is_new = not slot.looked_at
        await self._looking.at(slot)
        if is_new and slot.looked_at:
            self.join(slot)
        self._look_for_former()
        self._changed()

    def join(self, slot: Slot) -> None:
        """A headset can take part now, or is to be tried again."""
        slot.in_film.again = True
        self._make_up_for_stops()
        if self.is_open:
            self._cast.rejoin()

    def consider(self) -> None:
        """Somebody may be missing."""
        self._make_up_for_stops()
        if self.is_open:
            self._cast.rejoin()

    def note(self) -> None:
        """Something has happened in the group, or to a link."""
        self._moved.forget()
        self._cast.note(self.now(), under_way=self.under_way)
        self._changed()

    def _make_up_for_stops(self) -> None:
        """Darken whom a stop has not reached, unless it is taken into a film instead."""
        for slot in self._slots():
            if not self.stopping and self._is_to_be_dark(slot):
                self._darkening.make_up_for(slot)

    def _is_to_be_dark(self, slot: Slot) -> bool:
        if slot.aside or self.stage in _OVER:
            return slot.unconfirmed is not None or slot.in_film.alone is not None
        # Nobody has stopped one that goes on alone with the film that is on, even if it cannot join any more.
        return slot.unconfirmed is not None and not self._may_be_taken_in(slot)

    def _may_be_taken_in(self, slot: Slot) -> bool:
        return self.stage is FilmStage.PREPARING or self._cast.expects(slot)

    def _look_around(self) -> None:
        """A start has come to nothing: who came meanwhile has not been asked what it shows."""
        for slot in self._slots():
            if slot.headset is not None:
                self.look_at(slot)

    def _is_foreign(self, slot: Slot) -> bool:
        """What it shows cannot have been started here; not even by a start that is just under way."""
        return not self._ours_may_begin and slot in self._darkening.strangers(self._group)

    @property
    def _ours_may_begin(self) -> bool:
        """Whatever a headset shows, it is taken into the film, which is on or about to start."""
        return self.under_way or self._is_busy("start") or self._is_busy("take over")

    # --- inside ------------------------------------------------------------------------------------------

    @property
    def _group(self) -> PlaybackGroup | None:
        return self._cast.group

    async def _carry_out(self, name: str, work: Callable[[], Coroutine[None, None, None]]) -> None:
        """Do it as a task of its own, once at a time; ends without a word when it is stopped."""
        task = self._orders.get(name)
        if task is None or task.done() or task.cancelling():
            task = self._orders[name] = asyncio.create_task(work(), name=name)
        await asyncio.wait([task])
        if not task.cancelled():
            task.result()

    def _is_busy(self, name: str) -> bool:
        return name in self._orders and not self._orders[name].done()

    async def _ensure_group(self) -> PlaybackGroup:
        async with self._grouping:
            if self._cast.group is None:
                group = await self._make_group()
                group.on_change = self.note
                group.on_move = self._moved.soon
                group.on_dark = self._darkening.confirm
                self._cast.group = group
                await group.set_volume(self.volume_percent)
            return self._cast.group

    async def _prepare(self, from_s: float) -> None:
        assert self.film is not None
        self._to(FilmStage.PREPARING)
        await self._darkening.give_way()
        group = await self._ensure_group()
        await self._cast.assemble()
        if group.size:
            self._accounts.number_next()
            await group.prepare(
                self.film, from_s, self._pace.prepare, patience_s=self._pace.patience, course=self._course
            )
        self._prepared_s = from_s
        self.note()
        self._to(FilmStage.READY if group.size else FilmStage.NONE)
        self._make_up_for_stops()

    @property
    def _course(self) -> Course:
        """How the next start goes on by itself, and by which it is known again."""
        return Course(plan_id=plan_id_of(self._accounts.next_id), stops_s=self.stops_s)

    def _look_for_former(self) -> None:
        """Take the film of a former run over as soon as a headset is found to show it."""
        shown = any(self._former.is_shown_by(slot, self.film) for slot in self._slots())
        if shown and not self._ours_may_begin:
            self._orders["take over"] = self._tasks.spawn(self._take_over(), name="take over")

    async def _take_over(self) -> None:
        """Lead on what goes on in headsets; nobody's picture changes by that."""
        assert self.film is not None
        playback = self._former.playback(self.film)
        if self._is_busy("open"):
            self._orders["open"].cancel()
            await asyncio.wait([self._orders["open"]])
        group = await self._ensure_group()
        group.take_over(playback.plan_id, running_s(playback, self._clock()))
        if await self._cast.find_lead():
            self._show(playback, FilmStage.STARTING if group.now().moving else FilmStage.PAUSED)
        else:  # it is tried again with the next look at who shows it
            self._to(FilmStage.NONE)

    async def _start(self, from_s: float) -> None:
        if self._is_busy("open"):
            await asyncio.wait([self._orders["open"]])
        if self.stage is not FilmStage.READY or self._prepared_s != from_s:
            await self._prepare(from_s)
        group = self._group
        if group is None or not group.size:
            self._to(FilmStage.NONE)
            raise NoHeadsetLeft
        self._begin(from_s)
        await group.start()

    def _begin(self, from_s: float) -> None:
        assert self.film is not None
        self._show(self._accounts.next(self.film, self._clock(), from_s), FilmStage.STARTING)

    def _show(self, playback: Playback, stage: FilmStage) -> None:
        """The film goes on in the headsets from now on."""
        self._prepared_s = None
        self._former.forget()
        self._accounts.begin(playback, self._cast.begin())
        self._following = [
            self._tasks.spawn(self._follow(), name="follow the film"),
            self._tasks.spawn(self._refine(), name="refine the plan"),
        ]
        self._to(stage)

    async def _tell(self, order: Awaitable[object]) -> None:
        """Give an order that the group follows at once, however long the last answer takes."""
        asyncio.get_running_loop().call_soon(self._changed)
        await order
        self.note()

    async def _follow(self) -> None:
        """Note where the film is until it is over."""
        assert self.film is not None
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
            if self.stage is FilmStage.PLAYING and now.position_s >= self.film.probe.duration_s:
                break
            self._cast.rejoin()
        over = self.stage is FilmStage.PLAYING and not self._cast.was_stopped_elsewhere()
        self._conclude(FilmStage.ENDED if over else FilmStage.STOPPED)
        self._settle_accounts()
        self._changed()

    async def _refine(self) -> None:
        assert self._group is not None
        while True:
            await self._group.keep(self._clock_ns() + round(self._pace.refine * _NS))
            await asyncio.sleep(self._pace.tick)

    def _break_off(self) -> dict[asyncio.Task[None], str | None]:
        """Cancel all that is under way; gives the tasks that end now, and whom each concerns (None: all)."""
        orders = [task for task in self._orders.values() if not task.done()]
        for task in orders:
            task.cancel()
        return dict.fromkeys(orders, None) | self._cast.cancel_joins()

    def _conclude(self, stage: FilmStage) -> None:
        """The film is over, one way or the other."""
        for task in self._following:
            if task is not asyncio.current_task():
                task.cancel()
        self._following = []
        self._prepared_s = None
        if self.stage is not FilmStage.NONE:
            self.stage = stage
        self._accounts.end(self._clock())

    def _settle_accounts(self) -> None:
        """The receipt of the film that is over; takes a moment, so after all that is urgent."""
        if self._group is not None:
            self._accounts.settle(self._group.receipt)

    def _to(self, stage: FilmStage) -> None:
        self.stage = stage
        self._changed()
