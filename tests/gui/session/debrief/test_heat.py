"""Where the group looked, in the debrief: at any moment of the film, beside the notes, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.evening import PLAYBACK_ID, SESSION_ID, store_evening, store_heat
from tests.fakes.office import NoPictures, TestOffice
from tests.gui.painting import cut_texts, nameless
from tests.gui.session.conftest import OpenOffice
from trainer_app.domain.films import Projection
from trainer_app.domain.heat_map import HeatBin, HeatMap
from trainer_app.domain.phases import PhaseCode
from trainer_app.domain.sessions import SessionState
from trainer_app.looks.theme import Theme
from trainer_app.looks.tokens import ThemeName
from trainer_app.services.heat_maps import keep_heat
from trainer_app.services.ports.pictures import FilmPicture
from trainer_app.ui.session.debrief.film_card import FilmCard
from trainer_app.ui.session.debrief.view import DebriefContent
from trainer_app.ui.theme.look import Look

GREY_FRAME = FilmPicture(
    position_s=0.0,
    width=64,
    height=32,
    stride=256,
    pixels=bytes((90, 90, 90, 0)) * (64 * 32),
    projection=Projection.EQUIRECT,
)


class Debrief:
    """The debrief of an evening in a window of the run screen's size."""

    def __init__(self, test: TestOffice, look: Look, qtbot: QtBot) -> None:
        self.test = test
        self.window = QWidget()
        self.view = DebriefContent(test.office, look)
        QHBoxLayout(self.window).addWidget(self.view)
        qtbot.addWidget(self.window)
        self.window.resize(1018, 664)

    def show(self) -> None:
        self.window.show()
        evening = self.test.stored.phases.where(session_id=SESSION_ID)
        phase = next(phase for phase in evening if phase.code is PhaseCode.ANALYSIS)
        self.view.show_phase(SESSION_ID, phase)
        for _ in range(3):
            QApplication.processEvents()

    @property
    def card(self) -> FilmCard:
        return self.view.film

    @property
    def pictures(self) -> NoPictures:
        pictures = self.test.office.services.pictures
        assert isinstance(pictures, NoPictures)
        return pictures


MakeDebrief = Callable[..., Debrief]


@pytest.fixture
def make_debrief(open_office: OpenOffice, look: Look, qtbot: QtBot) -> Iterator[MakeDebrief]:
    made: list[Debrief] = []

    def make(**wanted: object) -> Debrief:
        test = open_office(**wanted)
        store_evening(test.stored, test.office.services.content, state=SessionState.IN_PROGRESS)
        made.append(Debrief(test, look, qtbot))
        return made[-1]

    yield make
    for one in made:
        one.view.end()


def test_the_film_stands_at_its_first_stop_with_the_seconds_before_it(make_debrief: MakeDebrief) -> None:
    debrief = make_debrief()
    store_heat(debrief.test.stored)
    debrief.show()
    assert debrief.card.heat.isVisible()
    assert debrief.card.accessibleName() == "Hvor gruppen så"
    said = debrief.card.heat.accessibleName()
    assert said.startswith("Hvor gruppen så. Fem briller samlet, ")
    assert "De fleste så" in said


