"""Reads what all themes share: spoken texts, forms, references, code lists."""

from __future__ import annotations

from trainer_app.domain.references import Reference, ReferenceKey, ReferenceStatus
from trainer_app.domain.scenario_errors import ScenarioReferenceUnknown
from trainer_app.domain.shared_content import (
    AfterCareLevel,
    AgendaItem,
    Choice,
    Codes,
    Form,
    Question,
    QuestionKind,
    SharedTexts,
    TelephoneLine,
)
from trainer_app.domain.words import ContentText, Words
from trainer_app.library.toml_tables import Table, each, identifier, shown


def read_texts(document: Table) -> SharedTexts:
    """Read ``texts.toml``.

    Raises:
        ScenarioInvalid: it cannot be used.
    """
    texts = SharedTexts(
        footnote=_texts(document, "footnote", "FOT"),
        safety_contract=_texts(document, "safety_contract", "TK"),
        safety_information=_texts(document, "safety_information", "SI"),
        content_note=_single(document, "content_note", "IV"),
        start_words=_single(document, "start_words", "SO"),
        landing_words=_single(document, "landing_words", "SO"),
        closing=_single(document, "closing", "AV"),
        privacy_notice=_single(document, "privacy_notice", "PV"),
        free_text_reminder=_single(document, "free_text_reminder", "PI"),
        facilitator_rules=_texts(document, "facilitator_rules", "FR"),
        hygiene=_texts(document, "hygiene", "HY"),
        room_checklist=_texts(document, "room_checklist", "RO"),
        after_care=each(document.tables("after_care"), _after_care),
        telephone_lines=each(document.tables("telephone_lines"), _telephone_line),
    )
    document.finish()
    return texts


def _texts(document: Table, section: str, letters: str) -> tuple[ContentText, ...]:
    return document.texts(section, rf"{letters}-[0-9]+", f"{letters}-1")


def _single(document: Table, section: str, letters: str) -> ContentText:
    return document.single(section, rf"{letters}-[0-9]+", f"{letters}-1")


def _after_care(table: Table) -> AfterCareLevel:
    return AfterCareLevel(
        id=identifier(table, r"IH-[0-9]+", "IH-1"),
        name=table.words("name"),
        sign=table.words("sign") if table.has("sign") else None,
        response=table.words("response"),
    )


def _telephone_line(table: Table) -> TelephoneLine:
    return TelephoneLine(
        id=identifier(table, r"TL-[0-9]+", "TL-1"), words=table.own_words(), number=table.text("number")
    )


def read_forms(document: Table) -> tuple[tuple[Form, ...], tuple[AgendaItem, ...]]:
    """Read ``evaluation.toml``: the forms, and the information meeting's agenda.

    Raises:
        ScenarioInvalid: it cannot be used.
    """
    forms = each(document.tables("forms"), _form)
    agenda = each(document.tables("information_meeting"), _agenda_item)
    document.finish()
    return forms, agenda


def _form(table: Table) -> Form:
    return Form(
        code=table.name,
        title=table.words("title"),
        questions=each(table.tables("questions"), _question),
    )


def _question(table: Table) -> Question:
    kind = table.member("type", QuestionKind)
    return Question(
        id=identifier(table, r"[A-Z]{2}-[0-9]+", "EV-1"),
        kind=kind,
        words=table.own_words(),
        choices=_choices(table, "choices") if kind is QuestionKind.CHOICE else (),
    )


def _agenda_item(table: Table) -> AgendaItem:
    return AgendaItem(
        id=identifier(table, r"IM-[0-9]+", "IM-1"),
        minutes=table.whole("minutes", 1, 600),
        words=table.own_words(),
    )


def _choices(document: Table, section: str) -> tuple[Choice, ...]:
    return each(document.tables(section), lambda table: Choice(code=table.name, words=table.own_words()))


def read_codes(document: Table) -> Codes:
    """Read ``codes.toml``.

    Raises:
        ScenarioInvalid: it cannot be used.
    """
    codes = Codes(
        professions=_choices(document, "professions"),
        roles=_choices(document, "roles"),
        item_types=_choices(document, "item_types"),
    )
    document.finish()
    return codes


def read_references(document: Table) -> tuple[Reference, ...]:
    """Read ``references.toml``.

    Raises:
        ScenarioInvalid: it cannot be used.
    """
    kinds = {choice.code: choice.words for choice in _choices(document, "types")}
    tables = document.tables("references")
    references: tuple[Reference, ...] = each(tables, lambda table: _reference(table, kinds))
    document.finish()
    keys = {reference.key for reference in references}
    for reference, table in zip(references, tables, strict=True):
        if reference.superseded_by is not None and reference.superseded_by not in keys:
            raise ScenarioReferenceUnknown(
                file=table.file, place=table.place("superseded_by"), value=shown(reference.superseded_by)
            )
    return references


def _reference(table: Table, kinds: dict[str, Words]) -> Reference:
    status = table.member("status", ReferenceStatus)
    # A superseded reference has to lead to the one that took its place.
    successor = table.has("superseded_by") or status is ReferenceStatus.SUPERSEDED
    return Reference(
        key=ReferenceKey(identifier(table, r"R[0-9]+(-[A-Z])?", "R01")),
        kind=kinds[table.code("type", kinds)],
        title=table.words("title"),
        status=status,
        mark=table.text("mark"),
        remark=table.words("remark") if table.has("remark") else None,
        superseded_by=ReferenceKey(table.text("superseded_by")) if successor else None,
        last_checked=table.day("last_checked") if table.has("last_checked") else None,
    )
