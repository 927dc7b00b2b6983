"""The states of a headset tile."""

from __future__ import annotations

from trainer_app.domain.headset_state import HeadsetState as S
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.gallery.sheet import Sheet
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.headset_tile import HeadsetTile
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.tile_words import TileFacts


def tile_examples(texts: Texts) -> list[tuple[S, TileFacts]]:
    """Each state with the figures of the designer's pictures; the eleventh, paused, is not pictured."""
    contact = texts("looks.clock", seconds=12 * 60 + 31)
    return [
        (S.NOT_CONNECTED, TileFacts(last_contact=contact)),
        (S.NOT_AUTHORISED, TileFacts()),
        (S.ASLEEP, TileFacts(battery_percent=84)),
        (
            S.GETTING_READY,
            TileFacts(
                battery_percent=90,
                charging=True,
                done_bytes=1_344_000_000,
                whole_bytes=2_100_000_000,
                seconds=40,
            ),
        ),
        (S.READY, TileFacts(battery_percent=92)),
        (S.PLAYING, TileFacts(battery_percent=84, position_s=148, length_s=422)),
        (S.TAKEN_OFF, TileFacts(battery_percent=71, seconds=42)),
        (S.LOW_BATTERY, TileFacts(battery_percent=19, lasts_min=25, session_min=90)),
        (
            S.STORAGE_FULL,
            TileFacts(battery_percent=88, whole_bytes=2_100_000_000, free_bytes=800_000_000),
        ),
        (S.FAULT, TileFacts(battery_percent=66, seconds=3)),
        (S.PAUSED, TileFacts(battery_percent=66, position_s=148, length_s=422)),
    ]


def tile_sheet(look: Look, texts: Texts) -> Sheet:
    """Two rows of five, as in the designer's picture."""
    sheet = Sheet(look, texts, 1366, 768)
    sheet.place(
        Label(look, sheet.say("Brillens ti tilstander", "The ten states of a headset"), "title"), 28, 22
    )
    second = sheet.say(
        "Ord, ikon og farge sier det samme. Under står årsak, så neste steg, så høyst én knapp.",
        "Word, icon and colour say the same. Below: cause, next step, at most one button.",
    )
    sheet.place(Label(look, second, "body", "text_muted"), 28, 56)
    for at, (state, facts) in enumerate(tile_examples(texts)[:10]):
        tile = HeadsetTile(look, texts, at % 5 + 1)
        tile.show_state(state, facts)
        sheet.place(tile, 28 + at % 5 * 264.75, 94 + at // 5 * 320, 251, 306)
    return sheet
