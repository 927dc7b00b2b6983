"""How one connected headset plays: what it tells of itself, and what was learned on this connection.

That the agent cannot run on a headset often shows only when it is started. It is remembered as long as the
connection lives, and everybody who asks the headset about itself hears it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from trainer_app.domain.headset_state import HeadsetFacts, PlayMode
from trainer_app.domain.playback_errors import HeadsetProblem


class PlayModeChoice:
    """The play mode of one connection.

    Attributes:
        refusal: Why the agent cannot run on the headset; None: it can, or nobody has tried.
    """

    def __init__(self, ask: Callable[[], Awaitable[HeadsetFacts]]) -> None:
        """``ask``: has the headset tell of itself, which ends with :meth:`told`."""
        self.refusal: HeadsetProblem | None = None
        self._ask = ask
        self._told: HeadsetFacts | None = None

    def told(self, facts: HeadsetFacts) -> HeadsetFacts:
        """Take what the headset has told; return it with what is known better."""
        self._told = replace(facts, has_runtime=False) if self.refusal is not None else facts
        return self._told

    def cannot_run_agent(self, why: HeadsetProblem) -> None:
        """Its agent was to be started there, and cannot run."""
        self.refusal = why
        if self._told is not None:
            self._told = replace(self._told, has_runtime=False)

    async def mode(self) -> PlayMode:
        """How it plays; asks the headset only where it has not told of itself yet.

        Raises:
            HeadsetProblem: it vanished.
        """
        facts = self._told or await self._ask()
        return facts.play_mode
