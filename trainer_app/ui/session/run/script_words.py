"""What is said and done in a phase, put together from the content. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from trainer_app.domain.phases import PhaseCode
from trainer_app.domain.scenarios import Content, ScenarioVersion
from trainer_app.domain.sessions import Objective, Session
from trainer_app.domain.words import ContentText, Placeholder, Words
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.run.models import Script, ScriptLine, Tick, TickKind

PARTICIPANT_FORM = "deltaker"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """All that a script may need.

    Attributes:
        texts: Of the program; the content is spoken in the session's own language.
    """

    session: Session
    content: Content
    scenario: ScenarioVersion | None
    objectives: tuple[Objective, ...]
    texts: Texts

    def say(self, words: Words) -> str:
        """A text of the content in the session's language, with its placeholders filled in."""
        return words.filled(self._values()).in_language(self.session.content_lang)

    def _values(self) -> dict[Placeholder, Words]:
        theme = None if self.session.theme is None else self.content.theme(self.session.theme)
        values = {}
        if theme is not None:
            values[Placeholder.THEME] = theme.title.words.mapped(str.lower)
        if self.session.aftercare_contact:
            contact = self.session.aftercare_contact
            values[Placeholder.AFTERCARE_CONTACT] = Words(nb=contact, en=contact)
        return values


def script_of(code: PhaseCode, told: Told) -> Script:
    """Return what is said in a phase."""
    phase = told.content.session_formats.phase(code)
    lines, tick = _LINES.get(code, _lead_only)(told), tick_of(code, told)
    return Script(heading=told.say(phase.name), lines=tuple(lines), tick=tick)


def first_sentence(text: str) -> str:
    """The first sentence of a text."""
    head, dot, _ = text.partition(". ")
    return head + dot.strip()


def tick_of(code: PhaseCode, told: Told) -> Tick | None:
    """Return what is ticked off in a phase."""
    session, texts = told.session, told.texts
    ticks = {
        PhaseCode.SAFETY_CONTRACT: (TickKind.CONTRACT, "contract", session.contract_reviewed),
        PhaseCode.EQUIPMENT_BRIEF: (TickKind.SAFETY, "safety", session.safety_info_given),
        PhaseCode.SUMMARY: (TickKind.AFTERCARE, "aftercare", session.aftercare_offered),
    }
    if code not in ticks:
        return None
    kind, key, done = ticks[code]
    return Tick(kind=kind, words=texts(f"run.tick.{key}"), done=done)


def _lead_only(_told: Told) -> Iterable[ScriptLine]:
    return ()


def _welcome(told: Told) -> Iterable[ScriptLine]:
    theme = None if told.session.theme is None else told.content.theme(told.session.theme)
    if theme is not None:
        yield ScriptLine(text=told.say(theme.intro.words))
    yield from _objectives(told)


def _objectives(told: Told) -> Iterable[ScriptLine]:
    if told.objectives:
        yield ScriptLine(text=told.texts("run.script.objectives"), is_heading=True)
    for objective in told.objectives:
        yield ScriptLine(text=objective.text, mark=str(objective.seq))


def _contract(told: Told) -> Iterable[ScriptLine]:
    yield from _numbered(told.content.texts.safety_contract, told)
    if told.session.aftercare_contact:
        yield ScriptLine(text=told.texts("run.script.contact", contact=told.session.aftercare_contact))


def _safety(told: Told) -> Iterable[ScriptLine]:
    return _numbered(told.content.texts.safety_information, told)


def _brief(told: Told) -> Iterable[ScriptLine]:
    scenario, texts = told.scenario, told.texts
    if scenario is not None:
        yield ScriptLine(text=texts("run.script.context"), is_heading=True)
        # The sketch tells the whole film; only where one stands is said before it.
        yield ScriptLine(text=first_sentence(told.say(scenario.trigger.words)))
        yield ScriptLine(text=texts("run.script.task"), is_heading=True)
        yield ScriptLine(text=told.say(scenario.observer_task.words))
    yield ScriptLine(text=texts("run.script.content_note"), is_heading=True)
    yield ScriptLine(text=told.say(told.content.texts.content_note.words))


def _landing(told: Told) -> Iterable[ScriptLine]:
    yield ScriptLine(text=told.say(told.content.texts.landing_words.words))
    yield ScriptLine(text=told.texts("run.script.three_words"))


def _scenario(told: Told) -> Iterable[ScriptLine]:
    if told.scenario is not None:
        yield ScriptLine(text=told.texts("run.script.situation"), is_heading=True)
        yield ScriptLine(text=told.say(told.scenario.trigger.words))
    yield from _objectives(told)


def _prompts(code: PhaseCode) -> Callable[[Told], Iterable[ScriptLine]]:
    def lines(told: Told) -> Iterable[ScriptLine]:
        wanted = told.content.session_formats.phase(code).prompts
        if told.scenario is None or wanted is None:
            return
        for at, prompt in enumerate(told.scenario.prompts_of(wanted), start=1):
            yield ScriptLine(text=told.say(prompt.words), mark=str(at))

    return lines


def _summary(told: Told) -> Iterable[ScriptLine]:
    yield ScriptLine(text=told.say(told.content.texts.closing.words))
    yield ScriptLine(text=told.texts("run.script.lines"), is_heading=True)
    for line in told.content.texts.telephone_lines:
        yield ScriptLine(text=f"{told.say(line.words)}: {line.number}")


def _evaluation(told: Told) -> Iterable[ScriptLine]:
    yield ScriptLine(text=told.texts("run.script.evaluation"))
    form = told.content.form(PARTICIPANT_FORM)
    for at, question in enumerate(form.questions if form is not None else (), start=1):
        yield ScriptLine(text=told.say(question.words), mark=str(at))


def _numbered(texts: Iterable[ContentText], told: Told) -> Iterable[ScriptLine]:
    for at, text in enumerate(texts, start=1):
        yield ScriptLine(text=told.say(text.words), mark=str(at))


_LINES: dict[PhaseCode, Callable[[Told], Iterable[ScriptLine]]] = {
    PhaseCode.WELCOME: _welcome,
    PhaseCode.SAFETY_CONTRACT: _contract,
    PhaseCode.EQUIPMENT_BRIEF: _safety,
    PhaseCode.SCENARIO_BRIEF: _brief,
    PhaseCode.LANDING: _landing,
    PhaseCode.SCENARIO: _scenario,
    PhaseCode.REACTIONS: _prompts(PhaseCode.REACTIONS),
    PhaseCode.DESCRIPTION: _prompts(PhaseCode.DESCRIPTION),
    PhaseCode.ANALYSIS: _prompts(PhaseCode.ANALYSIS),
    PhaseCode.APPLICATION: _prompts(PhaseCode.APPLICATION),
    PhaseCode.SUMMARY: _summary,
    PhaseCode.EVALUATION: _evaluation,
}
