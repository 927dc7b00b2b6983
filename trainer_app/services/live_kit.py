"""Keeps the headsets of a suitcase connected while the app is open, and shows films in all of them.

Runs on one asyncio loop; every method is called there. What leaves the loop is the picture of the suitcase
(:class:`~trainer_app.domain.live_kit.KitNow`), which never changes once it is made.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from time import perf_counter_ns

from trainer_app.domain.films import Film, Sha256
from trainer_app.domain.headset_state import HeadsetFacts
from trainer_app.domain.kits import Headset, KitId, Serial
from trainer_app.domain.link_errors import ArmingDisturbs, NothingOnCable
from trainer_app.domain.live_kit import KitNow
from trainer_app.domain.playback import Receipt
from trainer_app.domain.playback_records import PlaybackRecord
from trainer_app.domain.wearer_text import Delivery
from trainer_app.services.caring import Caring
from trainer_app.services.headset_port import (
    ConnectedHeadset,
    Greeting,
    HeadsetGateway,
    NearbyHeadsets,
    PlaybackGroup,
)
from trainer_app.services.live.arming import ArmedKit, arm_slots
from trainer_app.services.live.clearing import ClearedKit, clear_slots
from trainer_app.services.live.finding import IsElsewhere
from trainer_app.services.live.getting_ready import GettingReady
from trainer_app.services.live.leaving import Leaving
from trainer_app.services.live.outfitting import watch_outfitting
from trainer_app.services.live.pace import Pace
from trainer_app.services.live.playback import Playback
from trainer_app.services.live.publishing import Publisher
from trainer_app.services.live.rearming import Rearming
from trainer_app.services.live.reception import Reception
from trainer_app.services.live.remembering import Remember, RememberArmed, forget_armed
from trainer_app.services.live.screening import Screening
from trainer_app.services.live.seating import Seating
from trainer_app.services.live.slot import Slot
from trainer_app.services.live.viewing import headset_now
from trainer_app.services.live.watching import Watching
from trainer_app.services.ports import FilmLibrary
from trainer_app.services.ports.film_course import FilmCourse
from trainer_app.tasks import TaskKeeper


class LiveKit:
    """The suitcase that is open on the table.

    What goes wrong with one headset is told by its picture and holds up none of the others.
    """

    def __init__(
        self,
        gateway: HeadsetGateway,
        remembered: Remember,
        library: FilmLibrary,
        *,
        greet: Callable[[int], Greeting],
        holder: str,
        now: Callable[[], datetime],
        pace: Pace | None = None,
        clock_ns: Callable[[], int] = perf_counter_ns,
        laptop_awake: Callable[[], AbstractContextManager[object]] = nullcontext,
        is_elsewhere: IsElsewhere | None = None,
        remember_armed: RememberArmed = forget_armed,
    ) -> None:
        """Take what it needs of the world.

        Args:
            gateway: Reaches headsets; one that is ``NearbyHeadsets`` finds those that are plugged in.
            remembered: Records a headset and gives it its number.
            library: Where the films lie on this laptop.
            greet: How a headset's page greets its wearer, by number.
            holder: Who leads the headsets, for people at another computer.
            now: UTC.
            pace: How often and how long.
            clock_ns: The laptop's monotonic clock.
            laptop_awake: In such a block the laptop does not go to sleep.
            is_elsewhere: Whether a headset belongs to another suitcase; None: there is no other.
            remember_armed: Records that a headset was made ready for Wi-Fi.
        """
        self._gateway = gateway
        self._remember_armed = remember_armed
        self._greet = greet
        self._holder = holder
        self._clock_ns = clock_ns
        self._pace = pace or Pace()
        self._kit_id: KitId | None = None
        self._needs_min = 0
        self._seating = Seating()
        self._watching = Watching()
        self._tasks = TaskKeeper()
        self._publisher = Publisher(self._picture, self._pace.publish)
        self._reception = Reception(
            gateway,
            remembered,
            self._seating,
            self._tasks,
            self._pace,
            self,
            clock=now,
            is_elsewhere=is_elsewhere,
        )
        self._rearming = self._make_rearming(now)
        self._ready = GettingReady(library, self._tasks, self.on_changed, self._pace)
        self._ready.on_filled = self._on_filled
        self._caring = Caring(self._in_session, self._tasks, self._pace.awake, laptop_awake)
        self._leaving = Leaving(
            self._tasks, is_busy=self._is_busy, let_go=self._caring.end, after_s=self._pace.linger
        )
        self._screening = Screening(
            self._seating.slots,
            self._tasks,
            make_group=self._make_group,
            changed=self.on_changed,
            pace=self._pace,
            clock=now,
            clock_ns=clock_ns,
            holder=holder,
        )

    def _make_rearming(self, clock: Callable[[], datetime]) -> Rearming | None:
        if not isinstance(self._gateway, NearbyHeadsets):
            return None
        return Rearming(
            self._gateway,
            self._tasks,
            self._pace,
            is_busy=self._may_not_restart,
            armed=self._on_armed,
            changed=self.on_changed,
            clock=clock,
        )

    # --- what people see ---------------------------------------------------------------------------------

    @property
    def now(self) -> KitNow:
        """The last picture; any thread may read it."""
        return self._publisher.now

    @property
    def on_change(self) -> Callable[[KitNow], None]:
        """Called on the loop with new pictures: changes of state at once, movement at most ten a second."""
        return self._publisher.on_change

    @on_change.setter
    def on_change(self, called: Callable[[KitNow], None]) -> None:
        self._publisher.on_change = called

    def playback(self) -> Playback | None:
        """The last start of the film, or the one that goes on; what a session stores of it."""
        return self._watching.with_heat(self._screening.progress.playback)

    def film_course(self) -> FilmCourse | None:
        """Where the film is at any instant, while it is on; any thread may ask."""
        return self._screening.progress.film_course()

    def receipt(self) -> Receipt | None:
        """How well the headsets played together the last time; None while they do, and before."""
        playback = self._screening.progress.playback
        return playback.receipt if playback else None

    # --- the suitcase ------------------------------------------------------------------------------------

    async def open(self, kit_id: KitId, headsets: Sequence[Headset], *, target_count: int) -> None:
        """Begin to look after a suitcase; another one is let go of first.

        ``headsets`` are those that are remembered of it; it should hold ``target_count``. Whoever opens the
        suitcase that is open already finds it as it is, also with a film that plays.
        """
        if kit_id == self._kit_id:
            return
        await self.release()
        self._kit_id = kit_id
        self._publisher.open()
        self._reception.open(kit_id, headsets, target_count)
        self.on_changed()

    async def lay_anew(self, kit_id: KitId, headsets: Sequence[Headset], *, target_count: int) -> None:
        """A suitcase was changed in the database; where it is the open one its places follow.

        Nothing that goes on in its headsets is touched.
        """
        if kit_id != self._kit_id:
            return
        self._reception.lay_anew(headsets, target_count)
        self.on_changed()

    async def add_address(self, address: str) -> None:
        """Look after a headset at ``host:port`` as well; it gets its number when it is there.

        Raises:
            AddressMalformed: this is no address.
        """
        self._reception.add_address(address)

    async def change_address(self, number: int, address: str) -> None:
        """Look for a headset that is not connected at another ``host:port``.

        Raises:
            AddressMalformed: this is no address.
            AddressAnswers: a headset is connected there, or this one is connected already.
        """
        slot = self._seating.of_number(number)
        if slot is not None:
            self._reception.change_address(slot, address)

    async def release(self) -> None:
        """Let go of all headsets; they may sleep, a film goes on, and nothing goes on here."""
        self._leaving.cancel()
        await self._screening.close()
        await self._caring.end()
        await self._ready.choose(None)
        await self._screening.choose(None)
        await self._tasks.close()
        self._reception.close()
        self._kit_id = None
        self._publisher.close()

    async def retry(self, number: int) -> None:
        """Try again what went wrong with a headset."""
        slot = self._seating.of_number(number)
        if slot is None:
            return
        slot.fill_problem, slot.fill_failures = None, 0
        if slot.keeper is not None:
            slot.keeper.nudge()
        self._ready.consider(slot)
        self._screening.newcomers.join(slot)
        self.on_changed()

    async def arm(self) -> ArmedKit:
        """*Gjør klar for Wi-Fi*: let all headsets that are on a cable answer without it as well.

        Raises:
            NothingOnCable: none is.
            ArmingDisturbs: a film plays.
        """
        if self._screening.progress.under_way:
            raise ArmingDisturbs()
        if not isinstance(self._gateway, NearbyHeadsets):
            raise NothingOnCable()
        return await arm_slots(self._gateway, self._seating.slots(), self._on_armed)

    async def remove_films(self, wanted: Mapping[int, Collection[Sha256]]) -> ClearedKit:
        """Remove films, by number of the headset; one that shows a film keeps its own."""
        return await clear_slots(self._seating.slots(), wanted)

    async def set_aside(self, number: int, aside: bool) -> None:
        """Go on without a headset (its film stops), or take it back."""
        slot = self._seating.of_number(number)
        if slot is None or slot.aside == aside:
            return
        slot.aside = aside
        self._caring.look()
        self.on_changed()
        await self._screening.set_aside(slot)
        self._ready.consider(slot)
        self.on_changed()

    # --- the film ----------------------------------------------------------------------------------------

    async def choose_film(self, film: Film | None) -> None:
        """Say which film the session has; one that is on is stopped."""
        if film != self._screening.film:
            await self._screening.choose(film)
            await self._ready.choose(film)
            # What was made ready for the former film is a session that does not take place any more.
            await self.session_over()

    async def get_ready(self, *, minutes: int) -> None:
        """Make all headsets ready for a session of so many minutes; returns when all have tried.

        Until another film is chosen, headsets that come later are made ready as well.
        """
        self._need(minutes)
        await self.stay_awake()
        await self._ready.make_ready(self._seating.slots())

    async def open_players(self) -> None:
        """Open the players and load the film, so that its start takes no longer than the count."""
        await self._screening.open()
        await self.stay_awake()

    async def start_film(self, *, from_s: float = 0.0) -> None:
        """Start the film in all headsets that are ready; returns when the start has been ordered.

        Raises:
            NoFilmChosen: nobody has said which.
            StartBeyondEnd: the film is over before ``from_s``.
            NoHeadsetLeft: no headset can play it.
        """
        await self._screening.start(from_s)
        await self.stay_awake()

    async def stay_awake(self) -> None:
        """A session is made ready or held: its headsets are kept awake, also those that come later."""
        self._leaving.cancel()
        self._caring.begin()

    async def session_left(self) -> None:
        """Nobody looks after the session that was made ready, and it is not held.

        Where nobody comes back its headsets may sleep, as soon as nothing is sent to them and nothing plays.
        """
        self._leaving.begin()

    async def session_over(self) -> None:
        """The session is over: what keeping the headsets awake has changed is put back."""
        self._leaving.cancel()
        self._need(0)
        await self._caring.end()

    def _need(self, minutes: int) -> None:
        """So long the batteries have to last, also of headsets that come later."""
        self._needs_min = minutes
        for slot in self._seating.slots():
            slot.needs_min = minutes
        self.on_changed()

    async def pause(self) -> None:
        """Pause all at one position."""
        await self._screening.pause()

    async def resume(self) -> None:
        """Go on together."""
        await self._screening.resume()

    async def set_stops(self, stops_s: Collection[float]) -> None:
        """Say where the film stands still by itself, all at the same picture, until somebody goes on."""
        await self._screening.set_stops(stops_s)

    async def recognise(self, record: PlaybackRecord) -> None:
        """Take a film over that a former run has started, as soon as a headset is found that shows it.

        ``record``: what was written of that start; one that has ended is not looked for.
        """
        await self._screening.recognise(record)

    async def stop_all(self) -> None:
        """*Stopp alt*: silent and dark everywhere; ``start_film(from_s=position)`` goes on from there."""
        await self._screening.stop()

    async def skip_to(self, position_s: float) -> None:
        """Go on from another place of the film.

        Raises:
            StartBeyondEnd: the film is over before.
            NoHeadsetLeft: no headset can play it.
        """
        await self._screening.skip_to(position_s)

    async def identify(self) -> None:
        """All headsets show their number and sound a tone."""
        await self._screening.identify()

    async def show_text(self, text: str, numbers: Collection[int] | None = None) -> Delivery:
        """Show words to the wearers whose headsets are in the group, or to those with these numbers.

        The film goes on behind them. Who was meant and not reached stands in the answer.

        Raises:
            ValueError: there is nothing to read, or more than a wearer can.
        """
        return await self._screening.show_text(text, numbers)

    async def recentre(self) -> None:
        """Let the film's centre be where each wearer looks now (*Sentrer alle*)."""
        await self._screening.recentre()

    async def set_volume(self, percent: int) -> None:
        """Set the film's loudness in all headsets, also in those that come later."""
        await self._screening.set_volume(percent)

    # --- what the reception tells ------------------------------------------------------------------------

    @property
    def film_plays(self) -> bool:
        """Headsets are asked about themselves less often then."""
        return self._screening.progress.under_way

    def on_arrived(self, slot: Slot, headset: ConnectedHeadset) -> None:
        """A headset has its place."""
        slot.needs_min = self._needs_min
        watch_outfitting(slot, headset, self.on_changed)
        self._caring.welcome(headset)
        # Nobody is shown it before it is told what it says of itself, which follows at once.
        self._screening.newcomers.welcome(slot)

    def on_told(self, slot: Slot, facts: HeadsetFacts) -> None:
        """A headset has told of itself."""
        slot.drain = slot.drain.watched(facts, self._clock_ns() * 1e-9)
        if slot.shows_foreign_film:
            self._screening.newcomers.look_at(slot)
        self._ready.consider(slot)
        self._screening.newcomers.consider()
        self._screening.progress.note_sleep(slot)
        if self._rearming is not None:
            self._rearming.consider(slot)
        self.on_changed()

    def on_left(self, _slot: Slot) -> None:
        """A headset is not there, or not any more."""
        self._screening.progress.note()

    def on_changed(self) -> None:
        """Something may look different."""
        progress = self._screening.progress
        self._watching.note(progress.playback, progress.stage, self._seating.slots(), progress.now())
        self._publisher.changed()

    # --- inside ------------------------------------------------------------------------------------------

    def _in_session(self) -> list[ConnectedHeadset]:
        return [slot.headset for slot in self._seating.slots() if slot.headset is not None and not slot.aside]

    async def _on_armed(self, slot: Slot, headset: ConnectedHeadset, address: str) -> None:
        """A headset on a cable answers over Wi-Fi."""
        slot.on_wifi = True
        await self._remember_armed(Serial(headset.serial))
        await self._reception.learn_address(slot, headset, address)

    def _may_not_restart(self, slot: Slot) -> bool:
        """Its ADB daemon has to stay as it is: a film is shown there or sent, or nobody knows yet."""
        is_filled = slot.filling or slot.outfitting is not None
        shows = not slot.looked_at or slot.shows_foreign_film or slot.in_film.player is not None
        return is_filled or shows or slot.unconfirmed is not None or self._screening.is_in_use

    def _is_busy(self) -> bool:
        return self._screening.progress.is_open or any(slot.filling for slot in self._seating.slots())

    def _on_filled(self, slot: Slot) -> None:
        self._screening.newcomers.join(slot)

    async def _make_group(self) -> PlaybackGroup:
        film = self._screening.film
        title = film.title if film else ""
        return await self._gateway.group([], greet=self._greet, film_title=title, holder=self._holder)

    def _picture(self) -> KitNow:
        screening, at_ns = self._screening, self._clock_ns()
        film, stage, now = screening.film, screening.progress.stage, screening.progress.now()
        return KitNow(
            kit_id=self._kit_id,
            headsets=tuple(headset_now(slot, film, stage, at_ns) for slot in self._seating.slots()),
            film=film.sha256 if film else None,
            stage=stage,
            length_s=film.probe.duration_s if film else 0.0,
            position_s=now.position_s,
            spread_ms=now.spread_ms,
            starts_in_s=now.starts_in_s,
            at_stop_s=now.at_stop_s,
            volume_percent=screening.volume_percent,
            stopping=screening.stopping,
        )
