"""Waves: who wears the headsets when there are fewer of them than participants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trainer_app.domain.findings import Finding, hard, soft
from trainer_app.domain.kits import HeadsetId
from trainer_app.domain.people import PersonId
from trainer_app.domain.sessions import HeadsetAssignment, SessionId

LARGEST_DEBRIEF_GROUP = 12
"""Participants one facilitator can lead through a debrief."""

OBSERVERS_BESIDE_TWO_WAVES = 2
OBSERVERS_BESIDE_THREE_WAVES = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveProposal:
    """How participants can see the film; nothing fits when a finding blocks.

    Attributes:
        waves: Participants in each wave, as even as can be.
        observers: Those who watch on a screen or observe.
    """

    waves: tuple[int, ...]
    observers: int = 0
    debrief_groups: int = 1
    findings: tuple[Finding, ...] = ()


def largest_group(headsets: int) -> int:
    """More participants than this are no VR session."""
    return 3 * headsets + OBSERVERS_BESIDE_THREE_WAVES if headsets else 0


def propose_waves(participants: int, headsets: int) -> WaveProposal:
    """Propose waves for so many participants and headsets that are ready."""
    if participants <= 0:
        return WaveProposal(waves=())
    if participants > largest_group(headsets):
        finding = hard(
            "session.guard.too_many", "participants", participants=participants, most=largest_group(headsets)
        )
        return WaveProposal(waves=(), findings=(finding,))
    count, observers = _waves_and_observers(participants, headsets)
    groups = -(-participants // LARGEST_DEBRIEF_GROUP)
    crowded = count > 2 or groups > 1
    warning = soft(
        "session.guard.crowded", "participants", participants=participants, waves=count, groups=groups
    )
    return WaveProposal(
        waves=_even(participants - observers, count),
        observers=observers,
        debrief_groups=groups,
        findings=(warning,) if crowded else (),
    )


def _waves_and_observers(participants: int, headsets: int) -> tuple[int, int]:
    for count, observers in ((1, 0), (2, 0), (2, OBSERVERS_BESIDE_TWO_WAVES)):
        if participants <= count * headsets + observers:
            return count, max(0, participants - count * headsets)
    return 3, max(0, participants - 3 * headsets)


def _even(participants: int, waves: int) -> tuple[int, ...]:
    base, more = divmod(participants, waves)
    sizes = (base + (wave < more) for wave in range(waves))
    return tuple(size for size in sizes if size)


def deal(
    session_id: SessionId,
    waves: Sequence[int],
    headsets: Sequence[HeadsetId],
    people: Sequence[PersonId | None],
) -> list[HeadsetAssignment]:
    """Give each participant a wave and a headset, in the order of both lists; the rest observe.

    None among the people is somebody whose name is not known.
    """
    assigned: list[HeadsetAssignment] = []
    waiting = iter(people)
    for wave, size in enumerate(waves, start=1):
        for headset, person in zip(headsets[:size], waiting, strict=False):
            assigned.append(
                HeadsetAssignment(session_id=session_id, wave=wave, headset_id=headset, person_id=person)
            )
    return assigned
