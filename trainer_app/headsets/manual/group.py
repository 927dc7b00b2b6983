"""A group of both kinds: headsets that keep together, and beside them those that show the film by themselves.

Those that keep together are led by :class:`~trainer_app.headsets.agent.group.Group` as if they were alone;
the others hear when it starts and when it is stopped, and nobody waits for them.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Collection, Iterable
from dataclasses import replace
from time import perf_counter_ns

from trainer_app.domain.films import Film
from trainer_app.domain.playback import Course, Receipt
from trainer_app.domain.playback_errors import HeadsetProblem
from trainer_app.headsets.agent.group import Group
from trainer_app.headsets.manual.headset import OwnPlayerHeadset
from trainer_app.headsets.manual.member import OwnPlayerMember
from trainer_app.services.headset_port import GroupNow, Place, PlayerNow
from trainer_app.services.ports.film_course import FilmCourse

_PATIENCE_S = 5.0
"""So long those that keep together wait for the others to get ready, once they are ready themselves."""

Lead = Callable[[str, OwnPlayerMember], Awaitable[None]]
"""Told of each headset that shows films by itself, by its address: *Stopp alt* may come from elsewhere."""


class MixedGroup:
    """The group that services lead. See :class:`~trainer_app.services.headset_port.PlaybackGroup`."""

    def __init__(self, together: Group, lead: Lead) -> None:
        self._together = together
        self._lead = lead
        self._own: dict[str, OwnPlayerMember] = {}
        self._film: Film | None = None
        self._from_s = 0.0
        self._start_ns: int | None = None
        self._news = asyncio.Event()
        self.on_change: Callable[[], None] = lambda: None
        self.on_move: Callable[[], None] = lambda: None
        self.on_dark: Callable[[str], None] = lambda _serial: None
        together.on_change = lambda: self.on_change()
        together.on_move = lambda: self.on_move()
        together.on_dark = lambda serial: self.on_dark(serial)

    # --- what is known -----------------------------------------------------------------------------------

    @property
    def problems(self) -> dict[str, HeadsetProblem]:
        """By serial: those that dropped out, and why."""
        own = {serial: m.problem for serial, m in self._own.items() if m.problem is not None}
        return {**self._together.problems, **own}

    @property
    def size(self) -> int:
        """How many can go on."""
        return self._together.size + len(self._able)

    @property
    def under_way(self) -> bool:
        """Those that keep together have a film to show."""
        return self._together.under_way

    def now(self) -> GroupNow:
        """Where the group's film is; who shows it alone is somewhere near."""
        return self._together.now()

    def film_course(self) -> FilmCourse | None:
        """Where the film of those that keep together is at any instant."""
        return self._together.film_course()

    def players(self) -> dict[str, PlayerNow]:
        """By serial: those that can go on, and what they do."""
        return {**self._together.players(), **{m.serial: m.player_now() for m in self._able}}

    def receipt(self) -> Receipt:
        """How well those that keep together have, and who showed the film alone."""
        parts = (member.contribution() for member in self._own.values())
        own = sorted((part for part in parts if part is not None), key=lambda part: part.number)
        return replace(self._together.receipt(), unsynchronised=tuple(own))

    # --- who takes part ----------------------------------------------------------------------------------

    async def open(self, timeout_s: float) -> None:
        """Bring the players up; a headset's own is brought up by the film."""
        await self._together.open(timeout_s)

    async def admit(self, place: Place, timeout_s: float) -> None:
        """Take a headset in, also in the middle of the film; its own player begins at the beginning."""
        headset = place.headset
        if not isinstance(headset, OwnPlayerHeadset):
            await self._together.admit(place, timeout_s)
            return
        member = OwnPlayerMember(headset, place.number)
        member.on_change = self._tell
        former = self._own.get(headset.serial)
        self._own[headset.serial] = member
        await self._lead(headset.address, member)
        try:
            if former is not None:
                await former.close()
                await member.go_on_from(former)
            await self._catch_up(member)
        except HeadsetProblem as problem:
            member.drop_out(problem)

    async def _catch_up(self, member: OwnPlayerMember) -> None:
        if self._film is None or member.is_on:
            return
        await member.prepare(self._film)
        if self._start_ns is not None and self._together.now().moving:
            at_ns = max(perf_counter_ns(), self._start_ns)
            member.start_at(at_ns, late=at_ns > self._start_ns or self._from_s > 0)

    async def reopen(self, serial: str, timeout_s: float) -> None:
        """Bring the player of one that has left VR up again."""
        await self._together.reopen(serial, timeout_s)

    async def dismiss(self, serial: str) -> bool:
        """Go on without a headset, forgetting its problem; False: it is not known to be dark."""
        member = self._own.pop(serial, None)
        if member is None:
            return await self._together.dismiss(serial)
        dark = self._film is None or await member.stop()
        await member.close()
        return dark

    # --- the film ----------------------------------------------------------------------------------------

    async def prepare(
        self,
        film: Film,
        position_s: float,
        timeout_s: float,
        *,
        patience_s: float | None = None,
        course: Course | None = None,
    ) -> None:
        """Load the film where pages show it; find it where the headset's own player does."""
        self._film, self._from_s, self._start_ns = film, position_s, None
        finding = [member.prepare_soon(film, position_s) for member in self._able]
        await self._together.prepare(film, position_s, timeout_s, patience_s=patience_s, course=course)
        if finding:
            patience_s = _PATIENCE_S if patience_s is None else patience_s
            await asyncio.wait(finding, timeout=patience_s if self._together.size else timeout_s)

    def take_over(self, plan_id: str, running_s: float) -> None:
        """Lead on what a former run has started; nobody knows when a headset's own player began."""
        self._film, self._start_ns = None, None
        self._together.take_over(plan_id, running_s)

    async def start(self) -> int:
        """Start all at one instant; return it (laptop clock, ns)."""
        starting = asyncio.ensure_future(self._together.start())
        try:
            # The instant stands as soon as it was chosen; who keeps together hears of it one by one.
            await asyncio.sleep(0)
            now = self._together.now()
            if now.moving:
                self._start_own(perf_counter_ns() + round(now.starts_in_s * 1e9), late=self._from_s > 0)
            return await starting
        finally:
            starting.cancel()

    def _start_own(self, at_ns: int, *, late: bool) -> None:
        self._start_ns = at_ns
        for member in self._able:
            member.start_at(at_ns, late=late)

    async def keep(self, until_ns: int) -> None:
        """Keep those together that can be, until an instant, or until nobody is left."""
        await self._together.keep(until_ns)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout((until_ns - perf_counter_ns()) * 1e-9):
                while self._able:
                    self._news.clear()
                    await self._news.wait()

    async def pause(self) -> float:
        """Pause those that can; who shows the film alone goes on, unless it has not begun."""
        for member in self._able:
            member.hold()
        return await self._together.pause()

    async def resume(self) -> int:
        """Go on together; who was held in the count begins."""
        at_ns = await self._together.resume()
        for member in self._able:
            if member.began_ns is None:
                member.start_at(at_ns, late=True)
        return at_ns

    async def seek(self, position_s: float, course: Course | None = None) -> None:
        """Bring those elsewhere that can; who shows the film alone goes on."""
        await self._together.seek(position_s, course)

    async def set_stops(self, stops_s: Iterable[float]) -> None:
        """Let those stand still at these places that can."""
        await self._together.set_stops(stops_s)

    async def stop(self) -> dict[str, bool]:
        """*Stopp alt*: all at once, nobody waits for anybody; by serial, who is known to be dark."""
        self._start_ns = None
        members = list(self._own.values())
        ending = asyncio.gather(*(self._darken(member) for member in members))
        together, answers = await asyncio.gather(self._together.stop(), ending)
        return {**together, **{m.serial: dark for m, dark in zip(members, answers, strict=True)}}

    async def stop_one(self, serial: str) -> bool:
        """The same for one of them."""
        member = self._own.get(serial)
        return await (self._together.stop_one(serial) if member is None else self._darken(member))

    async def _darken(self, member: OwnPlayerMember) -> bool:
        dark = await member.stop()
        if dark:
            self.on_dark(member.serial)
        return dark

    # --- what only pages can -----------------------------------------------------------------------------

    async def identify(self, seconds: float) -> None:
        """Every headset that has a page shows its number and sounds a tone."""
        await self._together.identify(seconds)

    async def show_text(self, text: str, seconds: float, serials: Collection[str]) -> set[str]:
        """Show words to these wearers; only a page can."""
        return await self._together.show_text(text, seconds, serials)

    async def recentre(self) -> None:
        """Let the film's centre be where each wearer looks now; only a page can."""
        await self._together.recentre()

    async def set_volume(self, percent: int) -> None:
        """Set the film's loudness; only a page can."""
        await self._together.set_volume(percent)

    async def close(self) -> None:
        """Leave them to themselves."""
        await self._together.close()
        await asyncio.gather(*(member.close() for member in self._own.values()))

    def _tell(self) -> None:
        self._news.set()
        self.on_change()

    @property
    def _able(self) -> list[OwnPlayerMember]:
        return [member for member in self._own.values() if member.problem is None]
