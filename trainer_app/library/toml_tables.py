"""Reads content files: TOML that people edit, value by value, with errors that name file and place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from trainer_app.domain.scenario_errors import (
    ScenarioCodeUnknown,
    ScenarioFileMissing,
    ScenarioFileTooLarge,
    ScenarioFileUnreadable,
    ScenarioIdForeign,
    ScenarioInvalid,
    ScenarioKeyMissing,
    ScenarioKeyTwice,
    ScenarioKeyUnknown,
    ScenarioLanguageMissing,
    ScenarioNeedsDate,
    ScenarioNeedsList,
    ScenarioNeedsNumber,
    ScenarioNeedsSection,
    ScenarioNeedsText,
    ScenarioNeedsWhole,
    ScenarioNeedsYesNo,
    ScenarioNotToml,
    ScenarioNotUtf8,
    ScenarioOnlyOne,
    ScenarioOutOfRange,
    ScenarioSectionEmpty,
    ScenarioTextEmpty,
    ScenarioTextTooLong,
)
from trainer_app.domain.words import ContentText, Words

E = TypeVar("E", bound=Enum)

FILE_LIMIT_BYTES = 2_000_000
"""A theme file has about 12 000 bytes; what is larger than this is something else."""

TEXT_LIMIT = 5_000
"""Characters of one text; the longest that is shipped has about 700."""

SHOWN_LIMIT = 40
"""Characters of a wrong value that are shown."""


def read_document(path: Path, file: str) -> Table:
    """Read a content file; ``file`` is its name for people.

    Raises:
        ScenarioInvalid: the file is missing, unreadable, no text or no TOML.
    """
    return parse_document(_bytes(path, file), file)


def parse_document(data: bytes, file: str) -> Table:
    """Read the bytes of a content file. A byte order mark, as Windows programs write it, is left out.

    Raises:
        ScenarioInvalid: no text or no TOML.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ScenarioNotUtf8(file=file, line=data.count(b"\n", 0, error.start) + 1) from error
    try:
        return Table(tomllib.loads(text), file=file)
    # An integer of thousands of digits is a ValueError, a thousand brackets are a RecursionError.
    except (ValueError, RecursionError) as error:
        raise _syntax_error(text, file, error) from error


def _bytes(path: Path, file: str) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(FILE_LIMIT_BYTES + 1)
            size = stream.seek(0, 2)
    except FileNotFoundError as error:
        raise ScenarioFileMissing(file=file) from error
    except OSError as error:
        raise ScenarioFileUnreadable(file=file, detail=str(error)) from error
    if size > FILE_LIMIT_BYTES:
        raise ScenarioFileTooLarge(file=file, size=size, limit=FILE_LIMIT_BYTES)
    return data


def _syntax_error(text: str, file: str, error: Exception) -> ScenarioInvalid:
    reason = str(error)
    found = re.search(r"\(at line (\d+)", reason)
    # Not splitlines(): TOML, like an editor, counts line feeds only.
    lines = text.rstrip().split("\n")
    number = int(found[1]) if found else len(lines)
    if re.match(r"Cannot (declare|overwrite|redefine|mutate)", reason) and number <= len(lines):
        written = lines[number - 1].partition("=")[0].strip(" \t[]")
        return ScenarioKeyTwice(file=file, place=shown(written), line=number, detail=reason)
    return ScenarioNotToml(file=file, line=number, detail=reason)


