"""The line that a group keeps to, in the laptop's clock and in each headset's; no I/O."""

from __future__ import annotations

from dataclasses import dataclass, replace

from headset_agent.protocol.clock import ClockEstimate
from headset_agent.protocol.playing import Action, FilmRef, Plan, Projection, Stereo
from trainer_app.domain.films import Film


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


def reference(film: Film) -> FilmRef:
    """The film as a page needs it."""
    return FilmRef(
        sha256=film.sha256,
        duration_s=film.probe.duration_s,
        projection=Projection(film.projection.value),
        stereo=Stereo(film.stereo.value),
    )
