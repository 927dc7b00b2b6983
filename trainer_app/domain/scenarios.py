"""The content: themes, the versions of their scenarios, references, and the texts that all of them share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import NewType

from trainer_app.domain.films import ThemeCode
from trainer_app.domain.phases import PhaseCode
from trainer_app.domain.references import Reference, ReferenceKey, ReferenceUse
from trainer_app.domain.session_formats import (
    DebriefModel,
    DebriefModelCode,
    DebriefPhase,
    Format,
    FormatCode,
    Phase,
    PhasePlan,
    PlanCode,
    SurroundingPhase,
)
from trainer_app.domain.shared_content import AgendaItem, Codes, Form, SharedTexts
from trainer_app.domain.words import ContentText, Words

ScenarioCode = NewType("ScenarioCode", str)
"""Names a scenario for good (``INN-1``), on every laptop."""


class ScenarioStatus(Enum):
    """The values stand in the files and the database. A draft is shown as not yet clinically approved."""

    DRAFT = "utkast"
    APPROVED = "godkjent"
    WITHDRAWN = "tilbaketrukket"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A reflection prompt of the debrief."""

    id: str
    phase: DebriefPhase
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class StopPoint:
    """A place at which the film may be paused for a question.

    Attributes:
        share: Share of the running time, 0 to 1 (the end); None: the place has to be found in the film.
        words: Where in the film, a colon, and the question.
    """

    id: str
    share: float | None
    words: Words

    @property
    def question(self) -> Words:
        """The question alone, for where the place is shown in minutes and seconds."""
        return self.words.mapped(_after_colon)

    def position_s(self, duration_s: float) -> float | None:
        """Return the place in seconds in a film of this duration; None: it has to be found in the film."""
        return None if self.share is None else self.share * duration_s


def _after_colon(text: str) -> str:
    place, colon, question = text.partition(": ")
    return question if colon else place


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """The clinical sign-off. ``role``: who answers for it."""

    role: str
    approved_on: date
    review_due: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioVersion:
    """What a scenario consists of; immutable, so that an old session keeps the words it was held with.

    Attributes:
        version: From 1.
        plan: The phase plan, with the scenario's own minutes.
        trigger: A sketch of the film.
        approval: The last clinical sign-off, or None; ``status`` says whether it still holds.
    """

    code: ScenarioCode
    theme: ThemeCode
    version: int
    status: ScenarioStatus
    title: Words
    format: FormatCode
    plan: PhasePlan
    debrief_model: DebriefModelCode
    trigger: ContentText
    facilitator_note: ContentText
    observer_task: ContentText
    objectives: tuple[ContentText, ...]
    stop_points: tuple[StopPoint, ...]
    prompts: tuple[Prompt, ...]
    action_points: tuple[ContentText, ...]
    references: tuple[ReferenceUse, ...]
    approval: Approval | None

    @property
    def clinically_approved(self) -> bool:
        """False: it is shown and printed as not yet clinically approved."""
        return self.status is ScenarioStatus.APPROVED

    def prompts_of(self, phase: DebriefPhase) -> tuple[Prompt, ...]:
        """Return the prompts of one phase, in their order."""
        return tuple(prompt for prompt in self.prompts if prompt.phase is phase)

    def says_the_same_as(self, other: ScenarioVersion) -> bool:
        """True when only version number and approval may differ: no new version is needed."""
        unsigned = replace(self, version=other.version, status=other.status, approval=other.approval)
        return unsigned == other


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A theme with its first scenario. ``order``: its place in lists, from 1."""

    code: ThemeCode
    order: int
    title: ContentText
    intro: ContentText
    target_groups: tuple[ContentText, ...]
    scenario: ScenarioVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFormats:
    """Phases, formats, phase plans and debrief models, each in its order.

    Attributes:
        phases: Those in the room; all of them are there.
        around: Those before and after.
    """

    phases: tuple[Phase, ...]
    around: tuple[SurroundingPhase, ...]
    formats: tuple[Format, ...]
    plans: tuple[PhasePlan, ...]
    debrief_models: tuple[DebriefModel, ...]

    def phase(self, code: PhaseCode) -> Phase:
        """Return a phase."""
        return next(phase for phase in self.phases if phase.code is code)

    def plan(self, code: PlanCode) -> PhasePlan | None:
        """Return a phase plan, or None."""
        return next((plan for plan in self.plans if plan.code == code), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All content that travels with the program or that a department has made of it."""

    themes: tuple[Theme, ...]
    references: tuple[Reference, ...]
    session_formats: SessionFormats
    texts: SharedTexts
    forms: tuple[Form, ...]
    information_meeting: tuple[AgendaItem, ...]
    codes: Codes

    def theme(self, code: ThemeCode) -> Theme | None:
        """Return a theme, or None."""
        return next((theme for theme in self.themes if theme.code == code), None)

    def reference(self, key: ReferenceKey) -> Reference | None:
        """Return a reference, or None."""
        return next((reference for reference in self.references if reference.key == key), None)

    def form(self, code: str) -> Form | None:
        """Return a form, or None."""
        return next((form for form in self.forms if form.code == code), None)
