"""The film in a window of its own, on a laptop with VLC and on one without."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from time import perf_counter_ns

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from headset_agent.protocol.playing import Action, Plan
from tests.fakes.films import a_film
from tests.fakes.office import NoPictures, NoViewing
from tests.gui.session.run.room import MakeRoom
from trainer_app.domain.films import Film, Sha256
from trainer_app.domain.phases import PhaseCode
from trainer_app.headsets.agent.group_line import reference
from trainer_app.services.ports.film_course import FilmCourse
from trainer_app.services.ports.preview import Course, FilmViewing, Looking, ViewState
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.preview.window import FilmWindow
from trainer_app.ui.theme.look import Look

FILM = a_film()


def course(film: Film = FILM) -> FilmCourse:
    now_ns = perf_counter_ns()
    return FilmCourse(
        Plan(plan_id="p", revision=0, action=Action.PLAY, anchor_ns=now_ns, film=reference(film))
    )


class FakeVlc:
    """A player that remembers what it was told."""

    def __init__(self) -> None:
        self.looked: list[Looking] = []
        self.heard: list[bool] = []
        self.closed = 0
        self.shows: list[Film] = []
        self.tell: Callable[[ViewState], None] = lambda _state: None

    def is_here(self) -> bool:
        return True

    def show(self, film: Film, course: Course, window: int, told: Callable[[ViewState], None]) -> FakeVlc:
        self.shows.append(film)
        self.tell = told
        return self

    def look(self, where: Looking) -> None:
        self.looked.append(where)

    def sound(self, *, on: bool) -> None:
        self.heard.append(on)

    def close(self) -> None:
        self.closed += 1


class Stand:
    """A film window on the laptop's screen; ``course`` is where the group is."""

    def __init__(self, look: Look, texts: Texts, viewing: FilmViewing, qtbot: QtBot) -> None:
        self.course: FilmCourse | None = None
        self.pictures, self.qtbot = NoPictures(), qtbot
        self.window = FilmWindow(look, texts, viewing, self.pictures, lambda: self.course)

    def open(self, *, full: bool = False) -> None:
        self.window.show_film(FILM)
        self.window.open(full=full)
        QTest.qWaitForWindowExposed(self.window)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.window, key, modifier)

    def until_around(self) -> None:
        self.qtbot.waitUntil(lambda: self.window.looks_around)


@pytest.fixture
def vlc() -> FakeVlc:
    return FakeVlc()


@pytest.fixture
def stand(look: Look, nb: Texts, vlc: FakeVlc, qtbot: QtBot) -> Iterator[Stand]:
    stand = Stand(look, nb, vlc, qtbot)
    yield stand
    stand.window.end()
    vlc.tell(ViewState.ENDED)
    QApplication.processEvents()


@pytest.fixture
def without(look: Look, nb: Texts, qtbot: QtBot) -> Iterator[Stand]:
    stand = Stand(look, nb, NoViewing(), qtbot)
    yield stand
    stand.window.end()
    QApplication.processEvents()


def test_without_vlc_the_film_is_flat_and_it_says_what_to_install(without: Stand) -> None:
    without.course = course()
    without.open()
    assert without.pictures.open == 1
    assert "VLC" in without.window.hint.text()
    assert "vlc" in without.window.hint.text()  # the package of this system
    assert not without.window.flat.isVisible()


def test_nothing_is_decoded_while_no_film_is_on(without: Stand) -> None:
    without.open()
    assert without.pictures.open == 0
    assert without.window.plain.is_dark


def test_with_vlc_it_is_shown_around_as_soon_as_there_is_a_picture(stand: Stand, vlc: FakeVlc) -> None:
    stand.course = course()
    stand.open()
    assert not stand.window.looks_around
    vlc.tell(ViewState.SHOWN)
    stand.until_around()
    assert stand.pictures.open == 0


def test_in_a_playlist_it_shows_the_film_that_is_on(stand: Stand, vlc: FakeVlc) -> None:
    following = a_film(sha256=Sha256("cd" * 32), title="Den neste")
    stand.window.reel.know([FILM, following])
    stand.course = course()
    stand.open()
    assert vlc.shows == [FILM]
    first = vlc.tell
    first(ViewState.SHOWN)
    stand.until_around()
    stand.course = course(following)
    stand.qtbot.waitUntil(lambda: vlc.shows == [FILM, following])
    assert vlc.closed == 1
    assert not stand.window.looks_around
    first(ViewState.ENDED)
    second = vlc.tell
    second(ViewState.SHOWN)
    stand.until_around()
    stand.course = None
    stand.qtbot.waitUntil(lambda: vlc.shows == [FILM, following, FILM])  # ready for the next start
    second(ViewState.ENDED)


def test_a_film_that_nobody_knows_here_is_dark(stand: Stand, vlc: FakeVlc) -> None:
    stand.course = course(a_film(sha256=Sha256("ef" * 32)))
    stand.open()
    vlc.tell(ViewState.SHOWN)
    QApplication.processEvents()
    assert not stand.window.looks_around
    assert stand.window.plain.is_dark


def test_the_run_screen_says_which_films_there_are(make_room: MakeRoom) -> None:
    room = make_room()
    room.to(PhaseCode.FILM)
    room.play(5.0)
    other = a_film(sha256=Sha256("cd" * 32), title="Den neste")
    room.test.office.services.stored.films.add(other)
    room.view.projection.open()
    window = room.view.projection.window
    assert window is not None
    room.test.live.a_course = course(other)
    assert window.reel.on() == other


