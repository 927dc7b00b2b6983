"""What the suitcase's page can show, as those who decide about it know it."""

from __future__ import annotations

from typing import Protocol

from trainer_app.ui.clearing import ClearQuestion
from trainer_app.ui.kit.shown import (
    CheckShown,
    FilmsShown,
    HeadsetShown,
    KitForm,
    KitFormChoices,
    KitShown,
)


class KitView(Protocol):
    """What the page can show."""

    def show_kit(self, shown: KitShown) -> None:
        """Show a suitcase; the keyboard stays where it is."""

    def show_nothing(self) -> None:
        """There is no suitcase yet."""

    def show_check(self, shown: CheckShown) -> None:
        """Show a question of the check in the side panel."""

    def show_check_error(self, words: str) -> None:
        """Say beside the note of the check what is wrong with it."""

    def show_check_unsaved(self, words: str) -> None:
        """Say in the check that answers wait for being saved; nothing takes it back."""

    def show_headset(self, shown: HeadsetShown) -> None:
        """Show one headset in the side panel."""

    def show_form(self, form: KitForm, choices: KitFormChoices) -> None:
        """Show the fields of a suitcase in the side panel."""

    def show_form_error(self, field: str, words: str) -> None:
        """Say beside a field what is wrong with it."""

    def show_headset_error(self, words: str) -> None:
        """Say beside the note what is wrong with it."""

    def show_address_error(self, words: str) -> None:
        """Say beside the address what is wrong with it."""

    def show_films(self, films: FilmsShown) -> None:
        """Show what lies on the headset of the side panel now."""

    def ask_clearing(self, question: ClearQuestion) -> None:
        """Ask whether films are to go from headsets."""

    def close_panel(self) -> None:
        """Close the side panel."""
