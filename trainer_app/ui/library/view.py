"""What the library's page can show, as its presenter knows it."""

from __future__ import annotations

from typing import Protocol

from trainer_app.texts.catalogue import Explanation
from trainer_app.ui.library.shown import ImportShown, LibraryShown, RemoveQuestion, ThemeShown


class LibraryView(Protocol):
    """What the page can show."""

    def show_library(self, shown: LibraryShown) -> None:
        """Show the list and the films; the keyboard stays where it is."""

    def show_theme(self, shown: ThemeShown) -> None:
        """Show a theme with its scenario."""

    def show_films(self) -> None:
        """Show the films."""

    def show_import(self, shown: ImportShown) -> None:
        """Show what was found in a file, and ask what it does not tell."""

    def show_import_error(self, field: str, words: str) -> None:
        """Say beside a field of the import what is wrong with it."""

    def show_refusal(self, said: Explanation) -> None:
        """Say beside the place for files why one was not taken."""

    def show_importing(self, title: str) -> None:
        """Show the progress of a copy; it is asked for."""

    def show_import_failed(self, said: Explanation) -> None:
        """Show the fields of the file again, as they were filled in, and why it could not be taken in now."""

    def show_import_done(self) -> None:
        """Show the place for files again."""

    def show_film_error(self, field: str, words: str) -> None:
        """Say beside a field of a film what is wrong with it."""

    def ask_removal(self, question: RemoveQuestion) -> None:
        """Ask whether a film is to go for good."""
