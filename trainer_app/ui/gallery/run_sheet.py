"""What the run screen is made of."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter

from trainer_app.domain.headset_state import HeadsetState as S
from trainer_app.domain.phases import PhaseGroup
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.gallery.component_sheet import band_examples
from trainer_app.ui.gallery.sheet import Sheet
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.button import Button, Kind, Scale
from trainer_app.ui.widgets.gaze_preview import GazePreview
from trainer_app.ui.widgets.panorama import GazeDot
from trainer_app.ui.widgets.phase_band import PhaseBand
from trainer_app.ui.widgets.phase_ring import PhaseRing
from trainer_app.ui.widgets.strip_item import StripItem
from trainer_app.ui.widgets.tile_words import TileFacts
from trainer_app.ui.widgets.timeline import Timeline, TimelineFilm

_DOTS = (
    GazeDot(number=1, yaw_deg=-27, pitch_deg=14),
    GazeDot(number=2, yaw_deg=-10, pitch_deg=-6),
    GazeDot(number=3, yaw_deg=46, pitch_deg=18),
    GazeDot(number=4, yaw_deg=-69, pitch_deg=-14, is_off=True),
    GazeDot(number=5, yaw_deg=86, pitch_deg=14),
)


def run_sheet(look: Look, texts: Texts, panorama: QImage | None = None) -> Sheet:
    """Band, ring, preview, timeline, strip at their places of 1366 x 768."""
    sheet = Sheet(look, texts, 1366, 768)
    band = PhaseBand(look, texts)
    band.show_phases(band_examples(sheet, current=4))
    sheet.place(band, 24, 60, 1318, 30)
    ring = PhaseRing(look, texts)
    ring.show_time(sheet.say("Film", "Film"), PhaseGroup.FILM, 410, 900)
    sheet.place(ring, 35, 107, 346, 346)
    preview = GazePreview(look, texts)
    preview.show_frame(panorama or example_panorama())
    preview.show_dots(_DOTS)
    preview.show_numbers(shown=True)
    preview.show_together(sheet.say("Fire briller i takt · 7 ms", "Four headsets in step · 7 ms"))
    sheet.place(preview, 416, 104, 926, 307)
    line = Timeline(look, texts)
    line.show_film(TimelineFilm(length_s=422, position_s=252, stops_s=(148.0, 316.0)))
    sheet.place(line, 416, 417, 926, 50)
    debrief = Timeline(look, texts, editable=True)
    debrief.show_film(
        TimelineFilm(
            length_s=422,
            position_s=316,
            stops_s=(148.0, 316.0),
            notes_s=(96.0, 205.0, 262.0, 371.0),
            plain_ends=True,
        )
    )
    sheet.place(debrief, 416, 480, 926, 50)
    _place_buttons(sheet)
    _place_strip(sheet)
    return sheet


def _place_buttons(sheet: Sheet) -> None:
    look, say = sheet.look, sheet.say
    buttons = [
        Button(look, "Pause", Kind.PRIMARY, scale=Scale.RUN, icon="pause", keycap="F8"),
        Button(look, "+1 min", scale=Scale.RUN),
        Button(look, say("Neste fase", "Next phase"), scale=Scale.RUN),
    ]
    sheet.row([*buttons], 24, 603, 8)
    hidden = say("Notater er skjult", "Notes are hidden")
    others = [
        Button(look, hidden, Kind.CHOSEN, icon="eye-slash", keycap="F9"),
        Button(look, say("Sentrer alle", "Centre all"), scale=Scale.ROW, icon="crosshair"),
        Button(look, say("Hjelp", "Help"), Kind.QUIET, icon="question"),
    ]
    sheet.row([*others], 416, 603, 8)


def _place_strip(sheet: Sheet) -> None:
    for number, percent in enumerate((84, 80, 83, 71, 66), 1):
        item = StripItem(sheet.look, sheet.texts, number)
        state = S.TAKEN_OFF if number == 4 else S.PLAYING
        item.show_state(state, TileFacts(battery_percent=percent, position_s=252, length_s=422, seconds=42))
        sheet.place(item, 24 + (number - 1) * 216.5, 678, 206, 76)
    stop = Button(
        sheet.look,
        sheet.say("Stopp alt", "Stop all"),
        Kind.DANGER,
        scale=Scale.HERO,
        icon="stop-circle",
        keycap="Shift+Esc",
    )
    sheet.place(stop, 1106, 678, 236, 76)


def example_panorama() -> QImage:
    """A plain room of floor, wall and ceiling, where no film is at hand."""
    image = QImage(1024, 512, QImage.Format.Format_RGB32)
    shades = QLinearGradient(0, 0, 0, 512)
    for at, colour in (
        (0.0, "#8F8A84"),
        (0.42, "#B9B7B2"),
        (0.58, "#9FB0A8"),
        (0.6, "#A99A88"),
        (1.0, "#8A7B69"),
    ):
        shades.setColorAt(at, QColor(colour))
    painter = QPainter(image)
    painter.fillRect(QRectF(0, 0, 1024, 512), shades)
    painter.end()
    return image
