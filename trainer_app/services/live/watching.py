"""Where the group looks while its film is on: handed to sums at once, beside no headset's name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from trainer_app.domain.headset_state import Showing
from trainer_app.domain.heat_gathering import HeatGathering
from trainer_app.domain.heat_map import HeatMap
from trainer_app.domain.live_kit import FilmStage
from trainer_app.domain.playback_records import PlaybackId
from trainer_app.services.headset_port import GroupNow, PlayerNow
from trainer_app.services.live.playback import Playback
from trainer_app.services.live.slot import Slot

_TELL_EVERY_S = 30
"""A crash costs no more of the map than so much film."""

_NEAR_S = 4.0
"""Further from the group nobody is who is in step with it."""


class Watching:
    """Of one start of a film after the other."""

    def __init__(self) -> None:
        """Watch nothing yet."""
        self._gathering = HeatGathering()
        self._of: PlaybackId | None = None
        self._heat: HeatMap | None = None
        self._told_s = 0

    def note(self, playback: Playback | None, stage: FilmStage, slots: Iterable[Slot], now: GroupNow) -> None:
        """Count who looks at the film at this moment; while it stands still they look at one another."""
        if playback is None:
            return
        if playback.id != self._of:
            self._gathering, self._of, self._heat, self._told_s = HeatGathering(), playback.id, None, 0
        if playback.ended_at is not None:
            self._gathering.end()
            self._tell(at_least_s=1)
        elif stage is FilmStage.PLAYING and now.moving and not now.starts_in_s:
            self._look(slots, now)
            self._tell(at_least_s=_TELL_EVERY_S)

    def with_heat(self, playback: Playback | None) -> Playback | None:
        """What is kept of this start, now and then while it goes on, and all of it when it is over."""
        if playback is None or playback.id != self._of or self._heat is None:
            return playback
        return replace(playback, heat=self._heat)

    def _look(self, slots: Iterable[Slot], now: GroupNow) -> None:
        for slot in slots:
            player = slot.in_film.player
            if slot.known is not None and player is not None and _watches(player, now) and player.gaze:
                self._gathering.look(slot.known.serial, player.position_s, player.gaze)
        self._gathering.group_is_at(now.position_s)

    def _tell(self, *, at_least_s: int) -> None:
        if self._gathering.seconds >= self._told_s + at_least_s:
            self._heat, self._told_s = self._gathering.kept(), self._gathering.seconds


def _watches(player: PlayerNow, now: GroupNow) -> bool:
    """Its film runs where the group's is, and somebody sees it; what it told of an earlier start is over."""
    is_seen = player.heard and player.in_vr and player.worn is True and player.showing is Showing.FILM
    return is_seen and abs(player.position_s - now.position_s) < _NEAR_S
