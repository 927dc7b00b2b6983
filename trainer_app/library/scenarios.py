"""The content files in ``scenarios``: one a theme, and those that all themes share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from trainer_app.domain.films import ThemeCode
from trainer_app.domain.references import Reference, ReferenceKey, ReferenceUse
from trainer_app.domain.scenario_errors import (
    ScenarioFileMissing,
    ScenarioIdTaken,
    ScenarioInvalid,
    ScenarioReferenceUnknown,
)
from trainer_app.domain.scenarios import (
    Approval,
    Content,
    Prompt,
    ScenarioCode,
    ScenarioStatus,
    ScenarioVersion,
    SessionFormats,
    StopPoint,
    Theme,
)
from trainer_app.domain.session_formats import DebriefModelCode, DebriefPhase, PhasePlan
from trainer_app.domain.words import ContentText
from trainer_app.library.data import data_folder
from trainer_app.library.session_formats import read_minutes, read_session_formats
from trainer_app.library.shared_content import read_codes, read_forms, read_references, read_texts
from trainer_app.library.toml_tables import Table, each, identifier, read_document, shown


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentFound:
    """The content, and what kept single themes out of it. ``problems``: one a file that cannot be used."""

    content: Content
    problems: tuple[ScenarioInvalid, ...]


def load_content(folder: Path | None = None) -> Content:
    """Read all content; ``folder`` defaults to the program's own.

    Raises:
        ScenarioInvalid: the first thing that is wrong with a file.
    """
    found = find_content(folder)
    for problem in found.problems:
        raise problem
    return found.content


def find_content(folder: Path | None = None) -> ContentFound:
    """Read all content; a theme whose file cannot be used is left out, and why is told.

    Raises:
        ScenarioInvalid: a file that all themes share cannot be used.
    """
    folder = folder or data_folder("scenarios")
    references = read_references(_shared(folder, "references"))
    formats = read_session_formats(_shared(folder, "formats"))
    forms, agenda = read_forms(_shared(folder, "evaluation"))
    texts = read_texts(_shared(folder, "texts"))
    codes = read_codes(_shared(folder, "codes"))
    gathering = _Gathering(references, formats)
    gathering.add_all(folder / "themes")
    content = Content(
        themes=tuple(sorted(gathering.themes, key=lambda theme: (theme.order, theme.code))),
        references=references,
        session_formats=formats,
        texts=texts,
        forms=forms,
        information_meeting=agenda,
        codes=codes,
    )
    return ContentFound(content=content, problems=tuple(gathering.problems))


def _shared(folder: Path, name: str) -> Table:
    return read_document(folder / "shared" / f"{name}.toml", f"shared/{name}.toml")


@dataclass(slots=True)
class _Gathering:
    """Reads theme files one by one."""

    references: tuple[Reference, ...]
    formats: SessionFormats
    themes: list[Theme] = field(default_factory=list)
    problems: list[ScenarioInvalid] = field(default_factory=list)
    _origin: dict[str, str] = field(default_factory=dict)

    def add_all(self, folder: Path) -> None:
        paths = sorted(folder.glob("*.toml"))
        if not paths:
            self.problems.append(ScenarioFileMissing(file=f"{folder.name}/*.toml"))
        for path in paths:
            try:
                self._add(path)
            except ScenarioInvalid as problem:
                self.problems.append(problem)

    def _add(self, path: Path) -> None:
        file = f"{path.parent.name}/{path.name}"
        theme = read_theme(read_document(path, file), self.references, self.formats)
        # A scenario's id begins with its theme's code, so that the code alone has to be unique.
        if theme.code in self._origin:
            other = self._origin[theme.code]
            raise ScenarioIdTaken(file=file, place="theme.code", value=theme.code, other=other)
        self._origin[theme.code] = file
        self.themes.append(theme)


def read_theme(document: Table, references: Iterable[Reference], formats: SessionFormats) -> Theme:
    """Read a theme file with its scenario.

    Raises:
        ScenarioInvalid: it cannot be used.
    """
    head = document.table("theme")
    code = ThemeCode(head.matching("code", "[A-Z]{3}", "INN"))
    order = head.whole("order", 1, 1000)
    head.finish()
    theme = Theme(
        code=code,
        order=order,
        title=document.single("title", f"{code}-TITTEL", f"{code}-TITTEL"),
        intro=document.single("intro", f"{code}-INGRESS", f"{code}-INGRESS"),
        target_groups=_numbered(document, "target_groups", code, "G"),
        scenario=_scenario(document, code, {reference.key for reference in references}, formats),
    )
    document.finish()
    return theme


def _scenario(
    document: Table, code: ThemeCode, references: set[ReferenceKey], formats: SessionFormats
) -> ScenarioVersion:
    head = document.table("scenario")
    status = head.member("status", ScenarioStatus)
    plan = _plan(head, formats)
    models = [model.code for model in formats.debrief_models]
    version = ScenarioVersion(
        code=ScenarioCode(head.matching("id", rf"{code}-[0-9]+", f"{code}-1")),
        theme=code,
        version=head.whole("version", 1, 1_000_000),
        status=status,
        title=head.words("title"),
        format=plan.format,
        plan=plan,
        debrief_model=DebriefModelCode(head.code("debrief_model", models)),
        trigger=document.single("trigger", f"{code}-T", f"{code}-T"),
        facilitator_note=document.single("facilitator_note", f"{code}-F", f"{code}-F"),
        observer_task=document.single("observer_task", f"{code}-O", f"{code}-O"),
        objectives=_numbered(document, "objectives", code, "L"),
        stop_points=each(document.tables("stop_points"), lambda table: _stop_point(table, code)),
        prompts=each(document.tables("prompts"), lambda table: _prompt(table, code)),
        action_points=_numbered(document, "action_points", code, "A"),
        references=_reference_uses(document.table("references"), references),
        approval=_approval(head, status),
    )
    head.finish()
    return version


def _numbered(document: Table, section: str, code: ThemeCode, letter: str) -> tuple[ContentText, ...]:
    return document.texts(section, rf"{code}-{letter}[0-9]+", f"{code}-{letter}1")


def _plan(head: Table, formats: SessionFormats) -> PhasePlan:
    plans = {str(plan.code): plan for plan in formats.plans}
    plan = plans[head.code("plan", plans)]
    return plan.with_minutes(read_minutes(head.table("minutes"))) if head.has("minutes") else plan


def _approval(head: Table, status: ScenarioStatus) -> Approval | None:
    """Who approved it, and when: it has to be said for what is approved."""
    if status is not ScenarioStatus.APPROVED and not head.has("approved_by"):
        return None
    return Approval(
        role=head.text("approved_by"),
        approved_on=head.day("approved_on"),
        review_due=head.day("review_due") if head.has("review_due") else None,
    )


def _stop_point(table: Table, code: ThemeCode) -> StopPoint:
    return StopPoint(
        id=identifier(table, rf"{code}-S[0-9]+", f"{code}-S1"),
        share=table.share("share") if table.has("share") else None,
        words=table.own_words(),
    )


def _prompt(table: Table, code: ThemeCode) -> Prompt:
    return Prompt(
        id=identifier(table, rf"{code}-P[0-9]+", f"{code}-P01"),
        phase=table.member("phase", DebriefPhase),
        words=table.own_words(),
    )


def _reference_uses(table: Table, known: set[ReferenceKey]) -> tuple[ReferenceUse, ...]:
    uses = []
    for key in table.names():
        if key not in known:
            raise ScenarioReferenceUnknown(file=table.file, place=table.place(), value=shown(key))
        uses.append(ReferenceUse(key=ReferenceKey(key), part=table.text(key, may_be_empty=True)))
    return tuple(uses)
