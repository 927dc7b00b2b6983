"""The settings' page and the welcome as people use them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.full_disk import full_disk
from tests.fakes.office import TestOffice, make_office
from tests.gui.painting import cut_texts, nameless
from trainer_app.looks.theme import Theme
from trainer_app.looks.tokens import ThemeName
from trainer_app.services.own_settings import read_settings
from trainer_app.services.ports import Repositories
from trainer_app.ui.office import Target
from trainer_app.ui.settings.page import SettingsPage
from trainer_app.ui.settings.shown import NEW
from trainer_app.ui.shell.window import Window
from trainer_app.ui.theme.look import Look

KEY = Qt.Key
Open = Callable[..., tuple[SettingsPage, TestOffice]]


@pytest.fixture
def opened(qtbot: QtBot, look: Look, tmp_path: Path) -> Iterator[Open]:
    pages: list[SettingsPage] = []

    def open_on(stored: Repositories, lang: str = "nb") -> tuple[SettingsPage, TestOffice]:
        made = make_office(stored, tmp_path, lang=lang)
        window = Window(look, made.office.texts)
        qtbot.addWidget(window)
        page = SettingsPage(made.office, look)
        pages.append(page)
        window.resize(1366, 768)
        window.show_pages(made.office.texts, {"settings": lambda: page}, Target(place="settings"))
        window.show()
        QApplication.processEvents()
        return page, made

    yield open_on
    for page in pages:
        page.end()


def test_the_welcome_is_filled_in_by_keyboard(opened: Open, empty_stored: Repositories) -> None:
    page, made = opened(empty_stored)
    assert page.first_focus() is page.first.department
    for words in ("BUP Nyvik", "nv", "Ola Dikt"):
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, words)
        QTest.keyClick(focus, KEY.Key_Tab)
    QTest.keyClick(page.first.short_name, KEY.Key_Return)
    assert "Velg profesjon." in page.first.fields["profession"].error()
    assert QApplication.focusWidget() is page.first.profession
    QTest.keyClicks(page.first.profession, "Syke")
    QTest.keyClick(page.first.short_name, KEY.Key_Return)
    assert page.first.fields["profession"].error() == ""
    assert "tomt" in page.first.fields["room"].error()
    assert QApplication.focusWidget() is page.first.room
    assert page.first.department.text() == "BUP Nyvik"
    QTest.keyClicks(page.first.room, "Rom 1")
    assert list(page.unsaved()) == [
        "Navn på avdelingen: BUP Nyvik",
        "Kortnavn, med i øktnumrene: nv",
        "Ditt navn: Ola Dikt",
        "Rom dere trener i: Rom 1",
    ]
    QTest.keyClick(page.first.room, KEY.Key_Return)
    assert made.went == [Target(place="today")]
    assert read_settings(made.stored).is_complete


def test_endless_text_is_refused_and_kept(opened: Open, empty_stored: Repositories) -> None:
    page, made = opened(empty_stored)
    page.first.department.setText("å" * 100_000)
    page.save()
    assert "100000" in page.first.fields["department"].error()
    assert len(page.first.department.text()) == 100_000
    assert not made.stored.departments.where()


def test_a_new_person_is_added_below_the_list(opened: Open, department_stored: Repositories) -> None:
    page, made = opened(department_stored)
    box = page.settings.department.box
    QTest.keyClick(box, KEY.Key_Down)
    assert read_settings(made.stored).department_id is not None
    card = page.settings.person
    card.box.setFocus()
    QTest.keyClick(card.box, KEY.Key_End)
    assert card.box.key() == NEW
    assert QApplication.focusWidget() is card.name
    QTest.keyClick(card.name, KEY.Key_Return)
    assert page.settings.fields["person"].error()
    QTest.keyClicks(card.name, "Ola Dikt")
    assert list(page.unsaved()) == ["Ditt navn: Ola Dikt"]
    QTest.keyClick(card.name, KEY.Key_Return)
    assert "Velg profesjon." in page.settings.fields["profession"].error()
    QTest.keyClicks(card.profession, "Syke")
    QTest.keyClick(card.name, KEY.Key_Return)
    assert list(page.unsaved()) == []
    assert card.form.isHidden()
    assert card.box.currentText() == "Ola Dikt"
    assert QApplication.focusWidget() is card.box


def test_esc_puts_the_fields_away_and_the_choice_back(opened: Open, example_stored: Repositories) -> None:
    page, _ = opened(example_stored)
    card = page.settings.person
    before = card.box.currentText()
    card.box.setFocus()
    QTest.keyClick(card.box, KEY.Key_End)
    page.presenter.reload()
    assert not card.form.isHidden()
    page.escape()
    assert card.form.isHidden()
    assert card.box.currentText() == before
    assert QApplication.focusWidget() is card.box


def test_a_name_is_corrected_by_keyboard(opened: Open, example_stored: Repositories) -> None:
    page, made = opened(example_stored)
    card = page.settings.names
    card.kind.setFocus()
    QTest.keyClick(card.kind, KEY.Key_End)
    assert card.kind.currentText() == "Person"
    assert card.fields["new_short_name"].isHidden()
    chosen = next(one for one in made.stored.people.where() if str(one.id) == card.which.key())
    colleagues = made.stored.people.where(department_id=chosen.department_id)
    assert card.name.text() == chosen.full_name
    card.name.setText(next(one.full_name for one in colleagues if one != chosen))
    QTest.keyClick(card.name, KEY.Key_Return)
    assert "finnes allerede" in card.fields["new_name"].error()
    assert QApplication.focusWidget() is card.name
    QTest.keyClick(card.name, KEY.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(card.name, "Ny Navnesen")
    assert list(page.unsaved()) == ["Navn: Ny Navnesen"]
    QTest.keyClick(card.name, KEY.Key_Return)
    assert list(page.unsaved()) == []
    assert card.fields["new_name"].error() == ""
    assert card.which.currentText().startswith("Ny Navnesen")
    card.kind.setFocus()
    QTest.keyClick(card.kind, KEY.Key_Home)
    assert card.fields["new_short_name"].isVisible()
    assert card.short_name.text()


def test_colours_are_chosen_by_arrows(opened: Open, department_stored: Repositories) -> None:
    page, made = opened(department_stored)
    page.settings.looks.theme.setFocus()
    QTest.keyClick(page.settings.looks.theme, KEY.Key_Right)
    QTest.keyClick(page.settings.looks.theme, KEY.Key_Right)
    assert read_settings(made.stored).theme == "dark"
    assert QApplication.focusWidget() is page.settings.looks.theme


def test_what_the_disk_refuses_is_shown_as_it_was(opened: Open, department_stored: Repositories) -> None:
    page, made = opened(department_stored)
    looks, card = page.settings.looks, page.settings.department
    with full_disk(made.stored):
        QTest.keyClick(looks.theme, KEY.Key_Right)
        QTest.keyClick(looks.language, KEY.Key_Right)
        QTest.keyClick(looks.percent, KEY.Key_Down)
        QTest.keyClick(card.letter, KEY.Key_Down)
        QTest.keyClick(card.box, KEY.Key_Down)
    assert (looks.theme.answer(), looks.language.answer(), looks.percent.key()) == (0, 0, "100")
    assert (card.letter.key(), card.box.key()) == ("A", "")
    assert [problem.key for problem in made.notices.problems] == ["database.full"] * 5


def test_the_data_folder_is_opened_and_copied(
    opened: Open, department_stored: Repositories, tmp_path: Path
) -> None:
    page, _ = opened(department_stored)
    data, urls = page.settings.data, list[QUrl]()
    data.open_url = urls.append
    data.open_button.click()
    data.copy_button.click()
    assert [Path(url.toLocalFile()) for url in urls] == [tmp_path]
    assert QGuiApplication.clipboard().text() == str(tmp_path)


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize("scale", [1.0, 1.25])
def test_no_word_is_cut(
    opened: Open, example_stored: Repositories, look: Look, lang: str, scale: float
) -> None:
    page, made = opened(example_stored, lang)
    look.set_theme(Theme(ThemeName.DARK, scale))
    page.settings.person.form.open()
    page.settings.department.form.open()
    made.backups.undeletable = [made.office.services.data_folder / "backups" / "simkoffert-2026-01-01.sqlite"]
    page.presenter.reload()
    QApplication.processEvents()
    assert page.settings.data.overdue.isVisible()
    assert cut_texts(page) == []
    assert nameless(page) == []


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize("scale", [1.0, 1.25])
def test_no_word_of_the_welcome_is_cut(
    opened: Open, empty_stored: Repositories, look: Look, lang: str, scale: float
) -> None:
    page, _ = opened(empty_stored, lang)
    look.set_theme(Theme(ThemeName.LIGHT, scale))
    page.first.ask()
    QApplication.processEvents()
    assert cut_texts(page) == []
    assert nameless(page) == []
