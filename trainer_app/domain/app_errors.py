"""What keeps the desktop app from opening at all."""

from __future__ import annotations

from trainer_app.domain.errors import EnvironmentProblem


class NoDisplay(EnvironmentProblem):
    """No screen to open a window on."""

    key = "app.no_display"


class PracticeKitFailed(EnvironmentProblem):
    """The virtual headsets did not start; ``detail`` is what they said."""

    key = "app.practice_kit_failed"
