"""The page *Innstillinger*; on the first start a welcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from trainer_app.ui.keys import keys_of
from trainer_app.ui.office import Office, Target
from trainer_app.ui.page import KeyHelp, Page
from trainer_app.ui.settings.first_pane import FirstPane
from trainer_app.ui.settings.presenter import SettingsPresenter
from trainer_app.ui.settings.settings_pane import SettingsPane
from trainer_app.ui.settings.shown import BackupShown, SettingsShown
from trainer_app.ui.theme.look import Look


class SettingsPage(Page):
    """Shows the settings, or the welcome where nobody has entered anything. Implements ``SettingsView``."""

    def __init__(self, office: Office, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, office.texts("shell.place.settings"), parent)
        self._texts = office.texts
        self._is_entering = False
        self.presenter = SettingsPresenter(office, self)
        self.settings, self.first = SettingsPane(look, office.texts), FirstPane(look, office.texts)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.settings)
        self._stack.addWidget(self.first)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._connect()
        look.changed.connect(self.presenter.reload)

    # --- Page --------------------------------------------------------------------------------------------

    def enter(self, target: Target) -> None:
        """Look at the data anew; a welcome asked for is there before they are read."""
        if target.detail == "first":
            self._stack.setCurrentWidget(self.first)
        self._is_entering = True
        self.presenter.reload()

    def end(self) -> None:
        """Stop listening."""
        self.look.changed.disconnect(self.presenter.reload)
        self.presenter.end()

    def unsaved(self) -> Sequence[str]:
        """Of the welcome, or of forms that are open."""
        return self.first.unfinished() if self._is_first else self.settings.unfinished()

    def key_help(self) -> Sequence[KeyHelp]:
        """How to choose."""
        return keys_of("settings", self._texts)

    def first_focus(self) -> QWidget | None:
        """The first field of the welcome; else what is chosen first."""
        return self.first.department if self._is_first else self.settings.department.box

    def save(self) -> None:
        """Ctrl+S begins with what is typed in the welcome, or adds what is typed."""
        if self._is_first:
            self.first.ask()
            return
        for card in (self.settings.department, self.settings.person):
            if not card.form.isHidden():
                card.form.wanted.emit()

    def escape(self) -> None:
        """Put open fields away."""
        self.close_forms()

    # --- SettingsView ------------------------------------------------------------------------------------

    def show_first(self, language: str) -> None:
        """Show the welcome."""
        self.first.show_language(language)
        self._open(self.first)

    def show_settings(self, shown: SettingsShown) -> None:
        """Show what is chosen."""
        self.settings.show_settings(shown)
        self._open(self.settings)

    def show_backup(self, shown: BackupShown) -> None:
        """Show the newest backup."""
        self.settings.data.show_backup(shown)

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Say beside the fields what is wrong with them."""
        fields = self.first.fields if self._is_first else self.settings.fields
        fields.show_errors(errors)

    def close_forms(self) -> None:
        """Put open fields away."""
        self.settings.department.close_form()
        self.settings.person.close_form()

    # --- inside ------------------------------------------------------------------------------------------

    @property
    def _is_first(self) -> bool:
        return self._stack.currentWidget() is self.first

    def _open(self, pane: QWidget) -> None:
        changes = self._stack.currentWidget() is not pane
        self._stack.setCurrentWidget(pane)
        first = self.first_focus()
        if self._is_entering and changes and self.isVisible() and first is not None:
            first.setFocus()
        self._is_entering = False

    def _connect(self) -> None:
        presenter, pane = self.presenter, self.settings
        pane.department.chosen.connect(presenter.choose_department)
        pane.department.added.connect(presenter.add_department)
        pane.department.letter_chosen.connect(presenter.choose_letter)
        pane.person.chosen.connect(presenter.choose_person)
        pane.person.added.connect(presenter.add_person)
        pane.looks.language_chosen.connect(presenter.choose_language)
        pane.looks.theme_chosen.connect(presenter.choose_theme)
        pane.looks.percent_chosen.connect(presenter.choose_percent)
        pane.data.backup_wanted.connect(presenter.back_up)
        pane.names.renamed.connect(presenter.rename)
        self.first.wanted.connect(presenter.begin)
        self.first.language_chosen.connect(presenter.choose_language)
