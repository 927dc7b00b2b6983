"""A text of 100,000 characters pasted into a line: every character stays until somebody shortens it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.fakes.office import make_office
from tests.fakes.planned_week import PlannedWeek
from tests.gui.pasting import paste
from trainer_app.domain.sessions import SessionState
from trainer_app.storage.repositories import SqlRepositories
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.kit.page import KitPage
from trainer_app.ui.library.page import LibraryPage
from trainer_app.ui.library.shown import FILMS
from trainer_app.ui.office import Target
from trainer_app.ui.plan.cancel_dialog import CancelDialog
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


def test_times_and_numbers_of_the_plan_say_what_would_be_right(
    qtbot: QtBot, look: Look, empty_stored: SqlRepositories, tmp_path: Path
) -> None:
    office = make_office(empty_stored, tmp_path)
    PlannedWeek(office)
    page = PlanPage(office.office, look)
    qtbot.addWidget(page)
    page.enter(Target(place="plan", detail="new"))
    page.presenter.choose("theme", "SEL")
    fields = page.panel.fields
    for name, line in fields.lines.items():
        paste(line, BOOK)
        line.textEdited.emit(BOOK)
        line.editingFinished.emit()
        assert (line.text(), bool(fields.fields[name].error())) == (BOOK, True), name
    minutes = next(iter(fields.phases.minutes.values()))
    paste(minutes, BOOK)
    assert minutes.text() == BOOK
    assert "error" in {edit.property("state") for edit in fields.phases.minutes.values()}
    assert not page.panel.primary.isEnabled()
    page.end()


def test_a_reason_that_is_a_book_or_nothing_does_not_cancel(
    qtbot: QtBot, look: Look, empty_stored: SqlRepositories, tmp_path: Path
) -> None:
    office = make_office(empty_stored, tmp_path)
    session = PlannedWeek(office).session("VOT", "2026-11-17T13:00", "2026-11-17T14:30").session
    page = PlanPage(office.office, look)
    qtbot.addWidget(page)
    page.enter(Target(place="plan"))
    page.presenter.open_session(str(session.id))
    page.panel.fields.removal.click()
    (dialog,) = page.findChildren(CancelDialog)
    for text in (BOOK, "    "):
        paste(dialog.reason, text)
        dialog.cancel.click()
        assert (dialog.reason.text(), bool(dialog.field.error())) == (text, True)
        assert office.stored.sessions.by_id(session.id) == session
    paste(dialog.reason, "Sykdom")
    dialog.cancel.click()
    assert office.stored.sessions.in_state(SessionState.CANCELLED)
    page.end()


@pytest.mark.parametrize(("field", "limit"), [("label", 60), ("location", 100), ("asset_no", 40)])
def test_a_suitcase_says_how_long_its_words_may_be(
    qtbot: QtBot, look: Look, example_stored: SqlRepositories, tmp_path: Path, field: str, limit: int
) -> None:
    page = KitPage(make_office(example_stored, tmp_path).office, look)
    qtbot.addWidget(page)
    page.enter(Target(place="kit"))
    page.overview.edit_button.click()
    line: LineEdit = getattr(page.form, field)
    paste(line, BOOK)
    page.save()
    assert line.text() == BOOK
    assert str(limit) in page.form.fields[field].error()
    page.end()


def test_the_remark_of_a_headset_says_how_long_it_may_be(
    qtbot: QtBot, look: Look, example_stored: SqlRepositories, tmp_path: Path
) -> None:
    office = make_office(example_stored, tmp_path)
    page = KitPage(office.office, look)
    qtbot.addWidget(page)
    page.enter(Target(place="kit"))
    headset = office.stored.headsets.all()[0]
    page.presenter.open_headset(headset.id)
    note = page.headset.findChild(QPlainTextEdit)
    assert note is not None
    paste(note, BOOK)
    page.save()
    assert note.toPlainText() == BOOK
    assert "500" in note.accessibleDescription()
    kept = {one.id: one for one in office.stored.headsets.all()}[headset.id]
    assert kept.condition_note == headset.condition_note
    page.end()


def test_the_library_keeps_a_title_and_a_search_that_are_books(
    qtbot: QtBot, look: Look, example_stored: SqlRepositories, tmp_path: Path
) -> None:
    office = make_office(example_stored, tmp_path)
    page = LibraryPage(office.office, look)
    qtbot.addWidget(page)
    page.enter(Target(place="library"))
    page.presenter.select(FILMS)
    card = page.films.card
    page.films.table.chosen.emit(office.stored.films.all()[0].sha256)
    before = [film.title for film in office.stored.films.all()]
    for text in (BOOK, "    "):
        paste(card.title, text)
        card.save()
        assert (card.title.text(), bool(card.fields["title"].error())) == (text, True)
    assert [film.title for film in office.stored.films.all()] == before
    paste(page.search_field, BOOK)
    assert page.search_field.text() == BOOK
    assert page.entries.entries.rowCount() == 1
    page.end()
