"""Laying out the suitcase of a session: it is open, and its film is the session's."""

from __future__ import annotations

from collections.abc import Sequence

from trainer_app.domain.films import Film
from trainer_app.domain.kits import Headset, Kit
from trainer_app.services.live_control import LiveControl


async def lay_out(live: LiveControl, kit: Kit, headsets: Sequence[Headset], film: Film | None) -> None:
    """Open the suitcase with this film; what is there already stays as it is. On the loop.

    One that is open need not have a film, or this film: the app lays the department's out at its start.
    """
    wanted = (kit.id, None if film is None else film.sha256)
    if (live.now.kit_id, live.now.film) == wanted:
        return
    # In this order: opening another suitcase forgets the film.
    await live.open(kit.id, headsets, target_count=kit.target_headset_count)
    await live.choose_film(film)
