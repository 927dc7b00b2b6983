"""The content files that travel with the program, read from disk, whole and with slips in them."""

from __future__ import annotations

import re
import shutil
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from trainer_app.domain.films import THEMES
from trainer_app.domain.phases import PhaseCode
from trainer_app.domain.references import ReferenceStatus
from trainer_app.domain.scenario_errors import (
    ScenarioFileMissing,
    ScenarioIdForeign,
    ScenarioIdTaken,
    ScenarioInvalid,
    ScenarioKeyMissing,
    ScenarioMinutesWrong,
    ScenarioReferenceUnknown,
    ScenarioSharesWrong,
)
from trainer_app.domain.scenarios import Content, ScenarioStatus, Theme
from trainer_app.domain.session_formats import DebriefPhase, FormatCode, PlanCode, fitting_plan
from trainer_app.domain.shared_content import QuestionKind
from trainer_app.domain.words import Placeholder, Words
from trainer_app.library.data import data_folder
from trainer_app.library.scenarios import find_content, load_content
from trainer_app.services.scenario_versions import read_snapshot, write_snapshot

TRAVELLING = Path(data_folder("scenarios"))


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copytree(TRAVELLING, tmp_path / "scenarios"))


def _change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), "utf-8")


def _all_words(value: Any) -> list[Words]:
    """Every pair of texts in the content, however deep."""
    if isinstance(value, Words):
        return [value]
    if isinstance(value, tuple):
        return [words for entry in value for words in _all_words(entry)]
    if is_dataclass(value):
        return [words for field in fields(value) for words in _all_words(getattr(value, field.name))]
    return []


def test_the_five_themes_are_there_in_their_order(content: Content) -> None:
    assert tuple(theme.code for theme in content.themes) == THEMES
    assert [theme.title.words.nb for theme in content.themes] == [
        "Innkomst",
        "Vold og trusler",
        "Selvmordsfare",
        "Den nødvendige samtalen",
        "Gjennomføring av tvangsvedtak",
    ]


@pytest.mark.parametrize("code", THEMES)
def test_every_theme_has_its_whole_scenario(content: Content, code: str) -> None:
    theme = next(theme for theme in content.themes if theme.code == code)
    scenario = theme.scenario
    assert len(theme.target_groups) == 4
    assert [objective.id for objective in scenario.objectives] == [f"{code}-L{n}" for n in range(1, 6)]
    assert [prompt.id for prompt in scenario.prompts] == [f"{code}-P{n:02}" for n in range(1, 11)]
    assert [action.id for action in scenario.action_points] == [f"{code}-A{n}" for n in range(1, 7)]
    assert len(scenario.stop_points) == 2
    assert all(scenario.prompts_of(phase) for phase in DebriefPhase)
    assert len(scenario.references) >= 8


def test_nothing_is_clinically_approved_before_somebody_has_signed(content: Content) -> None:
    assert {theme.scenario.status for theme in content.themes} == {ScenarioStatus.DRAFT}


def test_every_scenario_survives_as_a_snapshot(content: Content) -> None:
    for theme in content.themes:
        assert read_snapshot(write_snapshot(theme.scenario)) == theme.scenario


def test_no_text_is_the_same_in_both_languages_by_a_slip(content: Content) -> None:
    """A sentence that was pasted into both lines would be shown in the wrong language."""
    pasted = [words.nb for words in _all_words(content.themes) if words.nb == words.en]
    assert pasted == []


def test_the_words_of_the_field_are_kept(content: Content) -> None:
    avoided = r"\bsesjon|\btrainee|sertifikat|begå\w* selvmord|selvmordskandidat|utager|samtykkekompetanse"
    risk = r"\b(lav|middels|høy) risiko"
    texts = [words.nb for words in _all_words(content)]
    assert len(texts) > 300
    assert [text for text in texts if re.search(f"{avoided}|{risk}", text, re.IGNORECASE)] == []


def test_a_question_at_a_stop_point_begins_as_a_sentence(content: Content) -> None:
    questions = [stop.question for theme in content.themes for stop in theme.scenario.stop_points]
    assert all(words.nb[0].isupper() and words.en[0].isupper() for words in questions)
    assert not any("%" in words.nb for words in questions)


