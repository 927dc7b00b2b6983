"""What holds for every widget: it paints, fits its words, has a name, follows theme and text size."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.painting import cut_texts, nameless
from trainer_app.domain.heat_map import HeatBin, HeatMap
from trainer_app.domain.histories import History
from trainer_app.domain.phases import PhaseGroup
from trainer_app.domain.sessions import SessionState
from trainer_app.looks.pictures.receipt_chart import Lane, ReceiptChart
from trainer_app.looks.theme import Theme
from trainer_app.looks.tokens import ThemeName, Tone
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.gallery.__main__ import render
from trainer_app.ui.gallery.component_sheet import band_examples
from trainer_app.ui.gallery.sheet import Sheet
from trainer_app.ui.gallery.sheets import SHEETS
from trainer_app.ui.gallery.tile_sheet import tile_examples
from trainer_app.ui.gallery.week_sheet import rail_places, week_example
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.allow_picture import AllowPicture
from trainer_app.ui.widgets.badge import session_badge
from trainer_app.ui.widgets.banner import Banner
from trainer_app.ui.widgets.battery_label import BatteryLabel
from trainer_app.ui.widgets.button import Button, Kind, Scale
from trainer_app.ui.widgets.card import Card
from trainer_app.ui.widgets.choices import CheckBox, RadioButton
from trainer_app.ui.widgets.empty_state import EmptyState
from trainer_app.ui.widgets.fields import ComboBox, Field, LineEdit
from trainer_app.ui.widgets.gaze_preview import GazePreview
from trainer_app.ui.widgets.headset_tile import HeadsetTile
from trainer_app.ui.widgets.heat_map import HeatLegend, HeatMapView
from trainer_app.ui.widgets.heat_words import heat_shown
from trainer_app.ui.widgets.label import Label
from trainer_app.ui.widgets.list_row import ListRow
from trainer_app.ui.widgets.number_chip import NumberChip
from trainer_app.ui.widgets.panorama import GazeDot
from trainer_app.ui.widgets.phase_band import PhaseBand
from trainer_app.ui.widgets.phase_ring import PhaseRing
from trainer_app.ui.widgets.progress_bar import ProgressBar
from trainer_app.ui.widgets.rail import Rail
from trainer_app.ui.widgets.receipt_chart import ReceiptChartView
from trainer_app.ui.widgets.segmented_control import SegmentedControl
from trainer_app.ui.widgets.strip_item import StripItem
from trainer_app.ui.widgets.timeline import Timeline, TimelineFilm
from trainer_app.ui.widgets.week_calendar import WeekCalendar

Build = Callable[[Look, Texts], QWidget]


def _ring(look: Look, texts: Texts) -> QWidget:
    ring = PhaseRing(look, texts)
    ring.show_time("Oppsummering", PhaseGroup.CLOSING, 3599, 3600)
    return ring


def _band(look: Look, texts: Texts) -> QWidget:
    band = PhaseBand(look, texts)
    band.show_phases(band_examples(Sheet(look, texts, 10, 10), current=4))
    band.resize(1318, band.sizeHint().height())
    return band


def _line(look: Look, texts: Texts) -> QWidget:
    line = Timeline(look, texts, editable=True)
    line.show_film(TimelineFilm(length_s=422, position_s=252, stops_s=(148.0, 316.0), notes_s=(96.0,)))
    line.resize(926, line.sizeHint().height())
    return line


def _preview(look: Look, texts: Texts) -> QWidget:
    preview = GazePreview(look, texts)
    dots = (GazeDot(number=1, yaw_deg=0, pitch_deg=0), GazeDot(number=2, yaw_deg=9, pitch_deg=0, is_off=True))
    preview.show_dots(dots)
    preview.show_together("5 · 6 ms")
    return preview


def _heat(look: Look, texts: Texts) -> QWidget:
    view = HeatMapView(look, texts)
    heat = HeatMap(bins={0: HeatBin(headsets=3, looks={18 * 72 + 36: 3})})
    view.show_moment(heat_shown(heat, 10.0, texts))
    view.show_frame(None)
    view.resize(528, 198)
    return view


def _week(look: Look, texts: Texts) -> QWidget:
    calendar = WeekCalendar(look, texts)
    calendar.show_week(week_example(Sheet(look, texts, 10, 10)))
    calendar.resize(look.px(858), calendar.sizeHint().height())
    return calendar


def _rail(look: Look, texts: Texts) -> QWidget:
    rail = Rail(look, rail_places(Sheet(look, texts, 10, 10)), "Sider")
    rail.set_current("plan")
    rail.resize(rail.width(), look.px(736))
    return rail


def _segments(look: Look, texts: Texts) -> QWidget:
    control = SegmentedControl(look, texts, "Oppmøte", ("Møtt", "Delvis", "Ikke møtt"), checked_mark=True)
    control.set_answer(2)
    return control


def _field(look: Look, texts: Texts) -> QWidget:
    field = Field(look, "Slutt", LineEdit(look, "12.30"))
    field.set_error("Slutt er før start. Velg etter 13.00.")
    return field


def _receipt(look: Look, texts: Texts) -> QWidget:
    chart = ReceiptChart(
        title=texts("looks.receipt_chart.title"),
        spread=History(step_s=1, low_ms=(2.0, None), high_ms=(1800.0, None)),
        top_ms=2000,
        top=texts("looks.receipt_chart.ms", count=2000),
        bottom=texts("looks.receipt_chart.ms", count=0),
        length_s=2400,
        begin=texts("looks.clock", seconds=0),
        end=texts("looks.clock", seconds=2400),
        away=texts("looks.receipt_chart.away"),
        lanes=tuple(Lane(number=number, away_s=((1.0, 2000.0),)) for number in range(1, 11)),
    )
    return ReceiptChartView(look, texts, chart)


def _combo(look: Look, texts: Texts) -> QWidget:
    combo = ComboBox(look)
    combo.addItem("Møterom Lauv")
    return Field(look, "Rom", combo)


BUILDERS: dict[str, Build] = {
    "allow picture": lambda look, texts: AllowPicture(look, texts),
    "badge": lambda look, texts: session_badge(look, SessionState.ANONYMISED, texts),
    "banner": lambda look, texts: Banner(look, Tone.DANGER, "Opptatt", "Ola bruker den.", ["Flytt"]),
    "battery": lambda look, texts: BatteryLabel(look, texts),
    "button": lambda look, texts: Button(
        look, "Notater er skjult", Kind.CHOSEN, icon="eye-slash", keycap="F9", icon_after="arrow-right"
    ),
    "card": lambda look, texts: Card(look, "Rommet", aside="3 av 5"),
    "check box": lambda look, texts: CheckBox(look, "Tilbudt alle"),
    "combo box": _combo,
    "empty": lambda look, texts: EmptyState(look, "note", "Ingen notater", "Trykk F3.", "Nytt", other="Øv"),
    "field": _field,
    "label": lambda look, texts: Label(look, "Rom", "heading"),
    "chip": lambda look, texts: NumberChip(look, 12),
    "heat map": _heat,
    "heat legend": lambda look, texts: HeatLegend(look, texts),
    "preview": _preview,
    "progress": lambda look, texts: ProgressBar(look, "Overfører"),
    "radio button": lambda look, texts: RadioButton(look, "To puljer"),
    "rail": _rail,
    "receipt": _receipt,
    "row": lambda look, texts: ListRow(
        look, "Innkomst", "Poliklinikk Sør", lead=("Onsdag 18. nov.", "08.30–09.30"),
        badge=session_badge(look, SessionState.PLANNED, texts),
    ),
    "segments": _segments,
    "strip item": lambda look, texts: StripItem(look, texts, 1),
    "ring": _ring,
    "band": _band,
    "timeline": _line,
    "tile": lambda look, texts: HeadsetTile(look, texts, 1),
    "week": _week,
}  # fmt: skip
SCALES = (1.0, 1.25, 1.5, 2.0)
_RESIZED = Qt.WidgetAttribute.WA_Resized


@pytest.fixture(params=BUILDERS)
def build(request: pytest.FixtureRequest) -> Build:
    return BUILDERS[request.param]


def _shown(widget: QWidget, qtbot: QtBot) -> QWidget:
    qtbot.addWidget(widget)
    if not widget.testAttribute(_RESIZED):
        widget.resize(widget.sizeHint())
    return widget


@pytest.mark.parametrize("scale", SCALES)
def test_no_word_is_cut(qtbot: QtBot, look: Look, texts: Texts, build: Build, scale: float) -> None:
    look.set_theme(Theme(ThemeName.LIGHT, scale))
    assert cut_texts(_shown(build(look, texts), qtbot)) == []


def test_everything_that_takes_the_keyboard_has_a_name(
    qtbot: QtBot, look: Look, nb: Texts, build: Build
) -> None:
    assert nameless(_shown(build(look, nb), qtbot)) == []


def test_themes_differ(qtbot: QtBot, look: Look, nb: Texts, build: Build) -> None:
    widget = _shown(build(look, nb), qtbot)
    pictures = []
    for name in ThemeName:
        look.set_theme(Theme(name))
        pictures.append(render(widget))
    assert len({_fingerprint(each) for each in pictures}) == len(ThemeName)


def test_a_fine_screen_gets_finer_lines_not_bigger_ones(
    qtbot: QtBot, look: Look, nb: Texts, build: Build
) -> None:
    widget = _shown(build(look, nb), qtbot)
    coarse, fine = render(widget), render(widget, 2.0)
    assert fine.size() == coarse.size() * 2
    assert _colours(fine) > 1
    # Drawn for the screen, not enlarged: pixels of a pair differ somewhere.
    assert any(fine.pixel(x, y) != fine.pixel(x + 1, y) for x, y in _pairs(fine.size()))


def test_larger_text_asks_for_more_room(qtbot: QtBot, look: Look, nb: Texts) -> None:
    for name in ("button", "badge", "row", "tile", "rail", "week", "strip item", "segments", "label"):
        widget = BUILDERS[name](look, nb)
        qtbot.addWidget(widget)
        look.set_theme(Theme(ThemeName.LIGHT, 1.0))
        small = _settled(widget)
        look.set_theme(Theme(ThemeName.LIGHT, 2.0))
        assert _settled(widget).height() > 1.5 * small.height(), name


@pytest.mark.parametrize("scale", [1.0, 1.25])
@pytest.mark.parametrize("sheet", SHEETS)
def test_the_gallery_shows_every_word(
    qtbot: QtBot, look: Look, texts: Texts, sheet: str, scale: float
) -> None:
    look.set_theme(Theme(ThemeName.LIGHT, scale))
    built = SHEETS[sheet](look, texts)
    qtbot.addWidget(built)
    assert cut_texts(built) == []


def test_the_check_for_cut_words_finds_one(qtbot: QtBot, look: Look) -> None:
    label = Label(look, "Trygghetskontrakt")
    qtbot.addWidget(label)
    label.resize(40, 20)
    assert cut_texts(label) == ["Trygghetskontrakt"]


@pytest.mark.parametrize("scale", [1.0, 1.25, 2.0])
def test_all_states_of_a_tile_fit_at_its_smallest_width(
    qtbot: QtBot, look: Look, texts: Texts, scale: float
) -> None:
    look.set_theme(Theme(ThemeName.LIGHT, scale))
    page = QWidget()
    qtbot.addWidget(page)
    for state, facts in tile_examples(texts):
        tile = HeadsetTile(look, texts, 1, page)  # a window of its own would not become that narrow
        tile.show_state(state, facts)
        tile.resize(look.theme.size("headset-tile-min-width"), look.px(280))
        assert cut_texts(tile) == [], state


@pytest.mark.parametrize("scale", [1.0, 1.25])
def test_all_states_fit_in_the_strip(qtbot: QtBot, look: Look, texts: Texts, scale: float) -> None:
    look.set_theme(Theme(ThemeName.LIGHT, scale))
    for state, facts in tile_examples(texts):
        item = StripItem(look, texts, 1)
        qtbot.addWidget(item)
        item.show_state(state, facts)
        item.resize(look.px(190), look.px(76))
        assert cut_texts(item) == [], state


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("scale", Scale)
def test_buttons_of_all_kinds_look_pressed_on_and_off(
    qtbot: QtBot, look: Look, kind: Kind, scale: Scale
) -> None:
    button = Button(look, "Planlegg", kind, scale=scale, icon="plus")
    qtbot.addWidget(button)
    button.resize(button.sizeHint())
    usual = _fingerprint(render(button))
    button.setDown(True)
    assert _fingerprint(render(button)) != usual
    button.setDown(False)
    button.setEnabled(False)
    assert _fingerprint(render(button)) != usual


def _settled(widget: QWidget) -> QSize:
    """What a widget asks for after its layouts were told, as the event loop does."""
    for layout in widget.findChildren(QLayout):
        layout.invalidate()
    return widget.sizeHint()


def _fingerprint(image: QImage) -> bytes:
    return bytes(image.constBits())


def _colours(image: QImage) -> int:
    return len({image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)})


def _pairs(size: QSize) -> list[tuple[int, int]]:
    return [(x, y) for x in range(0, size.width() - 1, 2) for y in range(size.height())]


def test_the_page_is_the_surface_of_the_theme(qtbot: QtBot, look: Look, nb: Texts) -> None:
    sheet = Sheet(look, nb, 20, 20)
    qtbot.addWidget(sheet)
    assert render(sheet).pixelColor(3, 3) == QColor(look.theme.palette.surface.hex)


def test_the_check_for_cut_words_finds_one_in_a_list(qtbot: QtBot, look: Look) -> None:
    box = ComboBox(look)
    qtbot.addWidget(box)
    box.addItem("Magnus Kladdebakken")
    box.resize(box.sizeHint())
    assert cut_texts(box) == []
    box.resize(100, box.height())
    assert cut_texts(box) == ["Magnus Kladdebakken"]
