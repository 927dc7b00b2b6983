"""Theme files that were edited by hand: used as they are meant, or refused with file, place and reason."""

from __future__ import annotations

from datetime import date

import pytest

from tests.unit.trainer_app.library.content_files import FILE, THEME, changed, theme_of
from trainer_app.domain.phases import PhaseCode
from trainer_app.domain.references import ReferenceUse
from trainer_app.domain.scenario_errors import (
    ScenarioCodeUnknown,
    ScenarioIdForeign,
    ScenarioInvalid,
    ScenarioKeyMissing,
    ScenarioKeyTwice,
    ScenarioKeyUnknown,
    ScenarioLanguageMissing,
    ScenarioNeedsDate,
    ScenarioNeedsNumber,
    ScenarioNeedsSection,
    ScenarioNeedsText,
    ScenarioNeedsWhole,
    ScenarioOutOfRange,
    ScenarioReferenceUnknown,
    ScenarioSectionEmpty,
    ScenarioTextEmpty,
    ScenarioTextTooLong,
)
from trainer_app.domain.scenarios import ScenarioStatus
from trainer_app.domain.session_formats import DebriefPhase, FormatCode
from trainer_app.services.scenario_versions import read_snapshot, write_snapshot
from trainer_app.texts.catalogue import LANGUAGES, Texts


def _refusal(text: str) -> ScenarioInvalid:
    with pytest.raises(ScenarioInvalid) as caught:
        theme_of(text)
    return caught.value


def test_a_theme_is_read_with_all_it_has() -> None:
    theme = theme_of(THEME)
    scenario = theme.scenario
    assert (theme.code, theme.order, theme.title.words.nb) == ("INN", 1, "Innkomst")
    assert [group.id for group in theme.target_groups] == ["INN-G1"]
    assert (scenario.code, scenario.version, scenario.format) == ("INN-1", 1, FormatCode.FILM_AND_DEBRIEF)
    assert scenario.stop_points[0].share == 0.3
    assert [prompt.id for prompt in scenario.prompts_of(DebriefPhase.DESCRIPTION)] == ["INN-P02"]
    assert scenario.references == (
        ReferenceUse(key=scenario.references[0].key, part="§§ 1-1, 2-1"),
        ReferenceUse(key=scenario.references[1].key, part=""),
    )


def test_a_draft_is_not_clinically_approved() -> None:
    scenario = theme_of(THEME).scenario
    assert scenario.status is ScenarioStatus.DRAFT
    assert not scenario.clinically_approved
    assert scenario.approval is None


def test_an_approved_scenario_says_who_and_when() -> None:
    signed = changed(
        'status = "utkast"',
        'status = "godkjent"\napproved_by = "klinikksjef"\napproved_on = 2026-11-20\nreview_due = 2027-11-20',
    )
    scenario = theme_of(signed).scenario
    assert scenario.clinically_approved
    assert scenario.approval is not None
    assert scenario.approval.role == "klinikksjef"
    assert (scenario.approval.approved_on, scenario.approval.review_due) == (
        date(2026, 11, 20),
        date(2027, 11, 20),
    )


def test_a_sign_off_needs_no_new_version_but_a_mended_sentence_does() -> None:
    first = theme_of(THEME).scenario
    signed = theme_of(
        changed('status = "utkast"', 'status = "godkjent"\napproved_by = "leder"\napproved_on = 2026-11-20')
    ).scenario
    mended = theme_of(changed("Hva skjedde?", "Hva skjedde, i rekkefølge?")).scenario
    assert signed.says_the_same_as(first)
    assert not mended.says_the_same_as(first)


def test_a_scenario_may_have_minutes_of_its_own() -> None:
    plan = theme_of(
        changed("[scenario.title]", "[scenario.minutes]\nfilm = 9\n\n[scenario.title]")
    ).scenario.plan
    assert (plan.phases[0].code, plan.phases[0].minutes, plan.minutes) == (PhaseCode.FILM, 9, 9)


def test_a_stop_point_may_leave_its_place_open() -> None:
    assert theme_of(changed("share = 0.30\n", "")).scenario.stop_points[0].share is None


def test_spaces_around_a_text_do_not_count() -> None:
    assert theme_of(changed('"Hva skjedde?"', '"  Hva skjedde? "')) == theme_of(THEME)


def test_a_snapshot_brings_the_version_back() -> None:
    scenario = theme_of(THEME).scenario
    assert read_snapshot(write_snapshot(scenario)) == scenario
    assert "Må jeg være her?" in write_snapshot(scenario)


def test_a_damaged_snapshot_is_told() -> None:
    with pytest.raises(ValueError):
        read_snapshot(write_snapshot(theme_of(THEME).scenario)[:-3])


PROMPT = '[prompts.INN-P02]\nphase = "B"\nnb = "Hva skjedde?"\nen = "What happened?"\n'

