"""All texts of the catalogue, against the rules for texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from trainer_app.texts.catalogue import LANGUAGES

AVOIDED_IN_NORWEGIAN = {
    r"\bsesjon|\bworkshop": "økt",
    r"\bmoderator|\binstruktør": "fasilitator",
    # The verb ("bruker porten") is fine; the noun means somebody who receives care.
    r"\btrainee|\bbrukere?(n|ne)\b|\bbrukere\b": "deltaker",
    r"\bsertifikat": "kursbevis",
    r"\bavvik(et|ene)?\b": "utstyrsavvik, feil",
    r"selvmordskandidat|\bbegå\w* selvmord": "døde i selvmord, tok sitt liv",
    r"\butager": "(say what the person did)",
    r"\b(lav|middels|høy) risiko": "(no grades of risk)",
    r"samtykkekompetanse": "beslutningskompetanse",
    r"uppföljning|deltagare|\bmöte": "oppfølging, deltaker, møte",
    r"\bassessment": "vurdering",
    r"\.\.\.": "…, or a full sentence",
}


@cache
def _catalogues(lang: str) -> dict[str, Catalog]:
    found = {}
    for entry in files("trainer_app.texts").joinpath(lang).iterdir():
        with entry.open("rb") as stream:
            found[entry.name] = read_po(stream, locale=lang, abort_invalid=True)
    return found


def _texts(lang: str) -> Iterator[tuple[str, str, str]]:
    """Yield file, key and text."""
    for name, catalogue in _catalogues(lang).items():
        for message in catalogue:
            if message.id:
                yield name, str(message.id), str(message.string)


def _placeholders(text: str) -> set[tuple[str, str]]:
    return {(name, spec or "") for _, name, spec, _ in Formatter().parse(text) if name is not None}


def test_both_languages_have_the_same_keys_in_the_same_files() -> None:
    nb, en = ({(name, key) for name, key, _ in _texts(lang)} for lang in LANGUAGES)
    assert nb - en == set()
    assert en - nb == set()


def test_a_text_has_the_same_parameters_in_both_languages() -> None:
    english = {key: _placeholders(text) for _, key, text in _texts("en")}
    differing = [key for _, key, text in _texts("nb") if _placeholders(text) != english.get(key)]
    assert differing == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_parameters_are_named(lang: str) -> None:
    unnamed = [
        key for _, key, text in _texts(lang) for name, _ in _placeholders(text) if not name.isidentifier()
    ]
    assert unnamed == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_texts_are_there_and_tidy(lang: str) -> None:
    untidy = [key for _, key, text in _texts(lang) if not text or text != text.strip()]
    assert untidy == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_files_name_their_language_and_are_settled(lang: str) -> None:
    for name, catalogue in _catalogues(lang).items():
        assert catalogue.locale_identifier == lang, name
        assert [message.id for message in catalogue if message.id and message.fuzzy] == [], name
        assert dict(catalogue.obsolete) == {}, name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_parts_of_an_explanation_end_as_sentences(lang: str) -> None:
    ragged = [
        key
        for _, key, text in _texts(lang)
        if key.endswith((".what", ".why", ".next")) and not text.endswith((".", "!", "?", "»", "}"))
    ]
    assert ragged == []


@pytest.mark.parametrize("pattern", AVOIDED_IN_NORWEGIAN)
def test_norwegian_uses_the_fields_own_words(pattern: str) -> None:
    found = [f"{key}: {text}" for _, key, text in _texts("nb") if re.search(pattern, text, re.IGNORECASE)]
    assert found == [], f"write {AVOIDED_IN_NORWEGIAN[pattern]}"
