"""Klargjøring while another session is held: its headsets are left alone, and the way there is one press."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes.films import a_film
from tests.fakes.ready_session import READY_ID, store_ready
from tests.gui.painting import cut_texts
from tests.gui.session.conftest import OpenPrepared
from tests.gui.session.prepare.test_view import Shown
from trainer_app.domain.films import Sha256, ThemeCode
from trainer_app.domain.live_kit import FilmStage
from trainer_app.looks.theme import Theme
from trainer_app.looks.tokens import ThemeName
from trainer_app.ui.office import Target
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.empty_state import EmptyState

OTHER = a_film(sha256=Sha256("cd" * 32), theme=ThemeCode("VOT"))


@pytest.mark.parametrize("scale", [1.0, 1.25])
@pytest.mark.parametrize("lang", ["nb", "en"])
def test_it_says_so_whole_and_the_keyboard_is_on_the_way_there(
    qtbot: QtBot, open_prepared: OpenPrepared, look: Look, lang: str, scale: float
) -> None:
    look.set_theme(Theme(ThemeName.LIGHT, scale))
    shown = Shown(open_prepared(lang=lang, headsets=0, films=(OTHER,)), look)
    qtbot.addWidget(shown.window)
    services = shown.made.office.services
    held = store_ready(shown.made.stored, services.content, lang=lang)
    services.holding.open(READY_ID)
    shown.made.kit_is(held.kit(FilmStage.PLAYING, 100.0))
    view = shown.open()
    shown.window.resize(1366, 1000)
    shown.settle()
    assert cut_texts(shown.page) == []
    empty = view.findChild(EmptyState)
    assert isinstance(empty, EmptyState)
    assert shown.focus is empty.primary
    empty.primary.click()
    assert shown.made.went == [Target(place="session", session_id=READY_ID)]
