"""Laying out a suitcase: the department's own from the start, that of a session with the session's film."""

from __future__ import annotations

from collections.abc import Sequence

from trainer_app.domain.films import Film
from trainer_app.domain.kits import Headset, Kit
from trainer_app.services.live_control import LiveControl
from trainer_app.services.own_settings import read_settings
from trainer_app.services.ports import Repositories


def own_suitcase(stored: Repositories) -> tuple[Kit, Sequence[Headset]] | None:
    """Return the suitcase of this laptop's department; None: there is none yet. On the database worker."""
    department_id = read_settings(stored).department_id
    kits = [] if department_id is None else stored.kits.where(department_id=department_id)
    return (kits[0], stored.headsets.of_kit(kits[0].id)) if kits else None


async def lay_out_first(live: LiveControl, kit: Kit, headsets: Sequence[Headset]) -> None:
    """Open the suitcase where none is open, so that every page shows it as it is. On the loop."""
    if live.now.kit_id is None:
        await live.open(kit.id, headsets, target_count=kit.target_headset_count)


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
