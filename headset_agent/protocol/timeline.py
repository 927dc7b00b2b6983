"""The line of a plan: which media position belongs to which instant (sans-IO).

While nobody says anything else a line turns by itself: at a stop-point it stands still, at a film's end it
goes over to the next film. All who follow it turn at the same instant, because it is the line that says when.
"""

from __future__ import annotations

from msgspec.structs import replace

from headset_agent.protocol.playing import CHANGE_S, Action, FilmRef, Plan


def position_at(plan: Plan, agent_ns: int) -> float:
    """Media position, seconds, that the plan demands at an instant of the agent's clock.

    Before the anchor, and whenever the plan does not play, it is the plan's own position; the film's end is
    never passed. Of a line that has turned by then it is the position in the film that it has come to.
    """
    plan = turned(plan, agent_ns)
    if plan.action is not Action.PLAY or agent_ns <= plan.anchor_ns:
        return plan.position_s
    position = plan.position_s + (agent_ns - plan.anchor_ns) * 1e-9 * plan.rate
    return position if plan.film is None else min(position, plan.film.duration_s)


def turned(plan: Plan, agent_ns: int) -> Plan:
    """The plan as it stands at an instant: past its turns, one after the other; itself before the first."""
    while (turn := _next_turn(plan)) is not None and agent_ns >= turn[0]:
        plan = turn[1]
    return plan


def instant_of(plan: Plan, position_s: float) -> int:
    """The instant, agent clock, at which the line of a plan that plays passes a position."""
    return plan.anchor_ns + round((position_s - plan.position_s) / plan.rate * 1e9)


def films_of(plan: Plan) -> tuple[FilmRef, ...]:
    """Every film that the line shows, the present one first."""
    return plan.then if plan.film is None else (plan.film, *plan.then)


def _next_turn(plan: Plan) -> tuple[int, Plan] | None:
    """When the line turns next, and what it is then; None: it ends with its film, or does not move."""
    film = plan.film
    if film is None or plan.action is not Action.PLAY:
        return None
    at_s = _turns_at(film, plan.position_s)
    at_ns = instant_of(plan, at_s)
    if at_s < film.duration_s:
        return at_ns, replace(plan, action=Action.PAUSE, anchor_ns=at_ns, position_s=at_s)
    queue = (*plan.then, film) if plan.loops else plan.then
    if not queue:
        return None
    begins_ns = at_ns + round(CHANGE_S / plan.rate * 1e9)
    return at_ns, replace(plan, anchor_ns=begins_ns, position_s=0.0, film=queue[0], then=queue[1:])


def _turns_at(film: FilmRef, position_s: float) -> float:
    """The first stop-point behind a position, else the film's end."""
    return next((stop for stop in film.stops_s if position_s < stop < film.duration_s), film.duration_s)


def supersedes(new: Plan, old: Plan | None) -> bool:
    """True when ``new`` is to be followed; a late, older revision of the same plan is not."""
    return old is None or new.plan_id != old.plan_id or new.revision > old.revision
