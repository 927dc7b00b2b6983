"""What is wrong with the desktop app itself: what keeps it from opening, and mistakes in it."""

from __future__ import annotations

from trainer_app.domain.errors import EnvironmentProblem, TrainerError


class NoDisplay(EnvironmentProblem):
    """No screen to open a window on."""

    key = "app.no_display"


class PracticeKitFailed(EnvironmentProblem):
    """The virtual headsets did not start; ``detail`` is what they said."""

    key = "app.practice_kit_failed"


class ProgramMistake(TrainerError):
    """The program did something wrong that nobody thought of."""

    key = "app.mistake"


class LoggedMistake(ProgramMistake):
    """Likewise, and the log has the way to it."""

    key = "app.mistake_logged"
