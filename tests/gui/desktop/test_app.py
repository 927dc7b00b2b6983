"""The app as a whole: language, theme and text size take hold at once, and nothing typed is lost by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.full_disk import full_disk
from tests.fakes.office import NoPictures, TestOffice, make_office
from tests.fakes.ready_session import READY_ID, Ready, ready_session
from tests.gui.opening import open_app
from tests.gui.painting import cut_texts
from trainer_app.domain.app_errors import NoDisplay
from trainer_app.domain.live_kit import FilmStage
from trainer_app.domain.phases import PhaseCode
from trainer_app.domain.storage_errors import DatabaseFull
from trainer_app.looks.theme import Theme
from trainer_app.looks.tokens import ThemeName
from trainer_app.runtime.changes import Topic
from trainer_app.services.own_settings import read_settings, save_settings
from trainer_app.storage.repositories import SqlRepositories
from trainer_app.ui.app import DesktopApp
from trainer_app.ui.office import Office, Target
from trainer_app.ui.page import MakePage, Page
from trainer_app.ui.session.closing.view import ClosingView
from trainer_app.ui.session.page import SessionPage
from trainer_app.ui.session.run.view import RunView
from trainer_app.ui.session.step_names import RUN
from trainer_app.ui.settings.page import SettingsPage
from trainer_app.ui.shell.places import ICONS
from trainer_app.ui.shell.unsaved_dialog import UnsavedDialog
from trainer_app.ui.theme.look import Look


class TitlePage(Page):
    """A page that is nothing but its title in the language it was made in, and texts nobody has stored."""

    left = 0
    texts: Sequence[str] = ()

    def unsaved(self) -> Sequence[str]:
        return self.texts

    def leave(self) -> None:
        TitlePage.left += 1


def title_pages(office: Office, look: Look) -> dict[str, MakePage]:
    return {place: partial(TitlePage, look, office.texts(f"shell.place.{place}")) for place in ICONS}


@pytest.fixture
def desk(empty_stored: SqlRepositories, tmp_path: Path) -> TestOffice:
    return make_office(empty_stored, tmp_path)


@pytest.fixture
def app(qtbot: QtBot, look: Look, desk: TestOffice) -> DesktopApp:
    return open_app(qtbot, look, desk, title_pages)


def test_another_language_makes_all_pages_anew_and_stays_where_one_was(
    qtbot: QtBot, app: DesktopApp, desk: TestOffice
) -> None:
    app.office.go(Target(place="kit"))
    left = TitlePage.left
    save_settings(desk.stored, replace(read_settings(desk.stored), language="en"))
    desk.office.changes.announce(Topic.SETTINGS)
    qtbot.waitUntil(lambda: app.window.windowTitle() == "Suitcase – SimKoffert")
    assert app.window.place == "kit"
    assert TitlePage.left == left + 1


def _with_sessions(office: Office, look: Look) -> dict[str, MakePage]:
    return {**title_pages(office, look), "session": partial(SessionPage, office, look)}


def _leading(app: DesktopApp) -> RunView:
    """The run screen that leads a session now."""
    views = app.window.pages["session"].findChildren(RunView)
    (view,) = [view for view in views if view.presenter.is_running]
    return view


def _in_film(qtbot: QtBot, look: Look, desk: TestOffice, ready: Ready) -> DesktopApp:
    """The app, with a session that shows its film."""
    target = Target(place="session", session_id=READY_ID, detail=RUN)
    app = open_app(qtbot, look, desk, _with_sessions, target)
    run = _leading(app)
    while run.presenter.phase is not PhaseCode.FILM:
        run.presenter.next_phase()
    desk.kit_is(ready.kit(FilmStage.PLAYING, 100.0))
    return app


def test_a_session_goes_on_while_the_app_learns_another_language(
    qtbot: QtBot, look: Look, desk: TestOffice
) -> None:
    ready = ready_session(desk)
    app = _in_film(qtbot, look, desk, ready)
    former = _leading(app)
    desk.live.stops_s = ()
    app.office.go(Target(place="settings"))
    save_settings(desk.stored, replace(read_settings(desk.stored), language="en"))
    desk.office.changes.announce(Topic.SETTINGS)
    qtbot.waitUntil(lambda: app.window.windowTitle() == "Settings – SimKoffert")
    # Nobody looks at the session: its heart beats, and the headsets hear of its stop-points.
    assert _leading(app) is not former
    assert _leading(app)._heartbeat.isActive()
    qtbot.waitUntil(lambda: desk.live.stops_s == (140.0, 300.0))
    assert app.window.place == "settings"
    app.office.go(Target(place="session"))
    assert _leading(app).isVisible()
    assert app.window.windowTitle() == "SimKoffert"


def test_who_stays_in_the_program_has_the_session_as_it_was(
    qtbot: QtBot, look: Look, desk: TestOffice
) -> None:
    app = _in_film(qtbot, look, desk, ready_session(desk))
    run = _leading(app)
    run.notes.entry.field.setFocus()
    QTest.keyClicks(run.notes.entry.field, "Ro")
    app.office.unkept.add("To snakket samtidig", _refused)
    app.window.close()
    qtbot.waitUntil(lambda: _asked(app) is not None)
    dialog = _asked(app)
    assert dialog is not None
    dialog.stay.click()
    pictures = desk.office.services.pictures
    assert isinstance(pictures, NoPictures)
    assert pictures.open == 1
    assert "Ro" in [note.text for note in desk.stored.notes.where(session_id=READY_ID)]
    run.presenter.finish()
    (closing,) = app.window.page.findChildren(ClosingView)
    assert closing.isVisible()
    app.close()


def test_theme_and_text_size_take_hold_without_new_pages(
    app: DesktopApp, desk: TestOffice, look: Look
) -> None:
    before = app.window.page
    save_settings(desk.stored, replace(read_settings(desk.stored), theme="dark", text_percent=125))
    desk.office.changes.announce(Topic.SETTINGS)
    assert (look.theme.name, look.theme.scale) == (ThemeName.DARK, 1.25)
    assert app.window.page is before


def test_text_size_by_key_is_kept_for_the_next_start(app: DesktopApp, desk: TestOffice, look: Look) -> None:
    for _ in range(2):
        QTest.keyClick(app.window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert look.theme.scale == 1.2
    assert read_settings(desk.stored).text_percent == 120
    QTest.keyClick(app.window, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(app.window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert read_settings(desk.stored).text_percent == 100


def test_a_text_size_that_a_full_disk_refuses_is_said_and_not_shown(
    app: DesktopApp, desk: TestOffice, look: Look
) -> None:
    QTest.keyClick(app.window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    with full_disk(desk.stored):
        QTest.keyClick(app.window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert look.theme.scale == 1.1
    assert app.window.notices.words.startswith("Det er ikke plass til å lagre")


def test_text_size_by_key_is_the_one_that_settings_show(
    qtbot: QtBot, look: Look, department_stored: SqlRepositories, tmp_path: Path
) -> None:
    app = open_app(qtbot, look, make_office(department_stored, tmp_path), target=Target(place="settings"))
    page = app.window.page
    assert isinstance(page, SettingsPage)
    app.window.text_size_wanted.emit(1)
    assert page.settings.looks.percent.key() == "110"
    app.close()


def test_text_size_by_key_takes_nothing_back_that_was_chosen_elsewhere(
    app: DesktopApp, desk: TestOffice
) -> None:
    # Another program on the same database: nobody announces it here.
    save_settings(desk.stored, replace(read_settings(desk.stored), theme="dark", laptop_letter="B"))
    QTest.keyClick(app.window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    kept = read_settings(desk.stored)
    assert (kept.theme, kept.laptop_letter, kept.text_percent) == ("dark", "B", 110)


def test_the_text_is_never_smaller_than_it_can_be_read(app: DesktopApp, look: Look) -> None:
    for _ in range(3):
        QTest.keyClick(app.window, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert look.theme.scale == 1.0


def test_a_problem_nobody_takes_care_of_is_shown(app: DesktopApp) -> None:
    app.problem(NoDisplay())
    assert app.office.texts.explain(NoDisplay()).what in app.window.notices.words


def test_closing_the_window_ends_the_app(qtbot: QtBot, app: DesktopApp) -> None:
    with qtbot.waitSignal(app.ended):
        app.window.close()


def _asked(app: DesktopApp) -> UnsavedDialog | None:
    return next((each for each in app.window.findChildren(UnsavedDialog) if each.isVisible()), None)


@pytest.mark.parametrize("scale", [1.0, 1.25])
def test_what_is_not_saved_is_told_and_can_be_copied_before_the_window_closes(
    qtbot: QtBot, app: DesktopApp, look: Look, scale: float
) -> None:
    look.set_theme(Theme(look.theme.name, scale))
    page = app.window.page
    assert isinstance(page, TitlePage)
    page.texts = ("Gi tid til svar",)
    app.office.unkept.add("To snakket samtidig", _refused)
    app.window.close()
    qtbot.waitUntil(lambda: _asked(app) is not None)
    dialog = _asked(app)
    assert dialog is not None
    assert dialog.focusWidget() is dialog.stay
    assert cut_texts(dialog) == []
    dialog.copy.click()
    assert QApplication.clipboard().text() == "Gi tid til svar\n\nTo snakket samtidig"
    dialog.stay.click()
    assert app.window.isVisible()
    app.window.close()
    qtbot.waitUntil(lambda: _asked(app) is not None)
    again = _asked(app)
    assert again is not None
    with qtbot.waitSignal(app.ended):
        again.close_anyway.click()


def test_a_form_half_filled_in_on_another_page_is_asked_about_and_shown(
    qtbot: QtBot, app: DesktopApp, look: Look
) -> None:
    look.set_theme(Theme(look.theme.name, 1.25))
    app.office.go(Target(place="kit"))
    kit = app.window.page
    assert isinstance(kit, TitlePage)
    kit.texts = ("Navn på kofferten: Koffert 2",)
    app.office.go(Target(place="today"))
    app.window.close()
    qtbot.waitUntil(lambda: _asked(app) is not None)
    dialog = _asked(app)
    assert dialog is not None
    assert cut_texts(dialog) == []
    dialog.copy.click()
    assert QApplication.clipboard().text() == "Navn på kofferten: Koffert 2"
    dialog.stay.click()
    assert app.window.place == "kit"
    kit.texts = ()
    with qtbot.waitSignal(app.ended):
        app.window.close()


def test_the_window_closes_by_itself_once_all_is_saved(qtbot: QtBot, app: DesktopApp) -> None:
    app.office.unkept.add("To snakket samtidig", lambda: None)  # this time the disk takes it
    with qtbot.waitSignal(app.ended):
        app.window.close()
    assert _asked(app) is None


def _refused() -> None:
    raise DatabaseFull(database="simkoffert.db")
