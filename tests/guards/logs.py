"""Log records of WARNING and above: each one a test causes has to be announced by that test."""

from __future__ import annotations

import logging
import re

import pytest


class WarningCollector(logging.Handler):
    """Keeps the records since the last :meth:`take`."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._records.append(record)

    def take(self) -> list[logging.LogRecord]:
        records, self._records = self._records, []
        return records


def complaints(item: pytest.Item, records: list[logging.LogRecord], *, passed: bool) -> list[str]:
    """Compare what was logged with what the test announced by its markers.

    Args:
        item: The test.
        records: What was logged while it was set up, ran and was torn down.
        passed: It ran to its end; only then must announced warnings have come.
    """
    expected = _patterns(item, "expects_log")
    announced = expected + _patterns(item, "allows_log")
    texts = [record.getMessage() for record in records]
    unannounced = [
        f"logged without being announced: {_describe(record)}"
        for record, text in zip(records, texts, strict=True)
        if not any(pattern.search(text) for pattern in announced)
    ]
    silent = [
        f"announced but not logged: {pattern.pattern}"
        for pattern in expected
        if passed and not any(pattern.search(text) for text in texts)
    ]
    return unannounced + silent


def _patterns(item: pytest.Item, marker: str) -> list[re.Pattern[str]]:
    return [re.compile(mark.args[0]) for mark in item.iter_markers(marker)]


def _describe(record: logging.LogRecord) -> str:
    text = f"{record.levelname} {record.name}: {record.getMessage()} ({record.pathname}:{record.lineno})"
    if record.exc_info and record.exc_info[1] is not None:
        text += f" [{record.exc_info[1]!r}]"
    return text
