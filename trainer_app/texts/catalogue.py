"""Looks up texts by key: gettext catalogues (``<lang>/<area>.po``), read with Babel.

Message ids are keys (``film.not_video.what``), so that Norwegian and English are equals and a sentence can be
mended without touching code. Parameters are ``str.format`` fields. Dates, and these two, are written the way
the language writes them: ``{size:bytes}`` (an integer of bytes), ``{time:clock}`` (seconds as m:ss or m.ss).
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import platformdirs

from trainer_app.domain.errors import TrainerError
from trainer_app.texts.day_words import in_figures

LANGUAGES = ("nb", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """An error in words: what is wrong, why, and the one next step."""

    what: str
    why: str
    next_step: str

    def lines(self) -> str:
        """The three parts, one a line."""
        return "\n".join((self.what, self.why, self.next_step))

    def line(self) -> str:
        """The three parts one after the other."""
        return f"{self.what} {self.why} {self.next_step}"


class _LocalFormatter(Formatter):
    """``str.format`` with the language's own way to write bytes, seconds, decimals and dates."""

    def __init__(self, lang: str) -> None:
        self._lang = lang

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec == "bytes":
            return self._bytes(int(value))
        if format_spec == "clock":
            minutes, seconds = divmod(round(float(value)), 60)
            return f"{minutes}{'.' if self._lang == 'nb' else ':'}{seconds:02d}"
        if isinstance(value, float):
            return self._decimal(value, format_spec or None)
        if isinstance(value, date) and not isinstance(value, datetime):
            return in_figures(value, self._lang)
        return str(super().format_field(value, format_spec))

    def _decimal(self, value: float, pattern: str | None) -> str:
        from babel.numbers import format_decimal

        return str(format_decimal(value, format=pattern, locale=self._lang))

    def _bytes(self, count: int) -> str:
        for unit, size in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
            if count >= size:
                number = count / size
                pattern = "0.0" if number < 10 else "0"
                return f"{self._decimal(number, pattern)} {unit}"
        return f"{count} byte" if self._lang == "nb" or count == 1 else f"{count} bytes"


class Texts:
    """All texts of one language."""

    def __init__(self, lang: str) -> None:
        """Read the language's catalogues.

        Raises:
            ValueError: ``lang`` is none of :data:`LANGUAGES`.
        """
        if lang not in LANGUAGES:
            raise ValueError(f"no texts in {lang!r}; there are {', '.join(LANGUAGES)}")
        self.lang = lang
        self._formatter = _LocalFormatter(lang)
        self._by_key = _read(lang)

    def __call__(self, key: str, **params: object) -> str:
        """Return the text of ``key`` with its parameters filled in.

        Raises:
            KeyError: no such key (a bug; a test reads all keys the code uses).
        """
        return self._formatter.vformat(self._by_key[key], (), params)

    def keys(self) -> frozenset[str]:
        """All keys."""
        return frozenset(self._by_key)

    def pattern(self, key: str) -> str:
        """The unformatted text, as the player page or a test needs it."""
        return self._by_key[key]

    def section(self, prefix: str) -> dict[str, str]:
        """All texts whose key begins with ``prefix.``, keyed by the rest."""
        return {
            key.removeprefix(prefix + "."): text
            for key, text in self._by_key.items()
            if key.startswith(prefix + ".")
        }

    def explain(self, error: TrainerError) -> Explanation:
        """Put an error into words."""
        return Explanation(
            what=self(f"{error.key}.what", **error.params),
            why=self(f"{error.key}.why", **error.params),
            next_step=self(f"{error.key}.next", **error.params),
        )


@cache
def _read(lang: str) -> dict[str, str]:
    sources = sorted((Path(__file__).parent / lang).glob("*.po"))
    stamp = _stamp(sources)
    kept = _kept(lang, stamp)
    if kept is not None:
        return kept
    texts: dict[str, str] = {}
    for entry in sources:
        for key, text in _parsed(entry, lang).items():
            if key in texts:
                raise ValueError(f"{lang}/{entry.name}: {key} stands in two files")
            texts[key] = text
    _keep(lang, stamp, texts)
    return texts


def _parsed(source: Path, lang: str) -> dict[str, str]:
    from babel.messages.pofile import read_po

    with source.open("rb") as stream:
        catalogue = read_po(stream, locale=lang, abort_invalid=True)
    return {
        message.id: message.string
        for message in catalogue
        if isinstance(message.id, str) and message.id and isinstance(message.string, str)
    }


# Reading the catalogues takes longer than all else a short command does, and *Stopp alt* is a short command:
# what was read is kept in the user's cache for as long as the files stay the same.


def _stamp(sources: Sequence[Path]) -> list[list[object]]:
    """What tells whether the catalogues are still the same."""
    statuses = [(source, source.stat()) for source in sources]
    return [[str(source), status.st_size, status.st_mtime_ns] for source, status in statuses]


def _cache_file(lang: str) -> Path:
    return Path(platformdirs.user_cache_dir("simkoffert", appauthor=False)) / f"texts-{lang}.json"


def _kept(lang: str, stamp: list[list[object]]) -> dict[str, str] | None:
    try:
        kept = json.loads(_cache_file(lang).read_bytes())
        if kept["stamp"] == stamp:
            return {str(key): str(text) for key, text in kept["texts"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass  # no cache, or none that can be used: the catalogues are there
    return None


def _keep(lang: str, stamp: list[list[object]], texts: dict[str, str]) -> None:
    target = _cache_file(lang)
    fresh = target.with_name(f"{target.name}.{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps({"stamp": stamp, "texts": texts}), encoding="utf-8")
        fresh.replace(target)
    except OSError:
        with contextlib.suppress(OSError):
            fresh.unlink()
