"""Where a file is saved: its ending is there before it is asked whether another is replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.painting import cut_texts, nameless
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.saving.asking import SaveQuestion, documents
from trainer_app.ui.saving.folder import SavingFolder
from trainer_app.ui.saving.replace_dialog import ReplaceDialog
from trainer_app.ui.theme.look import Look

NAME = "Øktprotokoll EV-2026-A031.pdf"
Answer = Callable[[QDialog], None]


class Person:
    """Answers one dialog after the other."""

    def __init__(self, *answers: Answer) -> None:
        self._answers = list(answers)
        self._timer = QTimer()
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    @property
    def is_done(self) -> bool:
        """No dialog is owed an answer."""
        return not self._answers

    def leave(self) -> None:
        """Answer nothing more."""
        self._timer.stop()

    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog) and dialog.isVisible() and self._answers:
            self._answers.pop(0)(dialog)


def types(name: str) -> Answer:
    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, QFileDialog)
        line = dialog.findChild(QLineEdit)
        assert line is not None
        line.setText(name)
        dialog.accept()

    return answer


def replaces(wanted: bool) -> Answer:
    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, ReplaceDialog)
        assert dialog.focusWidget() is dialog.other_name
        (dialog.replace if wanted else dialog.other_name).click()

    return answer


@pytest.fixture(autouse=True)
def own_dialogs() -> Iterator[None]:
    native = Qt.ApplicationAttribute.AA_DontUseNativeDialogs
    QApplication.setAttribute(native, True)
    yield
    QApplication.setAttribute(native, False)


@pytest.fixture
def folder(tmp_path: Path) -> SavingFolder:
    folder = SavingFolder()
    folder.remember(tmp_path)
    return folder


@pytest.fixture
def question(qtbot: QtBot, look: Look, folder: SavingFolder) -> SaveQuestion:
    page = QWidget()
    qtbot.addWidget(page)
    return SaveQuestion(page, look, Texts("nb"), folder)


@pytest.mark.parametrize("typed", ["Økt 25.11", "Økt 25.11.pdf", "Økt 25.11.PDF", "Økt"])
def test_a_paper_is_a_pdf_whatever_it_is_called(question: SaveQuestion, tmp_path: Path, typed: str) -> None:
    person = Person(types(typed))
    file = question.ask("Lagre PDF", NAME, "pdf")
    person.leave()
    assert file is not None
    assert file.parent == tmp_path
    assert file.name.lower() == typed.lower().removesuffix(".pdf") + ".pdf"


def test_the_name_is_proposed_and_nothing_is_an_answer(question: SaveQuestion, tmp_path: Path) -> None:
    proposed: list[str] = []

    def goes_away(dialog: QDialog) -> None:
        assert isinstance(dialog, QFileDialog)
        proposed.extend(dialog.selectedFiles())
        dialog.reject()

    person = Person(goes_away)
    assert question.ask("Lagre PDF", NAME, "pdf") is None
    person.leave()
    assert proposed == [str(tmp_path / NAME)]


def test_a_file_that_gets_its_ending_from_us_replaces_none_unasked(
    question: SaveQuestion, tmp_path: Path
) -> None:
    old = tmp_path / "Økt 25.11.pdf"
    old.write_bytes(b"old")
    person = Person(types("Økt 25.11"), replaces(False), types("Økt 25.11"), replaces(True))
    assert question.ask("Lagre PDF", NAME, "pdf") == old
    assert person.is_done
    person.leave()


def test_the_next_paper_goes_where_the_last_one_went(
    question: SaveQuestion, folder: SavingFolder, tmp_path: Path
) -> None:
    other = tmp_path / "økter"
    other.mkdir()
    person = Person(types(str(other / "a.pdf")))
    question.ask("Lagre PDF", NAME, "pdf")
    person.leave()
    assert folder.path(tmp_path) == other
    other.rmdir()
    assert folder.path(tmp_path) == tmp_path


def test_the_first_paper_goes_to_the_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _place: str(tmp_path))
    assert SavingFolder().path(documents()) == tmp_path
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _place: str(tmp_path / "borte"))
    assert SavingFolder().path(documents()) == Path.home()


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_the_question_fits_a_long_folder(qtbot: QtBot, look: Look, lang: str) -> None:
    folder = Path(
        "/bruker/eksempel-eksempelsen/dokumenter/simulering_2026/døgnenhet/vold-og-trusler/november"
    )
    dialog = ReplaceDialog(look, Texts(lang), folder / NAME)
    qtbot.addWidget(dialog)
    dialog.show()
    assert cut_texts(dialog) == []
    assert nameless(dialog) == []
