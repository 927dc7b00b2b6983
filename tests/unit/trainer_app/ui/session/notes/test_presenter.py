"""What is typed into the note field is stored while it is typed, and becomes what its key says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from tests.fakes.evening import SESSION_ID, store_evening
from tests.fakes.office import InlineTasks, LateTasks, TestOffice, make_office
from trainer_app.domain.notes import Note, NoteKind
from trainer_app.domain.sessions import SessionState
from trainer_app.domain.storage_errors import DatabaseFull
from trainer_app.runtime.background import Failed, ignored
from trainer_app.runtime.changes import Topic
from trainer_app.storage.repositories import SqlRepositories
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.notes.presenter import NotePresenter
from trainer_app.ui.session.notes.writing import Writing, Written

T = TypeVar("T")


class Field:
    """A field that remembers what it shows."""

    def __init__(self) -> None:
        self.writing: Writing | None = None
        self.text = self.error = ""
        self.finished: list[Written] = []

    def show_writing(self, writing: Writing | None) -> None:
        self.writing = writing

    def show_text(self, text: str) -> None:
        self.text = text

    def show_error(self, words: str) -> None:
        self.error = words

    def on_finished(self, written: Written) -> None:
        self.finished.append(written)


class Disk(InlineTasks):
    """A worker whose disk may be full."""

    is_full = False

    def stored(
        self, work: Callable[[], T], then: Callable[[T], None] = ignored, failed: Failed | None = None
    ) -> None:
        if self.is_full and failed is not None:
            failed(DatabaseFull(database="simkoffert.db"))
        else:
            super().stored(work, then, failed)


class LateDisk(LateTasks):
    """A worker that takes its time, and whose disk may be full by then."""

    is_full = False

    def stored(
        self, work: Callable[[], T], then: Callable[[T], None] = ignored, failed: Failed | None = None
    ) -> None:
        def on_disk() -> T:
            if self.is_full:
                raise DatabaseFull(database="simkoffert.db")
            return work()

        super().stored(on_disk, then, failed)


def full(*_: object) -> None:
    """In the place of what writes to a disk that is full."""
    raise DatabaseFull(database="simkoffert.db")


class Desk:
    """A presenter with its field, the film at a second of the test's choice."""

    def __init__(self, test: TestOffice) -> None:
        self.test, self.field = test, Field()
        self.film_s: float | None = None
        self.presenter = NotePresenter(test.office, self.field, lambda: self.film_s)
        self.presenter.show_session(SESSION_ID, 5)

    def type(self, text: str) -> None:
        self.field.text = text
        self.presenter.typed(text)

    def notes(self) -> list[Note]:
        known = {f"{number:032x}" for number in range(60, 70)}
        return [one for one in self.test.stored.notes.where(session_id=SESSION_ID) if one.id.hex not in known]


@pytest.fixture
def test_office(empty_stored: SqlRepositories, tmp_path: Path) -> TestOffice:
    test = make_office(empty_stored, tmp_path)
    store_evening(empty_stored, test.office.services.content, state=SessionState.IN_PROGRESS)
    return test


@pytest.fixture
def desk(test_office: TestOffice) -> Desk:
    return Desk(test_office)


@pytest.fixture
def late(empty_stored: SqlRepositories, tmp_path: Path) -> tuple[LateDisk, Desk]:
    """A desk whose database takes its time."""
    disk = LateDisk()
    desk = Desk(make_office(empty_stored, tmp_path, tasks=disk))
    store_evening(empty_stored, desk.test.office.services.content, state=SessionState.IN_PROGRESS)
    return disk, desk


def test_a_note_is_stored_before_enter_and_keeps_the_moment_of_its_key(desk: Desk) -> None:
    desk.film_s = 205.0
    desk.presenter.begin(Writing.OBSERVATION, within=False)
    desk.film_s = 211.0
    desk.type("To snakket")
    assert desk.presenter.unsaved
    desk.presenter.save()
    (note,) = desk.notes()
    assert (note.text, note.kind, note.film_s, note.phase_seq) == (
        "To snakket",
        NoteKind.OBSERVATION,
        205.0,
        5,
    )
    desk.type("To snakket samtidig")
    assert desk.presenter.finish()
    (note,) = desk.notes()
    assert (note.text, desk.field.text, desk.field.writing) == ("To snakket samtidig", "", None)
    assert desk.field.finished == [note]


