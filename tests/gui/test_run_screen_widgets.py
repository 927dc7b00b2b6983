"""What is read from the chair during the film."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QFontMetricsF, QImage
from pytestqt.qtbot import QtBot

from trainer_app.domain.headset_state import HeadsetState
from trainer_app.domain.phases import PhaseGroup
from trainer_app.looks.theme import Theme
from trainer_app.looks.tokens import ThemeName, chip
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.gallery.__main__ import render
from trainer_app.ui.gallery.component_sheet import band_examples
from trainer_app.ui.gallery.sheet import Sheet
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.gaze_preview import GazePreview
from trainer_app.ui.widgets.panorama import GazeDot
from trainer_app.ui.widgets.phase_band import PhaseBand
from trainer_app.ui.widgets.phase_ring import PhaseRing
from trainer_app.ui.widgets.strip_item import StripItem
from trainer_app.ui.widgets.tile_words import TileFacts
from trainer_app.ui.widgets.timeline import Timeline, TimelineFilm


@pytest.fixture
def ring(qtbot: QtBot, look: Look, nb: Texts) -> PhaseRing:
    made = PhaseRing(look, nb)
    qtbot.addWidget(made)
    made.resize(346, 346)  # what it has at 1366 x 768
    return made


def test_the_digits_can_be_read_at_three_metres(ring: PhaseRing) -> None:
    for left in (410, 5, -35):
        ring.show_time("Film", PhaseGroup.FILM, left, 900)
        render(ring)
        assert ring.digits_height() >= 75, left


@pytest.mark.parametrize("left", [760, 3600, -760])
def test_longer_times_stay_inside_the_ring(ring: PhaseRing, left: float) -> None:
    ring.show_time("Analyse", PhaseGroup.DEBRIEF, left, 4000)
    render(ring)
    assert ring.cut_texts == ()
    assert ring.digits_height() >= 50


def test_a_ring_takes_no_more_than_it_was_given(ring: PhaseRing, look: Look) -> None:
    ring.show_time("Film", PhaseGroup.FILM, 900, 900)
    ring.set_largest(200, 60)
    image = render(ring)
    ink = QColor(look.theme.colours.phases["film"].ink.hex)
    assert (image.pixelColor(8, 173) == ink, image.pixelColor(73 + 7, 173)) == (False, ink)
    assert ring.digits_height() < 50


def test_the_ring_empties_clockwise(ring: PhaseRing, look: Look) -> None:
    ring.show_time("Film", PhaseGroup.FILM, 450, 900)
    image = render(ring)
    ink = QColor(look.theme.colours.phases["film"].ink.hex)
    right, left = image.pixelColor(346 - 8, 173), image.pixelColor(8, 173)
    assert (left, right == ink) == (ink, False)


def test_the_ring_speaks(ring: PhaseRing) -> None:
    ring.show_time("Film", PhaseGroup.FILM, -35, 900)
    assert ring.accessibleName() == "Film: +0.35 over tiden"


def test_the_band_keeps_previous_current_and_next_where_it_is_narrow(
    qtbot: QtBot, look: Look, nb: Texts
) -> None:
    band = PhaseBand(look, nb)
    qtbot.addWidget(band)
    band.show_phases(band_examples(Sheet(look, nb, 10, 10), current=4))
    band.resize(420, band.sizeHint().height())
    render(band)
    assert band.cut_texts == ()
    assert sum(box.width() for box in band.segments()) == pytest.approx(420 - 11 * 4)
    assert "Brief, ferdig" not in band.accessibleName()
    assert "Scenariobrief, ferdig; Film, pågår; Landing, gjenstår" in band.accessibleName()


def test_names_on_the_band_stand_apart(qtbot: QtBot, look: Look, nb: Texts) -> None:
    band = PhaseBand(look, nb)
    qtbot.addWidget(band)
    phases = band_examples(Sheet(look, nb, 10, 10), current=4)
    band.show_phases(phases)
    band.resize(1318, band.sizeHint().height())
    metrics = QFontMetricsF(look.font("micro", weight=700))
    for phase, box in zip(phases, band.segments(), strict=True):
        assert box.width() - metrics.horizontalAdvance(phase.short) >= 8, phase.short


def _line(
    qtbot: QtBot,
    look: Look,
    nb: Texts,
    *,
    stops_s: tuple[float, ...] = (),
    notes_s: tuple[float, ...] = (),
) -> QImage:
    """A line of 400 pixels and 100 s."""
    line = Timeline(look, nb)
    qtbot.addWidget(line)
    line.show_film(TimelineFilm(length_s=100, plain_ends=True, stops_s=stops_s, notes_s=notes_s))
    line.resize(400, line.sizeHint().height())
    return render(line)


def _row(image: QImage, colour: str) -> list[int]:
    """Where this colour is, on the row with the most of it."""
    rows = [[x for x in range(400) if image.pixelColor(x, y).name() == colour] for y in range(image.height())]
    return max(rows, key=len)


def test_a_stop_point_at_an_end_of_the_line_is_seen_whole(qtbot: QtBot, look: Look, nb: Texts) -> None:
    image = _line(qtbot, look, nb, stops_s=(0.0, 100.0))
    colour = QColor(look.theme.palette.text.hex).name()
    mark = [x for x in range(400) if image.pixelColor(x, 31).name() == colour]
    assert mark == [0, 1, 2, 3, 396, 397, 398, 399]


def test_notes_of_the_same_moment_lie_side_by_side(qtbot: QtBot, look: Look, nb: Texts) -> None:
    colour = QColor(look.theme.colours.phases["debrief"].ink.hex).name()
    one = _row(_line(qtbot, look, nb, notes_s=(50.0,)), colour)
    three = _row(_line(qtbot, look, nb, notes_s=(50.0, 50.0, 50.1)), colour)
    assert len(three) == 3 * len(one)


def _preview(qtbot: QtBot, look: Look, nb: Texts, *dots: GazeDot) -> GazePreview:
    preview = GazePreview(look, nb)
    qtbot.addWidget(preview)
    preview.resize(800, 400)
    frame = QImage(200, 100, QImage.Format.Format_RGB32)
    frame.fill(QColor("#808080"))
    preview.show_frame(frame)
    preview.show_dots(dots)
    return preview


def test_a_dot_lies_where_the_headset_looks(qtbot: QtBot, look: Look, nb: Texts) -> None:
    preview = _preview(qtbot, look, nb, GazeDot(number=3, yaw_deg=90, pitch_deg=0))
    assert render(preview).pixelColor(600, 200) == QColor(chip(3).fill)


def test_dots_are_plain_until_the_facilitator_asks(qtbot: QtBot, look: Look, nb: Texts) -> None:
    """A number on the screen would point at a person in the room."""
    preview = _preview(qtbot, look, nb, GazeDot(number=3, yaw_deg=0, pitch_deg=0))
    plain = {render(preview).pixelColor(x, 200).name() for x in range(395, 406)}
    assert plain == {QColor(chip(3).fill).name()}
    preview.show_numbers(shown=True)
    numbered = {render(preview).pixelColor(x, y).name() for x in range(392, 409) for y in range(192, 209)}
    assert QColor(chip(3).ink).name() in numbered


def test_the_preview_says_who_looks(qtbot: QtBot, look: Look, nb: Texts) -> None:
    dots = [GazeDot(number=n, yaw_deg=0, pitch_deg=0, is_off=n == 4) for n in (1, 2, 4)]
    assert _preview(qtbot, look, nb, *dots).accessibleName().endswith("briller som ser: 1, 2")
    assert _preview(qtbot, look, nb, dots[2]).accessibleName().endswith("ingen briller ser på filmen")


def test_a_picture_that_is_on_its_way_is_spoken_of(qtbot: QtBot, look: Look, nb: Texts) -> None:
    preview = GazePreview(look, nb)
    qtbot.addWidget(preview)
    preview.resize(800, 400)
    assert preview.accessibleName().startswith("Bildet fra filmen er på vei.")
    awaited = render(preview)
    preview.show_frame(None)  # this film cannot be decoded here: nothing is on its way any more
    assert not preview.accessibleName().startswith("Bildet fra filmen")
    assert render(preview) != awaited


def test_the_film_is_dimmed_with_the_dark_theme(qtbot: QtBot, look: Look, nb: Texts) -> None:
    preview = _preview(qtbot, look, nb)
    light = render(preview).pixelColor(400, 300).lightness()
    look.set_theme(Theme(ThemeName.DARK))
    assert render(preview).pixelColor(400, 300).lightness() < 0.75 * light


def test_the_strip_shows_the_cause_only_where_somebody_is_needed(qtbot: QtBot, look: Look, nb: Texts) -> None:
    item = StripItem(look, nb, 4)
    qtbot.addWidget(item)
    item.show_state(HeadsetState.TAKEN_OFF, TileFacts(battery_percent=71, seconds=42))
    assert item.toolTip() == "Brillen har vært av i 42 s."
    assert item.accessibleName() == "Brille 4. Tatt av. i 42 s"
    item.resize(206, 76)
    edge = render(item).pixelColor(103, 1)
    assert edge == QColor(look.theme.palette.attention_ink.hex)
