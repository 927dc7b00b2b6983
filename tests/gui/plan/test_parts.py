"""What is entered and asked for while it is being saved: late answers belong to what they answer."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.plan.cancel_dialog import CancelDialog
from trainer_app.ui.plan.entering import Told
from trainer_app.ui.plan.parts import EnterRow
from trainer_app.ui.theme.look import Look


class _Slow:
    """Takes in what is entered, and answers when the test says so."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Told]] = []

    def add(self, text: str, _value: object, told: Told) -> str:
        self.asked.append((text, told))
        return ""

    def cancel(self, reason: str, told: Told) -> str:
        return self.add(reason, None, told)


@pytest.fixture
def slow() -> _Slow:
    return _Slow()


@pytest.fixture
def row(qtbot: QtBot, look: Look, slow: _Slow) -> EnterRow:
    made = EnterRow(look, "Navn", slow.add, ("Legg til", "Ikke nå"))
    qtbot.addWidget(made)
    made.open()
    return made


@pytest.mark.parametrize("answer", ["", "Disken er full."])
def test_an_answer_to_a_name_that_was_put_away_touches_no_other(
    qtbot: QtBot, row: EnterRow, slow: _Slow, answer: str
) -> None:
    qtbot.keyClicks(row.line, "Mia Eventyr")
    qtbot.keyClick(row.line, Qt.Key.Key_Return)
    qtbot.keyClick(row.line, Qt.Key.Key_Escape)
    row.open()
    qtbot.keyClicks(row.line, "Per Opp")
    assert not slow.asked[0][1](answer)
    assert not row.isHidden()
    assert (row.line.text(), row.error()) == ("Per Opp", "")
    qtbot.keyClick(row.line, Qt.Key.Key_Return)
    assert [text for text, _ in slow.asked] == ["Mia Eventyr", "Per Opp"]
    assert slow.asked[1][1]("")
    assert row.isHidden()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(look: Look, slow: _Slow, window: QWidget) -> CancelDialog:
    made = CancelDialog(look, Texts("nb"), slow.cancel, window)
    made.open()
    made.reason.setText("Sykdom")
    made.cancel.click()
    return made


def test_a_dialog_can_be_put_away_while_the_session_is_being_cancelled(
    qtbot: QtBot, dialog: CancelDialog, slow: _Slow
) -> None:
    ((_, told),) = slow.asked
    with qtbot.waitSignal(dialog.destroyed):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not told("Disken er full.")


def test_a_reason_that_was_refused_can_be_given_again(dialog: CancelDialog, slow: _Slow) -> None:
    assert slow.asked[0][1]("Disken er full.")
    assert dialog.field.error() == "Disken er full."
    dialog.cancel.click()
    assert [reason for reason, _ in slow.asked] == ["Sykdom", "Sykdom"]
    assert slow.asked[1][1]("")
    assert dialog.isHidden()
