"""The suitcase's page as people use it: by keyboard, in both languages, at two sizes of text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.office import TUESDAY, LateTasks, TestOffice, make_office
from tests.gui.painting import cut_texts, nameless
from trainer_app.domain.films import Sha256
from trainer_app.domain.headset_films import StoredFilm
from trainer_app.domain.headset_state import HeadsetFacts, HeadsetState
from trainer_app.domain.kits import HeadsetCondition, KitId
from trainer_app.domain.link_errors import AddressMalformed, HeadsetUnreachable, WifiUnanswered
from trainer_app.domain.live_kit import HeadsetNow, KitNow
from trainer_app.looks.theme import Theme
from trainer_app.looks.tokens import ThemeName
from trainer_app.services.live.arming import ArmedKit
from trainer_app.storage.repositories import SqlRepositories
from trainer_app.ui.kit.accessory_table import Part
from trainer_app.ui.kit.page import KitPage
from trainer_app.ui.office import Target
from trainer_app.ui.shell.window import Window
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.banner import Banner
from trainer_app.ui.widgets.label import Label

KEY = Qt.Key


@pytest.fixture(params=["nb"])
def made(example_stored: SqlRepositories, tmp_path: Path, request: pytest.FixtureRequest) -> TestOffice:
    made = make_office(example_stored, tmp_path, lang=request.param)
    made.at(TUESDAY + timedelta(days=3))
    return made


@pytest.fixture
def window(qtbot: QtBot, look: Look, made: TestOffice) -> Iterator[Window]:
    window = Window(look, made.office.texts)
    qtbot.addWidget(window)
    window.show_pages(made.office.texts, {"kit": lambda: KitPage(made.office, look)}, Target(place="kit"))
    window.resize(1366, 768)
    window.show()
    yield window
    window.page.end()


@pytest.fixture
def page(window: Window) -> KitPage:
    page = window.page
    assert isinstance(page, KitPage)
    return page


def _cut(widget: QWidget) -> list[str]:
    # What was shown a moment ago finds its place when Qt comes to it, which takes it some rounds.
    for _ in range(10):
        QApplication.processEvents()
        cut = cut_texts(widget)
        if not cut:
            break
    return cut


def _kit_id(page: KitPage) -> KitId:
    assert page.overview.shown is not None
    return page.overview.shown.id


def test_the_keyboard_begins_in_the_table_and_enter_opens_a_headset(page: KitPage, made: TestOffice) -> None:
    table = page.overview.table
    assert page.first_focus() is table
    QTest.keyClick(table, KEY.Key_Down)
    QTest.keyClick(table, KEY.Key_Return)
    assert page.headset.title.text() == "Brille 2"
    focus = QApplication.focusWidget()
    assert focus is page.headset.first()
    assert list(page.unsaved()) == []
    QTest.keyClick(focus, KEY.Key_Down)
    assert list(page.unsaved()) == [page.headset.title.text() + ". Til rengjøring"]
    page.save()
    assert list(page.unsaved()) == []
    conditions = [one.condition for one in made.stored.headsets.of_kit(_kit_id(page))]
    assert conditions[1] is HeadsetCondition.AWAITING_CLEANING
    assert QApplication.focusWidget() is table


def test_a_check_is_answered_by_digits(page: KitPage, made: TestOffice) -> None:
    button = page.overview.check_card.button
    button.setFocus()
    QTest.keyClick(button, KEY.Key_Return)
    for key in "1114":
        focus = QApplication.focusWidget()
        assert focus is page.check.first()
        page.check.note_edit.setText("Litt ripe")
        assert list(page.unsaved()) == ["Merknad: Litt ripe"]
        QTest.keyClicks(focus, key)
    assert list(page.unsaved()) == []
    assert page.check.place.text() == "Brille 2 · punkt 1 av 4"
    assert page.overview.table.marked_headset == page.overview.table.headsets.rows[1].id
    QTest.keyClick(page.check.first(), KEY.Key_Escape)
    assert QApplication.focusWidget() is button
    assert button.text() == "Fortsett kontrollen"


def test_check_now_on_the_first_visit_begins_when_the_suitcase_has_been_read(
    qtbot: QtBot, look: Look, example_stored: SqlRepositories, tmp_path: Path
) -> None:
    tasks = LateTasks()
    made = make_office(example_stored, tmp_path, tasks=tasks)
    kit = made.stored.kits.where()[1]
    window = Window(look, made.office.texts)
    qtbot.addWidget(window)
    page = KitPage(made.office, look)
    target = Target(place="kit", item=kit.id, detail="check")
    window.show_pages(made.office.texts, {"kit": lambda: page}, target)
    window.show()
    tasks.finish()
    assert _kit_id(page) == kit.id
    assert page.check.place.text() == "Brille 1 · punkt 1 av 4"
    assert window.focusWidget() is page.check.first()
    assert page.check.isVisible()
    page.end()


def test_digits_in_the_note_are_no_answers(page: KitPage) -> None:
    page.presenter.begin_check()
    page.check.note_edit.setFocus()
    QTest.keyClicks(page.check.note_edit, "1234")
    assert page.check.note_edit.text() == "1234"
    assert page.check.place.text() == "Brille 1 · punkt 1 av 4"


def test_accessories_are_counted_by_keyboard(page: KitPage, made: TestOffice) -> None:
    table = page.overview.accessories
    table.setFocus()
    table.setCurrentIndex(table.accessories.index(3, Part.FOUND))
    QTest.keyClick(table, KEY.Key_Return)
    editor = table.findChild(QSpinBox)
    assert editor is not None
    QTest.keyClicks(editor, "2")
    QTest.keyClick(editor, KEY.Key_Return)
    QApplication.processEvents()
    assert table.accessories.rows[3].found == 2
    assert table.accessories.rows[3].note == "3 savnet"
    assert table.currentIndex().row() == 3
    assert made.notices.undo is not None


def test_news_of_headsets_leaves_the_keyboard_where_it_is(page: KitPage, made: TestOffice) -> None:
    table = page.overview.table
    table.setFocus()
    table.setCurrentIndex(table.headsets.index(3, 0))
    kit = made.stored.kits.get(_kit_id(page))
    assert kit is not None
    headset = made.stored.headsets.of_kit(kit.id)[0]
    facts = HeadsetFacts(battery_percent=38, charging=True)
    now = HeadsetNow(number=1, state=HeadsetState.READY, headset_id=headset.id, facts=facts)
    made.kit_is(KitNow(kit_id=kit.id, headsets=(now,)))
    assert table.headsets.index(0, 2).data() == "38 %"
    assert table.currentIndex().row() == 3
    assert QApplication.focusWidget() is table


def _out_of_reach(page: KitPage, made: TestOffice) -> None:
    """The first headset is not where somebody said it was."""
    headset = made.stored.headsets.of_kit(_kit_id(page))[0]
    now = HeadsetNow(
        number=1,
        state=HeadsetState.NOT_CONNECTED,
        headset_id=headset.id,
        address="192.168.100.199:5555",
        problem=HeadsetUnreachable(headset="192.168.100.199:5555"),
    )
    made.kit_is(KitNow(kit_id=_kit_id(page), headsets=(now,)))


FOREIGN = StoredFilm(
    sha256=Sha256("ee" * 32),
    size_bytes=3_400_000_000,
    whole=True,
    title="Ballongferden over de sju fjell, siste utgave",
    since=TUESDAY,
)


def _with_films(made: TestOffice, page: KitPage) -> None:
    """The first two headsets have two films that are not in the library, and lack those that are."""
    unknown = StoredFilm(sha256=Sha256("dd" * 32), size_bytes=800_000_000, whole=False)
    known = made.stored.headsets.of_kit(_kit_id(page))
    headsets = tuple(
        HeadsetNow(
            number=one.number,
            state=HeadsetState.READY,
            headset_id=one.id,
            facts=HeadsetFacts(stored=(FOREIGN, unknown)),
        )
        for one in known[:2]
    )
    made.kit_is(KitNow(kit_id=_kit_id(page), headsets=headsets))


def test_films_go_only_after_the_dangerous_answer(page: KitPage, made: TestOffice) -> None:
    _with_films(made, page)
    (banner,) = page.overview.findChildren(Banner)
    QTest.mouseClick(banner.buttons[0], Qt.MouseButton.LeftButton)
    question = page.question
    assert question is not None
    assert "Brille 1: Ballongferden" in question.findChildren(Label)[1].text()
    assert question.focusWidget() is question.no
    QTest.keyClick(question.no, KEY.Key_Return)
    assert made.live.asked == []
    QTest.mouseClick(banner.buttons[0], Qt.MouseButton.LeftButton)
    assert page.question is not None
    page.question.yes.click()
    [(asked, wanted)] = made.live.asked
    assert asked == "remove_films"
    assert isinstance(wanted, dict)
    assert {number: len(films) for number, films in wanted.items()} == {1: 2, 2: 2}


def test_a_wrong_address_is_corrected_by_keyboard(page: KitPage, made: TestOffice) -> None:
    _out_of_reach(page, made)
    table = page.overview.table
    assert table.headsets.index(0, 1).data() == "Ikke tilkoblet på 192.168.100.199"
    table.setFocus()
    QTest.keyClick(table, KEY.Key_Down)
    QTest.keyClick(table, KEY.Key_Up)
    QTest.keyClick(table, KEY.Key_Return)
    address = page.headset.address
    address.line.setFocus()
    address.line.setText("")
    made.live.refuses = AddressMalformed(address="")
    QTest.keyClick(address.line, KEY.Key_Return)
    assert address.field.error()
    assert QApplication.focusWidget() is address.line
    made.live.refuses = None
    QTest.keyClicks(address.line, "192.168.1.5")
    QTest.keyClick(address.line, KEY.Key_Return)
    assert made.live.asked == [("change_address", 1, "192.168.1.5")]
    assert QApplication.focusWidget() is table


def test_a_wrong_name_is_said_beside_its_field(page: KitPage, qtbot: QtBot) -> None:
    page.overview.edit_button.setFocus()
    QTest.keyClick(page.overview.edit_button, KEY.Key_Return)
    assert list(page.unsaved()) == []
    page.form.location.setText("Skap 3")
    assert [words.rpartition(": ")[2] for words in page.unsaved()] == ["Skap 3"]
    page.form.label.setText("   ")
    page.save()
    assert page.form.fields["label"].error() == "Feltet er tomt. Fyll ut feltet."
    assert page.form.label.text() == "   "
    assert QApplication.focusWidget() is page.form.label
    page.escape()
    assert QApplication.focusWidget() is page.overview.edit_button


def test_a_new_user_is_offered_to_add_the_suitcase(
    qtbot: QtBot, look: Look, empty_stored: SqlRepositories, tmp_path: Path
) -> None:
    page = KitPage(make_office(empty_stored, tmp_path).office, look)
    qtbot.addWidget(page)
    page.resize(1278, 768)
    page.enter(Target(place="kit"))
    assert page.first_focus() is page.empty.primary
    page.empty.primary.click()
    assert page.form.title.text() == "Ny koffert"
    assert _cut(page) == []
    page.end()


@pytest.mark.parametrize("made", ["nb", "en"], indirect=True)
@pytest.mark.parametrize("scale", [1.0, 1.25])
def test_no_word_is_cut_and_nothing_is_nameless(
    window: Window, page: KitPage, made: TestOffice, look: Look, scale: float
) -> None:
    # So high that nothing has to be scrolled to: what is not painted is not looked at.
    window.resize(1366, 2600)
    look.set_theme(Theme(ThemeName.LIGHT, scale))
    cut = _cut(window)
    page.presenter.begin_check()
    for key in ("1", "2", "2", "3", "2", "4"):
        cut += _cut(window)
        page.presenter.answer(key)
    for _ in range(20):
        page.presenter.answer("1")
    cut += _cut(window)
    page.presenter.finish_check()
    page.overview.table.opened.emit(page.overview.table.headsets.rows[0].id)
    cut += _cut(window)
    _out_of_reach(page, made)
    page.overview.table.opened.emit(page.overview.table.headsets.rows[0].id)
    cut += _cut(window)
    _with_films(made, page)
    page.overview.table.opened.emit(page.overview.table.headsets.rows[1].id)
    cut += _cut(window)
    page.headset.films.clear_button.click()
    assert page.question is not None
    cut += _cut(page.question)
    page.question.reject()
    page.presenter.open_new()
    cut += _cut(window)
    assert cut == []
    assert nameless(window) == []


def test_a_suitcase_without_headsets_says_where_they_are_added(page: KitPage) -> None:
    shown = page.overview.shown
    assert shown is not None
    assert page.overview.none.isHidden()
    page.overview.show_kit(replace(shown, headsets=()))
    assert page.overview.none.isVisible()
    assert "klargjøringen" in page.overview.none.text()
    assert not _cut(page)


def wired(made: TestOffice, page: KitPage, *numbers: int) -> None:
    """These headsets of the suitcase are on a cable, and ready."""
    headsets = tuple(
        HeadsetNow(number=number, state=HeadsetState.READY, address=f"usb:S{number}") for number in numbers
    )
    made.kit_is(KitNow(kit_id=_kit_id(page), headsets=headsets))


@pytest.mark.parametrize("made", ["nb", "en"], indirect=True)
def test_headsets_on_a_cable_are_made_ready_for_wifi_by_one_press(page: KitPage, made: TestOffice) -> None:
    wired(made, page, 1, 3)
    (banner,) = page.overview.findChildren(Banner)
    assert "1" in banner.accessibleName()
    assert "3" in banner.accessibleName()
    made.live.armed = ArmedKit(
        addresses={1: "10.0.0.1:5555"}, problems={3: WifiUnanswered(headset="3", address="10.0.0.3:5555")}
    )
    assert _cut(page) == []
    QTest.mouseClick(banner.buttons[0], Qt.MouseButton.LeftButton)
    assert ("arm",) in made.live.asked
    assert "1" in made.notices.said[-1]
    assert [type(problem) for problem in made.notices.problems] == [WifiUnanswered]
    wired(made, page)
    assert not any(banner.isVisible() for banner in page.overview.findChildren(Banner))