def test_whoever_searches_the_former_guideline_is_led_to_the_one_that_holds(content: Content) -> None:
    former = next(reference for reference in content.references if "IS-1511" in reference.title.nb)
    assert former.status is ReferenceStatus.SUPERSEDED
    assert former.superseded_by == "R10"
    used = {use.key for theme in content.themes for use in theme.scenario.references}
    assert former.key not in used


@pytest.mark.parametrize(
    ("code", "minutes", "break_minutes"),
    [
        ("A-60", (4, 4, 4, 3, 7, 2, 3, 7, 14, 7, 3, 2), 0),
        ("A-90", (6, 5, 5, 4, 20, 2, 4, 9, 18, 8, 3, 4), 2),
        ("C-180", (10, 8, 8, 6, 20, 4, 20, 6, 18, 40, 18, 8, 6), 8),
    ],
)
def test_the_usual_plans_have_the_minutes_of_the_method(
    content: Content, code: str, minutes: tuple[int, ...], break_minutes: int
) -> None:
    plan = content.session_formats.plan(PlanCode(code))
    assert plan is not None
    assert tuple(phase.minutes for phase in plan.phases) == minutes
    assert plan.break_minutes == break_minutes
    order = list(PhaseCode)
    held = [order.index(phase.code) for phase in plan.phases]
    assert held == sorted(held)


@pytest.mark.parametrize("wanted", FormatCode)
def test_every_format_has_a_plan_that_keeps_seven_minutes_for_application(
    content: Content, wanted: FormatCode
) -> None:
    plan = fitting_plan(content.session_formats.plans, wanted, minutes=240, waves=1)
    assert plan is not None
    minutes = {phase.code: phase.minutes for phase in plan.phases}
    assert minutes[PhaseCode.APPLICATION] >= 7
    assert (PhaseCode.SCENARIO in minutes) is (wanted is FormatCode.FILM_AND_SCENARIO)
    films = [phase for phase in plan.phases if phase.code is PhaseCode.FILM]
    assert len(films) == (2 if wanted is FormatCode.WATCH_AGAIN else 1)


def test_seven_participants_get_a_plan_with_two_waves(content: Content) -> None:
    plan = fitting_plan(content.session_formats.plans, FormatCode.FILM_AND_DEBRIEF, minutes=90, waves=2)
    assert plan is not None
    assert plan.code == "A-90"


def test_the_content_note_names_the_theme(content: Content) -> None:
    note = content.texts.content_note.words
    filled = note.filled({Placeholder.THEME: Words(nb="selvmordsfare", en="suicide risk")})
    assert "handler om selvmordsfare." in filled.nb
    assert "concerns suicide risk." in filled.en


@pytest.mark.parametrize("placeholder", Placeholder)
def test_every_placeholder_stands_in_a_text(content: Content, placeholder: Placeholder) -> None:
    nb, en = placeholder.value
    assert any(nb in words.nb and en in words.en for words in _all_words(content.texts))


def test_contract_safety_information_and_forms_are_whole(content: Content) -> None:
    assert [text.id for text in content.texts.safety_contract] == [f"TK-{n}" for n in range(1, 10)]
    assert [text.id for text in content.texts.safety_information] == [f"SI-{n}" for n in range(1, 7)]
    participants = content.form("deltaker")
    assert participants is not None
    assert [question.id for question in participants.questions] == [f"EV-{n}" for n in range(1, 9)]
    choices = {question.id: question.choices for question in participants.questions if question.choices}
    assert [choice.code for choice in choices["EV-7"]] == ["ingen", "litt", "stoppet", "ikke_briller"]
    assert all(question.kind is not QuestionKind.CHOICE for question in participants.questions[:6])
    assert sum(item.minutes for item in content.information_meeting) == 60
    assert len({profession.code for profession in content.codes.professions}) == 23


def _theme_codes(folder: Path) -> tuple[list[str], tuple[ScenarioInvalid, ...]]:
    found = find_content(folder)
    return [theme.code for theme in found.content.themes], found.problems


