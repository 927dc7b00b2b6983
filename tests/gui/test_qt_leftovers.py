"""The guard of the widget tests finds what a test leaves behind."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from tests.guards import qt_leftovers


def test_a_running_timer_is_found(qapp: QApplication) -> None:
    timer = QTimer()
    with pytest.raises(pytest.fail.Exception, match="QTimer"), qt_leftovers.none_left():
        timer.start(60_000)
    timer.stop()


def test_a_window_is_found(qapp: QApplication) -> None:
    kept: list[QWidget] = []
    with pytest.raises(pytest.fail.Exception, match="QWidget"), qt_leftovers.none_left():
        kept.append(QWidget())
    kept.clear()


def test_what_ended_is_no_leftover(qapp: QApplication) -> None:
    with qt_leftovers.none_left():
        timer = QTimer()
        timer.start(60_000)
        timer.stop()
        window = QWidget()
        window.deleteLater()
