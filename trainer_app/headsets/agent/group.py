"""Five headsets as one: prepare, start at an instant, keep to the plan, pause, resume, stop.

The group has one line in the laptop's clock (which media position belongs to which instant). Each headset
gets it translated into its own clock, and again every second as its clock is known better; between two such
words, and when the laptop is gone, its page keeps to the line by itself.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Collection, Iterable
from dataclasses import replace
from time import perf_counter_ns

from headset_agent.protocol.playing import Action, PageState
from trainer_app.domain.films import Film
from trainer_app.domain.playback import LEAD_S, START_MARK_S, HeadsetReceipt, Receipt, make_receipt
from trainer_app.domain.playback_errors import HeadsetProblem
from trainer_app.headsets.agent.group_line import GroupLine, reference, translate
from trainer_app.headsets.agent.member import Member
from trainer_app.headsets.agent.player_now import is_seen, player_now, spread_now_ms
from trainer_app.services.headset_port import GroupNow, Place, PlayerNow

log = logging.getLogger(__name__)

Enlist = Callable[[Place], Awaitable[Member]]
"""Makes a member of a connected headset; one that cannot join has a problem."""

PAUSE_LEAD_S = 0.15
"""From the order to a pause: short, but enough to reach all on a good link."""

_REFINE_S = 1.0

_UP = (PageState.READY, PageState.PLAYING)
"""A headset that was waited for no longer is up when it plays."""


async def _nothing_more() -> None:
    """For a group that nobody else knows of."""


class Group:
    """The headsets that play together. One that fails drops out; the others go on.

    Attributes:
        on_close: Awaited before the headsets are left to themselves.
    """

    def __init__(self, members: Iterable[Member], enlist: Enlist | None = None) -> None:
        """``enlist`` makes members of headsets that join later."""
        self.members: list[Member] = []
        self.on_close: Callable[[], Awaitable[None]] = _nothing_more
        self.on_change: Callable[[], None] = lambda: None
        self.on_move: Callable[[], None] = lambda: None
        self.on_dark: Callable[[str], None] = lambda _serial: None
        self._enlist = enlist
        self._stragglers: set[asyncio.Task[None]] = set()
        self._volume: int | None = None
        self._stopped = False
        self._line: GroupLine | None = None
        self._revision = 0
        self._started_ns = 0
        self._ended_ns = 0
        self._pauses_ns: list[tuple[int, int]] = []
        self._paused_ns = 0
        for member in members:
            self._add(member)

    @property
    def problems(self) -> dict[str, HeadsetProblem]:
        """By serial: those that dropped out, and why."""
        return {m.identity.serial: m.problem for m in self.members if m.problem is not None}

    @property
    def size(self) -> int:
        """How many can go on."""
        return len(self.active)

    @property
    def active(self) -> list[Member]:
        """Those that can go on."""
        return [member for member in self.members if member.problem is None]

    @property
    def under_way(self) -> bool:
        """A film is being prepared, plays or is paused."""
        return self._line is not None and not self._stopped

    def now(self) -> GroupNow:
        """Where the group's film is."""
        line, at_ns = self._line, perf_counter_ns()
        if line is None:
            return GroupNow()
        moving = line.action is Action.PLAY and not self._stopped
        return GroupNow(
            moving=moving,
            position_s=line.position_at(self._ended_ns if self._stopped else at_ns),
            starts_in_s=max(0.0, (line.anchor_ns - at_ns) * 1e-9) if moving else 0.0,
            spread_ms=spread_now_ms((m.track for m in self.active), at_ns) if moving else None,
        )

    def players(self) -> dict[str, PlayerNow]:
        """By serial: those that can go on, and what they do."""
        return {
            member.identity.serial: replace(player_now(member.page), awaited=member.awaited)
            for member in self.active
        }

    async def open(self, timeout_s: float) -> None:
        """Bring the players up."""

        async def opened(member: Member) -> None:
            await self._open_player(member, timeout_s)

        await self._each(opened)

    async def admit(self, place: Place, timeout_s: float) -> None:
        """Take a headset in, also in the middle of the film; one that cannot join is among the problems."""
        if self._enlist is None:
            raise RuntimeError("this group was made of members that were there already")
        member = await self._enlist(place)
        former = self._of(place.headset.serial)
        if former is None:
            self._add(member)
        elif member.problem is None:
            self._replace(former, member)
            await former.close()
        else:
            # What it has contributed stays; it is tried again later.
            former.problem = member.problem
        await self._guarded(member, lambda member: self._catch_up(member, timeout_s))

    async def reopen(self, serial: str, timeout_s: float) -> None:
        """Bring the player of one that has left VR up again; one that refuses is among the problems."""
        member = self._of(serial)
        if member is not None:
            await self._guarded(member, lambda member: self._open_player(member, timeout_s))

    async def dismiss(self, serial: str) -> bool:
        """Go on without a headset, forgetting its problem; False: it has not said that it is dark."""
        member = self._of(serial)
        if member is None:
            return True
        self.members.remove(member)
        dark = self._line is None or await member.stop()
        await member.close()
        return dark

    async def prepare(
        self, film: Film, position_s: float, timeout_s: float, *, patience_s: float | None = None
    ) -> None:
        """Open the players, load the film and wait until every headset can play through.

        With ``patience_s`` no longer than that after the first is ready: the others follow by themselves.
        """
        self._let_go_of_stragglers()
        self._revision = 0
        self._stopped = False
        self._started_ns = self._ended_ns = self._paused_ns = 0
        self._pauses_ns = []
        self._line = GroupLine(
            plan_id=secrets.token_hex(8),
            action=Action.PREPARE,
            anchor_ns=perf_counter_ns(),
            position_s=position_s,
            film=reference(film),
        )

        async def ready(member: Member) -> None:
            member.film_title = film.title
            await self._open_player(member, timeout_s)
            await self._hand_over(member)
            await member.until(_UP, timeout_s)

        await self._until_ready(ready, patience_s)

    async def start(self, lead_s: float = LEAD_S) -> int:
        """Start all at one instant and return it (laptop clock)."""
        self._started_ns = perf_counter_ns() + round(lead_s * 1e9)
        await self._play_from(self._started_ns)
        return self._started_ns

    async def keep(self, until_ns: int) -> None:
        """Keep the headsets' clocks matched until a laptop instant, or until nobody is left."""
        while self.active:
            left = (until_ns - perf_counter_ns()) * 1e-9
            if left <= 0:
                return
            await asyncio.sleep(min(left, _REFINE_S))
            await self._each(self._hand_over)

    async def pause(self) -> float:
        """Pause all at the same position and return it."""
        line = self._expect_line()
        at_ns = perf_counter_ns() + round(PAUSE_LEAD_S * 1e9)
        self._paused_ns = self._paused_ns or at_ns
        self._line = replace(line, action=Action.PAUSE, anchor_ns=at_ns, position_s=line.position_at(at_ns))
        await self._each(self._hand_over)
        return self._line.position_s

    async def resume(self, lead_s: float = LEAD_S) -> int:
        """Go on together from where the group was paused; return the instant."""
        at_ns = perf_counter_ns() + round(lead_s * 1e9)
        self._pauses_ns, self._paused_ns = self._pauses_until(at_ns), 0
        await self._play_from(at_ns)
        return at_ns

    async def stop(self) -> dict[str, bool]:
        """*Stopp alt*: all at once, nobody waits for anybody; by serial, who has said that it is dark."""
        if not self._stopped:
            self._ended_ns = perf_counter_ns()
        self._stopped = True
        self._let_go_of_stragglers()
        members = list(self.members)
        answers = await asyncio.gather(*(self._darken(member) for member in members))
        return {m.identity.serial: dark for m, dark in zip(members, answers, strict=True)}

    async def stop_one(self, serial: str) -> bool:
        """The same for one of them; True when it has said that it is silent and dark."""
        member = self._of(serial)
        return member is not None and await self._darken(member)

    async def _darken(self, member: Member) -> bool:
        dark = await member.stop()
        if dark:
            self.on_dark(member.identity.serial)
        return dark

    async def identify(self, seconds: float) -> None:
        """Every headset shows its number and sounds a tone."""
        await self._each(lambda member: member.identify(seconds))

    async def show_text(self, text: str, seconds: float, serials: Collection[str]) -> set[str]:
        """Show words to these wearers; gives the serials of those that have them before their eyes.

        A page shows them in VR only. One that is not worn gets them as well: it may be put on meanwhile.
        """
        reached: set[str] = set()

        async def tell(member: Member) -> None:
            serial = member.identity.serial
            if serial in serials and await member.show_text(text, seconds) and is_seen(member.page):
                reached.add(serial)

        await self._each(tell)
        return reached

    async def recentre(self) -> None:
        """Let the film's centre be where each wearer looks now."""
        await self._each(lambda member: member.recentre())

    async def set_volume(self, percent: int) -> None:
        """Set the film's loudness, for those that join later as well."""
        self._volume = percent
        await self._each(lambda member: member.set_volume(percent))

    async def close(self) -> None:
        """Leave the headsets to themselves."""
        await self.on_close()
        stragglers = self._let_go_of_stragglers()
        await asyncio.gather(*stragglers, return_exceptions=True)
        await asyncio.gather(*(member.close() for member in self.members))

    def receipt(self) -> Receipt:
        """How well the group has played together so far."""
        line = self._expect_line()
        # One that never joined has contributed nothing; it is among the problems.
        joined = [member for member in self.members if member.joined]
        tracks = {member.identity.serial: member.track for member in joined}
        pauses = self._pauses_until(self._ended_ns or perf_counter_ns())
        since_start = ((a - self._started_ns, b - self._started_ns) for a, b in pauses)
        return make_receipt(
            line.film.sha256,
            [self._contribution(m) for m in joined],
            tracks,
            tuple((begin * 1e-9, end * 1e-9) for begin, end in since_start),
        )

    # --- inside --------------------------------------------------------------------------------------

    def _pauses_until(self, at_ns: int) -> list[tuple[int, int]]:
        """The pauses so far; one that lasts ends now."""
        lasting = [(self._paused_ns, max(self._paused_ns, at_ns))] if self._paused_ns else []
        return [*self._pauses_ns, *lasting]

    def _add(self, member: Member) -> None:
        member.on_change = lambda: self.on_change()
        member.on_move = lambda: self.on_move()
        self.members.append(member)

    def _replace(self, former: Member, member: Member) -> None:
        member.continue_from(former)
        self.members.remove(former)
        self._add(member)

    def _of(self, serial: str) -> Member | None:
        return next((m for m in self.members if m.identity.serial == serial), None)

    async def _open_player(self, member: Member, timeout_s: float) -> None:
        await member.open_player(timeout_s)
        if self._volume is not None:
            await member.set_volume(self._volume)

    async def _catch_up(self, member: Member, timeout_s: float) -> None:
        """Bring a newcomer where the others are."""
        member.check()
        await self._open_player(member, timeout_s)
        if self._line is not None and not self._stopped:
            await self._hand_over(member)

    async def _until_ready(
        self, ready: Callable[[Member], Awaitable[None]], patience_s: float | None
    ) -> None:
        """Wait for all; after the first that is up, no longer than the patience lasts."""
        waiting = {asyncio.create_task(self._guarded(member, ready)) for member in self.active}
        self._stragglers = set(waiting)
        patience = asyncio.timeout(None)
        try:
            async with patience:
                for task in asyncio.as_completed(waiting):
                    await task
                    if patience_s is not None and patience.when() is None and self._count_up():
                        patience.reschedule(asyncio.get_running_loop().time() + patience_s)
        except TimeoutError:
            log.info("%d of %d headsets are ready", self._count_up(), len(waiting))
        except asyncio.CancelledError:
            self._let_go_of_stragglers()
            raise

    def _count_up(self) -> int:
        return sum(member.is_in(_UP) for member in self.active)

    def _let_go_of_stragglers(self) -> set[asyncio.Task[None]]:
        stragglers, self._stragglers = self._stragglers, set()
        for task in stragglers:
            task.cancel()
        return stragglers

    async def _play_from(self, at_ns: int) -> None:
        self._line = replace(self._expect_line(), action=Action.PLAY, anchor_ns=at_ns)
        await self._each(self._hand_over)

    async def _hand_over(self, member: Member) -> None:
        line = self._expect_line().moved_to(perf_counter_ns())
        self._revision += 1
        late = bool(self._started_ns) and perf_counter_ns() > self._started_ns
        await member.set_plan(translate(line, member.clock(), self._revision), late=late)

    async def _each(self, do: Callable[[Member], Awaitable[None]]) -> None:
        """Do it on all that can go on, side by side; one that fails drops out."""
        await asyncio.gather(*(self._guarded(member, do) for member in self.active))

    async def _guarded(self, member: Member, do: Callable[[Member], Awaitable[None]]) -> None:
        try:
            await do(member)
        except HeadsetProblem as problem:
            member.drop_out(problem)

    def _contribution(self, member: Member) -> HeadsetReceipt:
        ended = self._ended_ns or perf_counter_ns()
        clock = member.clock(ended)
        report = member.followed
        start_error = None
        if member.passed_start_ns is not None:
            planned = self._started_ns + round(START_MARK_S * 1e9)
            start_error = (member.passed_start_ns - planned) * 1e-6
        return HeadsetReceipt(
            serial=member.identity.serial,
            number=member.identity.number,
            clock_offset_ms=clock.offset_ns * 1e-6,
            clock_uncertainty_ms=clock.uncertainty_ns * 1e-6,
            clock_drift_ppm=clock.drift * 1e6,
            clock_at_ns=ended,
            start_error_ms=start_error,
            corrections=report.rate_changes + report.seeks if report else 0,
            seeks=report.seeks if report else 0,
            stalls=report.stalls if report else 0,
            absences_s=member.track.absences(self._started_ns, ended) if self._started_ns else (),
            play_mode=member.play_mode,
        )

    def _expect_line(self) -> GroupLine:
        if self._line is None:
            raise RuntimeError("the group has not been prepared")
        return self._line
