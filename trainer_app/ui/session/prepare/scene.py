"""All that the words of klargjøring depend on. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from trainer_app.domain.live_kit import KitNow
from trainer_app.domain.scenarios import Content
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.prepare.loaded import Loaded
from trainer_app.ui.session.prepare.models import BannerModel, Standing, TileModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A session, its suitcase at this moment, and what was done so far.

    Attributes:
        now: UTC.
        asked: *Klargjør* was pressed for this film.
        refused: What a start that was tried ran into; shown instead of other banners.
    """

    texts: Texts
    content: Content
    now: datetime
    loaded: Loaded
    kit: KitNow
    asked: bool
    refused: BannerModel | None = None

    def taking_part(self, tiles: Sequence[TileModel]) -> list[int]:
        """Numbers of the headsets one can start with: they are ready, or will be without anybody's help."""
        ready = {headset.number for headset in self.kit.headsets if headset.is_ready}
        return [tile.number for tile in tiles if tile.number in ready or tile.standing is Standing.COMING]

    def counted_on(self, tiles: Sequence[TileModel]) -> int:
        """How many headsets there will be: before *Klargjør* all that are not set aside."""
        waiting = any(tile.standing is Standing.WAITING for tile in tiles)
        part = self.taking_part(tiles)
        if self.asked or (part and not waiting):
            return len(part)
        return sum(tile.standing is not Standing.ASIDE for tile in tiles)
