"""Five headsets as one: prepare, start at an instant, keep to the plan, pause, resume, stop.

The group has one line in the laptop's clock (which media position belongs to which instant). Each headset
gets it translated into its own clock, and again every second as its clock is known better; between two such
words, and when the laptop is gone, its page keeps to the line by itself.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from time import perf_counter_ns

from headset_agent.protocol.clock import ClockEstimate
from headset_agent.protocol.messages import Action, FilmRef, PageState, Plan, Projection, Stereo
from trainer_app.domain.films import Film
from trainer_app.domain.playback import START_MARK_S, HeadsetReceipt, Receipt, make_receipt
from trainer_app.domain.playback_errors import HeadsetProblem
from trainer_app.headsets.agent.member import Member

LEAD_S = 2.0
"""From the order to the start: time for the order to reach all and for the players to get set."""

PAUSE_LEAD_S = 0.15
"""From the order to a pause: short, but enough to reach all on a good link."""

_REFINE_S = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    """The group's plan in the laptop's clock."""

    plan_id: str
    action: Action
    anchor_ns: int
    position_s: float
    film: FilmRef

    def position_at(self, at_ns: int) -> float:
        """Media position at a laptop instant, seconds."""
        if self.action is not Action.PLAY or at_ns <= self.anchor_ns:
            return self.position_s
        return min(self.position_s + (at_ns - self.anchor_ns) * 1e-9, self.film.duration_s)

    def moved_to(self, at_ns: int) -> GroupLine:
        """The same line, anchored at a later instant: what is far back is known less well."""
        if self.action is not Action.PLAY or at_ns <= self.anchor_ns:
            return self
        return replace(self, anchor_ns=at_ns, position_s=self.position_at(at_ns))


def translate(line: GroupLine, clock: ClockEstimate, revision: int) -> Plan:
    """The group's line in one headset's clock."""
    return Plan(
        plan_id=line.plan_id,
        revision=revision,
        action=line.action,
        anchor_ns=clock.to_remote(line.anchor_ns),
        position_s=line.position_s,
        rate=1.0 / (1.0 + clock.drift),
        film=line.film,
    )


def _reference(film: Film) -> FilmRef:
    """The film as a page needs it."""
    return FilmRef(
        sha256=film.sha256,
        duration_s=film.probe.duration_s,
        projection=Projection(film.projection.value),
        stereo=Stereo(film.stereo.value),
    )


class Group:
    """The headsets that play together. One that fails drops out; the others go on."""

    def __init__(self, members: Iterable[Member]) -> None:
        self.members = list(members)
        self._line: GroupLine | None = None
        self._revision = 0
        self._started_ns = 0
        self._ended_ns = 0

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

    async def open(self, timeout_s: float) -> None:
        """Bring the players up."""

        async def opened(member: Member) -> None:
            await member.open_player(timeout_s)

        await self._each(opened)

    async def prepare(self, film: Film, position_s: float, timeout_s: float) -> None:
        """Open the players, load the film and wait until every headset can play through."""
        self._revision = 0
        self._started_ns = self._ended_ns = 0
        self._line = GroupLine(
            plan_id=secrets.token_hex(8),
            action=Action.PREPARE,
            anchor_ns=perf_counter_ns(),
            position_s=position_s,
            film=_reference(film),
        )

        async def ready(member: Member) -> None:
            await member.open_player(timeout_s)
            await self._hand_over(member)
            await member.until(PageState.READY, timeout_s)

        await self._each(ready)

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
        self._line = replace(line, action=Action.PAUSE, anchor_ns=at_ns, position_s=line.position_at(at_ns))
        await self._each(self._hand_over)
        return self._line.position_s

    async def resume(self, lead_s: float = LEAD_S) -> int:
        """Go on together from where the group was paused; return the instant."""
        at_ns = perf_counter_ns() + round(lead_s * 1e9)
        await self._play_from(at_ns)
        return at_ns

    async def stop(self) -> dict[str, bool]:
        """*Stopp alt*: all at once, nobody waits for anybody; by serial, who has said that it is dark."""
        self._ended_ns = perf_counter_ns()
        answers = await asyncio.gather(*(member.stop() for member in self.members))
        return {m.identity.serial: dark for m, dark in zip(self.members, answers, strict=True)}

    async def identify(self, seconds: float) -> None:
        """Every headset shows its number and sounds a tone."""
        await self._each(lambda member: member.identify(seconds))

    async def close(self) -> None:
        """Leave the headsets to themselves."""
        await asyncio.gather(*(member.close() for member in self.members))

    def receipt(self) -> Receipt:
        """How well the group has played together so far."""
        line = self._expect_line()
        # One that never joined has contributed nothing; it is among the problems.
        joined = [member for member in self.members if member.joined]
        tracks = {member.identity.serial: member.track for member in joined}
        return make_receipt(line.film.sha256, [self._contribution(m) for m in joined], tracks)

    # --- inside --------------------------------------------------------------------------------------

    async def _play_from(self, at_ns: int) -> None:
        self._line = replace(self._expect_line(), action=Action.PLAY, anchor_ns=at_ns)
        await self._each(self._hand_over)

    async def _hand_over(self, member: Member) -> None:
        line = self._expect_line().moved_to(perf_counter_ns())
        self._revision += 1
        await member.set_plan(translate(line, member.clock(), self._revision))

    async def _each(self, do: Callable[[Member], Awaitable[None]]) -> None:
        """Do it on all that can go on, side by side; one that fails drops out."""

        async def guarded(member: Member) -> None:
            try:
                await do(member)
            except HeadsetProblem as problem:
                member.drop_out(problem)

        await asyncio.gather(*(guarded(member) for member in self.active))

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
        )

    def _expect_line(self) -> GroupLine:
        if self._line is None:
            raise RuntimeError("the group has not been prepared")
        return self._line
