"""Ctrl+L: the group sees the timer and Stopp alt, and nothing of a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.office import TestOffice, make_office
from tests.fakes.ready_session import NAMES, READY_ID, Ready, ready_session
from tests.gui.painting import cut_texts, nameless
from trainer_app.domain.live_kit import FilmStage
from trainer_app.domain.phases import PhaseCode
from trainer_app.looks.theme import Theme
from trainer_app.looks.tokens import ThemeName
from trainer_app.services.live.playback import Playback
from trainer_app.storage.repositories import SqlRepositories
from trainer_app.ui.gallery.__main__ import render
from trainer_app.ui.office import Target
from trainer_app.ui.page import MakePage
from trainer_app.ui.plan.page import PlanPage
from trainer_app.ui.session.page import SessionPage
from trainer_app.ui.session.run.view import RunView
from trainer_app.ui.session.step_view import RUN
from trainer_app.ui.shell.window import Window
from trainer_app.ui.theme.look import Look

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Desk:
    """The window with a session that is held, and a page beside it."""

    def __init__(self, test: TestOffice, look: Look, qtbot: QtBot) -> None:
        self.test = test
        self.ready: Ready = ready_session(test, people=7)
        self.page = SessionPage(test.office, look, {RUN: RunView})
        self.window = Window(look, test.office.texts)
        qtbot.addWidget(self.window)
        makers: dict[str, MakePage] = {
            "session": lambda: self.page,
            "plan": lambda: PlanPage(test.office, look),
        }
        self.window.show_pages(test.office.texts, makers, Target(place="session"))
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.window.go(Target(place="session", session_id=READY_ID, detail=RUN))
        QApplication.processEvents()

    @property
    def view(self) -> RunView:
        view = self.page.findChild(RunView)
        assert isinstance(view, RunView)
        return view

    def play(self) -> None:
        while self.view.presenter.phase is not PhaseCode.FILM:
            self.view.presenter.next_phase()
        film, began = self.ready.film, self.test.clock[0]
        self.test.live.a_playback = Playback(film=film, started_at=began, from_s=0)
        self.kit(FilmStage.PLAYING, 10.0)

    def kit(self, stage: FilmStage, position_s: float = 0.0) -> None:
        self.test.kit_is(self.ready.kit(stage, position_s))
        QApplication.processEvents()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        QApplication.processEvents()

    def seen(self) -> list[QWidget]:
        """All that is to be seen."""
        return [each for each in self.window.findChildren(QWidget) if each.isVisible()]

    def words(self) -> str:
        """All that is to be read, or read aloud."""
        shown = [each.accessibleName() for each in self.seen()]
        shown += [each.text() for each in self.seen() if isinstance(each, QLabel | QAbstractButton)]
        shown += [each.text() for each in self.seen() if isinstance(each, QLineEdit)]
        return "\n".join([*shown, self.window.windowTitle()])

    def end(self) -> None:
        for page in self.window.pages.values():
            page.end()


@pytest.fixture
def make_desk(
    department_stored: SqlRepositories, tmp_path: Path, look: Look, qtbot: QtBot
) -> Iterator[Callable[..., Desk]]:
    desks: list[Desk] = []

    def make(lang: str = "nb") -> Desk:
        desks.append(Desk(make_office(department_stored, tmp_path, lang=lang), look, qtbot))
        return desks[-1]

    yield make
    for desk in desks:
        desk.end()


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    return make_desk()


def test_locked_shows_the_timer_and_stop_all_and_nothing_else(desk: Desk) -> None:
    desk.play()
    desk.view.presenter.toggle_notes()
    desk.press(Qt.Key.Key_F3)
    QTest.keyClicks(QApplication.focusWidget() or desk.window, "Anne ble urolig")
    before = QApplication.focusWidget()
    desk.press(Qt.Key.Key_L, CTRL)
    buttons = {each.text() for each in desk.seen() if isinstance(each, QAbstractButton)}
    assert buttons == {"Stopp alt", "Lås opp"}
    assert not any(isinstance(each, QLineEdit) for each in desk.seen())
    assert not any(name.split()[0] in desk.words() for name in NAMES)
    assert "Film: " in desk.view.locked.ring.accessibleName()
    assert desk.window.windowTitle() == "SimKoffert"
    desk.press(Qt.Key.Key_L, CTRL)
    assert QApplication.focusWidget() is before
    assert isinstance(before, QLineEdit)
    assert before.text() == "Anne ble urolig"


def test_names_that_were_open_are_closed_when_it_is_unlocked(desk: Desk) -> None:
    desk.play()
    desk.kit(FilmStage.ENDED)
    desk.view.change.wearers.toggle()
    assert any(name in desk.words() for name in NAMES)
    desk.press(Qt.Key.Key_L, CTRL)
    assert not any(name in desk.words() for name in NAMES)
    desk.press(Qt.Key.Key_Escape)
    assert not desk.window.lock.is_locked
    assert not any(name in desk.words() for name in NAMES)


def test_the_film_and_its_timer_go_on_and_all_can_be_stopped(desk: Desk) -> None:
    desk.play()
    desk.press(Qt.Key.Key_L, CTRL)
    before = desk.view.locked.ring.accessibleName()
    desk.view.presenter.add_minutes(1)
    assert desk.view.locked.ring.accessibleName() != before
    desk.press(Qt.Key.Key_Escape, SHIFT)
    assert desk.test.live.asked[-1][0] == "stop_all"
    kit = desk.ready.kit(FilmStage.STOPPED, 10.0)
    unanswered = tuple(replace(each, not_dark=each.number == 3) for each in kit.headsets)
    desk.test.kit_is(replace(kit, headsets=unanswered, stopping=True))
    assert desk.window.lock.is_locked
    assert "Stopp alt er sendt.\nVenter på svar fra brille 3." in desk.words()
    desk.test.kit_is(replace(kit, headsets=unanswered))
    assert "Brille 3 har ikke svart og kan spille videre." in desk.words()
    desk.view.locked.stop.click()
    assert [each[0] for each in desk.test.live.asked].count("stop_all") == 2


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F8, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_M, CTRL),
        (Qt.Key.Key_PageDown, CTRL),
        (Qt.Key.Key_2, CTRL),
        (Qt.Key.Key_N, CTRL),
    ],
)
def test_no_other_key_works_meanwhile(desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    desk.play()
    asked, phase = list(desk.test.live.asked), desk.view.presenter.phase
    desk.press(Qt.Key.Key_L, CTRL)
    desk.press(key, modifier)
    assert desk.window.lock.is_locked
    assert not any(isinstance(each, QDialog) and each.isVisible() for each in QApplication.topLevelWidgets())
    assert (desk.test.live.asked, desk.view.presenter.phase) == (asked, phase)
    assert desk.window.place == "session"
    desk.window.lock.screen.unlock.click()
    assert desk.view.top.notes.text() == "Notater er skjult"
    assert not desk.view.message.is_open


def test_from_another_page_the_running_session_keeps_its_timer(desk: Desk) -> None:
    desk.play()
    desk.press(Qt.Key.Key_2, CTRL)
    assert desk.window.place == "plan"
    desk.press(Qt.Key.Key_L, CTRL)
    assert desk.view.locked.ring.isVisible()
    assert desk.view.locked.stop.isVisible()
    desk.press(Qt.Key.Key_L, CTRL)
    assert desk.window.place == "plan"
    assert not desk.view.locked.isVisible()


def test_a_dialog_is_hidden_as_well(desk: Desk) -> None:
    desk.view._ask_to_abort()
    QApplication.processEvents()
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    QTest.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_L, CTRL)
    QApplication.processEvents()
    assert desk.window.lock.is_locked
    assert QApplication.activeModalWidget() is None
    assert desk.view.presenter.is_running  # the safe answer
    desk.window.activateWindow()
    assert QTest.qWaitForWindowActive(desk.window)
    desk.press(Qt.Key.Key_Escape)
    assert not desk.window.lock.is_locked


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize(("scale", "size"), [(1.0, (1366, 768)), (1.25, (1366, 768)), (1.0, (1280, 680))])
def test_the_timer_is_read_at_three_metres(
    make_desk: Callable[..., Desk], look: Look, lang: str, scale: float, size: tuple[int, int]
) -> None:
    look.set_theme(Theme(ThemeName.LIGHT, scale))
    desk = make_desk(lang)
    desk.window.resize(*size)
    desk.play()
    desk.press(Qt.Key.Key_L, CTRL)
    desk.kit(FilmStage.STOPPED, 10.0)
    render(desk.window)
    assert cut_texts(desk.window.lock.screen) == []
    assert nameless(desk.window.lock.screen) == []
    assert desk.view.locked.ring.digits_height() >= 75
    assert (desk.window.width(), desk.window.height()) == size


def test_without_a_session_there_is_nothing_but_the_way_back(desk: Desk) -> None:
    desk.view.presenter.ask_to_end()
    desk.view.presenter.finish()
    desk.press(Qt.Key.Key_L, CTRL)
    buttons = {each.text() for each in desk.seen() if isinstance(each, QAbstractButton)}
    assert buttons == {"Lås opp"}
    assert desk.window.focusWidget() is desk.window.lock.screen.unlock
    desk.press(Qt.Key.Key_Space)
    assert not desk.window.lock.is_locked
