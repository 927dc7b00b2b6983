"""Five headsets as one: prepare, start at an instant, keep to the plan, pause, resume, stop.

The group has one line in the laptop's clock (which media position belongs to which instant). Each headset
gets it translated into its own clock, and again every second as its clock is known better; between two such
words, and when the laptop is gone, its page keeps to the line by itself.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Collection, Iterable
from dataclasses import replace
from time import perf_counter_ns

from headset_agent.protocol.playing import Action, PageState
from trainer_app.domain.films import Film
from trainer_app.domain.playback import LEAD_S, Course, Receipt
from trainer_app.domain.playback_errors import HeadsetProblem
from trainer_app.headsets.agent.chronicle import Chronicle
from trainer_app.headsets.agent.group_line import GroupLine, reference, told_by, translate
from trainer_app.headsets.agent.member import Member
from trainer_app.headsets.agent.player_now import is_seen, player_now, spread_now_ms
from trainer_app.headsets.agent.stragglers import Stragglers
from trainer_app.services.headset_port import GroupNow, Place, PlayerNow
from trainer_app.services.ports.film_course import FilmCourse

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
        self._stragglers = Stragglers()
        self._volume: int | None = None
        self._stopped = False
        self._line: GroupLine | None = None
        self._former_plan = ""
        self._revision = 0
        self._chronicle = Chronicle()
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
        if self._line is None:
            return GroupNow()
        at_ns = self._chronicle.ended_ns or perf_counter_ns()
        line = self._turned_by(at_ns)
        moving = line.action is Action.PLAY and not self._stopped
        is_pause = self._chronicle.is_pause(at_ns)
        tracks = (member.follower.places.track for member in self.active)
        return GroupNow(
            moving=moving,
            position_s=line.position_at(at_ns),
            starts_in_s=max(0.0, (line.anchor_ns - at_ns) * 1e-9) if moving else 0.0,
            spread_ms=spread_now_ms(tracks, at_ns) if moving and not is_pause else None,
            at_stop_s=line.position_s if line.stands_at_stop and not self._stopped else None,
        )

    def film_course(self) -> FilmCourse | None:
        """Where the film is at any instant, as things stand; None: there is none, or it was stopped."""
        return None if self._line is None or self._stopped else self._line.course()

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
        if self._line is not None:
            self._chronicle.part_with(self._line.plan_id, member)
        dark = self._line is None or await member.stop()
        await member.close()
        return dark

    async def prepare(
        self,
        film: Film,
        position_s: float,
        timeout_s: float,
        *,
        patience_s: float | None = None,
        course: Course | None = None,
    ) -> None:
        """Open the players, load the film and wait until every headset can play through.

        With ``patience_s`` no longer than that after the first is ready: the others follow by themselves.
        """
        course = course or Course()
        self._begin_anew(Chronicle())
        self._line = GroupLine(
            plan_id=course.plan_id or secrets.token_hex(8),
            action=Action.PREPARE,
            anchor_ns=perf_counter_ns(),
            position_s=position_s,
            film=reference(film, course.stops_s),
            then=tuple(reference(each) for each in course.then),
            loops=course.loops,
        )

        async def ready(member: Member) -> None:
            member.film_title = film.title
            member.titles = {each.sha256: each.title for each in (film, *course.then)}
            await self._open_player(member, timeout_s)
            await self._hand_over(member)
            await member.until(_UP, timeout_s)

        coming = [asyncio.create_task(self._guarded(member, ready)) for member in self.active]
        await self._stragglers.wait_for(coming, self._count_up, patience_s)

    def _begin_anew(self, chronicle: Chronicle, former_plan: str = "") -> None:
        self._stragglers.let_go()
        self._line, self._former_plan = None, former_plan
        self._revision = 0
        self._stopped = False
        self._chronicle = chronicle

    def take_over(self, plan_id: str, running_s: float) -> None:
        """Lead on what a former run of this program has started ``running_s`` ago.

        The line is that of the first headset taken in that still follows it: see :attr:`under_way`.
        """
        now_ns = perf_counter_ns()
        started_ns = now_ns - round(running_s * 1e9)
        self._begin_anew(Chronicle(started_ns=started_ns, led_from_ns=now_ns), plan_id)

    async def start(self, lead_s: float = LEAD_S) -> int:
        """Start all at one instant and return it (laptop clock)."""
        at_ns = perf_counter_ns() + round(lead_s * 1e9)
        self._chronicle.starts(at_ns)
        await self._tell(self._expect_line().playing_from(at_ns))
        return at_ns

    async def keep(self, until_ns: int) -> None:
        """Keep the headsets' clocks matched until a laptop instant, or until nobody is left."""
        while self.active:
            left = (until_ns - perf_counter_ns()) * 1e-9
            if left <= 0:
                return
            await asyncio.sleep(min(left, _REFINE_S))
            await self._each(self._hand_over)
            if self._line is not None:
                self._chronicle.settle(self._line.plan_id, self.members, perf_counter_ns())

    async def pause(self) -> float:
        """Pause all at the same position and return it."""
        line = self._expect_line().paused_at(perf_counter_ns() + round(PAUSE_LEAD_S * 1e9))
        self._chronicle.stands(line.anchor_ns)
        await self._tell(line)
        return line.position_s

    async def resume(self, lead_s: float = LEAD_S) -> int:
        """Go on together from where the group was paused, or stands at a stop-point; return the instant."""
        at_ns = perf_counter_ns() + round(lead_s * 1e9)
        line = self._turned_by(perf_counter_ns())
        if line.action is Action.PLAY:
            return line.anchor_ns
        self._chronicle.goes_on(at_ns)
        await self._tell(line.playing_from(at_ns))
        return at_ns

    async def seek(self, position_s: float, course: Course | None = None, lead_s: float = LEAD_S) -> None:
        """Go on together from another place of the film that is on: a start of its own.

        Who has not got there in time catches up. ``course``: how it goes on by itself; None: as before.
        """
        now_ns = perf_counter_ns()
        line, at_ns = self._turned_by(now_ns), now_ns + round(lead_s * 1e9)
        plan_id = (course.plan_id if course is not None else "") or secrets.token_hex(8)
        stops_s = line.film.stops_s if course is None else course.stops_s
        self._begin_anew(Chronicle())
        self._chronicle.starts(at_ns)
        position_s = min(max(0.0, position_s), line.film.duration_s)
        await self._tell(replace(line, plan_id=plan_id).with_stops(stops_s).playing_from(at_ns, position_s))

    async def set_stops(self, stops_s: Iterable[float]) -> None:
        """Give the film that is on other stop-points; a headset that stands at one stays there."""
        if self.under_way:
            await self._tell(self._turned_by(perf_counter_ns()).with_stops(stops_s))

    async def stop(self) -> dict[str, bool]:
        """*Stopp alt*: all at once, nobody waits for anybody; by serial, who has said that it is dark."""
        if not self._stopped:
            self._chronicle.ends(perf_counter_ns())
        self._stopped = True
        self._stragglers.let_go()
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
        stragglers = self._stragglers.let_go()
        await asyncio.gather(*stragglers, return_exceptions=True)
        await asyncio.gather(*(member.close() for member in self.members))

    def receipt(self) -> Receipt:
        """How well the group has played together so far."""
        line = self._expect_line()
        return self._chronicle.receipt(line.plan_id, line.film.sha256, self.members)

    # --- inside --------------------------------------------------------------------------------------

    def _add(self, member: Member) -> None:
        member.on_change = lambda: self.on_change()
        member.on_move = lambda: self.on_move()
        self.members.append(member)

    def _replace(self, former: Member, member: Member) -> None:
        member.follower.continue_from(former.follower)
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
        if self._former_plan:
            await self._learn_line(member)
        await self._open_player(member, timeout_s)
        if self._line is not None and not self._stopped:
            await self._hand_over(member)

    async def _learn_line(self, member: Member) -> None:
        """What a headset was told last by the program that led it before; the newest word of all counts."""
        plan = await member.plan()
        if plan is None or plan.film is None or plan.plan_id != self._former_plan:
            return
        if plan.revision > self._revision:
            self._revision = plan.revision
            self._line = told_by(plan, member.clock())

    def _count_up(self) -> int:
        return sum(member.is_in(_UP) for member in self.active)

    async def _tell(self, line: GroupLine) -> None:
        self._line = line
        await self._each(self._hand_over)

    async def _hand_over(self, member: Member) -> None:
        now_ns = perf_counter_ns()
        line = self._turned_by(now_ns).moved_to(now_ns)
        self._revision += 1
        started_ns = self._chronicle.started_ns
        late = bool(started_ns) and now_ns > started_ns
        await member.set_plan(translate(line, member.clock(), self._revision), late=late)

    def _turned_by(self, at_ns: int) -> GroupLine:
        """The line as it stands then; where it has come to a stop-point, that is noted."""
        line = self._expect_line()
        after = line.turned_by(at_ns)
        if after is not line:
            self._line = after
            if after.action is Action.PAUSE:
                self._chronicle.stands(after.anchor_ns)
        return after

    async def _each(self, do: Callable[[Member], Awaitable[None]]) -> None:
        """Do it on all that can go on, side by side; one that fails drops out."""
        await asyncio.gather(*(self._guarded(member, do) for member in self.active))

    async def _guarded(self, member: Member, do: Callable[[Member], Awaitable[None]]) -> None:
        try:
            await do(member)
        except HeadsetProblem as problem:
            member.drop_out(problem)

    def _expect_line(self) -> GroupLine:
        if self._line is None:
            raise RuntimeError("the group has not been prepared")
        return self._line
