"""Notes are safe while they are typed, and become learning points and actions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.fakes.records import NOON, a_session
from trainer_app.domain.notes import NoteKind, Verdict
from trainer_app.domain.session_errors import TextMissing, TextTooLong
from trainer_app.domain.sessions import Session
from trainer_app.services.noting import Noting
from trainer_app.storage.repositories import SqlRepositories


@pytest.fixture
def session(stored: SqlRepositories) -> Session:
    return stored.sessions.save(a_session())


@pytest.fixture
def noting(stored: SqlRepositories) -> Noting:
    return Noting(stored.notes, stored.learning_points, stored.actions, lambda: NOON)


def test_a_note_is_kept_as_far_as_it_is_typed(noting: Noting, session: Session) -> None:
    note = noting.begin_note(session.id, NoteKind.OBSERVATION, phase_seq=5, film_s=205.0)
    note = noting.retype(note, "To snakket")
    assert noting.notes_of(session.id) == [note]
    note = noting.retype(note, "To snakket samtidig.")
    assert [kept.text for kept in noting.notes_of(session.id)] == ["To snakket samtidig."]
    noting.drop(note)
    assert noting.notes_of(session.id) == []


def test_a_pasted_book_is_refused_and_what_was_typed_stays(noting: Noting, session: Session) -> None:
    note = noting.retype(noting.begin_note(session.id, NoteKind.QUESTION), "Hvem?")
    with pytest.raises(TextTooLong):
        noting.retype(note, "a" * 100_000)
    assert noting.notes_of(session.id) == [note]


def test_a_note_becomes_one_learning_point_however_often_it_is_asked(
    noting: Noting, stored: SqlRepositories, session: Session
) -> None:
    noting.promote(noting.retype(noting.begin_note(session.id, NoteKind.OBSERVATION), "Behold rolig stemme"))
    note = noting.retype(noting.begin_note(session.id, NoteKind.LEARNING_POINT), "Gi tid\ntil svar")
    point = noting.promote(note)
    marked = next(kept for kept in noting.notes_of(session.id) if kept.id == note.id)
    assert (point.seq, point.text, marked.promoted_to) == (2, "Gi tid\ntil svar", point.id)
    assert noting.promote(marked) == point
    assert len(stored.learning_points.where(session_id=session.id)) == 2


def test_nothing_becomes_no_learning_point(noting: Noting, session: Session) -> None:
    with pytest.raises(TextMissing):
        noting.promote(noting.begin_note(session.id, NoteKind.TIME_MARK))


def test_actions_are_numbered_in_the_order_they_come(noting: Noting, session: Session) -> None:
    first = noting.add_action(session.id, "Roller avtales", owner_role="leder", due=date(2026, 12, 1))
    second = noting.add_action(session.id, "Signal avtales")
    assert (first.seq, second.seq) == (1, 2)
    assert (first.is_agreed, second.is_agreed) == (True, False)


def test_a_learning_point_is_changed_deleted_and_put_back(noting: Noting, session: Session) -> None:
    note = noting.retype(noting.begin_note(session.id, NoteKind.OBSERVATION), "Gi tid")
    point = noting.promote(note)
    changed = noting.change_point(replace(point, text=" Gi tid til svar ", verdict=Verdict.TRY))
    assert noting.points_of(session.id) == [changed]
    assert (changed.text, changed.verdict) == ("Gi tid til svar", Verdict.TRY)
    with pytest.raises(TextMissing):
        noting.change_point(replace(point, text="  "))
    noting.drop_point(changed)
    (plain,) = noting.notes_of(session.id)
    assert (noting.points_of(session.id), plain.promoted_to) == ([], None)
    noting.change_point(changed)
    assert noting.points_of(session.id) == [changed]


def test_an_action_gets_owner_and_day_and_a_deleted_one_comes_back(noting: Noting, session: Session) -> None:
    action = noting.add_action(session.id, "Avtale signal")
    agreed = noting.change_action(replace(action, owner_role=" teamleder ", due=date(2026, 12, 1)))
    assert agreed.is_agreed
    assert noting.actions_of(session.id) == [agreed]
    with pytest.raises(TextMissing):
        noting.change_action(replace(action, what=" "))
    with pytest.raises(TextTooLong):
        noting.change_action(replace(action, owner_role="x" * 201))
    noting.drop_action(agreed)
    assert noting.actions_of(session.id) == []
    noting.change_action(agreed)
    assert noting.actions_of(session.id) == [agreed]


def test_a_note_deleted_by_mistake_is_put_back(noting: Noting, session: Session) -> None:
    note = noting.retype(noting.begin_note(session.id, NoteKind.QUESTION), "Hvem?")
    noting.drop(note)
    noting.put_back(note)
    assert noting.notes_of(session.id) == [note]