def test_typing_without_a_key_is_an_observation(desk: Desk) -> None:
    desk.type("S")
    assert desk.field.writing is Writing.OBSERVATION
    desk.presenter.end()
    assert [note.text for note in desk.notes()] == ["S"]


def test_nothing_typed_leaves_nothing_behind(desk: Desk) -> None:
    desk.presenter.begin(Writing.QUESTION, within=False)
    desk.type("Hvem")
    desk.presenter.save()
    desk.type("  ")
    assert desk.presenter.finish()
    assert (desk.notes(), desk.field.finished) == ([], [])


def test_a_time_mark_needs_no_text(desk: Desk) -> None:
    desk.film_s = 262.0
    desk.presenter.begin(Writing.TIME_MARK, within=False)
    assert [(note.kind, note.film_s) for note in desk.notes()] == [(NoteKind.TIME_MARK, 262.0)]
    desk.film_s = 270.0
    desk.presenter.begin(Writing.TIME_MARK, within=True)
    desk.type("Stolen skyves")
    desk.presenter.finish()
    assert [(note.film_s, note.text) for note in desk.notes()] == [(262.0, ""), (270.0, "Stolen skyves")]


def test_a_learning_point_is_none_before_it_is_written_out(desk: Desk) -> None:
    noting = desk.test.office.services.noting
    desk.presenter.begin(Writing.LEARNING_POINT, within=False)
    desk.type("Gi tid")
    desk.presenter.save()
    assert [note.kind for note in desk.notes()] == [NoteKind.LEARNING_POINT]
    assert len(noting.points_of(SESSION_ID)) == 2
    desk.type("Gi tid til svar")
    desk.presenter.finish()
    assert desk.notes() == []
    assert noting.points_of(SESSION_ID)[-1].text == "Gi tid til svar"


def test_an_action_is_stored_while_it_is_typed(desk: Desk) -> None:
    noting = desk.test.office.services.noting
    desk.presenter.begin(Writing.ACTION, within=False)
    desk.type("Avtale")
    desk.presenter.save()
    assert noting.actions_of(SESSION_ID)[-1].what == "Avtale"
    desk.type("Avtale signal")
    desk.presenter.finish()
    assert [action.what for action in noting.actions_of(SESSION_ID)][1:] == ["Avtale signal"]


def test_another_key_within_the_field_changes_the_kind_and_keeps_words_and_moment(desk: Desk) -> None:
    desk.film_s = 100.0
    desk.presenter.begin(Writing.OBSERVATION, within=False)
    desk.type("Hvem så døren")
    desk.presenter.save()
    desk.film_s = 120.0
    desk.presenter.begin(Writing.QUESTION, within=True)
    desk.presenter.finish()
    (note,) = desk.notes()
    assert (note.kind, note.text, note.film_s) == (NoteKind.QUESTION, "Hvem så døren", 100.0)


def test_a_pasted_book_is_refused_beside_the_field_and_stays_there(desk: Desk) -> None:
    desk.presenter.begin(Writing.OBSERVATION, within=False)
    desk.type("Kort")
    desk.presenter.save()
    desk.type("a" * 100_000)
    assert "100000" in desk.field.error
    assert not desk.presenter.finish()
    desk.presenter.save()
    assert (len(desk.field.text), [note.text for note in desk.notes()]) == (100_000, ["Kort"])
    desk.type("a" * 10_000)
    assert desk.field.error == ""
    assert desk.presenter.finish()


def test_what_the_disk_refuses_comes_back_into_the_field(
    empty_stored: SqlRepositories, tmp_path: Path
) -> None:
    disk = Disk()
    desk = Desk(make_office(empty_stored, tmp_path, tasks=disk))
    store_evening(empty_stored, desk.test.office.services.content, state=SessionState.IN_PROGRESS)
    disk.is_full = True
    desk.type("Viktig")
    desk.presenter.save()
    assert desk.presenter.unsaved
    desk.presenter.finish()
    assert (desk.field.text, desk.field.writing) == ("Viktig", Writing.OBSERVATION)
    assert desk.field.error
    disk.is_full = False
    desk.presenter.finish()
    assert [note.text for note in desk.notes()] == ["Viktig"]


