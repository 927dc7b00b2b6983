"""The phases of a session in the room: their codes, and what they have in common."""

from __future__ import annotations

from enum import Enum
from types import MappingProxyType


class PhaseCode(Enum):
    """All phases in the room, in the order they are usually held. The values stand in the database."""

    WELCOME = "velkommen"
    SAFETY_CONTRACT = "trygghetskontrakt"
    EQUIPMENT_BRIEF = "utstyrsbrief"
    SCENARIO_BRIEF = "scenariobrief"
    FILM = "film"
    LANDING = "landing"
    SCENARIO = "scenario"
    REACTIONS = "reaksjon"
    DESCRIPTION = "beskrivelse"
    ANALYSIS = "analyse"
    APPLICATION = "anvendelse"
    SUMMARY = "oppsummering"
    EVALUATION = "evaluering"


class PhaseGroup(Enum):
    """What phases have in common; each group has a colour."""

    BRIEF = "brief"
    FILM = "film"
    LANDING = "landing"
    SCENARIO = "scenario"
    DEBRIEF = "debrief"
    CLOSING = "closing"


_BRIEF = (PhaseCode.WELCOME, PhaseCode.SAFETY_CONTRACT, PhaseCode.EQUIPMENT_BRIEF, PhaseCode.SCENARIO_BRIEF)
_DEBRIEF = (PhaseCode.REACTIONS, PhaseCode.DESCRIPTION, PhaseCode.ANALYSIS, PhaseCode.APPLICATION)
GROUPS = MappingProxyType(
    {
        **dict.fromkeys(_BRIEF, PhaseGroup.BRIEF),
        PhaseCode.FILM: PhaseGroup.FILM,
        PhaseCode.LANDING: PhaseGroup.LANDING,
        PhaseCode.SCENARIO: PhaseGroup.SCENARIO,
        **dict.fromkeys(_DEBRIEF, PhaseGroup.DEBRIEF),
        PhaseCode.SUMMARY: PhaseGroup.CLOSING,
        PhaseCode.EVALUATION: PhaseGroup.CLOSING,
    }
)

NEVER_SKIPPED = frozenset(
    {
        PhaseCode.SAFETY_CONTRACT,
        PhaseCode.EQUIPMENT_BRIEF,
        PhaseCode.FILM,
        PhaseCode.APPLICATION,
        PhaseCode.SUMMARY,
    }
)
"""Safety before, learning and care after: the phases a plan marks as required unless it says otherwise."""
