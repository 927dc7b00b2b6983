"""The data on this laptop: folder, backups, what was deleted, and that nothing is encrypted yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_app.looks.tokens import Tone
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.saving.words import breakable
from trainer_app.ui.settings.shown import BackupShown, SettingsShown
from trainer_app.ui.settings.words import rule_words
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.banner import Banner
from trainer_app.ui.widgets.button import Button
from trainer_app.ui.widgets.card import Card, hairline
from trainer_app.ui.widgets.label import Label


class DataCard(Card):
    """Folder, backups, receipts.

    Attributes:
        open_url: Shows a folder in the system's own program.

    Signals:
        backup_wanted: make one now.
    """

    backup_wanted = Signal()

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, texts("settings.data.card"), parent=parent)
        self.open_url: Callable[[QUrl], object] = QDesktopServices.openUrl
        self.folder = Label(look, "", "body", wrap=True)
        self._path = ""
        self.open_button = Button(look, texts("settings.data.open"))
        self.copy_button = Button(look, texts("settings.data.copy"))
        self.backup = Label(look, "", "body", wrap=True)
        self.problem = Label(look, "", "small", "danger_ink", wrap=True)
        self.overdue = Label(look, "", "small", "attention_ink", wrap=True)
        self.backup_button = Button(look, texts("settings.backup.now"))
        self._receipts = QVBoxLayout()
        Spacing(look, self._receipts, gap=4)
        self._lay_out(texts)
        self.open_button.clicked.connect(lambda: self.open_url(QUrl.fromLocalFile(self._path)))
        self.copy_button.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._path))
        self.backup_button.clicked.connect(self.backup_wanted)

    def show_settings(self, shown: SettingsShown) -> None:
        """Show where the data lie and what was deleted."""
        self._path = shown.folder
        self.folder.setText(breakable(Path(shown.folder)))
        self.folder.updateGeometry()
        self._show_receipts(shown.cleaned)

    def show_backup(self, shown: BackupShown) -> None:
        """Show the newest backup, why another could not be made, and which are still there."""
        self.backup.setText(shown.words)
        self.backup.updateGeometry()
        for label, words in ((self.problem, shown.problem), (self.overdue, shown.overdue)):
            label.setText(words)
            label.setVisible(bool(words))
            label.updateGeometry()
        self.backup_button.setVisible(shown.can_make)

    def receipts(self) -> list[str]:
        """What is said to have been deleted."""
        return [label.text() for label in self._labels()]

    def _lay_out(self, texts: Texts) -> None:
        look = self.look
        self.body.addWidget(
            Banner(
                look, Tone.ATTENTION, texts("settings.data.not_encrypted"), texts("settings.data.no_names")
            )
        )
        self.body.addWidget(Label(look, texts("settings.data.folder"), "small", "text_muted"))
        self.body.addWidget(self.folder)
        self.body.addLayout(_row(look, self.open_button, self.copy_button))
        self.body.addWidget(hairline())
        self.body.addWidget(Label(look, texts("settings.backup.title"), "body-strong"))
        self.body.addWidget(self.backup)
        for label in (self.problem, self.overdue):
            self.body.addWidget(label)
            label.hide()
        self.body.addLayout(_row(look, self.backup_button))
        self.body.addWidget(hairline())
        self.body.addWidget(Label(look, texts("settings.cleaned.title"), "body-strong"))
        self.body.addWidget(Label(look, rule_words(texts), "small", "text_muted", wrap=True))
        self.body.addLayout(self._receipts)

    def _show_receipts(self, lines: Sequence[str]) -> None:
        if self.receipts() == list(lines):
            return
        for label in self._labels():
            self._receipts.removeWidget(label)
            label.hide()
            label.deleteLater()
        for words in lines:
            self._receipts.addWidget(Label(self.look, words, "body", wrap=True))

    def _labels(self) -> list[Label]:
        items = [self._receipts.itemAt(at) for at in range(self._receipts.count())]
        return [label for item in items if item and isinstance(label := item.widget(), Label)]


def _row(look: Look, *buttons: Button) -> QHBoxLayout:
    row = QHBoxLayout()
    Spacing(look, row, (0, 4, 0, 4), 8)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
