"""``simkoffert`` and ``simkoffert demo``: from the command to the open window."""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import sys
from collections.abc import Iterator, Mapping
from platform import platform
from typing import TYPE_CHECKING

from trainer_app.desktop.mistakes import mistakes_caught
from trainer_app.domain.app_errors import NoDisplay
from trainer_app.runtime.terminal import tell

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from trainer_app.bootstrap import Workplace
    from trainer_app.domain.errors import TrainerError

_logger = logging.getLogger(__name__)

_OFFSCREEN = "offscreen"


def require_display(environment: Mapping[str, str] = os.environ, system: str = sys.platform) -> None:
    """Make sure that a window can be opened.

    Raises:
        NoDisplay: this machine has no screen, or none that we may use.
    """
    if not system.startswith("linux"):
        return
    if not any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")):
        raise NoDisplay()


def paint_in_memory() -> None:
    """Open windows nowhere but in memory, where nothing else was asked for and there is no screen."""
    try:
        require_display()
    except NoDisplay:
        os.environ["QT_QPA_PLATFORM"] = _OFFSCREEN
    if os.environ.get("QT_QPA_PLATFORM") == _OFFSCREEN:
        _say_nothing_of_screens()


def _say_nothing_of_screens() -> None:
    """Qt tells the terminal each time of what only a screen can do, such as coming to the front."""
    from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

    def say(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        if not message.startswith("This plugin does not support "):
            tell(message + "\n")

    qInstallMessageHandler(say)


def run_app(workplace: Workplace) -> int:
    """Open the app on the user's own data; return the exit code.

    Raises:
        NoDisplay: there is no screen.
    """
    require_display()
    from trainer_app.runtime.log_file import kept_log

    with kept_log(workplace.data_folder / "logs") as log, qt_application() as qt:
        from trainer_app.desktop.app import Desktop
        from trainer_app.desktop.interrupting import on_interrupt
        from trainer_app.domain.errors import TrainerError

        try:
            desktop = Desktop(qt, workplace)
        except TrainerError as error:
            _show_start_problem(qt, workplace, error)
            return 1
        told = mistakes_caught(lambda: desktop.tell_of_mistake(is_logged=log.is_written))
        with desktop, told, on_interrupt(desktop.app.window.close):
            try:
                desktop.open()
            except TrainerError as error:
                _show_start_problem(qt, workplace, error)
                return 1
            _logger.info("opened on %s", platform())
            # What is loaded stays. A search for garbage that walks through all of it holds every thread up,
            # the start of a film and *Stopp alt* as well: a tenth of a second, at moments of chance.
            gc.freeze()
            desktop.run()
    return 0


@contextlib.contextmanager
def qt_application() -> Iterator[QApplication]:
    """Qt's application, with our name, and with mistakes of ours going to the log."""
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QApplication

    QApplication.setApplicationName("SimKoffert")
    QApplication.setDesktopFileName("simkoffert")
    QGuiApplication.setQuitOnLastWindowClosed(False)
    qt = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(qt, QApplication)
    with mistakes_caught():
        yield qt


def _show_start_problem(qt: QApplication, workplace: Workplace, error: TrainerError) -> None:
    from trainer_app.desktop.interrupting import on_interrupt
    from trainer_app.ui.shell.start_problem import StartProblem
    from trainer_app.ui.theme.look import Look

    said = workplace.texts.explain(error)
    tell(said.lines() + "\n")
    dialog = StartProblem(Look(qt), workplace.texts, error)
    with on_interrupt(dialog.reject):
        dialog.exec()