def test_what_the_disk_refuses_while_one_writes_on_is_kept_and_tried_again(
    late: tuple[LateDisk, Desk],
) -> None:
    disk, desk = late
    noticed, disk.is_full = desk.test.clock[0], True
    for text in ("Først", "Så"):
        desk.type(text)
        desk.presenter.finish()
    desk.type("Nå")
    disk.finish()
    assert [type(problem) for problem in desk.test.notices.problems] == [DatabaseFull, DatabaseFull]
    desk.test.at(noticed + timedelta(minutes=1))
    desk.presenter.on_heartbeat()
    disk.finish()
    assert desk.notes() == []
    disk.is_full = False
    desk.presenter.on_heartbeat()
    desk.presenter.on_heartbeat()
    disk.finish()
    assert sorted((note.text, note.at) for note in desk.notes()) == [("Først", noticed), ("Så", noticed)]
    assert (desk.field.text, desk.test.notices.said) == ("Nå", ["Notatene er lagret igjen."])


def test_a_kind_changed_on_a_full_disk_leaves_one_note(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.type("Hvem så døren")
    desk.presenter.save()
    with monkeypatch.context() as disk:
        disk.setattr(type(desk.test.stored.notes), "delete", full)
        desk.presenter.begin(Writing.QUESTION, within=True)
    desk.presenter.finish()
    assert [(note.kind, note.text) for note in desk.notes()] == [(NoteKind.QUESTION, "Hvem så døren")]


def test_what_waits_is_tried_once_more_when_the_field_goes(late: tuple[LateDisk, Desk]) -> None:
    disk, desk = late
    disk.is_full = True
    desk.type("Først")
    desk.presenter.finish()
    desk.type("Nå")
    disk.finish()
    disk.is_full = False
    desk.presenter.end()
    disk.finish()
    assert {note.text for note in desk.notes()} == {"Først", "Nå"}


def test_what_the_disk_refuses_of_a_field_that_goes_waits_for_the_next_one(
    late: tuple[LateDisk, Desk],
) -> None:
    disk, desk = late
    disk.is_full = True
    desk.type("Først")
    desk.presenter.finish()
    desk.type("Nå")
    desk.presenter.save()
    desk.presenter.end()
    disk.finish()
    office = desk.test.office
    assert set(office.unkept.texts) == {"Først", "Nå"}
    assert [type(problem) for problem in desk.test.notices.problems][-1:] == [DatabaseFull]
    in_english = replace(office, texts=Texts("en"))
    later = NotePresenter(in_english, Field(), lambda: None)
    disk.is_full = False
    later.on_heartbeat()
    disk.finish()
    assert {note.text for note in desk.notes()} == {"Først", "Nå"}
    assert office.unkept.texts == ()


def test_a_text_is_unsaved_until_the_disk_has_it(late: tuple[LateDisk, Desk]) -> None:
    disk, desk = late
    desk.type("Viktig")
    desk.presenter.save()
    assert desk.presenter.unsaved == "Viktig"
    disk.finish()
    assert desk.presenter.unsaved == ""


def test_a_finished_text_is_unsaved_until_the_disk_has_it(late: tuple[LateDisk, Desk]) -> None:
    disk, desk = late
    unkept = desk.test.office.unkept
    desk.type("Viktig")
    desk.presenter.finish()
    assert list(unkept.texts) == ["Viktig"]
    disk.is_full = True
    disk.finish()
    assert [*unkept.texts, desk.presenter.unsaved] == ["Viktig"]  # in the field again
    disk.is_full = False
    desk.presenter.finish()
    disk.finish()
    assert [*unkept.texts, desk.presenter.unsaved] == [""]


def test_a_learning_point_the_disk_refuses_is_there_once_in_the_end(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    noting = desk.test.office.services.noting
    before = len(noting.points_of(SESSION_ID))
    desk.presenter.begin(Writing.LEARNING_POINT, within=False)
    desk.type("Gi tid til svar")
    with monkeypatch.context() as disk:
        disk.setattr(type(desk.test.stored.notes), "delete", full)
        desk.presenter.finish()
    assert desk.field.text == "Gi tid til svar"
    desk.presenter.finish()
    assert [point.text for point in noting.points_of(SESSION_ID)][before:] == ["Gi tid til svar"]
    assert desk.notes() == []


def test_lists_hear_of_what_was_written_and_not_of_each_letter(desk: Desk) -> None:
    heard: list[str] = []
    desk.test.office.changes.on({Topic.NOTES}, lambda: heard.append("notes"))
    desk.type("Ro")
    desk.presenter.save()
    assert heard == []
    desk.presenter.finish()
    assert heard == ["notes"]
