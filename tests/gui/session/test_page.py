"""The place Økt: the list, the steps in turn, and what is passed on to the open step."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.office import TestOffice
from tests.fakes.records import ROOM, a_session, wall
from tests.gui.painting import cut_texts, nameless
from tests.gui.session.conftest import OpenOffice
from trainer_app.domain.sessions import Session, SessionId, SessionState
from trainer_app.looks.theme import Theme
from trainer_app.looks.tokens import ThemeName
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.office import Office, Target
from trainer_app.ui.page import KeyHelp
from trainer_app.ui.session.breadcrumb import Breadcrumb
from trainer_app.ui.session.page import SessionPage
from trainer_app.ui.session.step_view import CLOSE, PREPARE, RUN, MakeStep, StepView
from trainer_app.ui.shell.window import Window
from trainer_app.ui.theme.look import Look


class OneField(StepView):
    """A step with a field; remembers what the page asked of it."""

    def __init__(self, office: Office, look: Look, *, rail: bool) -> None:
        super().__init__(look)
        self.asked: list[object] = []
        self.rail = rail
        self.field = QLineEdit()
        QVBoxLayout(self).addWidget(self.field)

    @property
    def wants_rail(self) -> bool:
        return self.rail

    def open(self, session_id: SessionId, detail: str = "") -> None:
        self.asked.append(("open", session_id, detail))

    def leave(self) -> None:
        self.asked.append("leave")

    def end(self) -> None:
        self.asked.append("end")

    def print(self) -> None:
        self.asked.append("print")

    def escape(self) -> None:
        self.asked.append("escape")

    def key_help(self) -> list[KeyHelp]:
        return [KeyHelp("F8", "Pause")]

    def first_focus(self) -> QWidget:
        return self.field


class Opened:
    """The page in its window, with its steps as they are made."""

    def __init__(self, made: TestOffice, look: Look) -> None:
        self.steps: dict[str, OneField] = {}
        self.made = made
        self.page = SessionPage(
            made.office, look, {name: self._maker(name) for name in (PREPARE, RUN, CLOSE)}
        )
        self.window = Window(look, made.office.texts)
        self.window.show_pages(made.office.texts, {"session": lambda: self.page}, Target(place="session"))

    def _maker(self, name: str) -> MakeStep:
        def make(office: Office, look: Look) -> OneField:
            self.steps[name] = OneField(office, look, rail=name != RUN)
            return self.steps[name]

        return make

    def session(self, state: SessionState, **changes: object) -> Session:
        times = {"planned_start": wall("2026-11-17T13:00"), "planned_end": wall("2026-11-17T14:30")}
        return self.made.stored.sessions.save(
            a_session(state=state, room_id=ROOM.id, participants=7, **{**times, **changes})
        )

    def rail_is_shown(self) -> bool:
        rail = self.window._rail
        return rail is not None and rail.isVisible()


@pytest.fixture
def opened(qtbot: QtBot, open_office: OpenOffice, look: Look) -> Opened:
    opened = Opened(open_office(), look)
    qtbot.addWidget(opened.window)
    opened.window.show()
    qtbot.waitExposed(opened.window)
    opened.window.activateWindow()
    return opened


def test_a_session_is_chosen_from_the_list_by_keyboard(opened: Opened) -> None:
    session = opened.session(SessionState.PLANNED)
    opened.window.go(Target(place="session"))
    focus = opened.window.focusWidget()
    assert focus is not None
    assert "Selvmordsfare" in focus.accessibleName()
    QTest.keyClick(focus, Qt.Key.Key_Return)
    assert opened.steps[PREPARE].asked == [("open", session.id, "")]
    assert opened.window.focusWidget() is opened.steps[PREPARE].field


def test_an_empty_list_offers_a_new_session(opened: Opened) -> None:
    focus = opened.window.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Ny økt"
    QTest.keyClick(focus, Qt.Key.Key_Return)
    assert opened.made.went == [Target(place="plan", detail="new")]


def test_the_run_step_has_the_whole_window_and_gives_it_back(opened: Opened) -> None:
    session = opened.session(SessionState.READY)
    opened.window.go(Target(place="session", session_id=session.id))
    assert opened.rail_is_shown()
    opened.steps[PREPARE].step_wanted.emit(RUN)
    assert opened.steps[PREPARE].asked[-1] == "leave"
    assert not opened.rail_is_shown()
    assert opened.window.windowTitle() == "SimKoffert"
    QTest.keyClick(opened.window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert opened.steps[RUN].asked == [("open", session.id, RUN)]
    opened.steps[RUN].step_wanted.emit("")
    assert opened.rail_is_shown()
    assert opened.window.windowTitle() == "Økt – SimKoffert"


def test_after_a_crash_the_run_step_is_asked_to_continue(opened: Opened) -> None:
    session = opened.session(SessionState.IN_PROGRESS)
    opened.window.go(Target(place="session", session_id=session.id, detail="continue"))
    assert opened.steps[RUN].asked == [("open", session.id, "continue")]


def test_what_the_window_asks_goes_to_the_open_step(opened: Opened) -> None:
    session = opened.session(SessionState.HELD)
    opened.window.go(Target(place="session", session_id=session.id))
    opened.page.print()
    opened.page.escape()
    opened.page.leave()
    opened.page.end()
    assert opened.steps[CLOSE].asked[1:] == ["print", "escape", "leave", "end"]
    assert opened.page.key_help() == [KeyHelp("F8", "Pause")]
    assert set(opened.steps) == {CLOSE}


@pytest.mark.parametrize("scale", [1.0, 1.25])
@pytest.mark.parametrize("lang", ["nb", "en"])
def test_the_list_shows_all_its_words(
    qtbot: QtBot, open_office: OpenOffice, look: Look, lang: str, scale: float
) -> None:
    look.set_theme(Theme(ThemeName.LIGHT, scale))
    opened = Opened(open_office(lang=lang), look)
    qtbot.addWidget(opened.window)
    for state in (SessionState.IN_PROGRESS, SessionState.PLANNED, SessionState.HELD):
        opened.session(state)
    opened.window.resize(1280, 680)
    opened.window.show()
    opened.window.go(Target(place="session"))
    assert cut_texts(opened.page) == []
    assert nameless(opened.page) == []


@pytest.mark.parametrize("step", [PREPARE, RUN, CLOSE])
def test_the_steps_say_where_one_is(qtbot: QtBot, look: Look, texts: Texts, step: str) -> None:
    crumbs = Breadcrumb(look, texts, step)
    qtbot.addWidget(crumbs)
    crumbs.resize(crumbs.sizeHint())
    assert cut_texts(crumbs) == []
    here = texts(f"session_page.step.{step}")
    assert texts("session_page.step.current", number=(PREPARE, RUN, CLOSE).index(step) + 1, step=here) in (
        crumbs.accessibleName()
    )
