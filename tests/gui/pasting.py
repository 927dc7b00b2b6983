"""Pasting, as a person does it who has the wrong thing on the clipboard."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit


def paste(field: QLineEdit | QPlainTextEdit, text: str) -> None:
    """Paste a text into a field, in place of what stands in it."""
    clipboard = QApplication.clipboard()
    before = clipboard.text()
    clipboard.setText(text)
    field.selectAll()
    field.paste()
    clipboard.setText(before)
