"""Tiles as they stand before the start."""

from __future__ import annotations

from trainer_app.domain.headset_state import HeadsetState as S
from trainer_app.domain.headset_state import PlayMode
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.gallery.sheet import Sheet
from trainer_app.ui.gallery.week_sheet import rail_places
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.headset_tile import HeadsetTile
from trainer_app.ui.widgets.rail import Rail
from trainer_app.ui.widgets.tile_words import TileFacts


def ready_sheet(look: Look, texts: Texts) -> Sheet:
    """Five tiles at their places of 1366 x 768, beside the rail."""
    sheet = Sheet(look, texts, 1366, 768)
    rail = Rail(look, rail_places(sheet), sheet.say("Sider", "Pages"))
    rail.set_current("session")
    sheet.place(rail, 0, 32, 88, 736)
    for at, (state, facts) in enumerate(_examples(sheet)):
        tile = HeadsetTile(look, texts, at + 1)
        tile.show_state(state, facts)
        sheet.place(tile, 112 + at * 248.5, 160, 236, 336)
    return sheet


def _examples(sheet: Sheet) -> list[tuple[S, TileFacts]]:
    checks = (
        sheet.say("Filmen er verifisert", "The film is verified"),
        sheet.say("Nok batteri til kl. 14.30", "Enough battery until 14:30"),
        sheet.say("Lyd 60 %", "Volume 60 %"),
    )
    mode = PlayMode.VR
    sending = TileFacts(
        battery_percent=90, play_mode=mode, done_bytes=1_344_000_000, whole_bytes=2_100_000_000, seconds=40
    )
    return [
        (S.READY, TileFacts(battery_percent=92, play_mode=mode, checks=checks)),
        (S.READY, TileFacts(battery_percent=88, play_mode=mode, checks=checks)),
        (S.GETTING_READY, sending),
        (S.NOT_AUTHORISED, TileFacts(play_mode=mode, shows_how=True)),
        (S.READY, TileFacts(battery_percent=71, charging=True, play_mode=mode, checks=checks)),
    ]