def test_any_moment_is_chosen_by_keyboard_or_mouse(make_debrief: MakeDebrief) -> None:
    debrief = make_debrief()
    store_heat(debrief.test.stored)
    debrief.show()
    card = debrief.card
    QTest.keyClick(card.line, Qt.Key.Key_Home)
    assert "0.00–0.10" in card.heat.accessibleName()
    for _ in range(3):
        QTest.keyClick(card.line, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert "0.06–0.16" in card.heat.accessibleName()
    QTest.keyClick(card.line, Qt.Key.Key_End)
    assert "6.52–7.02" in card.heat.accessibleName()
    middle = QPoint(card.line.width() // 2, card.line.height() // 2)
    QTest.mousePress(card.line, Qt.MouseButton.LeftButton, pos=QPoint(2, middle.y()))
    QTest.mouseMove(card.line, middle)
    QTest.mouseRelease(card.line, Qt.MouseButton.LeftButton, pos=middle)
    assert "3.22–3.32" in card.heat.accessibleName()
    # A note that is written meanwhile does not move it.
    debrief.view._presenter.reload()
    assert "3.22–3.32" in card.heat.accessibleName()


def test_shades_lie_where_they_looked_and_nowhere_else(make_debrief: MakeDebrief) -> None:
    debrief = make_debrief()
    # All looked 90 degrees to the right, at the horizon.
    heat = HeatMap(bins={number: HeatBin(headsets=3, looks={18 * 72 + 54: 30}) for number in range(200)})
    keep_heat(debrief.test.stored, PLAYBACK_ID, heat)
    debrief.show()
    assert debrief.pictures.shown is not None
    debrief.pictures.shown(GREY_FRAME)
    QApplication.processEvents()
    picture = debrief.card.heat.grab().toImage()
    view = debrief.card.heat

    def colour_at(yaw_deg: float) -> QColor:
        ratio = picture.devicePixelRatio()
        x = (yaw_deg + 180) / 360 * view.width() * ratio
        return picture.pixelColor(round(x), round(view.height() / 2 * ratio))

    assert colour_at(92.5).saturation() > 100
    assert colour_at(92.5).lightness() > colour_at(80.0).lightness()
    for elsewhere in (-92.5, 0.0, 170.0, -170.0, 50.0):
        assert colour_at(elsewhere) == QColor(90, 90, 90)


def test_where_fewer_than_three_watched_it_says_so(make_debrief: MakeDebrief) -> None:
    debrief = make_debrief()
    keep_heat(debrief.test.stored, PLAYBACK_ID, HeatMap(bins={0: HeatBin(headsets=3, looks={5: 1})}))
    debrief.show()
    QTest.keyClick(debrief.card.line, Qt.Key.Key_End)
    assert "Vises fra tre briller" in debrief.card.heat.accessibleName()
    assert cut_texts(debrief.window) == []


def test_without_a_map_the_film_is_its_line_and_nothing_is_decoded(make_debrief: MakeDebrief) -> None:
    debrief = make_debrief()
    debrief.show()
    assert debrief.card.isVisible()
    assert debrief.card.accessibleName() == "Filmen"
    assert not debrief.card.heat.isVisible()
    assert not debrief.card.line.isVisible()
    assert debrief.pictures.followed == []


def test_a_map_that_is_kept_late_comes_at_its_first_stop(make_debrief: MakeDebrief) -> None:
    debrief = make_debrief()
    debrief.show()
    store_heat(debrief.test.stored)
    debrief.view._presenter.reload()
    QApplication.processEvents()
    assert debrief.card.heat.isVisible()
    (stop, *_) = debrief.card.line._film.stops_s
    assert debrief.card.line._film.position_s == stop


def test_frames_are_decoded_only_while_somebody_looks(make_debrief: MakeDebrief) -> None:
    debrief = make_debrief()
    store_heat(debrief.test.stored)
    debrief.show()
    assert (len(debrief.pictures.followed), debrief.pictures.open) == (1, 1)
    debrief.window.hide()
    assert debrief.pictures.open == 0
    debrief.window.show()
    assert debrief.pictures.open == 1


def test_the_map_may_be_seen_while_the_notes_are_hidden(make_debrief: MakeDebrief) -> None:
    debrief = make_debrief()
    store_heat(debrief.test.stored)
    debrief.show()
    debrief.view.set_notes_hidden(True)
    assert debrief.card.heat.isVisible()
    assert debrief.card.line._film.notes_s == ()
    debrief.view.set_notes_hidden(False)
    assert debrief.card.line._film.notes_s


@pytest.mark.parametrize(
    ("lang", "scale", "theme"),
    [
        ("nb", 1.25, ThemeName.LIGHT),
        ("en", 1.25, ThemeName.HIGH_CONTRAST),
        ("nb", 1.0, ThemeName.HIGH_CONTRAST),
    ],
)
def test_nothing_is_cut_and_the_window_keeps_its_size(
    make_debrief: MakeDebrief, look: Look, lang: str, scale: float, theme: ThemeName
) -> None:
    look.set_theme(Theme(theme, scale))
    debrief = make_debrief(lang=lang)
    store_heat(debrief.test.stored)
    for hidden in (True, False):
        debrief.show()
        debrief.view.set_notes_hidden(hidden)
        QApplication.processEvents()
        assert cut_texts(debrief.window) == []
        assert nameless(debrief.window) == []
        assert debrief.window.height() <= 664
