"""A session that was held without the program: booked with a past date, registered, closed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.fakes.office import TestOffice, make_office
from tests.fakes.planned_week import PlannedWeek
from trainer_app.domain.sessions import AttendanceStatus, SessionState
from trainer_app.storage.repositories import SqlRepositories
from trainer_app.ui.office import Target
from trainer_app.ui.page import MakePage
from trainer_app.ui.plan.page import PlanPage
from trainer_app.ui.session.closing.view import ClosingView
from trainer_app.ui.session.page import SessionPage
from trainer_app.ui.session.step_names import CLOSE
from trainer_app.ui.shell.window import Window
from trainer_app.ui.theme.look import Look

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)


class QuietClosing(ClosingView):
    """Asks nobody where papers are to be saved."""

    def choose_file(self, name: str) -> Path | None:
        return None


YESTERDAY = {"day": "16.11", "start": "9", "end": "1030", "participants": "1"}
SAID = {
    "nb": ("Datoen er passert. Økten blir registrert i ettertid.", "Registrer økten"),
    "en": ("The date is past. The session is registered afterwards.", "Register the session"),
}


@pytest.fixture(params=["nb", "en"])
def office(request: pytest.FixtureRequest, empty_stored: SqlRepositories, tmp_path: Path) -> TestOffice:
    return make_office(empty_stored, tmp_path, lang=request.param)


@pytest.fixture
def window(qtbot: QtBot, look: Look, office: TestOffice) -> Iterator[Window]:
    PlannedWeek(office)
    made = Window(look, office.office.texts)
    qtbot.addWidget(made)
    makers: dict[str, MakePage] = {
        "plan": lambda: PlanPage(office.office, look),
        "session": lambda: SessionPage(office.office, look, {CLOSE: QuietClosing}),
    }
    made.resize(1366, 768)
    made.show_pages(office.office.texts, makers, Target(place="plan", detail="new"))
    made.show()
    yield made
    for page in made.pages.values():
        page.end()


def _book(qtbot: QtBot, plan: PlanPage) -> None:
    plan.presenter.choose("theme", "SEL")
    for name, text in YESTERDAY.items():
        line = plan.panel.fields.lines[name]
        line.setFocus()
        line.selectAll()
        qtbot.keyClicks(line, text)
        qtbot.keyClick(line, Qt.Key.Key_Return)


def test_a_past_date_is_warned_of_and_the_session_registered_and_closed(
    qtbot: QtBot, window: Window, office: TestOffice
) -> None:
    warning, register = SAID[office.office.texts.lang]
    plan = window.pages["plan"]
    assert isinstance(plan, PlanPage)
    _book(qtbot, plan)
    plan.presenter.add_participant(office.stored.people.where()[-1].id)
    shown = plan.panel.shown
    assert shown is not None
    assert warning in shown.remarks["day"]
    plan.panel.primary.click()
    (session,) = office.stored.sessions.in_state(SessionState.PLANNED)
    plan.presenter.open_session(str(session.id))
    assert plan.panel.primary.text() == register
    plan.panel.primary.click()
    window.go(office.went.pop())
    page = window.pages["session"]
    view = page.findChild(QuietClosing)
    assert view is not None
    view.finish.register.click()
    (row,) = view.attendance.rows
    view.attendance.all_came.click()
    view.finish.close_record.click()
    closed = office.stored.sessions.by_id(session.id)
    assert closed is not None
    assert closed.state is SessionState.CLOSED
    kept = office.stored.attendance.get(session.id, row)
    assert kept is not None
    assert kept.status is AttendanceStatus.ATTENDED
    assert office.tasks.problems == []


def test_changes_of_a_past_plan_are_saved_before_it_is_registered(
    qtbot: QtBot, window: Window, office: TestOffice
) -> None:
    plan = window.pages["plan"]
    assert isinstance(plan, PlanPage)
    _book(qtbot, plan)
    plan.panel.primary.click()
    (session,) = office.stored.sessions.in_state(SessionState.PLANNED)
    plan.presenter.open_session(str(session.id))
    plan.presenter.type("contact", "Anne Påhittmo")
    plan.panel.primary.click()
    assert office.went == []
    stored = office.stored.sessions.by_id(session.id)
    assert stored is not None
    assert stored.aftercare_contact == "Anne Påhittmo"
