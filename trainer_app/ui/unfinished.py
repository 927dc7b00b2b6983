"""What stands in the fields of a form, for the question before the window closes."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit


def typed(*controls: QLineEdit | QPlainTextEdit) -> Iterator[str]:
    """``Navn: Kari``, of each field in which something was typed."""
    for control in controls:
        text = control.text() if isinstance(control, QLineEdit) else control.toPlainText()
        if text.strip():
            yield f"{control.accessibleName()}: {text}"