REFUSED = {
    "English is missing": (
        PROMPT.replace('en = "What happened?"\n', ""),
        ScenarioLanguageMissing,
        "prompts.INN-P02",
    ),
    "bokmål is missing": (
        PROMPT.replace('nb = "Hva skjedde?"\n', ""),
        ScenarioLanguageMissing,
        "prompts.INN-P02",
    ),
    "only spaces": (PROMPT.replace("Hva skjedde?", "  \\t "), ScenarioTextEmpty, "prompts.INN-P02.nb"),
    "100,000 characters": (PROMPT.replace("Hva", "å" * 100_000), ScenarioTextTooLong, "prompts.INN-P02.nb"),
    "a number for a text": (PROMPT.replace('"Hva skjedde?"', "7"), ScenarioNeedsText, "prompts.INN-P02.nb"),
    "an unknown phase": (PROMPT.replace('"B"', '"X"'), ScenarioCodeUnknown, "prompts.INN-P02.phase"),
    "no phase": (PROMPT.replace('phase = "B"\n', ""), ScenarioKeyMissing, "prompts.INN-P02.phase"),
    "a misspelt key": (PROMPT.replace("phase =", "fase ="), ScenarioKeyMissing, "prompts.INN-P02.phase"),
    "a key too many": (PROMPT + 'sv = "Vad hände?"\n', ScenarioKeyUnknown, "prompts.INN-P02.sv"),
    "another theme's id": (PROMPT.replace("INN-P02", "VOT-P02"), ScenarioIdForeign, "prompts.VOT-P02"),
    "another section's id": (PROMPT.replace("INN-P02", "INN-L2"), ScenarioIdForeign, "prompts.INN-L2"),
    "an id twice": (PROMPT + PROMPT, ScenarioKeyTwice, "prompts.INN-P02"),
    "a text twice": (PROMPT + 'nb = "Igjen"\n', ScenarioKeyTwice, "nb"),
    "a value for a section": ("[prompts]\nINN-P02 = 7\n", ScenarioNeedsSection, "prompts.INN-P02"),
}


@pytest.mark.parametrize("slip", REFUSED)
def test_a_slip_in_a_prompt_is_named_with_its_place(slip: str) -> None:
    written, error, place = REFUSED[slip]
    refusal = _refusal(changed(PROMPT, written))
    assert type(refusal) is error
    assert (refusal.params["file"], refusal.params["place"]) == (FILE, place)


@pytest.mark.parametrize(
    ("old", "new", "error", "place"),
    [
        ("share = 0.30", "share = 1.01", ScenarioOutOfRange, "stop_points.INN-S1.share"),
        ("share = 0.30", "share = -0.01", ScenarioOutOfRange, "stop_points.INN-S1.share"),
        ("share = 0.30", "share = 30", ScenarioOutOfRange, "stop_points.INN-S1.share"),
        ("share = 0.30", "share = nan", ScenarioOutOfRange, "stop_points.INN-S1.share"),
        ("share = 0.30", f"share = {'9' * 4000}", ScenarioOutOfRange, "stop_points.INN-S1.share"),
        ("share = 0.30", 'share = "30 %"', ScenarioNeedsNumber, "stop_points.INN-S1.share"),
        ("share = 0.30", "share = true", ScenarioNeedsNumber, "stop_points.INN-S1.share"),
        ("order = 1", "order = 0", ScenarioOutOfRange, "theme.order"),
        ("order = 1", "order = 1.5", ScenarioNeedsWhole, "theme.order"),
        ("order = 1", "order = true", ScenarioNeedsWhole, "theme.order"),
        ('code = "INN"', 'code = "inn"', ScenarioIdForeign, "theme.code"),
        ('id = "INN-1"', 'id = "VOT-1"', ScenarioIdForeign, "scenario.id"),
        ('"utkast"', '"ferdig"', ScenarioCodeUnknown, "scenario.status"),
        ('"utkast"', '"godkjent"', ScenarioKeyMissing, "scenario.approved_by"),
        (
            '"utkast"',
            '"godkjent"\napproved_by = "leder"\napproved_on = "2026-11-20"',
            ScenarioNeedsDate,
            "scenario.approved_on",
        ),
        (
            '"utkast"',
            '"godkjent"\napproved_by = "leder"\napproved_on = 2026-11-20T10:00:00Z',
            ScenarioNeedsDate,
            "scenario.approved_on",
        ),
        ('plan = "A-60"', 'plan = "A-61"', ScenarioCodeUnknown, "scenario.plan"),
        ('"TREFASE"', '"trefase"', ScenarioCodeUnknown, "scenario.debrief_model"),
        (
            "[scenario.title]",
            "[scenario.minutes]\nfilm = -1\n[scenario.title]",
            ScenarioOutOfRange,
            "scenario.minutes.film",
        ),
        (
            "[scenario.title]",
            "[scenario.minutes]\nkino = 9\n[scenario.title]",
            ScenarioCodeUnknown,
            "scenario.minutes",
        ),
        ("R11 =", "R99 =", ScenarioReferenceUnknown, "references"),
        ('R11 = ""', "R11 = 7", ScenarioNeedsText, "references.R11"),
        ("[observer_task.INN-O]", "[observer_task]\n[oppgave.INN-O]", ScenarioSectionEmpty, "observer_task"),
        ("[observer_task.INN-O]", "[observer.INN-O]", ScenarioKeyMissing, "observer_task"),
        ("[references]", "[nytt]\n[references]", ScenarioKeyUnknown, "nytt"),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused(
    old: str, new: str, error: type[ScenarioInvalid], place: str
) -> None:
    refusal = _refusal(changed(old, new))
    assert type(refusal) is error
    assert refusal.params["place"] == place


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_refusal_tells_people_file_place_and_what_to_do(lang: str) -> None:
    refusal = _refusal(changed('phase = "B"', 'phase = "X"'))
    told = Texts(lang).explain(refusal)
    assert FILE in told.what
    assert "prompts.INN-P02.phase" in told.what
    assert "X" in told.why
    assert "R, B, A, V" in told.why
    assert told.next_step


def test_a_long_wrong_value_is_shortened() -> None:
    refusal = _refusal(changed('phase = "B"', f'phase = "{"Æ" * 500}"'))
    assert len(str(refusal.params["value"])) < 50


def test_a_misspelt_name_is_shown_beside_the_one_that_is_missing() -> None:
    told = Texts("nb").explain(_refusal(changed('phase = "B"', 'fase = "B"')))
    assert "prompts.INN-P02.phase" in told.what
    assert "fase, nb, en" in told.why
