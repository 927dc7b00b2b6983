"""The library's page as people use it: by keyboard, by dropping files, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.films import a_film
from tests.fakes.office import TestOffice, make_office
from tests.gui.painting import cut_texts, nameless
from trainer_app.domain.film_errors import LibraryUnwritable
from trainer_app.domain.films import ThemeCode
from trainer_app.domain.scenario_errors import ScenarioKeyUnknown
from trainer_app.library.scenarios import ContentFound, find_content
from trainer_app.looks.theme import Theme
from trainer_app.looks.tokens import ThemeName
from trainer_app.storage.repositories import SqlRepositories
from trainer_app.ui.library.page import LibraryPage
from trainer_app.ui.library.shown import FILMS
from trainer_app.ui.office import Target
from trainer_app.ui.shell.window import Window
from trainer_app.ui.theme.look import Look

KEY = Qt.Key
PROBLEM = ScenarioKeyUnknown(file="themes/XYZ.toml", place="scenario.tittel", known="title")


@pytest.fixture(params=["nb"])
def made(example_stored: SqlRepositories, tmp_path: Path, request: pytest.FixtureRequest) -> TestOffice:
    found = ContentFound(content=find_content().content, problems=(PROBLEM,))
    return make_office(example_stored, tmp_path, lang=request.param, found=found)


@pytest.fixture
def window(qtbot: QtBot, look: Look, made: TestOffice) -> Iterator[Window]:
    window = Window(look, made.office.texts)
    qtbot.addWidget(window)
    makers = {"library": lambda: LibraryPage(made.office, look)}
    window.show_pages(made.office.texts, makers, Target(place="library"))
    window.resize(1366, 768)
    window.show()
    yield window
    window.page.end()


@pytest.fixture
def page(window: Window) -> LibraryPage:
    page = window.page
    assert isinstance(page, LibraryPage)
    return page


def _cut(widget: QWidget) -> list[str]:
    # What was shown a moment ago finds its place when Qt comes to it, which takes it some rounds.
    for _ in range(10):
        QApplication.processEvents()
        cut = cut_texts(widget)
        if not cut:
            break
    return cut


def _drop(widget: QWidget, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, modifiers = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(QPoint(9, 9)), Qt.DropAction.CopyAction, mime, buttons, modifiers)
    widget.dropEvent(event)


def test_arrows_walk_through_the_themes(page: LibraryPage) -> None:
    assert QApplication.focusWidget() is page.entries
    QTest.keyClick(page.entries, KEY.Key_Down)
    assert page.theme.title.text() == "Vold og trusler"
    QTest.keyClick(page.entries, KEY.Key_End)
    assert not page.films.isHidden()
    assert QApplication.focusWidget() is page.entries


def test_the_search_narrows_and_esc_takes_it_back(page: LibraryPage) -> None:
    page.search()
    assert QApplication.focusWidget() is page.search_field
    QTest.keyClicks(page.search_field, "fellesrommet")
    assert page.entries.entries.rowCount() == 2
    assert page.theme.title.text() == "Vold og trusler"
    assert QApplication.focusWidget() is page.search_field
    page.escape()
    assert page.entries.entries.rowCount() == 6
    assert page.search_field.text() == ""


def test_tabs_show_one_part_at_a_time(page: LibraryPage) -> None:
    page.theme.tabs.setFocus()
    QTest.keyClick(page.theme.tabs, KEY.Key_Right)
    shown = [content.isHidden() for content in page.theme.contents]
    assert shown == [True, False, True, True, True, True]


def test_a_text_file_that_is_dropped_is_refused_in_three_parts(page: LibraryPage, tmp_path: Path) -> None:
    page.presenter.select(FILMS)
    text = tmp_path / "notat.mp4"
    text.write_text("Dette er ingen film.", encoding="utf-8")
    _drop(page.films.place.drop, text)
    banner = page.films.place.drop.banner
    assert banner is not None
    assert banner.accessibleName().startswith("«notat.mp4» er ikke en film.")
    assert banner.accessibleName().endswith("Velg en filmfil, helst MP4.")
    assert page.films.place.form.isHidden()


def test_a_folder_is_refused(page: LibraryPage, tmp_path: Path) -> None:
    folder = tmp_path / "Filmer"
    folder.mkdir()
    page.ask_file = lambda: folder
    page.import_button.click()
    banner = page.films.place.drop.banner
    assert banner is not None
    assert "er en mappe" in banner.accessibleName()


def test_no_other_film_can_be_chosen_while_one_is_copied(page: LibraryPage, made: TestOffice) -> None:
    page.show_importing("Innkomst")
    assert not page.import_button.isEnabled()
    page.presenter.cancel_import()
    assert page.import_button.isEnabled()
    page.show_importing("Innkomst")
    page.show_import_failed(made.office.texts.explain(LibraryUnwritable(file="a.mp4", folder="films")))
    assert page.import_button.isEnabled()


def test_a_film_that_is_typed_over_is_saved_by_ctrl_s(page: LibraryPage, made: TestOffice) -> None:
    page.presenter.select(FILMS)
    page.films.table.setFocus()
    QTest.keyClick(page.films.table, KEY.Key_Down)
    assert list(page.unsaved()) == []
    page.films.card.title.setText("Mottak")
    assert [words.rpartition(": ")[2] for words in page.unsaved()] == ["Mottak"]
    page.save()
    assert list(page.unsaved()) == []
    assert "Mottak" in [film.title for film in made.stored.films.all()]
    assert made.notices.undo is not None


def test_removing_asks_and_the_safe_answer_has_the_keyboard(page: LibraryPage, made: TestOffice) -> None:
    film = a_film(title="Aldri vist", theme=ThemeCode("TVA"))
    made.stored.films.add(film)
    page.enter(Target(place="library", detail=FILMS, item="VOT"))
    rows = [row.sha256 for row in page.films.table.films.rows]
    page.films.table.setCurrentIndex(page.films.table.films.index(rows.index(film.sha256), 0))
    page.films.card.remove_button.click()
    assert page.question is not None
    assert page.question.no.isDefault()
    QTest.keyClick(page.question, KEY.Key_Escape)
    assert film in made.stored.films.all()


def test_a_scenario_file_that_cannot_be_used_is_named(page: LibraryPage) -> None:
    assert page.banner is not None
    assert page.banner.accessibleName().startswith("En scenariofil kan ikke brukes.")
    assert "themes/XYZ.toml" in page.banner.accessibleName()


@pytest.mark.parametrize("made", ["nb", "en"], indirect=True)
@pytest.mark.parametrize("scale", [1.0, 1.25])
def test_no_word_is_cut_and_nothing_is_nameless(
    window: Window, page: LibraryPage, look: Look, tmp_path: Path, scale: float
) -> None:
    # So high that nothing has to be scrolled to: what is not painted is not looked at.
    window.resize(1366, 2600)
    look.set_theme(Theme(ThemeName.LIGHT, scale))
    cut: list[str] = []
    for row in range(5):
        page.entries.setCurrentIndex(page.entries.entries.index(row))
        cut += _cut(window)
    for tab in range(1, page.theme.tabs.count()):
        page.theme.tabs.setCurrentIndex(tab)
        cut += _cut(window)
    page.presenter.select(FILMS)
    page.films.table.setCurrentIndex(page.films.table.films.index(1, 0))
    cut += _cut(window)
    page.presenter.choose_file(tmp_path / "borte.mp4")
    cut += _cut(window)
    page.films.place.show_copying("Innkomst")
    cut += _cut(window)
    page.films.place.show_drop()
    assert cut == []
    assert nameless(window) == []
