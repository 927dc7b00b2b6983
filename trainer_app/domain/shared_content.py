"""Content that all themes share: spoken texts, forms, after-care, code lists."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from trainer_app.domain.words import ContentText, Words


class QuestionKind(Enum):
    """How a question of a form is answered."""

    TEXT = "text"
    SCALE = "scale"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An answer that may be chosen."""

    code: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question of a form. ``choices`` only for :attr:`QuestionKind.CHOICE`."""

    id: str
    kind: QuestionKind
    words: Words
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form that people fill in (``deltaker``, ``fasilitator``, ``oppfolging``, ``stoppunkt``)."""

    code: str
    title: Words
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """An item of the information meeting's template."""

    id: str
    minutes: int
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterCareLevel:
    """What to do when somebody is moved. ``sign`` is None for what everybody is given."""

    id: str
    name: Words
    sign: Words | None
    response: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class TelephoneLine:
    """A number for the contact card."""

    id: str
    words: Words
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedTexts:
    """The texts that all themes share."""

    footnote: tuple[ContentText, ...]
    safety_contract: tuple[ContentText, ...]
    safety_information: tuple[ContentText, ...]
    content_note: ContentText
    start_words: ContentText
    landing_words: ContentText
    closing: ContentText
    privacy_notice: ContentText
    free_text_reminder: ContentText
    facilitator_rules: tuple[ContentText, ...]
    hygiene: tuple[ContentText, ...]
    room_checklist: tuple[ContentText, ...]
    after_care: tuple[AfterCareLevel, ...]
    telephone_lines: tuple[TelephoneLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """Stored codes with the words that are shown for them."""

    professions: tuple[Choice, ...]
    roles: tuple[Choice, ...]
    item_types: tuple[Choice, ...]
