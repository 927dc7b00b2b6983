"""The three steps of a session, and which of them a session in some state can be in. Knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from trainer_app.domain.sessions import SessionState as S

PREPARE, RUN, CLOSE = "prepare", "run", "close"
"""As ``Target.detail`` and ``StepView.step_wanted`` name them."""

STEPS = (PREPARE, RUN, CLOSE)
"""In their order."""

_OPEN_TO: Mapping[S, tuple[str, ...]] = MappingProxyType(
    {
        # One that was held without the program is registered afterwards.
        S.PLANNED: (PREPARE, CLOSE),
        S.READY: (PREPARE, RUN),
        S.IN_PROGRESS: (RUN,),
        S.HELD: (CLOSE,),
        S.ABORTED: (CLOSE,),
        S.CLOSED: (CLOSE,),
    }
)


def step_for(state: S, wanted: str = "") -> str:
    """Return the step that is wanted, or else the one that fits the state; "" where no step does."""
    steps = _OPEN_TO.get(state, ())
    return wanted if wanted in steps else next(iter(steps), "")
