"""A small theme file that can be used, and what it needs beside it."""

from __future__ import annotations

from trainer_app.domain.phases import PhaseCode
from trainer_app.domain.references import Reference, ReferenceKey, ReferenceStatus
from trainer_app.domain.scenarios import SessionFormats, Theme
from trainer_app.domain.session_formats import (
    DebriefModel,
    DebriefModelCode,
    FormatCode,
    PhaseMinutes,
    PhasePlan,
    PlanCode,
)
from trainer_app.domain.words import Words
from trainer_app.library.scenarios import read_theme
from trainer_app.library.toml_tables import Table, parse_document

FILE = "themes/INN.toml"

THEME = """\
[theme]
code = "INN"
order = 1

[title.INN-TITTEL]
nb = "Innkomst"
en = "Admission"

[intro.INN-INGRESS]
nb = "Det første møtet."
en = "The first meeting."

[target_groups.INN-G1]
nb = "Leger"
en = "Doctors"

[scenario]
id = "INN-1"
version = 1
status = "utkast"
plan = "A-60"
debrief_model = "TREFASE"

[scenario.title]
nb = "Må jeg være her?"
en = "Do I have to be here?"

[objectives.INN-L1]
nb = "Deltakeren kan ta imot."
en = "The participant can receive."

[trigger.INN-T]
nb = "Du står i mottaket."
en = "You stand in reception."

[facilitator_note.INN-F]
nb = "Temaet virker ufarlig."
en = "The theme seems harmless."

[stop_points.INN-S1]
share = 0.30
nb = "Ved omtrent 30 %: Hvem så du på?"
en = "At about 30 %: Whom did you look at?"

[observer_task.INN-O]
nb = "Følg én person."
en = "Follow one person."

[prompts.INN-P01]
phase = "R"
nb = "Ett ord hver."
en = "One word each."

[prompts.INN-P02]
phase = "B"
nb = "Hva skjedde?"
en = "What happened?"

[action_points.INN-A1]
nb = "Avtal hvem som ønsker velkommen."
en = "Agree who welcomes."

[references]
R01 = "§§ 1-1, 2-1"
R11 = ""
"""

_WORDS = Words(nb="ord", en="word")

REFERENCES = tuple(
    Reference(
        key=ReferenceKey(key),
        kind=_WORDS,
        title=_WORDS,
        status=ReferenceStatus.CURRENT,
        mark="V",
        remark=None,
        superseded_by=None,
        last_checked=None,
    )
    for key in ("R01", "R11")
)

FORMATS = SessionFormats(
    phases=(),
    around=(),
    formats=(),
    plans=(
        PhasePlan(
            code=PlanCode("A-60"),
            format=FormatCode.FILM_AND_DEBRIEF,
            minutes=60,
            break_minutes=0,
            max_waves=1,
            packing_minutes=10,
            phases=(PhaseMinutes(code=PhaseCode.FILM, minutes=60, required=True),),
        ),
    ),
    debrief_models=(DebriefModel(code=DebriefModelCode("TREFASE"), name=_WORDS, remark=_WORDS, steps=()),),
)


def theme_from(document: Table) -> Theme:
    """Read a theme with the references and formats of this module."""
    return read_theme(document, REFERENCES, FORMATS)


def theme_of(text: str) -> Theme:
    """Read a theme from the text of its file."""
    return theme_from(parse_document(text.encode(), FILE))


def changed(old: str, new: str) -> str:
    """Return the theme file with one place changed, which has to be there."""
    assert THEME.count(old) == 1, old
    return THEME.replace(old, new)
