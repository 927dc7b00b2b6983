"""The app's look and languages for tests of widgets; Qt draws offscreen."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
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
def look(qapp: QApplication, no_qt_leftovers: None) -> Look:
    return Look(qapp, Theme(ThemeName.LIGHT, 1.0))


@pytest.fixture(params=["nb", "en"])
def texts(request: pytest.FixtureRequest) -> Texts:
    return Texts(request.param)


@pytest.fixture
def nb() -> Texts:
    return Texts("nb")
