"""What *I dag* shows: ready words. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from trainer_app.domain.sessions import SessionId, SessionState
from trainer_app.ui.office import Target


class Mark(Enum):
    """How a fact stands."""

    DONE = auto()
    ATTENTION = auto()
    OPEN = auto()


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the checklist; ``second`` says what follows from it."""

    mark: Mark
    words: str
    second: str = ""


@dataclass(frozen=True, slots=True)
class Detail:
    """A line with an icon (Phosphor's)."""

    icon: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NextShown:
    """The next session, or the one that runs.

    Attributes:
        when: ``om 2 t 40 min``, ``i morgen``, ``fredag 20. november``.
        plan: Where its plan is; ``go``: where the first button leads.
    """

    session_id: SessionId
    heading: str
    times: str
    when: str
    state: SessionState
    title: str
    scenario: str
    details: tuple[Detail, ...]
    facts: tuple[Fact, ...]
    primary: str
    primary_icon: str
    go: Target
    plan: Target


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterShown:
    """A row below the next session."""

    key: str
    day: str
    times: str
    title: str
    second: str
    state: SessionState
    go: Target


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedShown:
    """Something that needs the facilitator, with its one link."""

    key: str
    icon: str
    is_attention: bool
    words: str
    second: str
    link: str
    go: Target


@dataclass(frozen=True, slots=True, kw_only=True)
class BatteryShown:
    """A headset of the suitcase; ``percent`` None: not connected."""

    number: int
    percent: int | None
    charging: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KitShown:
    """The own suitcase."""

    heading: str
    batteries: tuple[BatteryShown, ...]
    check: str
    link: str
    go: Target


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyShown:
    """What is shown in the place of a next session."""

    icon: str
    heading: str
    sentence: str
    primary: str
    go: Target


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayShown:
    """The whole page; ``empty`` where there is no next session."""

    heading: str
    second: str
    next: NextShown | None
    empty: EmptyShown | None
    later_heading: str
    later_link: str
    later: tuple[LaterShown, ...]
    needs: tuple[NeedShown, ...]
    kit: KitShown | None
