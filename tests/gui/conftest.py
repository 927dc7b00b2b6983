"""The app's look and languages for tests of widgets; Qt draws offscreen."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from tests.guards import qt_leftovers
from trainer_app.looks.theme import Theme
from trainer_app.looks.tokens import ThemeName
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.theme.look import Look

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def no_qt_leftovers(qapp: QApplication) -> Iterator[None]:
    """Set up before the test's own widgets, so that it looks when those have ended."""
    with qt_leftovers.none_left():
        yield


@pytest.fixture
def bare_look(qapp: QApplication, no_qt_leftovers: None) -> Look:
    """As the app has it: what lies in no page, dialog or other dressed part has Qt's own style."""
    return Look(qapp, Theme(ThemeName.LIGHT, 1.0))


@pytest.fixture
def look(qapp: QApplication, bare_look: Look) -> Iterator[Look]:
    """Dresses single widgets as well, which tests show without the page they belong to."""

    def dress_all() -> None:
        qapp.setStyleSheet("")  # from one style sheet straight to another takes Qt ten times as long
        qapp.setStyleSheet(bare_look.sheet)

    dress_all()
    bare_look.changed.connect(dress_all)
    yield bare_look
    bare_look.changed.disconnect(dress_all)
    # What was closed is there until its deletion is due, and would be dressed once more.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.setStyleSheet("")


@pytest.fixture(params=["nb", "en"])
def texts(request: pytest.FixtureRequest) -> Texts:
    return Texts(request.param)


@pytest.fixture
def nb() -> Texts:
    return Texts("nb")
