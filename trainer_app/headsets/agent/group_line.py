"""The line that a group keeps to, in the laptop's clock and in each headset's; no I/O."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import msgspec

from headset_agent.protocol.clock import ClockEstimate
from headset_agent.protocol.playing import Action, FilmRef, Plan, Projection, Stereo
from headset_agent.protocol.timeline import position_at, turned
from trainer_app.domain.films import Film
from trainer_app.services.ports.film_course import FilmCourse


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    """The group's plan in the laptop's clock; see :class:`Plan` for what each part means."""

    plan_id: str
    action: Action
    anchor_ns: int
    position_s: float
    film: FilmRef
    then: tuple[FilmRef, ...] = ()
    loops: bool = False

    def position_at(self, at_ns: int) -> float:
        """Media position at a laptop instant, seconds, in the film that is on then."""
        return position_at(self._as_plan(), at_ns)

    def course(self) -> FilmCourse:
        """The line for who follows it on this laptop."""
        return FilmCourse(self._as_plan())

    def turned_by(self, at_ns: int) -> GroupLine:
        """The line as it stands at a laptop instant: at a stop-point, or in a later film; else itself."""
        plan = self._as_plan()
        after = turned(plan, at_ns)
        return self if after is plan else _in_laptop_clock(after)

    def moved_to(self, at_ns: int) -> GroupLine:
        """The same line, anchored at a later instant: what is far back is known less well."""
        line = self.turned_by(at_ns)
        if line.action is not Action.PLAY or at_ns <= line.anchor_ns:
            return line
        return replace(line, anchor_ns=at_ns, position_s=line.position_at(at_ns))

    def paused_at(self, at_ns: int) -> GroupLine:
        """The line that stands still from a laptop instant on; one that does so already is itself."""
        line = self.turned_by(at_ns)
        if line.action is Action.PAUSE:
            return line
        return replace(line, action=Action.PAUSE, anchor_ns=at_ns, position_s=line.position_at(at_ns))

    def playing_from(self, at_ns: int, position_s: float | None = None) -> GroupLine:
        """The line that moves from a laptop instant on, from its position or another one of the film."""
        position_s = self.position_s if position_s is None else position_s
        return replace(self, action=Action.PLAY, anchor_ns=at_ns, position_s=position_s)

    def with_stops(self, stops_s: Iterable[float]) -> GroupLine:
        """The line with other stop-points in the film that is on."""
        return replace(self, film=msgspec.structs.replace(self.film, stops_s=tuple(sorted(stops_s))))

    @property
    def stands_at_stop(self) -> bool:
        """It waits at a stop-point."""
        return self.action is Action.PAUSE and self.position_s in self.film.stops_s

    def _as_plan(self) -> Plan:
        return Plan(
            plan_id=self.plan_id,
            revision=0,
            action=self.action,
            anchor_ns=self.anchor_ns,
            position_s=self.position_s,
            film=self.film,
            then=self.then,
            loops=self.loops,
        )


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
        then=line.then,
        loops=line.loops,
    )


def told_by(plan: Plan, clock: ClockEstimate) -> GroupLine:
    """The group's line again, of the plan that a headset was given in its own clock."""
    return replace(_in_laptop_clock(plan), anchor_ns=clock.to_local(plan.anchor_ns))


def _in_laptop_clock(plan: Plan) -> GroupLine:
    assert plan.film is not None
    return GroupLine(
        plan_id=plan.plan_id,
        action=plan.action,
        anchor_ns=plan.anchor_ns,
        position_s=plan.position_s,
        film=plan.film,
        then=plan.then,
        loops=plan.loops,
    )


def reference(film: Film, stops_s: Iterable[float] = ()) -> FilmRef:
    """The film as a page needs it; ``stops_s``: where it stands still."""
    return FilmRef(
        sha256=film.sha256,
        duration_s=film.probe.duration_s,
        projection=Projection(film.projection.value),
        stereo=Stereo(film.stereo.value),
        stops_s=tuple(sorted(stops_s)),
    )
