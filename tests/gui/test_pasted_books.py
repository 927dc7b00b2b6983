"""A text of 100,000 characters pasted into a line: every character stays until somebody shortens it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes.office import make_office
from tests.fakes.planned_week import PlannedWeek
from tests.gui.pasting import paste
from trainer_app.storage.repositories import SqlRepositories
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.office import Target
from trainer_app.ui.plan.page import PlanPage
from trainer_app.ui.session.prepare.add_card import AddCard
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.fields import LineEdit

BOOK = "å" * 100_000

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)


def test_a_line_keeps_every_character_that_is_pasted(qtbot: QtBot, look: Look) -> None:
    line = LineEdit(look)
    qtbot.addWidget(line)
    paste(line, BOOK)
    assert line.text() == BOOK


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_names_and_objectives_of_the_plan_are_refused_beside_their_fields(
    qtbot: QtBot, look: Look, empty_stored: SqlRepositories, tmp_path: Path, lang: str
) -> None:
    office = make_office(empty_stored, tmp_path, lang=lang)
    week = PlannedWeek(office)
    page = PlanPage(office.office, look)
    qtbot.addWidget(page)
    page.enter(Target(place="plan", detail="new"))
    page.presenter.choose("theme", "SEL")
    objectives, people = page.panel.fields.objectives, page.panel.fields.people.new
    for text in (BOOK, "    "):
        paste(objectives.line, text)
        objectives.line.returnPressed.emit()
        assert (objectives.line.text(), bool(objectives.error())) == (text, True)
        people.open()
        paste(people.line, text)
        people.button.click()
        assert (people.line.text(), bool(people.error())) == (text, True)
        assert page.presenter.add_room(text)
    assert len(office.stored.people.where()) == len(week.people)
    page.end()


def test_an_address_that_is_a_book_stays_in_its_field(qtbot: QtBot, look: Look) -> None:
    card = AddCard(look, Texts("nb"))
    qtbot.addWidget(card)
    given: list[str] = []
    card.address_given.connect(given.append)
    paste(card.line, BOOK)
    card.connect_button.click()
    assert given == [BOOK]
    card.refused("Dette er ikke en adresse.")
    assert card.line.text() == BOOK
