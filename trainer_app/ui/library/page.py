"""The page *Bibliotek*: a list of themes and the films, and what is open of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from trainer_app.looks.tokens import Tone
from trainer_app.texts.catalogue import Explanation
from trainer_app.ui.keys import keys_of
from trainer_app.ui.library.entry_list import EntryList
from trainer_app.ui.library.films_pane import FilmsPane
from trainer_app.ui.library.presenter import LibraryPresenter
from trainer_app.ui.library.shown import FILMS, ImportShown, LibraryShown, RemoveQuestion, ThemeShown
from trainer_app.ui.library.theme_pane import ThemePane
from trainer_app.ui.office import Office, Target
from trainer_app.ui.page import KeyHelp, Page
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import FixedSize, Spacing
from trainer_app.ui.widgets.banner import Banner
from trainer_app.ui.widgets.button import Button
from trainer_app.ui.widgets.card import hairline
from trainer_app.ui.widgets.confirm import Confirm
from trainer_app.ui.widgets.fields import LineEdit
from trainer_app.ui.widgets.label import Label

_LIST = 276


class LibraryPage(Page):
    """Shows the library. Implements ``LibraryView``.

    Attributes:
        ask_file: Asks the user for a file; None when they change their mind.
    """

    def __init__(self, office: Office, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, office.texts("shell.place.library"), parent)
        self._texts = office.texts
        self.ask_file: Callable[[], Path | None] = self._ask_file
        self.presenter = LibraryPresenter(office, self)
        self.search_field = LineEdit(look)
        self.entries = EntryList(look, office.texts("library.list"))
        self.import_button = Button(look, icon="plus", name=office.texts("library.import.choose"))
        self.theme, self.films = ThemePane(look, office.texts), FilmsPane(look, office.texts)
        self._detail = QStackedWidget()
        self.banner: Banner | None = None
        self.question: Confirm | None = None
        self._lay_out()
        self._connect()

    # --- Page --------------------------------------------------------------------------------------------

    def enter(self, target: Target) -> None:
        """Look at the films anew; ``item`` a theme; ``detail`` "films" wants a film of it."""
        if target.detail == FILMS:
            self.presenter.want_film("" if target.item is None else str(target.item))
        elif target.item is not None:
            self.presenter.select(str(target.item))
        self.presenter.reload()

    def end(self) -> None:
        """Stop listening."""
        self.presenter.end()

    def unsaved(self) -> Sequence[str]:
        """Of the film that is taken in, and of the one that is mended."""
        return [*self.films.place.unfinished(), *self.films.card.unfinished()]

    def key_help(self) -> Sequence[KeyHelp]:
        """Keys of the lists."""
        return keys_of("library", self._texts)

    def first_focus(self) -> QWidget | None:
        """The list."""
        return self.entries

    def search(self) -> None:
        """Ctrl+F."""
        self.search_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search_field.selectAll()

    def save(self) -> None:
        """Ctrl+S keeps the film that is being mended."""
        if self._detail.currentWidget() is self.films and not self.films.card.isHidden():
            self.films.card.save()

    def escape(self) -> None:
        """Take the search back, else give up taking a film in before it is copied."""
        if self.search_field.text():
            self.search_field.clear()
            self.entries.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.films.place.form.isHidden():
            self.presenter.cancel_import()

    # --- LibraryView -------------------------------------------------------------------------------------

    def show_library(self, shown: LibraryShown) -> None:
        """Show the list and the films."""
        self.entries.show_entries(shown.entries, shown.current)
        self.films.show_films(shown)

    def show_theme(self, shown: ThemeShown) -> None:
        """Show a theme."""
        self.theme.show_theme(shown)
        self._detail.setCurrentWidget(self.theme)

    def show_films(self) -> None:
        """Show the films."""
        self._detail.setCurrentWidget(self.films)

    def show_import(self, shown: ImportShown) -> None:
        """Show what was found in a file."""
        self.presenter.select(FILMS)
        self.films.place.drop.show_refusal(None)
        self.films.place.show_import(shown)

    def show_import_error(self, field: str, words: str) -> None:
        """Say what is wrong with a field of the import."""
        self.films.place.form.show_error(field, words)

    def show_refusal(self, said: Explanation) -> None:
        """Say why a file was not taken."""
        self.presenter.select(FILMS)
        self.films.place.drop.show_refusal(said)

    def show_importing(self, title: str) -> None:
        """Show the progress of a copy; one film is taken in at a time."""
        self.import_button.setEnabled(False)
        self.films.place.show_copying(title)

    def show_import_failed(self, said: Explanation) -> None:
        """Show the form again, as it was filled in."""
        self.import_button.setEnabled(True)
        self.films.place.show_failure(said)

    def show_import_done(self) -> None:
        """Show the place for files again."""
        self.import_button.setEnabled(True)
        self.films.place.drop.show_refusal(None)
        self.films.place.show_drop()

    def show_film_error(self, field: str, words: str) -> None:
        """Say what is wrong with a field of a film."""
        self.films.card.show_error(field, words)

    def ask_removal(self, question: RemoveQuestion) -> None:
        """Ask whether a film is to go."""
        asked = Confirm(self.look, question.title, question.cause, question.yes, question.no, self)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.accepted.connect(lambda: self.presenter.remove(question.sha256))
        self.question = asked
        asked.open()

    # --- inside ------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        Spacing(self.look, row, (0, 0, 0, 0), 0)
        row.addWidget(self._left())
        row.addWidget(hairline(vertical=True))
        main = QVBoxLayout()
        Spacing(self.look, main, (0, 0, 0, 0), 0)
        problems = self.presenter.problems()
        if problems:
            key = "library.problems.one" if len(problems) == 1 else "library.problems.several"
            fact = self._texts(key, count=len(problems))
            self.banner = Banner(self.look, Tone.ATTENTION, fact, "\n".join(problems))
            place = QVBoxLayout()
            Spacing(self.look, place, (24, 16, 24, 0), 0)
            place.addWidget(self.banner)
            main.addLayout(place)
        for pane in (self.theme, self.films):
            self._detail.addWidget(pane)
        main.addWidget(self._detail, 1)
        row.addLayout(main, 1)

    def _left(self) -> QWidget:
        left = QWidget()
        FixedSize(self.look, left, width=_LIST)
        column = QVBoxLayout(left)
        Spacing(self.look, column, (0, 16, 0, 0), 12)
        head = QHBoxLayout()
        Spacing(self.look, head, (24, 0, 16, 0), 8)
        head.addWidget(Label(self.look, self._texts("shell.place.library"), "title"), 1)
        head.addWidget(self.import_button)
        column.addLayout(head)
        search = QHBoxLayout()
        Spacing(self.look, search, (24, 0, 16, 0), 0)
        self.search_field.setPlaceholderText(self._texts("library.search"))
        self.search_field.setAccessibleName(self._texts("library.search"))
        self.search_field.setClearButtonEnabled(False)
        search.addWidget(self.search_field)
        column.addLayout(search)
        entries = QVBoxLayout()
        Spacing(self.look, entries, (0, 0, 0, 0), 0)
        entries.addWidget(hairline())
        entries.addWidget(self.entries, 1)
        column.addLayout(entries, 1)
        return left

    def _connect(self) -> None:
        presenter, place, card = self.presenter, self.films.place, self.films.card
        self.entries.chosen.connect(presenter.select)
        self.search_field.textChanged.connect(presenter.search)
        self.import_button.clicked.connect(self._choose_file)
        self.theme.plan_wanted.connect(presenter.plan)
        place.choose_wanted.connect(self._choose_file)
        place.file_dropped.connect(presenter.choose_file)
        place.take_in_wanted.connect(presenter.take_in)
        place.cancel_wanted.connect(presenter.cancel_import)
        place.progress_wanted.connect(self._show_progress)
        card.saved.connect(presenter.change_film)
        card.remove_wanted.connect(presenter.ask_removal)

    def _choose_file(self) -> None:
        file = self.ask_file()
        if file is not None:
            self.presenter.choose_file(file)

    def _ask_file(self) -> Path | None:
        kinds = f"{self._texts('library.import.films')} (*.mp4 *.m4v *.mov *.webm);;"
        kinds += f"{self._texts('library.import.all_files')} (*)"
        path, _ = QFileDialog.getOpenFileName(self, self._texts("library.import.choose"), "", kinds)
        return Path(path) if path else None

    def _show_progress(self) -> None:
        self.films.place.copying.show_progress(self.presenter.progress())
