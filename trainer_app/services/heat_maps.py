"""Keeps and finds where groups looked; the only way to it, and it leads to no headset."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from trainer_app.domain.films import Sha256
from trainer_app.domain.heat_encoding import HeatMapUnreadable, decoded, encoded
from trainer_app.domain.heat_map import HeatMap, KeptHeatMap
from trainer_app.domain.playback_records import PlaybackId
from trainer_app.domain.sessions import SessionId
from trainer_app.services.ports import Repositories

log = logging.getLogger(__name__)


def keep_heat(stored: Repositories, playback_id: PlaybackId, heat: HeatMap) -> None:
    """Keep what is known of a showing so far, also of what a former run of the program has kept of it."""
    before = _of_playback(stored, playback_id)
    whole = heat if before is None else before.replaced_by(heat)
    stored.heat_maps.save(KeptHeatMap(playback_id=playback_id, encoded=encoded(whole)))


def heat_of_film(stored: Repositories, session_id: SessionId, film: Sha256) -> HeatMap | None:
    """Return where all groups of a session looked in a film together; None: nothing is kept."""
    maps = list(_of_session(stored, session_id, film))
    return HeatMap.sum_of(maps) if maps else None


def sessions_with_heat(stored: Repositories) -> frozenset[SessionId]:
    """Return the sessions of which something is kept."""
    kept = {one.playback_id for one in stored.heat_maps.where()}
    if not kept:
        return frozenset()
    return frozenset(one.session_id for one in stored.playbacks.where() if one.id in kept)


def _of_session(stored: Repositories, session_id: SessionId, film: Sha256) -> Iterator[HeatMap]:
    for playback in stored.playbacks.where(session_id=session_id, film_sha256=film):
        heat = _of_playback(stored, playback.id)
        if heat is not None:
            yield heat


def _of_playback(stored: Repositories, playback_id: PlaybackId) -> HeatMap | None:
    kept = stored.heat_maps.get(playback_id)
    if kept is None:
        return None
    try:
        return decoded(kept.encoded)
    except HeatMapUnreadable as error:
        # Of a newer program, or damaged: everything else of the session can still be read.
        log.warning("a heat map cannot be read: %s", error)
        return None
