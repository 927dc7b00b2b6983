"""Reads ``shared/formats.toml``: phases, formats, phase plans, debrief models."""

from __future__ import annotations

from trainer_app.domain.phases import NEVER_SKIPPED, PhaseCode
from trainer_app.domain.scenario_errors import ScenarioCodeUnknown, ScenarioMinutesWrong, ScenarioSharesWrong
from trainer_app.domain.scenarios import SessionFormats
from trainer_app.domain.session_formats import (
    DebriefModel,
    DebriefModelCode,
    DebriefPhase,
    DebriefStep,
    Format,
    FormatCode,
    Phase,
    PhaseMinutes,
    PhasePlan,
    PlanCode,
    SurroundingPhase,
)
from trainer_app.library.toml_tables import Table, each, shown

LONGEST_MINUTES = 600
"""No session lasts longer."""

MOST_WAVES = 10


def read_session_formats(document: Table) -> SessionFormats:
    """Read the whole file.

    Raises:
        ScenarioInvalid: it cannot be used.
    """
    formats = SessionFormats(
        phases=_phases(document.table("phases")),
        around=each(document.tables("around"), _surrounding),
        formats=_formats(document.table("formats")),
        plans=each(document.tables("plans"), _plan),
        debrief_models=each(document.tables("debrief_models"), _debrief_model),
    )
    document.finish()
    return formats


def read_minutes(table: Table) -> dict[PhaseCode, int]:
    """Read minutes by phase: the scenario's own, in place of the plan's."""
    minutes = {}
    for key in table.names():
        if key not in (code.value for code in PhaseCode):
            known = ", ".join(code.value for code in PhaseCode)
            raise ScenarioCodeUnknown(file=table.file, place=table.place(), value=shown(key), known=known)
        minutes[PhaseCode(key)] = table.whole(key, 0, LONGEST_MINUTES)
    return minutes


def _phases(table: Table) -> tuple[Phase, ...]:
    phases = tuple(_phase(table.table(code.value), code) for code in PhaseCode)
    table.finish()
    return phases


def _phase(table: Table, code: PhaseCode) -> Phase:
    phase = Phase(
        code=code,
        number=table.text("number"),
        name=table.words("name"),
        short=table.words("short"),
        lead=table.words("lead"),
        prompts=table.member("prompts", DebriefPhase) if table.has("prompts") else None,
    )
    table.finish()
    return phase


def _surrounding(table: Table) -> SurroundingPhase:
    return SurroundingPhase(
        code=table.name,
        number=table.text("number"),
        name=table.words("name"),
        short=table.words("short"),
        lead=table.words("lead"),
    )


def _formats(table: Table) -> tuple[Format, ...]:
    formats = tuple(_format(table.table(code.value), code) for code in FormatCode)
    table.finish()
    return formats


def _format(table: Table, code: FormatCode) -> Format:
    described = Format(
        code=code,
        name=table.words("name"),
        flow=table.words("flow"),
        when=table.words("when"),
        usual_minutes=table.pair("usual_minutes", 1, LONGEST_MINUTES) if table.has("usual_minutes") else None,
        extra_minutes=_optional_minutes(table, "extra_minutes"),
    )
    table.finish()
    return described


def _plan(table: Table) -> PhasePlan:
    plan = PhasePlan(
        code=PlanCode(table.name),
        format=table.member("format", FormatCode),
        minutes=table.whole("minutes", 1, LONGEST_MINUTES),
        break_minutes=_optional_minutes(table, "break_minutes"),
        max_waves=table.whole("max_waves", 1, MOST_WAVES),
        packing_minutes=_optional_minutes(table, "packing_minutes"),
        phases=each(table.rows("phases"), _phase_minutes),
    )
    if plan.unplanned_minutes:
        total = plan.phase_minutes + plan.break_minutes
        raise ScenarioMinutesWrong(file=table.file, place=table.place(), total=total, expected=plan.minutes)
    return plan


def _phase_minutes(table: Table) -> PhaseMinutes:
    code = table.member("phase", PhaseCode)
    return PhaseMinutes(
        code=code,
        minutes=table.whole("minutes", 0, LONGEST_MINUTES),
        required=table.yes_no("required") if table.has("required") else code in NEVER_SKIPPED,
    )


def _optional_minutes(table: Table, key: str) -> int:
    return table.whole(key, 0, LONGEST_MINUTES) if table.has(key) else 0


def _debrief_model(table: Table) -> DebriefModel:
    steps: tuple[DebriefStep, ...] = each(table.rows("steps"), _step) if table.has("steps") else ()
    total = round(sum(step.share for step in steps) * 100)
    if steps and total != 100:
        raise ScenarioSharesWrong(file=table.file, place=table.place("steps"), total=total)
    return DebriefModel(
        code=DebriefModelCode(table.name),
        name=table.words("name"),
        remark=table.words("remark"),
        steps=steps,
    )


def _step(table: Table) -> DebriefStep:
    return DebriefStep(share=table.share("share"), name=table.own_words())
