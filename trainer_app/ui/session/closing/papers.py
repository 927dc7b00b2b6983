"""What became of the papers that were saved with a record: where each is, or why it is not."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trainer_app.looks.tokens import Tone
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.saving.saved_banner import OpenUrl, SavedBanner
from trainer_app.ui.session.closing.shown import LostPaper
from trainer_app.ui.theme.look import Look
from trainer_app.ui.theme.spacing import Spacing
from trainer_app.ui.widgets.banner import Banner
from trainer_app.ui.widgets.clearing import clear


class Papers(QWidget):
    """A banner a paper.

    Attributes:
        open_url: Shows a file or folder in the system's own program.
        saved: Those that say where a paper is.
        lost: Those that say why one is nowhere.

    Signals:
        other_place_wanted: this paper is to be saved elsewhere.
    """

    other_place_wanted = Signal(object)

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self._look, self._texts = look, texts
        self.open_url: OpenUrl = QDesktopServices.openUrl
        self.saved: list[SavedBanner] = []
        self.lost: list[Banner] = []
        self._column = QVBoxLayout(self)
        Spacing(look, self._column, gap=8)
        self.hide()

    def show_papers(self, saved: Sequence[Path], lost: Sequence[LostPaper]) -> None:
        """Show these."""
        clear(self._column)
        self.saved = [
            SavedBanner(self._look, self._texts, path, open_url=self.open_url, parent=self) for path in saved
        ]
        self.lost = [self._banner(paper) for paper in lost]
        for banner in (*self.lost, *self.saved):
            self._column.addWidget(banner)
        self.setVisible(bool(saved or lost))

    def _banner(self, paper: LostPaper) -> Banner:
        other = self._texts("saving.other_place")
        banner = Banner(self._look, Tone.DANGER, paper.fact, paper.cause, buttons=[other], parent=self)
        banner.chosen.connect(partial(self._on_other_place, paper))
        return banner

    def _on_other_place(self, paper: LostPaper, _button: int) -> None:
        self.other_place_wanted.emit(paper)
