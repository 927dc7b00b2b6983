"""On which terms a headset is connected, whichever way it goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from headset_agent.protocol.adb.handshake import HandshakeState
from headset_agent.protocol.adb.peer import Liveness

ANSWER_TIMEOUT_S = 5.0
"""A headset that is awake answers in milliseconds."""

ACCEPT_TIMEOUT_S = 120.0
"""Somebody has to put the headset on and read."""

OnState = Callable[[HandshakeState], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How long is waited for what, and who is told.

    Attributes:
        headset: What people call it, for errors; None is the address.
        on_state: Told of every state after CONNECTING; WAITING_FOR_ACCEPT means that somebody has to put the
            headset on and allow this computer.
        answer_timeout_s: For everything but that.
        accept_timeout_s: For that.
        liveness: How a headset is missed that vanishes without a word; None: it is not looked for.
    """

    headset: str | None = None
    on_state: OnState | None = None
    answer_timeout_s: float = ANSWER_TIMEOUT_S
    accept_timeout_s: float = ACCEPT_TIMEOUT_S
    liveness: Liveness | None = field(default_factory=Liveness)

    def tell(self, state: HandshakeState) -> None:
        """Tell whoever wants to know."""
        if self.on_state is not None:
            self.on_state(state)


USUAL = Terms()
"""Nobody is told, and everything is waited for as long as usual."""
