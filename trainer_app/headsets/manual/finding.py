"""Which package shows a film that was started, where no command says it beforehand: what comes to the front.

Who is taken for the player is ended by *Stopp alt*, which then says that the headset is dark; so what cannot
be told for certain is left unknown.
"""

from __future__ import annotations

import asyncio
from collections.abc import Set as AbstractSet

from trainer_app.headsets.link import HeadsetLink
from trainer_app.headsets.manual import screen

_WAKING_LOOKS = 6
"""A headset that was just woken has nothing in front for a moment."""

_COMING_LOOKS = 30
"""An old headset takes some seconds to open its player."""


async def others(link: HeadsetLink) -> frozenset[str]:
    """What is in front while nothing is played, asked before the order; empty: the headset does not tell.

    Raises:
        LinkLost: the connection is gone.
    """
    homes = await screen.homes(link)
    for _ in range(_WAKING_LOOKS):
        now = await screen.front(link)
        if now is not None:
            return homes | {now}
        await asyncio.sleep(screen.LOOK_S)
    return homes


async def player(link: HeadsetLink, none_of: AbstractSet[str]) -> str | None:
    """The package that comes to the front and stays there, other than these; None: nobody can tell.

    Raises:
        LinkLost: the connection is gone.
    """
    former: str | None = None
    for _ in range(_COMING_LOOKS if none_of else 0):
        now = await screen.front(link)
        if now is not None and now == former and now not in none_of and now not in screen.ASKING:
            return now
        former = now
        await asyncio.sleep(screen.LOOK_S)
    return None
