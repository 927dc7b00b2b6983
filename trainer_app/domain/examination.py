"""What ``doctor`` proves of a headset, step by step: numbers and codes, nothing a user would not send."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.headset_state import PlayMode


class Step(Enum):
    """What the design counts on, in the order in which it is proved and told."""

    REACH = "reach"
    ACCEPTED = "accepted"
    FEATURES = "features"
    PAYLOAD = "payload"
    TRANSFER = "transfer"
    SPACE = "space"
    RUNTIME = "runtime"
    BROWSER = "browser"
    SETTINGS = "settings"
    TUNNEL = "tunnel"
    AGENT = "agent"
    PAGE = "page"
    VR = "vr"
    CLOCK = "clock"
    FILM = "film"
    TEXT = "text"
    STOP = "stop"
    LEFTOVERS = "leftovers"


class Verdict(Enum):
    """How a step went."""

    OK = "ok"
    FAILED = "failed"
    NOT_POSSIBLE = "not_possible"
    """Not here: something before it failed, or this kind of connection does not offer it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One step's outcome.

    Attributes:
        seen: Measured numbers and short codes, by name; they go into the step's text.
        problem: Why it failed, where that has words of its own.
        needs: The step without which this one cannot be tried.
    """

    step: Step
    verdict: Verdict
    seen: Mapping[str, object] = field(default_factory=dict)
    problem: TrainerError | None = None
    needs: Step | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """One headset's findings, in the order of the steps.

    ``number`` None: it was not reached; ``play_mode`` None: it has not told how it plays.
    """

    number: int | None
    play_mode: PlayMode | None = None
    model: str | None = None
    android: str | None = None
    build: str | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def reached(self) -> bool:
        """A headset answered and took this computer."""
        return any(one.step is Step.ACCEPTED and one.verdict is Verdict.OK for one in self.findings)

    @property
    def passed(self) -> bool:
        """Every step went well."""
        return all(one.verdict is Verdict.OK for one in self.findings)

    def counted(self, verdict: Verdict) -> int:
        """How many steps went so."""
        return sum(one.verdict is verdict for one in self.findings)


class Ledger:
    """Takes findings down while a headset is examined; says what cannot be tried."""

    def __init__(self) -> None:
        self._findings: dict[Step, Finding] = {}

    def ok(self, step: Step, **seen: object) -> None:
        """A step went well."""
        self._findings[step] = Finding(step=step, verdict=Verdict.OK, seen=seen)

    def failed(self, step: Step, problem: TrainerError | None = None, **seen: object) -> None:
        """A step went wrong."""
        self._findings[step] = Finding(step=step, verdict=Verdict.FAILED, seen=seen, problem=problem)

    def judge(self, step: Step, *, good: bool, **seen: object) -> None:
        """A step went well or wrong, by what was seen."""
        verdict = Verdict.OK if good else Verdict.FAILED
        self._findings[step] = Finding(step=step, verdict=verdict, seen=seen)

    def not_possible(self, step: Step, needs: Step | None = None, **seen: object) -> None:
        """A step cannot be tried here."""
        self._findings[step] = Finding(step=step, verdict=Verdict.NOT_POSSIBLE, needs=needs, seen=seen)

    def tried(self, step: Step) -> bool:
        """Whether a step has a finding already."""
        return step in self._findings

    def is_ok(self, step: Step) -> bool:
        """Whether a step went well."""
        return step in self._findings and self._findings[step].verdict is Verdict.OK

    def close(self) -> tuple[Finding, ...]:
        """All steps in their order; what was never tried needs what failed before it."""
        culprit = Step.REACH
        told: list[Finding] = []
        for step in Step:
            finding = self._findings.get(step)
            if finding is None:
                finding = Finding(step=step, verdict=Verdict.NOT_POSSIBLE, needs=culprit)
            elif finding.verdict is Verdict.FAILED:
                culprit = step
            told.append(finding)
        return tuple(told)
