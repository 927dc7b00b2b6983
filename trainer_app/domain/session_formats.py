"""How a session is built: phases in words, the four formats, phase plans, debrief models."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import NewType

from trainer_app.domain.phases import GROUPS, PhaseCode, PhaseGroup
from trainer_app.domain.words import Words

PlanCode = NewType("PlanCode", str)
"""Names a phase plan: format and minutes (``A-90``)."""

DebriefModelCode = NewType("DebriefModelCode", str)
"""Names a debrief model (``TREFASE``)."""


class DebriefPhase(Enum):
    """Where in the debrief a reflection prompt belongs."""

    REACTIONS = "R"
    DESCRIPTION = "B"
    ANALYSIS = "A"
    APPLICATION = "V"


class FormatCode(Enum):
    """The four ways to run a session."""

    FILM_AND_DEBRIEF = "A"
    FILM_WITH_STOP_POINTS = "B"
    FILM_AND_SCENARIO = "C"
    WATCH_AGAIN = "D"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A phase in the room as people know it.

    Attributes:
        number: Its place in the printed sequence (``8c``).
        short: A name that fits into the phase band.
        lead: What the facilitator does in it, shown on the run screen.
        prompts: The reflection prompts that belong to it.
    """

    code: PhaseCode
    number: str
    name: Words
    short: Words
    lead: Words
    prompts: DebriefPhase | None

    @property
    def group(self) -> PhaseGroup:
        """The group whose colour it has."""
        return GROUPS[self.code]


@dataclass(frozen=True, slots=True, kw_only=True)
class SurroundingPhase:
    """A phase before or after the time in the room (``klargjoring``)."""

    code: str
    number: str
    name: Words
    short: Words
    lead: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format as people know it.

    Attributes:
        usual_minutes: Shortest and longest session it is usual for, or None: not said.
        extra_minutes: How much longer than the same session in format A.
    """

    code: FormatCode
    name: Words
    flow: Words
    when: Words
    usual_minutes: tuple[int, int] | None
    extra_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseMinutes:
    """A phase in a plan. ``required``: it may not be skipped."""

    code: PhaseCode
    minutes: int
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PhasePlan:
    """A session's phases in the room with their minutes.

    Attributes:
        minutes: Minutes in the room that the plan is made for.
        break_minutes: Of these, the ones that no phase uses.
        max_waves: How many waves its film phase has time for.
        packing_minutes: Minutes after the time in the room, in which room and suitcase are still needed.
    """

    code: PlanCode
    format: FormatCode
    minutes: int
    break_minutes: int
    max_waves: int
    packing_minutes: int
    phases: tuple[PhaseMinutes, ...]

    @property
    def phase_minutes(self) -> int:
        """The sum of all phases."""
        return sum(phase.minutes for phase in self.phases)

    @property
    def unplanned_minutes(self) -> int:
        """Minutes in the room that neither a phase nor the break uses; negative: the plan is too long."""
        return self.minutes - self.break_minutes - self.phase_minutes

    def with_minutes(self, minutes: Mapping[PhaseCode, int]) -> PhasePlan:
        """Return the plan with other minutes for the phases named; its length follows."""
        phases = tuple(
            replace(phase, minutes=minutes.get(phase.code, phase.minutes)) for phase in self.phases
        )
        added = sum(phase.minutes for phase in phases) - self.phase_minutes
        return replace(self, phases=phases, minutes=self.minutes + added)


@dataclass(frozen=True, slots=True, kw_only=True)
class DebriefStep:
    """A step of a debrief model. ``share`` is its part of the debrief's time, 0 to 1."""

    name: Words
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DebriefModel:
    """A way to lead the debrief. Without steps it has no timetable of its own."""

    code: DebriefModelCode
    name: Words
    remark: Words
    steps: tuple[DebriefStep, ...]

    def minutes(self, total: int) -> tuple[int, ...]:
        """Split a debrief of ``total`` minutes into whole minutes for each step; the sum is kept."""
        whole_share = sum(step.share for step in self.steps)
        exact = [step.share / whole_share * total for step in self.steps]
        whole = [int(share) for share in exact]
        missing = total - sum(whole) if whole else 0
        by_rest = sorted(range(len(exact)), key=lambda index: whole[index] - exact[index])
        for index in by_rest[:missing]:
            whole[index] += 1
        return tuple(whole)


def fitting_plan(
    plans: Iterable[PhasePlan], wanted: FormatCode, *, minutes: int, waves: int
) -> PhasePlan | None:
    """Return the longest plan of the format that fits into the time and has room for the waves, or None."""
    fitting = [
        plan
        for plan in plans
        if plan.format is wanted and plan.minutes <= minutes and plan.max_waves >= waves
    ]
    return max(fitting, key=lambda plan: plan.minutes, default=None)
