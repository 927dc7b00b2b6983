"""Phase plans and debrief models: minutes that add up."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from trainer_app.domain.phases import PhaseCode, PhaseGroup
from trainer_app.domain.session_formats import (
    DebriefModel,
    DebriefModelCode,
    DebriefStep,
    FormatCode,
    Phase,
    PhaseMinutes,
    PhasePlan,
    PlanCode,
    fitting_plan,
)
from trainer_app.domain.words import Words

WORDS = Words(nb="ord", en="word")
FILM, LANDING, SUMMARY = PhaseCode.FILM, PhaseCode.LANDING, PhaseCode.SUMMARY


def _plan(minutes: int = 60, waves: int = 1, wanted: FormatCode = FormatCode.FILM_AND_DEBRIEF) -> PhasePlan:
    phases = ((FILM, 7), (LANDING, 2), (SUMMARY, minutes - 14))
    return PhasePlan(
        code=PlanCode(f"{wanted.value}-{minutes}"),
        format=wanted,
        minutes=minutes,
        break_minutes=5,
        max_waves=waves,
        packing_minutes=10,
        phases=tuple(PhaseMinutes(code=code, minutes=number, required=True) for code, number in phases),
    )


def test_a_plan_knows_what_is_left_of_the_time_in_the_room() -> None:
    plan = _plan(60)
    assert plan.phase_minutes == 55
    assert plan.unplanned_minutes == 0
    assert replace(plan, minutes=50).unplanned_minutes == -10


def test_other_minutes_for_a_phase_make_the_plan_longer() -> None:
    longer = _plan(60).with_minutes({FILM: 20})
    assert [phase.minutes for phase in longer.phases] == [20, 2, 46]
    assert longer.minutes == 73
    assert longer.unplanned_minutes == 0


def test_the_longest_plan_that_fits_is_chosen() -> None:
    plans = [_plan(60), _plan(90, waves=2), _plan(180, waves=2, wanted=FormatCode.FILM_AND_SCENARIO)]

    def choose(minutes: int, waves: int) -> PlanCode | None:
        plan = fitting_plan(plans, FormatCode.FILM_AND_DEBRIEF, minutes=minutes, waves=waves)
        return plan.code if plan else None

    assert choose(90, 1) == "A-90"
    assert choose(89, 1) == "A-60"
    assert choose(89, 2) is None
    assert choose(240, 2) == "A-90"
    assert choose(59, 1) is None


def _model(*shares: float) -> DebriefModel:
    steps = tuple(DebriefStep(name=WORDS, share=share) for share in shares)
    return DebriefModel(code=DebriefModelCode("X"), name=WORDS, remark=WORDS, steps=steps)


def test_a_debrief_is_split_into_whole_minutes() -> None:
    assert _model(0.10, 0.22, 0.45, 0.23).minutes(31) == (3, 7, 14, 7)
    assert _model(0.25, 0.50, 0.25).minutes(31) == (8, 15, 8)


def test_shares_that_were_rounded_by_hand_lose_no_minute() -> None:
    assert sum(_model(0.335, 0.335, 0.335).minutes(600)) == 600


def test_a_model_without_steps_has_no_timetable() -> None:
    assert _model().minutes(31) == ()


@given(parts=st.lists(st.integers(1, 50), min_size=1, max_size=8), total=st.integers(0, 300))
def test_no_minute_of_the_debrief_is_lost(parts: list[int], total: int) -> None:
    shares = [part / sum(parts) for part in parts]
    minutes = _model(*shares).minutes(total)
    assert sum(minutes) == total
    assert all(abs(given - share * total) < 1 + 1e-6 for given, share in zip(minutes, shares, strict=True))


def test_a_phase_has_the_colour_of_its_group() -> None:
    phase = Phase(code=PhaseCode.ANALYSIS, number="8c", name=WORDS, short=WORDS, lead=WORDS, prompts=None)
    assert phase.group is PhaseGroup.DEBRIEF
