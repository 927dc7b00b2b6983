"""Sets the stage for the tour: a workplace to practise in, the open app, and nothing outside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from trainer_app.desktop.app import Desktop
from trainer_app.desktop.practice import PracticeSize, practice
from trainer_app.desktop.starting import qt_application
from trainer_app.desktop.tour import Tour, TourResult
from trainer_app.ui.office import Target

if TYPE_CHECKING:
    from trainer_app.bootstrap import Workplace


class _NoViewer(QObject):
    """Papers are saved, and not shown: nobody sits there to close the viewer."""

    @Slot(QUrl)
    def leave(self, _paper: QUrl) -> None:
        """Do nothing with it."""


def run_tour(
    around: Workplace, folder: Path, size: PracticeSize, say: Callable[[str], None], look: Callable[[], None]
) -> TourResult:
    """Walk through one session and leave pictures, papers and the database in ``folder``.

    ``say`` is told the key of each step; ``look`` is called on the way, and what it raises breaks off.

    Raises:
        NotThere: something a person would have waited for never came; a picture of that moment is left.
    """
    began = perf_counter()
    folder.mkdir(parents=True, exist_ok=True)
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    with practice(around, size, say, look, keep=folder) as place, qt_application() as qt:
        viewer = _NoViewer()
        QDesktopServices.setUrlHandler("file", viewer, "leave")  # type: ignore[arg-type]  # the stub says bytes
        try:
            with Desktop(qt, place) as desktop:
                desktop.open(Target(place="today"))
                result = Tour(desktop, folder, lambda part: say(f"demo.tour.{part}")).walk()
        finally:
            QDesktopServices.unsetUrlHandler("file")
    result.seconds = perf_counter() - began
    return result
