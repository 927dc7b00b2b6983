"""A theme's scenario in words: facts, objectives, and the tabs. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from trainer_app.domain.films import Film
from trainer_app.domain.references import ReferenceStatus, ReferenceUse
from trainer_app.domain.scenarios import Content, ScenarioVersion, StopPoint, Theme
from trainer_app.domain.session_formats import DebriefPhase
from trainer_app.domain.words import Placeholder, Words
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.day_words import day_in_figures
from trainer_app.ui.library.shown import FilmOfTheme, Line, Section, Tab, ThemeShown
from trainer_app.ui.library.wording import film_facts


@dataclass(frozen=True, slots=True)
class ScenarioWords:
    """Puts a theme into words, in a language."""

    content: Content
    texts: Texts

    def shown(self, theme: Theme, film: Film | None) -> ThemeShown:
        """The theme's page."""
        scenario = theme.scenario
        approved = scenario.clinically_approved
        return ThemeShown(
            key=theme.code,
            title=self.say(theme.title.words),
            intro=self.say(theme.intro.words),
            scenario=self.say(scenario.title),
            version=self.texts("library.version", version=scenario.version),
            badge=self.texts("library.approved" if approved else "library.not_approved"),
            approved=approved,
            usable="" if approved else self.texts("session.scenario.may_be_used"),
            facts=self._facts(scenario),
            objectives=tuple(self.say(one.words) for one in scenario.objectives),
            film=None if film is None else self._film(scenario, film),
            tabs=self._tabs(theme, film),
        )

    def searched(self, theme: Theme) -> str:
        """All that the search looks into."""
        scenario = theme.scenario
        parts = [theme.title.words, theme.intro.words, scenario.title, scenario.trigger.words]
        parts += [one.words for one in (*scenario.objectives, *scenario.action_points)]
        parts += [prompt.words for prompt in scenario.prompts]
        return " ".join([theme.code, scenario.code, *(self.say(words) for words in parts)])

    def say(self, words: Words) -> str:
        """In the language in use."""
        return words.in_language(self.texts.lang)

    def _facts(self, scenario: ScenarioVersion) -> tuple[tuple[str, str], ...]:
        formats = self.content.session_formats
        of_it = next(one for one in formats.formats if one.code is scenario.format)
        model = next(one for one in formats.debrief_models if one.code == scenario.debrief_model)
        plan = scenario.plan
        facts = [
            ("library.fact.format", f"{of_it.code.value}, {_lower(self.say(of_it.name))}"),
            ("library.fact.model", self.say(model.name)),
            (
                "library.fact.duration",
                self.texts("library.duration", minutes=plan.minutes, phases=len(plan.phases)),
            ),
        ]
        if scenario.approval is not None:
            approved_on = day_in_figures(scenario.approval.approved_on, self.texts)
            facts.append(("library.fact.approval", f"{scenario.approval.role}, {approved_on}"))
        return tuple((self.texts(key), value) for key, value in facts)

    def _film(self, scenario: ScenarioVersion, film: Film) -> FilmOfTheme:
        length = film.probe.duration_s
        stops = (point.position_s(length) for point in scenario.stop_points)
        return FilmOfTheme(
            facts=film_facts(film, self.texts),
            length_s=length,
            stops_s=tuple(stop for stop in stops if stop is not None),
        )

    def _tabs(self, theme: Theme, film: Film | None) -> tuple[Tab, ...]:
        scenario, texts = theme.scenario, self.texts
        return (
            Tab(title=texts("library.tab.film"), sections=self._about_film(theme, film)),
            Tab(title=texts("library.tab.phases"), sections=self._phases(scenario)),
            Tab(
                title=texts("library.tab.prompts", count=len(scenario.prompts)),
                sections=self._prompts(scenario),
            ),
            Tab(
                title=texts("library.tab.actions", count=len(scenario.action_points)),
                sections=(self._section("", *(one.words for one in scenario.action_points)),),
            ),
            Tab(
                title=texts("library.tab.references", count=len(scenario.references)),
                sections=(
                    Section(heading="", lines=tuple(self._reference(use) for use in scenario.references)),
                ),
            ),
            Tab(title=texts("library.tab.aftercare"), sections=self._aftercare(theme)),
        )

    def _section(self, heading: str, *words: Words) -> Section:
        lines = tuple(Line(lead="", text=self.say(one)) for one in words)
        return Section(heading=self.texts(heading) if heading else "", lines=lines)

    def _about_film(self, theme: Theme, film: Film | None) -> tuple[Section, ...]:
        scenario = theme.scenario
        stops = tuple(self._stop(point, film) for point in scenario.stop_points)
        return (
            Section(heading=self.texts("library.stop_points"), lines=stops),
            self._section("library.trigger", scenario.trigger.words),
            self._section("library.observer", scenario.observer_task.words),
            self._section("library.note", scenario.facilitator_note.words),
            self._section("library.groups", *(group.words for group in theme.target_groups)),
        )

    def _stop(self, point: StopPoint, film: Film | None) -> Line:
        at = None if film is None else point.position_s(film.probe.duration_s)
        question = self.say(point.question)
        if at is not None:
            return Line(lead=self.texts("looks.clock", seconds=at), text=question)
        if point.share is not None:
            return Line(lead=self.texts("library.percent", percent=round(point.share * 100)), text=question)
        return Line(lead="", text=self.say(point.words))

    def _phases(self, scenario: ScenarioVersion) -> tuple[Section, ...]:
        formats, texts = self.content.session_formats, self.texts
        lines = []
        for planned in scenario.plan.phases:
            phase = formats.phase(planned.code)
            minutes = texts("library.minutes", minutes=planned.minutes)
            aside = texts("library.required") if planned.required else ""
            lines.append(Line(lead=minutes, text=f"{phase.number}. {self.say(phase.name)}", aside=aside))
        if scenario.plan.break_minutes:
            minutes = texts("library.minutes", minutes=scenario.plan.break_minutes)
            lines.append(Line(lead=minutes, text=texts("library.break")))
        of_all = tuple(
            Line(lead=one.code.value, text=f"{self.say(one.name)}. {self.say(one.when)}")
            for one in formats.formats
        )
        plan = Section(heading=texts("library.plan", plan=scenario.plan.code), lines=tuple(lines))
        return plan, Section(heading=texts("library.formats"), lines=of_all)

    def _prompts(self, scenario: ScenarioVersion) -> tuple[Section, ...]:
        sections = []
        for phase in DebriefPhase:
            prompts = scenario.prompts_of(phase)
            lines = tuple(Line(lead="", text=self.say(prompt.words)) for prompt in prompts)
            sections.append(Section(heading=self._phase_name(phase), lines=lines))
        return tuple(sections)

    def _phase_name(self, phase: DebriefPhase) -> str:
        phases = self.content.session_formats.phases
        return next(self.say(one.name) for one in phases if one.prompts is phase)

    def _reference(self, use: ReferenceUse) -> Line:
        reference = self.content.reference(use.key)
        if reference is None:  # the files are checked when they are read
            return Line(lead=use.key, text=use.part)
        title = self.say(reference.title)
        current = reference.status is ReferenceStatus.CURRENT
        aside = "" if current else self.texts(f"library.reference.{reference.status.value}")
        return Line(lead=use.key, text=f"{title}, {use.part}" if use.part else title, aside=aside)

    def _aftercare(self, theme: Theme) -> tuple[Section, ...]:
        shared = self.content.texts
        title, contact = theme.title.words.mapped(_lower), self.texts("library.contact")
        values = {
            Placeholder.THEME: title,
            Placeholder.AFTERCARE_CONTACT: Words(nb=contact, en=contact),
        }
        closing = shared.closing.words.filled(values)
        levels = tuple(
            Line(lead="", text=self._level(self.say(level.name), level.sign, level.response))
            for level in shared.after_care
        )
        lines = tuple(Line(lead=line.number, text=self.say(line.words)) for line in shared.telephone_lines)
        return (
            self._section("library.content_note", shared.content_note.words.filled(values)),
            Section(heading=self.texts("library.levels"), lines=levels),
            self._section("library.closing", closing),
            Section(heading=self.texts("library.telephones"), lines=lines),
        )

    def _level(self, name: str, sign: Words | None, response: Words) -> str:
        parts = [name, *([] if sign is None else [self.say(sign)]), self.say(response)]
        return " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in parts)


def _lower(words: str) -> str:
    """In the middle of a line."""
    return words[:1].lower() + words[1:]