class Table:
    """A TOML table that knows where it stands and which of its keys were asked for.

    All reading raises a ``ScenarioInvalid`` that names file and place. Reading a table ends with
    :meth:`finish`, so that no misspelt key is silently without effect.
    """

    def __init__(self, values: Mapping[str, Any], *, file: str, path: tuple[str, ...] = ()) -> None:
        self.file = file
        self._values = values
        self._path = path
        self._asked: set[str] = set()

    @property
    def name(self) -> str:
        """The table's own key: the id of what it describes."""
        return self._path[-1]

    def place(self, key: str | None = None) -> str:
        """Where the table, or one of its keys, stands."""
        path = self._path if key is None else (*self._path, key)
        return ".".join(shown(part) for part in path)

    def has(self, key: str) -> bool:
        """True when the key is there."""
        self._asked.add(key)
        return key in self._values

    def names(self) -> tuple[str, ...]:
        """All keys in the order of the file."""
        return tuple(self._values)

    def finish(self) -> None:
        """Refuse keys that nobody asked for."""
        for key in self._values:
            if key not in self._asked:
                known = ", ".join(sorted(self._asked))
                raise ScenarioKeyUnknown(file=self.file, place=self.place(key), known=known)

    def text(self, key: str, *, may_be_empty: bool = False) -> str:
        """Return a text without the spaces around it."""
        value = self._value(key)
        if not isinstance(value, str):
            raise ScenarioNeedsText(file=self.file, place=self.place(key))
        text = value.strip()
        if not text and not may_be_empty:
            raise ScenarioTextEmpty(file=self.file, place=self.place(key))
        if len(text) > TEXT_LIMIT:
            raise ScenarioTextTooLong(
                file=self.file, place=self.place(key), count=len(text), limit=TEXT_LIMIT
            )
        return text

    def whole(self, key: str, low: int, high: int) -> int:
        """Return a whole number from ``low`` to ``high``."""
        value = self._value(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise ScenarioNeedsWhole(file=self.file, place=self.place(key))
        self._check_range(key, value, low, high)
        return value

    def share(self, key: str) -> float:
        """Return a number from 0 to 1."""
        value = self._value(key)
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise ScenarioNeedsNumber(file=self.file, place=self.place(key))
        self._check_range(key, value, 0, 1)
        return float(value)

    def day(self, key: str) -> date:
        """Return a date."""
        value = self._value(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise ScenarioNeedsDate(file=self.file, place=self.place(key))
        return value

    def yes_no(self, key: str) -> bool:
        """Return true or false."""
        value = self._value(key)
        if not isinstance(value, bool):
            raise ScenarioNeedsYesNo(file=self.file, place=self.place(key))
        return value

    def member(self, key: str, codes: type[E]) -> E:
        """Return the member of an enumeration whose value stands there."""
        return codes(self.code(key, [str(member.value) for member in codes]))

    def code(self, key: str, known: Iterable[str]) -> str:
        """Return a text that is one of ``known``."""
        value = self.text(key)
        known = list(known)
        if value not in known:
            raise ScenarioCodeUnknown(
                file=self.file, place=self.place(key), value=shown(value), known=", ".join(known)
            )
        return value

    def matching(self, key: str, pattern: str, example: str) -> str:
        """Return a text that has the form of ``example``."""
        value = self.text(key)
        if not re.fullmatch(pattern, value):
            raise ScenarioIdForeign(
                file=self.file, place=self.place(key), value=shown(value), example=example
            )
        return value

    def words(self, key: str) -> Words:
        """Return a text in both languages that stands under ``key``."""
        table = self.table(key)
        words = table.own_words()
        table.finish()
        return words

    def own_words(self) -> Words:
        """Return the texts in both languages that stand in this table itself."""
        for language in ("nb", "en"):
            if not self.has(language):
                raise ScenarioLanguageMissing(file=self.file, place=self.place(), language=language)
        return Words(nb=self.text("nb"), en=self.text("en"))

    def table(self, key: str) -> Table:
        """Return the table under ``key``."""
        return self._table(self._value(key), key)

    def tables(self, key: str) -> list[Table]:
        """Return the tables under ``key``, one for each id; there has to be one."""
        outer = self.table(key)
        if not outer.names():
            raise ScenarioSectionEmpty(file=self.file, place=self.place(key))
        return [outer.table(name) for name in outer.names()]

    def rows(self, key: str) -> list[Table]:
        """Return the tables of a list; there has to be one."""
        value = self._value(key)
        if not isinstance(value, list):
            raise ScenarioNeedsList(file=self.file, place=self.place(key))
        if not value:
            raise ScenarioSectionEmpty(file=self.file, place=self.place(key))
        return [self._table(entry, key, str(number)) for number, entry in enumerate(value, start=1)]

    def pair(self, key: str, low: int, high: int) -> tuple[int, int]:
        """Return a list of two whole numbers, the smaller first."""
        value = self._value(key)
        if not isinstance(value, list) or len(value) != 2:
            raise ScenarioNeedsList(file=self.file, place=self.place(key))
        numbers = Table({"1": value[0], "2": value[1]}, file=self.file, path=(*self._path, key))
        first = numbers.whole("1", low, high)
        return first, numbers.whole("2", first, high)

    def texts(self, key: str, id_pattern: str, example: str) -> tuple[ContentText, ...]:
        """Return all texts of a section; their ids have the form of ``example``."""
        return tuple(
            content_text(table, identifier(table, id_pattern, example)) for table in self.tables(key)
        )

    def single(self, key: str, id_pattern: str, example: str) -> ContentText:
        """Return the one text of a section."""
        found = self.texts(key, id_pattern, example)
        if len(found) > 1:
            raise ScenarioOnlyOne(file=self.file, place=self.place(key), count=len(found))
        return found[0]

    def _value(self, key: str) -> Any:
        if not self.has(key):
            present = ", ".join(shown(name) for name in self._values) or "–"
            raise ScenarioKeyMissing(file=self.file, place=self.place(key), present=present)
        return self._values[key]

    def _table(self, value: Any, *keys: str) -> Table:
        table = Table(value, file=self.file, path=(*self._path, *keys))
        if not isinstance(value, dict):
            raise ScenarioNeedsSection(file=self.file, place=table.place())
        return table

    def _check_range(self, key: str, value: float, low: int, high: int) -> None:
        if not low <= value <= high:
            raise ScenarioOutOfRange(
                file=self.file, place=self.place(key), value=_number(value), low=low, high=high
            )


def identifier(table: Table, pattern: str, example: str) -> str:
    """Return the id of a table, which has the form of ``example``.

    Raises:
        ScenarioIdForeign: it has not.
    """
    if not re.fullmatch(pattern, table.name):
        raise ScenarioIdForeign(
            file=table.file, place=table.place(), value=shown(table.name), example=example
        )
    return table.name


def content_text(table: Table, text_id: str) -> ContentText:
    """Return the two texts of a table that holds nothing else."""
    words = table.own_words()
    table.finish()
    return ContentText(id=text_id, words=words)


def each(tables: Iterable[Table], read: Callable[[Table], Any]) -> tuple[Any, ...]:
    """Read every table, and refuse what ``read`` left over."""
    entries = []
    for table in tables:
        entries.append(read(table))
        table.finish()
    return tuple(entries)


def shown(text: str) -> str:
    """What people typed, short enough for a sentence and free of line breaks."""
    line = " ".join(text.split())
    return line if len(line) <= SHOWN_LIMIT else line[:SHOWN_LIMIT] + "…"


def _number(value: float) -> str:
    # str() of an integer of thousands of digits is refused by Python.
    return f"{value:g}" if abs(value) < 1e15 else "…"
