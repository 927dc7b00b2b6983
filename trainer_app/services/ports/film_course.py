"""Where the group's film is at any instant of the laptop's clock: what every picture of it here follows."""

from __future__ import annotations

from dataclasses import dataclass

from headset_agent.protocol.playing import Action, Plan
from headset_agent.protocol.timeline import position_at, turned


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmMoment:
    """The group's film at one instant.

    Attributes:
        sha256: Of the film that is on.
        position_s: Seconds of film.
        moves: It plays; False: it is about to, stands still, or is at its end.
        moves_at_ns: The laptop instant at which it is to begin to move; None: it moves, or nobody has said.
    """

    sha256: str
    position_s: float
    moves: bool
    moves_at_ns: int | None = None


@dataclass(frozen=True, slots=True)
class FilmCourse:
    """The line that the group keeps to, in the laptop's clock (``perf_counter_ns``).

    It never changes, so any thread may ask it; an order to the group makes another course.
    """

    plan: Plan

    def at(self, laptop_ns: int) -> FilmMoment:
        """Where the film is at an instant; past stop-points and into the films that follow."""
        plan = turned(self.plan, laptop_ns)
        film = plan.film
        if film is None:
            raise ValueError("a course is that of a film")
        position_s = position_at(plan, laptop_ns)
        plays = plan.action is Action.PLAY and position_s < film.duration_s
        waits = plays and laptop_ns < plan.anchor_ns
        return FilmMoment(
            sha256=film.sha256,
            position_s=position_s,
            moves=plays and not waits,
            moves_at_ns=plan.anchor_ns if waits else None,
        )
