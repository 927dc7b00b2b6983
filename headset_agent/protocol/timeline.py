"""The line of a plan: which media position belongs to which instant (sans-IO)."""

from __future__ import annotations

from headset_agent.protocol.playing import Action, Plan


def position_at(plan: Plan, agent_ns: int) -> float:
    """Media position, seconds, that the plan demands at an instant of the agent's clock.

    Before the anchor, and whenever the plan does not play, it is the plan's own position; the film's end is
    never passed.
    """
    if plan.action is not Action.PLAY or agent_ns <= plan.anchor_ns:
        return plan.position_s
    position = plan.position_s + (agent_ns - plan.anchor_ns) * 1e-9 * plan.rate
    return position if plan.film is None else min(position, plan.film.duration_s)


def supersedes(new: Plan, old: Plan | None) -> bool:
    """True when ``new`` is to be followed; a late, older revision of the same plan is not."""
    return old is None or new.plan_id != old.plan_id or new.revision > old.revision
