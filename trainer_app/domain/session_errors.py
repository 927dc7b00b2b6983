"""What can be wrong with what was typed or asked for when a session is planned, run and closed."""

from __future__ import annotations

from collections.abc import Sequence

from trainer_app.domain.errors import UserMistake
from trainer_app.domain.findings import Finding


class EndBeforeStart(UserMistake):
    """A session or a loan ends before it begins. Parameters: ``start``, ``end`` (as they were given)."""

    key = "session.end_before_start"


class ZoneUnknown(UserMistake):
    """The time zone has no rules on this machine. Parameter: ``zone``."""

    key = "session.zone_unknown"


class TextMissing(UserMistake):
    """A field that needs words has none. Parameter: ``field`` (its code, for the form)."""

    key = "session.text_missing"


class TextTooLong(UserMistake):
    """More than a field holds. Parameters: ``field``, ``length``, ``limit`` (characters)."""

    key = "session.text_too_long"


class StepImpossible(UserMistake):
    """A session cannot go from its state to the wanted one. Parameters: ``state``, ``wanted`` (codes)."""

    key = "session.step_impossible"


class StepBlocked(UserMistake):
    """Hard findings stand in the way. ``findings`` holds all; parameter: ``count`` of those that block."""

    key = "session.step_blocked"

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(count=sum(finding.blocks for finding in findings))


class PlanFixed(UserMistake):
    """The plan of a session that is ready, running or over cannot be changed. Parameter: ``state``."""

    key = "session.plan_fixed"


class PhaseRequired(UserMistake):
    """A required phase cannot be skipped. Parameter: ``phase`` (its code)."""

    key = "session.phase_required"


class SessionChangedElsewhere(UserMistake):
    """Somebody else saved the session after it was read. Parameter: ``session`` (number or title)."""

    key = "session.changed_elsewhere"


class AnotherSessionHeld(UserMistake):
    """The headsets belong to the session that is being held. Parameter: ``session`` (title or number)."""

    key = "session.another_held"


class SessionClosed(UserMistake):
    """A closed session is not written to; it is reopened first. Parameter: ``session`` (number or title)."""

    key = "session.closed"


class MinutesImpossible(UserMistake):
    """Nobody was there for so long. Parameters: ``minutes``, ``most`` (whole minutes)."""

    key = "session.minutes_impossible"


class AlreadyListed(UserMistake):
    """The person is on the session's list of attendance. Parameters: ``field``, ``name``."""

    key = "session.already_listed"


class ScenarioVersionFixed(UserMistake):
    """Another content under a version that a session has used. Parameters: ``scenario``, ``version``."""

    key = "session.scenario_version_fixed"


class HeadsetNumberTaken(UserMistake):
    """Another headset of the suitcase has that number. Parameter: ``number``."""

    key = "kit.number_taken"