def test_one_spoilt_theme_leaves_the_others_usable(folder: Path) -> None:
    _change(folder, "themes/SEL.toml", 'phase = "R"', 'phase = "Q"')
    codes, problems = _theme_codes(folder)
    assert codes == ["INN", "VOT", "SAM", "TVA"]
    assert [problem.params["file"] for problem in problems] == ["themes/SEL.toml"]
    with pytest.raises(ScenarioInvalid):
        load_content(folder)


def test_a_mended_sentence_is_what_is_shown(folder: Path) -> None:
    _change(folder, "themes/INN.toml", "Hva skjedde, i rekkefølge?", "Hva skjedde, trinn for trinn?")
    theme = load_content(folder).theme(THEMES[0])
    assert isinstance(theme, Theme)
    assert theme.scenario.prompts[1].words.nb.startswith("Hva skjedde, trinn for trinn?")


def test_a_department_may_add_a_theme(folder: Path) -> None:
    text = (folder / "themes" / "INN.toml").read_text("utf-8")
    (folder / "themes" / "eget.toml").write_text(
        text.replace('"INN"', '"UTE"').replace("INN-", "UTE-").replace("order = 1", "order = 6"), "utf-8"
    )
    assert [theme.code for theme in load_content(folder).themes] == [*THEMES, "UTE"]


def test_a_copied_theme_without_a_code_of_its_own_is_named(folder: Path) -> None:
    shutil.copy(folder / "themes" / "INN.toml", folder / "themes" / "kopi.toml")
    codes, problems = _theme_codes(folder)
    assert codes == list(THEMES)
    assert isinstance(problems[0], ScenarioIdTaken)
    assert problems[0].params == {
        "file": "themes/kopi.toml",
        "place": "theme.code",
        "value": "INN",
        "other": "themes/INN.toml",
    }


def test_a_folder_without_themes_says_so(folder: Path) -> None:
    shutil.rmtree(folder / "themes")
    _, problems = _theme_codes(folder)
    assert isinstance(problems[0], ScenarioFileMissing)


@pytest.mark.parametrize(
    ("file", "old", "new", "error", "place"),
    [
        ("formats", "minutes = 60", "minutes = 65", ScenarioMinutesWrong, "plans.A-60"),
        ("formats", "share = 0.22", "share = 0.32", ScenarioSharesWrong, "debrief_models.TREFASE.steps"),
        ("formats", "[phases.landing]", "[phases.ro]", ScenarioKeyMissing, "phases.landing"),
        (
            "references",
            'superseded_by = "R10"',
            'superseded_by = "R99"',
            ScenarioReferenceUnknown,
            "references.R10-X.superseded_by",
        ),
        (
            "references",
            'superseded_by = "R10"\n',
            "",
            ScenarioKeyMissing,
            "references.R10-X.superseded_by",
        ),
        ("references", "[references.R01]", "[references.lov]", ScenarioIdForeign, "references.lov"),
        (
            "texts",
            "[safety_contract.TK-1]",
            "[safety_contract.SI-1]",
            ScenarioIdForeign,
            "safety_contract.SI-1",
        ),
        ("evaluation", 'type = "text"\n', "", ScenarioKeyMissing, "forms.deltaker.questions.EV-1.type"),
        ("codes", "[professions.LEGE]", "[yrker.LEGE]\n[professions.LEGE]", ScenarioInvalid, "yrker"),
    ],
)
def test_a_slip_in_a_shared_file_is_named(
    folder: Path, file: str, old: str, new: str, error: type[ScenarioInvalid], place: str
) -> None:
    _change(folder, f"shared/{file}.toml", old, new)
    with pytest.raises(error) as caught:
        find_content(folder)
    assert (caught.value.params["file"], caught.value.params["place"]) == (f"shared/{file}.toml", place)


def test_a_shared_file_that_is_gone_is_named(folder: Path) -> None:
    (folder / "shared" / "texts.toml").unlink()
    with pytest.raises(ScenarioFileMissing) as caught:
        find_content(folder)
    assert caught.value.params["file"] == "shared/texts.toml"
