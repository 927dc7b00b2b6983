"""Cleans what people type before it is stored."""

from __future__ import annotations

import re
import unicodedata

from trainer_app.domain.session_errors import TextMissing, TextTooLong

LINE_LIMIT = 200
"""Characters of a name or a title."""

TEXT_LIMIT = 10_000
"""Characters of a note, a learning point or an action."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def clean_line(text: str, field: str, *, limit: int = LINE_LIMIT) -> str:
    """Return a name or title on one line, without needless spaces.

    Raises:
        TextMissing: nothing but spaces.
        TextTooLong: more than ``limit`` characters.
    """
    line = " ".join(_CONTROLS.sub("", unicodedata.normalize("NFC", text)).split())
    if not line:
        raise TextMissing(field=field)
    return _within(line, field, limit)


def clean_text(text: str, field: str, *, limit: int = TEXT_LIMIT) -> str:
    """Return a text of several lines; it may be empty.

    Raises:
        TextTooLong: more than ``limit`` characters.
    """
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return _within(_CONTROLS.sub("", composed).strip(), field, limit)


def _within(text: str, field: str, limit: int) -> str:
    if len(text) > limit:
        raise TextTooLong(field=field, length=len(text), limit=limit)
    return text
