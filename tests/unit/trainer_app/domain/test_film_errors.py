"""Every error of films and database has its three texts in both languages, with the parameters it carries."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter
from typing import Any

import pytest

from trainer_app.domain import film_errors, storage_errors
from trainer_app.domain.errors import TrainerError
from trainer_app.texts.catalogue import LANGUAGES, Texts

PARAMETERS: dict[str, Any] = {
    "file": "På tur.mp4",
    "size": 1_500_000,
    "expected": 3_000_000,
    "free": 12,
    "folder": "/films",
    "codec": "mpeg2video",
    "codecs": "h264",
    "container": "avi",
    "layout": "cubemap",
    "theme": "XYZ",
    "themes": "INN, VOT",
    "reference": "abcdef",
    "count": 2,
    "films": "A, B",
    "film": "Innkomst",
    "database": "/data/simkoffert.db",
    "backup": "/data/backup.db",
}


def _errors() -> Iterator[type[TrainerError]]:
    for module in (film_errors, storage_errors):
        for value in vars(module).values():
            if (
                isinstance(value, type)
                and issubclass(value, TrainerError)
                and hasattr(value, "key")
                and value.__module__ == module.__name__
            ):
                yield value


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("error", list(_errors()), ids=lambda error: error.__name__)
def test_an_error_says_what_why_and_what_next(error: type[TrainerError], lang: str) -> None:
    texts = Texts(lang)
    words = texts.explain(error(**PARAMETERS))
    assert all(sentence.strip().endswith((".", "!")) for sentence in (words.what, words.why, words.next_step))
    named = {field for _, field, _, _ in Formatter().parse(texts.pattern(f"{error.key}.what")) if field}
    things = {"file", "film", "reference", "theme", "database", "backup"}
    assert named & things, "the headline names the thing"
