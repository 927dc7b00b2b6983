"""Files as they come off a disk, and any document at all: content, or one error that people can be told."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.trainer_app.library.content_files import FILE, THEME, theme_from
from trainer_app.domain.scenario_errors import (
    ScenarioFileMissing,
    ScenarioFileTooLarge,
    ScenarioFileUnreadable,
    ScenarioIdForeign,
    ScenarioInvalid,
    ScenarioKeyTwice,
    ScenarioNeedsList,
    ScenarioNeedsYesNo,
    ScenarioNotToml,
    ScenarioNotUtf8,
    ScenarioOnlyOne,
    ScenarioOutOfRange,
    ScenarioSectionEmpty,
)
from trainer_app.library.session_formats import read_session_formats
from trainer_app.library.shared_content import read_codes, read_forms, read_references, read_texts
from trainer_app.library.toml_tables import FILE_LIMIT_BYTES, Table, parse_document, read_document
from trainer_app.texts.catalogue import LANGUAGES, Texts

READERS: tuple[Callable[[Table], object], ...] = (
    theme_from,
    read_session_formats,
    read_texts,
    read_forms,
    read_references,
    read_codes,
)

values = st.recursive(
    st.none().map(lambda _: "")
    | st.text(max_size=20)
    | st.integers()
    | st.floats()
    | st.booleans()
    | st.dates()
    | st.datetimes()
    | st.times(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def _told(error: ScenarioInvalid) -> None:
    """A refusal that cannot be put into words is a crash where it is shown."""
    for lang in LANGUAGES:
        assert FILE in Texts(lang).explain(error).what


def _read_or_refuse(document: dict[str, Any], read: Callable[[Table], object]) -> None:
    try:
        read(Table(document, file=FILE))
    except ScenarioInvalid as error:
        _told(error)


@given(data=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_give_a_document_or_one_refusal(data: bytes) -> None:
    try:
        parse_document(data, FILE)
    except ScenarioInvalid as error:
        _told(error)


@given(document=st.dictionaries(st.text(max_size=10), values, max_size=4), read=st.sampled_from(READERS))
def test_any_document_gives_content_or_one_refusal(
    document: dict[str, Any], read: Callable[[Table], object]
) -> None:
    _read_or_refuse(document, read)


@given(data=st.data())
def test_a_good_document_with_any_one_change_gives_content_or_one_refusal(data: st.DataObject) -> None:
    document = copy.deepcopy(tomllib.loads(THEME))
    table = document
    while True:
        key = data.draw(st.sampled_from(sorted(table)))
        if not isinstance(table[key], dict) or not table[key] or data.draw(st.booleans()):
            break
        table = table[key]
    match data.draw(st.sampled_from(["replace", "delete", "add"])):
        case "replace":
            table[key] = data.draw(values)
        case "delete":
            del table[key]
        case _:
            table[data.draw(st.text(max_size=8))] = data.draw(values)
    _read_or_refuse(document, theme_from)


def _refusal(data: bytes) -> ScenarioInvalid:
    with pytest.raises(ScenarioInvalid) as caught:
        theme_from(parse_document(data, FILE))
    return caught.value


def test_the_byte_order_mark_and_line_ends_of_windows_do_no_harm() -> None:
    windows = b"\xef\xbb\xbf" + THEME.replace("\n", "\r\n").encode()
    assert theme_from(parse_document(windows, FILE)) == theme_from(parse_document(THEME.encode(), FILE))


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_another_encoding_is_named_with_its_line(encoding: str) -> None:
    refusal = _refusal(THEME.encode(encoding))
    assert type(refusal) is ScenarioNotUtf8
    first_line = 1 + THEME[: THEME.index("ø")].count("\n")
    assert refusal.params["line"] == (1 if encoding == "utf-16" else first_line)


@pytest.mark.parametrize(
    ("slip", "line"),
    [
        ('[theme]\ncode = "INN\norder = 1\n', 2),
        ("[theme\ncode = 1\n", 1),
        ("[theme]\ncode INN\n", 2),
        ('[theme]\ncode = "INN"\nnote = """\nnever closed\n', 4),
        ("x = " + "[" * 5000, 1),
        ("x = " + "9" * 5000, 1),
        ("\0", 1),
        ("<html>", 1),
    ],
)
def test_what_is_no_toml_is_named_with_its_line(slip: str, line: int) -> None:
    refusal = _refusal(slip.encode())
    assert type(refusal) is ScenarioNotToml
    assert refusal.params["line"] == line


@pytest.mark.parametrize(
    ("text", "place", "line"),
    [
        ("[a]\nx = 1\n[b]\n[a]\n", "a", 4),
        ("x = 1\nx = 2\n", "x", 2),
        ("[prompts.INN-P01]\n[prompts.INN-P01]\n", "prompts.INN-P01", 2),
        ("t = { a = 1 }\n[t.b]\n", "t.b", 2),
    ],
)
def test_what_stands_twice_is_named(text: str, place: str, line: int) -> None:
    refusal = _refusal(text.encode())
    assert type(refusal) is ScenarioKeyTwice
    assert (refusal.params["place"], refusal.params["line"]) == (place, line)


def test_an_empty_file_lacks_everything() -> None:
    assert _refusal(b"").params["place"] == "theme"


def test_a_file_that_is_gone_or_a_folder_or_much_too_large_is_refused(tmp_path: Path) -> None:
    large = tmp_path / "large.toml"
    large.write_bytes(b"#" * (FILE_LIMIT_BYTES + 1))
    cases = (
        (tmp_path / "none.toml", ScenarioFileMissing),
        (tmp_path, ScenarioFileUnreadable),
        (large, ScenarioFileTooLarge),
    )
    for path, error in cases:
        with pytest.raises(error) as caught:
            read_document(path, FILE)
        _told(caught.value)


def test_reading_says_what_it_wants() -> None:
    table = Table(
        {"n": 1, "list": [], "long": [1, 2, 3], "down": [90, 60], "two": {"A": {}, "B": {}}}, file=FILE
    )
    with pytest.raises(ScenarioNeedsYesNo):
        table.yes_no("n")
    with pytest.raises(ScenarioNeedsList):
        table.rows("n")
    with pytest.raises(ScenarioSectionEmpty):
        table.rows("list")
    with pytest.raises(ScenarioNeedsList):
        table.pair("long", 0, 9)
    with pytest.raises(ScenarioOutOfRange):
        table.pair("down", 0, 600)


def test_a_section_for_one_text_takes_no_second() -> None:
    one = {"nb": "a", "en": "b"}
    with pytest.raises(ScenarioOnlyOne):
        Table({"closing": {"AV-1": one, "AV-2": one}}, file=FILE).single("closing", r"AV-\d+", "AV-1")
    with pytest.raises(ScenarioIdForeign):
        Table({"closing": {"TK-1": one}}, file=FILE).single("closing", r"AV-\d+", "AV-1")


def test_dates_are_dates() -> None:
    assert Table({"on": date(2026, 11, 20)}, file=FILE).day("on") == date(2026, 11, 20)
    with pytest.raises(ScenarioInvalid):
        Table({"on": datetime(2026, 11, 20, 12)}, file=FILE).day("on")  # noqa: DTZ001 - as TOML gives it
