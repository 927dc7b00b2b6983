"""What the facilitator says or asks in a phase, from the scenario as the session has it."""

from __future__ import annotations

from dataclasses import dataclass

from trainer_app.domain.phases import PhaseCode
from trainer_app.domain.scenarios import Content, ScenarioVersion
from trainer_app.domain.sessions import Session
from trainer_app.domain.words import Placeholder, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class PhasePrompts:
    """The words of a phase. ``are_questions``: reflection prompts; else words to be said."""

    texts: tuple[str, ...]
    are_questions: bool


def prompts_of(
    code: PhaseCode, session: Session, scenario: ScenarioVersion | None, content: Content
) -> PhasePrompts:
    """Return the words of a phase in the language of the session's content.

    A phase of the debrief has the scenario's prompts, landing and summary have their fixed words; any other
    has what the facilitator does in it.
    """
    phase, lang = content.session_formats.phase(code), session.content_lang
    if phase.prompts is not None and scenario is not None:
        questions = scenario.prompts_of(phase.prompts)
        if questions:
            return PhasePrompts(
                texts=tuple(prompt.words.in_language(lang) for prompt in questions), are_questions=True
            )
    said = _fixed_words(code, session, content) or phase.lead
    return PhasePrompts(texts=(said.in_language(lang),), are_questions=False)


def _fixed_words(code: PhaseCode, session: Session, content: Content) -> Words | None:
    if code is PhaseCode.LANDING:
        return content.texts.landing_words.words
    if code is not PhaseCode.SUMMARY:
        return None
    closing, contact = content.texts.closing.words, session.aftercare_contact.strip()
    if not contact:
        return closing
    return closing.filled({Placeholder.AFTERCARE_CONTACT: Words(nb=contact, en=contact)})