def test_it_is_dark_as_soon_as_the_film_is_stopped(stand: Stand, vlc: FakeVlc) -> None:
    stand.course = course()
    stand.open(full=True)
    vlc.tell(ViewState.SHOWN)
    stand.until_around()
    stand.course = None
    stand.qtbot.waitUntil(lambda: not stand.window.looks_around)
    assert stand.window.plain.is_dark


def test_a_film_that_vlc_cannot_show_is_shown_flat(stand: Stand, vlc: FakeVlc) -> None:
    stand.course = course()
    stand.open()
    vlc.tell(ViewState.FAILED)
    stand.qtbot.waitUntil(lambda: stand.pictures.open == 1)
    assert vlc.closed == 1
    assert "flat" in stand.window.hint.text()


def test_keys_and_mouse_look_around(stand: Stand, vlc: FakeVlc) -> None:
    stand.course = course()
    stand.open()
    stand.press(Qt.Key.Key_Right)
    assert (vlc.looked[-1].yaw_deg, vlc.looked[-1].pitch_deg) == (10.0, 0.0)
    stand.press(Qt.Key.Key_Up)
    assert vlc.looked[-1].pitch_deg == 10.0
    stand.press(Qt.Key.Key_Plus)
    assert vlc.looked[-1].width_deg < 80.0
    stand.press(Qt.Key.Key_Home)
    assert vlc.looked[-1] == Looking()
    QTest.mousePress(stand.window, Qt.MouseButton.LeftButton, pos=QPoint(400, 200))
    QTest.mouseMove(stand.window, QPoint(300, 200))
    QTest.mouseRelease(stand.window, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    stand.qtbot.waitUntil(lambda: vlc.looked[-1].yaw_deg > 5.0)


def test_flat_and_back_by_a_key(stand: Stand, vlc: FakeVlc) -> None:
    stand.course = course()
    stand.open()
    vlc.tell(ViewState.SHOWN)
    stand.until_around()
    stand.press(Qt.Key.Key_F)
    assert not stand.window.looks_around
    assert stand.pictures.open == 1
    stand.press(Qt.Key.Key_F)
    assert stand.window.looks_around
    assert stand.pictures.open == 0


def test_it_is_silent_until_sound_is_wanted(stand: Stand, vlc: FakeVlc) -> None:
    stand.open()
    assert True not in vlc.heard
    stand.press(Qt.Key.Key_M)
    assert vlc.heard[-1] is True


def test_escape_leaves_the_full_screen_then_the_window(stand: Stand, vlc: FakeVlc) -> None:
    stand.open(full=True)
    assert stand.window.isFullScreen()
    assert not stand.window.hint.isVisible()  # nothing but the film
    stand.press(Qt.Key.Key_Escape)
    assert not stand.window.isFullScreen()
    stand.press(Qt.Key.Key_Escape)
    assert not stand.window.isVisible()
    assert vlc.closed == 1


def test_stop_all_has_its_key_here_as_well(stand: Stand) -> None:
    stand.open(full=True)
    with stand.qtbot.waitSignal(stand.window.stop_wanted):
        stand.press(Qt.Key.Key_Escape, Qt.KeyboardModifier.ShiftModifier)
    assert stand.window.isFullScreen()


def test_a_window_is_kept_until_vlc_has_let_go_of_it(
    look: Look, nb: Texts, vlc: FakeVlc, qtbot: QtBot
) -> None:
    stand = Stand(look, nb, vlc, qtbot)
    stand.open()
    gone: list[bool] = []
    stand.window.destroyed.connect(lambda: gone.append(True))
    stand.window.end()
    QApplication.processEvents()
    assert not gone
    vlc.tell(ViewState.ENDED)
    qtbot.waitUntil(lambda: bool(gone))


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_the_tools_say_in_words_how_the_film_gets_on_the_screen(make_room: MakeRoom, lang: str) -> None:
    room = make_room(lang=lang)
    room.to(PhaseCode.FILM)
    room.play(5.0)
    tools = room.view.tools
    assert tools.window_button.isVisible()
    assert tools.window_button.text() in {"Vis film på skjerm", "Show film on screen"}
    assert tools.window_button.geometry().right() == tools.rect().right()
    row = (tools.recentre, tools.numbers, tools.message, tools.volume)
    for left, right in pairwise(row):
        assert right.geometry().left() - left.geometry().right() - 1 == 8


def test_where_there_is_no_room_a_sign_opens_it(make_room: MakeRoom) -> None:
    room = make_room(lang="nb")
    room.to(PhaseCode.FILM)
    room.play(5.0)
    tools = room.view.tools
    tools.window_button.setFocus()
    tools.setFixedWidth(tools.minimumSizeHint().width())
    QApplication.processEvents()
    assert tools.window_sign.isVisible()
    assert not tools.window_button.isVisible()
    assert tools.window_sign.hasFocus()
    assert tools.window_sign.accessibleName() == tools.window_button.text()
    assert tools.window_sign.toolTip()
    tools.window_sign.click()
    assert room.view.projection.window is not None


def test_the_run_screen_opens_it_and_takes_it_along(make_room: MakeRoom) -> None:
    room = make_room()
    room.to(PhaseCode.FILM)
    room.play(5.0)
    room.view.tools.window_button.click()
    window = room.view.projection.window
    assert window is not None
    assert window.isVisible()
    window.close()
    room.press(Qt.Key.Key_F11, Qt.KeyboardModifier.ShiftModifier)
    assert window.isFullScreen()
    room.view.projection.end()
    assert not window.isVisible()
