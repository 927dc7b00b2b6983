"""Everything on the screen wears the theme in use, and what nobody sees is not dressed anew in vain."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

import trainer_app.ui
from tests.fakes.office import make_office
from tests.gui.opening import open_app
from trainer_app.domain.app_errors import NoDisplay
from trainer_app.looks.theme import Theme
from trainer_app.looks.tokens import ThemeName
from trainer_app.storage.repositories import SqlRepositories
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.gallery.__main__ import render
from trainer_app.ui.office import Target
from trainer_app.ui.plan.people_picker import PeoplePicker
from trainer_app.ui.shell.places import ICONS
from trainer_app.ui.theme.dressed import Dressed
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.dialog import Dialog

DARK = Theme(ThemeName.DARK, 1.0)
STYLED = (QAbstractButton, QLineEdit, QAbstractScrollArea)
"""What the style sheet has rules for."""


@pytest.fixture
def part(qtbot: QtBot, bare_look: Look) -> QWidget:
    """A dressed part with a button of Qt's in it, shown."""
    made = QWidget()
    qtbot.addWidget(made)
    Dressed(bare_look, made)
    QPushButton("Avbryt", made).setGeometry(0, 0, 120, 40)
    made.show()
    return made


def ground(part: QWidget) -> QColor:
    button = part.findChild(QPushButton)
    assert button is not None
    return render(button).pixelColor(10, 20)


def raised(look: Look) -> QColor:
    return QColor(look.theme.palette.surface_raised.hex)


def test_what_is_seen_changes_at_once(part: QWidget, bare_look: Look) -> None:
    assert ground(part) == raised(bare_look)
    bare_look.set_theme(DARK)
    assert ground(part) == raised(bare_look)


def test_what_is_hidden_changes_when_it_is_shown_and_not_before(part: QWidget, bare_look: Look) -> None:
    part.hide()
    before = part.styleSheet()
    bare_look.set_theme(DARK)
    assert part.styleSheet() == before
    part.show()
    assert ground(part) == raised(bare_look)


def test_every_dialog_is_dressed() -> None:
    for module in pkgutil.walk_packages(trainer_app.ui.__path__, "trainer_app.ui."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    ours = {each for each in _below(QDialog) if each.__module__.startswith("trainer_app.")}
    assert len(ours) > 4
    assert ours - {Dialog, *_below(Dialog)} == set()


def test_names_that_are_proposed_are_dressed(qtbot: QtBot, bare_look: Look, nb: Texts) -> None:
    picker = PeoplePicker(bare_look, nb, lambda _name, _profession, _done: "", lambda _name: "")
    qtbot.addWidget(picker)
    completer = picker.line.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    assert _is_dressed(popup)


def test_the_whole_window_is_dressed(
    qtbot: QtBot, bare_look: Look, example_stored: SqlRepositories, tmp_path: Path
) -> None:
    app = open_app(qtbot, bare_look, make_office(example_stored, tmp_path))
    for place in ICONS:
        app.office.go(Target(place=place))
    app.window.notices.problem(NoDisplay())
    styled = [each for each in app.window.findChildren(QWidget) if isinstance(each, STYLED)]
    assert len(styled) > 100
    assert [type(each).__name__ for each in styled if not _is_dressed(each)] == []
    app.window.close()


def _is_dressed(widget: QWidget) -> bool:
    return widget.style().metaObject().className() == "QStyleSheetStyle"


def _below(kind: type[QDialog]) -> Iterator[type[QDialog]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)
