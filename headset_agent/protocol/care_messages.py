"""What laptop and agent say to one another about keeping a headset awake (msgspec structs; sans-IO)."""

from __future__ import annotations

import msgspec

from headset_agent.protocol.care import Change


class KeepAwake(msgspec.Struct, frozen=True, kw_only=True, tag="keep_awake"):
    """Keep the headset awake for a session; said again and again while it lasts.

    Answered by :class:`CareNow`. Care that one laptop asks for ends with its own :class:`LetSleep`, or when
    no laptop has been there for so long that the agent exits.
    """

    id: int


class LetSleep(msgspec.Struct, frozen=True, kw_only=True, tag="let_sleep"):
    """The session is over: put everything back, unless another laptop still wants it; answered when done.

    Answered by the failure ``care_busy`` where not all is back yet; the agent tries again by itself.
    """

    id: int


class CareNow(msgspec.Struct, frozen=True, kw_only=True, tag="care_now"):
    """What is changed on the headset now, and what it was before; nothing where nothing has to be."""

    id: int
    changes: list[Change]
