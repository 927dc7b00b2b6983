"""Somebody is looked for by name; who only works where it is called so comes after, and that is said."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from trainer_app.domain.people import PersonId
from trainer_app.domain.sessions import SessionId
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.closing.person_picker import PersonPicker
from trainer_app.ui.session.closing.shown import PersonToAdd
from trainer_app.ui.theme.look import Look

_WHO = {
    "Ada Lund": "Lundvik døgn",
    "Bo Nord": "Poliklinikk Lund",
    "Eva Lunde": "Nordre team",
    "Ia Berg": "Lund",
}


@pytest.fixture
def picker(qtbot: QtBot, look: Look) -> PersonPicker:
    made = PersonPicker(look, Texts("nb"))
    qtbot.addWidget(made)
    made.open(
        [
            PersonToAdd(person_id=PersonId(UUID(int=at)), name=name, words=f"{name}, Sykepleier, {unit}")
            for at, (name, unit) in enumerate(_WHO.items())
        ]
    )
    return made


def _names(picker: PersonPicker) -> list[str]:
    return [row.title.split(",")[0] for row in picker.matches]


def test_names_come_first_and_units_are_said(qtbot: QtBot, picker: PersonPicker) -> None:
    qtbot.keyClicks(picker.line, "lund")
    assert _names(picker) == ["Ada Lund", "Eva Lunde", "Bo Nord", "Ia Berg"]
    said = picker.by_work
    assert said.isVisible()
    assert said.text() == "Profesjon eller enhet passer:"
    qtbot.waitUntil(lambda: picker.matches[1].y() < said.y() < picker.matches[2].y())
    qtbot.keyClicks(picker.line, "e")
    assert (_names(picker), said.isVisible()) == (["Eva Lunde"], False)


def test_enter_takes_the_only_one_with_that_name(qtbot: QtBot, picker: PersonPicker) -> None:
    qtbot.keyClicks(picker.line, "nord")
    assert _names(picker) == ["Bo Nord", "Eva Lunde"]
    with qtbot.waitSignal(picker.picked) as picked:
        qtbot.keyClick(picker.line, Qt.Key.Key_Return)
    assert picked.args == [PersonId(UUID(int=1))]


def test_who_is_being_stored_is_neither_put_away_nor_kept_twice(qtbot: QtBot, picker: PersonPicker) -> None:
    qtbot.keyClicks(picker.line, "Gry Innbilt")
    qtbot.keyClick(picker.line, Qt.Key.Key_Return)
    form = picker.form
    form.profession.choose("STUD")
    form.add.click()
    assert form.is_saving
    assert picker.close_picker()
    assert (form.isVisible(), form.name.text()) == (True, "Gry Innbilt")
    form.show_error("person", "Disken er full.")
    assert form.error("person") == "Disken er full."
    form.add.click()
    picker.be_done()
    assert not picker.isVisible()


def test_who_is_being_stored_belongs_to_no_other_session(qtbot: QtBot, picker: PersonPicker) -> None:
    one, other = (SessionId(UUID(int=number)) for number in (1, 2))
    picker.show_session(one)
    picker.open([])
    qtbot.keyClicks(picker.line, "Gry Innbilt")
    qtbot.keyClick(picker.line, Qt.Key.Key_Return)
    picker.form.profession.choose("STUD")
    picker.form.add.click()
    picker.show_session(other)
    picker.show_session(one)
    assert not picker.has_aside()
