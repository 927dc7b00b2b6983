"""Everything that can be pressed says so once: by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from tests.gui.painting import cut_texts
from trainer_app.domain.headset_state import HeadsetState, PlayMode
from trainer_app.looks.theme import Theme
from trainer_app.looks.tokens import ThemeName, Tone
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.gallery.sheet import Sheet
from trainer_app.ui.gallery.week_sheet import rail_places, week_example
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.banner import Banner
from trainer_app.ui.widgets.button import Button
from trainer_app.ui.widgets.empty_state import EmptyState
from trainer_app.ui.widgets.headset_tile import HeadsetTile
from trainer_app.ui.widgets.list_row import ListRow
from trainer_app.ui.widgets.rail import Rail
from trainer_app.ui.widgets.segmented_control import SegmentedControl
from trainer_app.ui.widgets.strip_item import StripItem
from trainer_app.ui.widgets.tile_words import TileFacts
from trainer_app.ui.widgets.timeline import Timeline, TimelineFilm
from trainer_app.ui.widgets.week_calendar import WeekCalendar

KEYS = [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter]
LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


PRESSED: dict[str, Callable[[Look, Texts], QAbstractButton]] = {
    "button": lambda look, texts: Button(look, "Planlegg"),
    "row": lambda look, texts: ListRow(look, "Innkomst"),
    "strip item": lambda look, texts: StripItem(look, texts, 3),
}


@pytest.fixture(params=PRESSED)
def pressed(request: pytest.FixtureRequest, qtbot: QtBot, look: Look, nb: Texts) -> QAbstractButton:
    made = PRESSED[request.param](look, nb)
    qtbot.addWidget(made)
    made.resize(made.sizeHint())
    return made


def test_a_mouse_presses(qtbot: QtBot, pressed: QAbstractButton) -> None:
    with qtbot.waitSignal(pressed.clicked, timeout=500):
        qtbot.mouseClick(pressed, LEFT)


@pytest.mark.parametrize("key", KEYS)
def test_a_key_presses(qtbot: QtBot, pressed: QAbstractButton, key: Qt.Key) -> None:
    presses: list[str] = []
    pressed.clicked.connect(lambda: presses.append("pressed"))
    qtbot.keyClick(pressed, key)
    assert presses == ["pressed"]


@pytest.mark.qt_log_ignore("^Keyboard event not accepted", extend=True)
def test_disabled_ones_stay_silent(qtbot: QtBot, pressed: QAbstractButton) -> None:
    pressed.setEnabled(False)
    with qtbot.assertNotEmitted(pressed.clicked):
        qtbot.mouseClick(pressed, LEFT)
        qtbot.keyClick(pressed, Qt.Key.Key_Return)


def test_a_tiles_button_and_the_tile_itself_say_different_things(qtbot: QtBot, look: Look, nb: Texts) -> None:
    tile = HeadsetTile(look, nb, 1)
    qtbot.addWidget(tile)
    tile.resize(251, 306)
    said: list[str] = []
    tile.step_pressed.connect(lambda: said.append("step"))
    tile.details_wanted.connect(lambda: said.append("details"))
    qtbot.mouseClick(tile.button, LEFT)
    qtbot.keyClick(tile, Qt.Key.Key_Return)
    qtbot.mouseDClick(tile, LEFT, pos=QPoint(100, 200))
    assert said == ["step", "details", "details"]


def test_a_tile_without_a_step_has_no_button_but_its_play_mode(qtbot: QtBot, look: Look, nb: Texts) -> None:
    tile = HeadsetTile(look, nb, 1)
    qtbot.addWidget(tile)
    tile.show_state(HeadsetState.READY, TileFacts(play_mode=PlayMode.VR))
    assert not tile.button.isVisibleTo(tile)
    assert tile.words.foot is not None
    assert tile.words.foot.words == "VR, synkronisert"
    assert tile.accessibleName() == "Brille 1. Klar. Filmen er verifisert. Lyd 60 %. Ingenting å gjøre."


def test_a_banner_tells_which_of_its_buttons(qtbot: QtBot, look: Look) -> None:
    banner = Banner(look, Tone.DANGER, "Opptatt", "Ola bruker den.", ["Flytt", "Finn ledig tid"])
    qtbot.addWidget(banner)
    chosen: list[int] = []
    banner.chosen.connect(chosen.append)
    qtbot.mouseClick(banner.buttons[1], LEFT)
    qtbot.keyClick(banner.buttons[0], Qt.Key.Key_Space)
    assert chosen == [1, 0]


def test_a_banner_has_no_third_button(look: Look) -> None:
    with pytest.raises(ValueError, match="at most 2"):
        Banner(look, Tone.OK, "Fakta", buttons=["1", "2", "3"])


def test_an_empty_state_offers_two_ways(qtbot: QtBot, look: Look) -> None:
    empty = EmptyState(look, "note", "Ingen økter", "Planlegg en.", "Ny økt", other="Øv")
    qtbot.addWidget(empty)
    assert empty.other is not None
    with qtbot.waitSignal(empty.primary_pressed, timeout=500):
        qtbot.keyClick(empty.primary, Qt.Key.Key_Return)
    with qtbot.waitSignal(empty.other_pressed, timeout=500):
        qtbot.mouseClick(empty.other, LEFT)


@pytest.fixture
def segments(qtbot: QtBot, look: Look, nb: Texts) -> SegmentedControl:
    control = SegmentedControl(look, nb, "Oppmøte", ("Møtt", "Delvis", "Ikke møtt"))
    qtbot.addWidget(control)
    control.resize(control.sizeHint())
    return control


def test_segments_by_mouse(qtbot: QtBot, segments: SegmentedControl) -> None:
    with qtbot.waitSignal(segments.chosen, timeout=500) as signal:
        qtbot.mouseClick(segments, LEFT, pos=segments.segment(1).center().toPoint())
    assert signal.args == [1]
    assert segments.accessibleName() == "Oppmøte: Delvis"


def test_segments_by_keyboard(qtbot: QtBot, segments: SegmentedControl) -> None:
    chosen: list[int] = []
    segments.chosen.connect(chosen.append)
    assert segments.accessibleName() == "Oppmøte: ikke valgt"
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_3, Qt.Key.Key_Left):
        qtbot.keyClick(segments, key)
    assert chosen == [0, 1, 2, 1]


def test_an_answer_that_is_shown_is_no_answer_that_was_given(
    qtbot: QtBot, segments: SegmentedControl
) -> None:
    with qtbot.assertNotEmitted(segments.chosen):
        segments.set_answer(2)
    assert segments.answer() == 2


def test_segments_do_not_move_when_the_answer_changes(segments: SegmentedControl) -> None:
    before = [segments.segment(at) for at in range(3)]
    segments.set_answer(2)
    assert [segments.segment(at) for at in range(3)] == before


def test_the_rail_says_where_one_wants_to_go(qtbot: QtBot, look: Look, nb: Texts) -> None:
    rail = Rail(look, rail_places(Sheet(look, nb, 10, 10)), "Sider")
    qtbot.addWidget(rail)
    places: list[str] = []
    rail.place_chosen.connect(places.append)
    qtbot.mouseClick(rail.items["plan"], LEFT)
    qtbot.keyClick(rail.items["reports"], Qt.Key.Key_Return)
    assert places == ["plan", "reports"]
    assert [key for key, item in rail.items.items() if item.isChecked()] == ["reports"]


@pytest.fixture
def line(qtbot: QtBot, look: Look, nb: Texts) -> Timeline:
    made = Timeline(look, nb, editable=True)
    qtbot.addWidget(made)
    made.resize(422, made.sizeHint().height())
    made.show_film(TimelineFilm(length_s=422, position_s=148, stops_s=(148.0, 316.0)))
    return made


@pytest.mark.parametrize(
    ("key", "modifier", "second"),
    [
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, 149),
        (Qt.Key.Key_Left, SHIFT, 143),
        (Qt.Key.Key_Right, CTRL, 316),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, 0),
        (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, 422),
    ],
)
def test_the_timeline_moves_by_keyboard(
    qtbot: QtBot, line: Timeline, key: Qt.Key, modifier: Qt.KeyboardModifier, second: float
) -> None:
    with qtbot.waitSignal(line.position_chosen, timeout=500) as signal:
        qtbot.keyClick(line, key, modifier)
    assert signal.args == [second]


def test_the_timeline_sets_and_drops_stop_points(qtbot: QtBot, line: Timeline) -> None:
    with qtbot.waitSignal(line.stop_wanted, timeout=500) as wanted:
        qtbot.keyClick(line, Qt.Key.Key_S)
    with qtbot.waitSignal(line.stop_dropped, timeout=500) as dropped:
        qtbot.keyClick(line, Qt.Key.Key_Delete)
    assert (wanted.args, dropped.args) == ([148.0], [0])


def test_a_chosen_place_is_moved_on_and_entered_while_the_film_stays_where_it_is(
    qtbot: QtBot, line: Timeline
) -> None:
    qtbot.keyClick(line, Qt.Key.Key_Return)
    line.show_film(TimelineFilm(length_s=422, position_s=148, chosen_s=200, stops_s=(148.0, 316.0)))
    assert line.accessibleName() == "Film: 2.28 av 7.02, valgt sted 3.20"
    with qtbot.waitSignal(line.position_chosen, timeout=500) as signal:
        qtbot.keyClick(line, Qt.Key.Key_Right, SHIFT)
    assert signal.args == [205]
    entered: list[float] = []
    line.position_entered.connect(entered.append)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert entered == [200]


def test_the_timeline_moves_by_mouse(qtbot: QtBot, line: Timeline) -> None:
    with qtbot.waitSignal(line.position_chosen, timeout=500) as signal:
        qtbot.mouseClick(line, LEFT, pos=QPoint(211, 30))
    assert signal.args == [pytest.approx(211)]


@pytest.fixture
def calendar(qtbot: QtBot, look: Look, nb: Texts) -> WeekCalendar:
    made = WeekCalendar(look, nb)
    qtbot.addWidget(made)
    made.resize(858, made.sizeHint().height())
    made.show_week(week_example(Sheet(look, nb, 10, 10)))
    return made


def test_the_week_is_walked_through_by_arrows(qtbot: QtBot, calendar: WeekCalendar) -> None:
    walked: list[str] = []
    calendar.event_chosen.connect(walked.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Up):
        qtbot.keyClick(calendar, key)
    assert walked == ["a", "b", "c", "e", "d"]
    assert calendar.accessibleName() == "ons., 08.30 til 09.30, Innkomst. Seksjonsmøte · 5"


def test_an_event_is_moved_and_stretched_by_keyboard(qtbot: QtBot, calendar: WeekCalendar) -> None:
    qtbot.keyClick(calendar, Qt.Key.Key_Down)
    with qtbot.waitSignal(calendar.move_wanted, timeout=500) as later:
        qtbot.keyClick(calendar, Qt.Key.Key_Down, CTRL)
    with qtbot.waitSignal(calendar.move_wanted, timeout=500) as next_day:
        qtbot.keyClick(calendar, Qt.Key.Key_Right, CTRL)
    with qtbot.waitSignal(calendar.length_wanted, timeout=500) as shorter:
        qtbot.keyClick(calendar, Qt.Key.Key_Up, SHIFT)
    assert (later.args, next_day.args, shorter.args) == (["a", 0, 15], ["a", 1, 0], ["a", -15])


def test_an_event_opens_by_enter_and_by_mouse(qtbot: QtBot, calendar: WeekCalendar) -> None:
    opened: list[str] = []
    calendar.event_opened.connect(opened.append)
    place = calendar.event_box("e").center().toPoint()
    qtbot.mouseClick(calendar, LEFT, pos=place)
    assert opened == ["e"]
    qtbot.keyClick(calendar, Qt.Key.Key_Return)
    assert opened == ["e", "e"]


def test_other_weeks_and_today_by_keyboard(qtbot: QtBot, calendar: WeekCalendar) -> None:
    with qtbot.waitSignal(calendar.week_wanted, timeout=500) as week:
        qtbot.keyClick(calendar, Qt.Key.Key_PageDown)
    with qtbot.waitSignal(calendar.today_wanted, timeout=500):
        qtbot.keyClick(calendar, Qt.Key.Key_Home)
    assert week.args == [1]


def test_an_empty_place_is_a_day_and_a_quarter_of_an_hour(qtbot: QtBot, calendar: WeekCalendar) -> None:
    box = calendar.event_box("c")
    with qtbot.waitSignal(calendar.slot_chosen, timeout=500) as slot:
        qtbot.mouseClick(calendar, LEFT, pos=QPoint(int(box.center().x()), int(box.bottom()) + 4))
    assert slot.args == [1, 14 * 60 + 30]


def test_the_edited_day_is_wider_and_its_events_stand_side_by_side(calendar: WeekCalendar) -> None:
    first, second = calendar.event_box("f"), calendar.event_box("g")
    assert first.right() < second.left()
    assert second.right() - first.left() > 1.8 * calendar.event_box("a").width()


def test_the_keyboard_stays_on_an_event_that_is_shown_again(
    qtbot: QtBot, calendar: WeekCalendar, look: Look, nb: Texts
) -> None:
    qtbot.mouseClick(calendar, LEFT, pos=calendar.event_box("h").center().toPoint())
    calendar.show_week(week_example(Sheet(look, nb, 10, 10)))
    current = calendar.current()
    assert current is not None
    assert current.key == "h"


def test_large_text_in_a_low_window_costs_the_rail_its_icons_not_its_words(
    qtbot: QtBot, look: Look, nb: Texts
) -> None:
    look.set_theme(Theme(ThemeName.LIGHT, 2.0))
    rail = Rail(look, rail_places(Sheet(look, nb, 10, 10)), "Sider")
    qtbot.addWidget(rail)
    rail.resize(rail.width(), 680)
    assert cut_texts(rail) == []
    line = look.theme.style("micro").line
    tops = [item.geometry() for item in rail.items.values()]
    assert all(item.height() >= line for item in tops)
    assert tops[-1].bottom() < rail.height() == 680
