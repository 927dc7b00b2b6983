"""Windows and running timers of Qt that outlive the test that made them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


@contextmanager
def none_left() -> Iterator[None]:
    """Fail when a window or a running timer is left that was not there before."""
    before = {id(each) for each in (*_windows(), *_timers())}
    yield
    _let_go()
    left = [each for each in (*_windows(), *_timers()) if id(each) not in before]
    if left:
        described = ", ".join(f"{type(each).__name__} {each.objectName()!r}" for each in left)
        pytest.fail(f"the test left behind: {described}", pytrace=False)


def _let_go() -> None:
    """What was closed is deleted by the event loop only."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _windows() -> list[QWidget]:
    return [each for each in QApplication.topLevelWidgets() if isValid(each)]


def _timers() -> list[QTimer]:
    timers = [each for each in gc.get_objects() if issubclass(type(each), QTimer)]
    return [each for each in timers if isValid(each) and each.isActive()]
