"""A mistake in the program is written down and told, on whatever thread it happens."""

from __future__ import annotations

import sys
import threading

import pytest

from trainer_app.desktop.mistakes import mistakes_caught


def _fails() -> None:
    raise ValueError


@pytest.mark.expects_log("mistake in the program")
def test_a_mistake_on_another_thread_is_told(caplog: pytest.LogCaptureFixture) -> None:
    told: list[str] = []
    with mistakes_caught(lambda: told.append("told")):
        thread = threading.Thread(target=_fails)
        thread.start()
        thread.join()
    assert told == ["told"]
    (record,) = caplog.records
    assert record.exc_info is not None
    assert isinstance(record.exc_info[1], ValueError)


@pytest.mark.expects_log("mistake in the program")
def test_a_mistake_on_the_screens_thread_is_told_and_later_ones_are_not_ours() -> None:
    told: list[str] = []
    before = sys.excepthook
    with mistakes_caught(lambda: told.append("told")):
        sys.excepthook(ValueError, ValueError(), None)
    assert told == ["told"]
    assert sys.excepthook is before


def test_a_thread_that_ends_itself_is_no_mistake() -> None:
    told: list[str] = []
    with mistakes_caught(lambda: told.append("told")):
        thread = threading.Thread(target=sys.exit)
        thread.start()
        thread.join()
    assert told == []
