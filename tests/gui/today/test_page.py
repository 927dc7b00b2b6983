"""I dag as it is seen and worked with: words whole in both languages and sizes, everything by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.office import TestOffice, make_office
from tests.fakes.planned_week import PlannedWeek
from tests.gui.painting import cut_texts, nameless
from trainer_app.domain.headset_state import HeadsetFacts, HeadsetState
from trainer_app.domain.live_kit import HeadsetNow, KitNow
from trainer_app.looks.theme import Theme
from trainer_app.looks.tokens import ThemeName
from trainer_app.storage.repositories import SqlRepositories
from trainer_app.ui.office import Target
from trainer_app.ui.theme.look import Look
from trainer_app.ui.today.page import TodayPage


def _kit(week: PlannedWeek, *percents: int) -> KitNow:
    headsets = tuple(
        HeadsetNow(
            number=number,
            state=HeadsetState.READY,
            facts=HeadsetFacts(battery_percent=percent, charging=False),
        )
        for number, percent in enumerate(percents, start=1)
    )
    return KitNow(kit_id=week.kit.id, headsets=headsets)


@pytest.fixture(params=["nb", "en"])
def office(request: pytest.FixtureRequest, empty_stored: SqlRepositories, tmp_path: Path) -> TestOffice:
    return make_office(empty_stored, tmp_path, lang=request.param)


@pytest.fixture
def week(office: TestOffice) -> PlannedWeek:
    made = PlannedWeek(office)
    made.session("VOT", "2026-11-17T13:00", "2026-11-17T14:30", participants=10, lead=1)
    made.session("INN", "2026-11-18T09:00", "2026-11-18T10:30", draft=True)
    office.live.now = _kit(made, 92, 38, 90, 88, 95)
    office.office.kit_now.put(office.live.now)
    return made


@pytest.fixture
def page(qtbot: QtBot, look: Look, office: TestOffice, week: PlannedWeek) -> Iterator[TodayPage]:
    made = _open(qtbot, look, office)
    yield made
    made.end()


def _open(qtbot: QtBot, look: Look, office: TestOffice) -> TodayPage:
    made = TodayPage(office.office, look)
    qtbot.addWidget(made)
    made.resize(1278, 736)
    made.enter(Target(place="today"))
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.mark.parametrize("scale", [1.0, 1.25])
def test_no_word_is_cut(page: TodayPage, look: Look, scale: float) -> None:
    look.set_theme(Theme(ThemeName.LIGHT, scale))
    QApplication.processEvents()
    assert cut_texts(page) == []
    assert nameless(page) == []


def test_the_first_thing_is_to_set_up_the_session(qtbot: QtBot, page: TodayPage, office: TestOffice) -> None:
    first = page.first_focus()
    assert first is page.next.primary
    qtbot.keyClick(first, Qt.Key.Key_Return)
    assert (office.went[-1].place, office.went[-1].detail) == ("session", "prepare")


def test_rows_and_links_lead_where_they_say(qtbot: QtBot, page: TodayPage, office: TestOffice) -> None:
    qtbot.keyClick(page.rows[0], Qt.Key.Key_Return)
    assert office.went[-1].place == "plan"
    assert office.went[-1].session_id is not None
    qtbot.mouseClick(page.needs.links()[0], Qt.MouseButton.LeftButton)
    assert office.went[-1].place == "kit"
    qtbot.mouseClick(page.new, Qt.MouseButton.LeftButton)
    assert office.went[-1] == Target(place="plan", detail="new")


def test_live_batteries_leave_the_keyboard_where_it_is(
    qtbot: QtBot, page: TodayPage, office: TestOffice, week: PlannedWeek
) -> None:
    qtbot.waitActive(page)
    check = page.needs.links()[-1]
    check.setFocus()
    office.kit_is(_kit(week, 92, 37, 20, 88, 95))
    assert len(page.needs.links()) == 3
    assert page.needs.links()[-1] is check
    assert QApplication.focusWidget() is check
    page.next.primary.setFocus()
    office.kit_is(_kit(week, 92, 80, 90, 88, 95))
    assert len(page.needs.links()) == 1
    assert QApplication.focusWidget() is page.next.primary


def test_a_new_user_sees_one_button(qtbot: QtBot, look: Look, office: TestOffice) -> None:
    page = _open(qtbot, look, office)
    assert page.next.isHidden()
    assert page.needs.isHidden()
    first = page.first_focus()
    assert first is not None
    qtbot.keyClick(first, Qt.Key.Key_Return)
    assert office.went == [Target(place="settings", detail="first")]
    assert cut_texts(page) == []
    page.end()
