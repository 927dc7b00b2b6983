"""The benchmarks' judgement of whose memory stayed flat during a long film."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks._load import Memory
from benchmarks.sync import FLAT_MB, flat


def memory(**held: list[float | None]) -> Memory:
    """Looked at every five minutes; None: there was no such process."""
    looks = zip(*held.values(), strict=True)
    return Memory(
        [
            (step * 300.0, {kind: mb for kind, mb in zip(held, look, strict=True) if mb is not None})
            for step, look in enumerate(looks)
        ]
    )


def found(grown: dict[str, float], player: str = "chromium") -> dict[str, Any]:
    return {"players": (player,) * 5, "grown_mb": grown}


def test_growth_is_counted_from_when_all_has_settled() -> None:
    looked = memory(laptop=[20.0, 30.0, 31.0, 33.0, 34.7], page=[40.0, 41.0, 90.0, 44.0, 39.5])
    assert looked.grown_mb(240.0) == {"laptop": 4.7, "page": -1.5}


def test_a_short_film_is_judged_from_a_third_of_it_on() -> None:
    assert memory(laptop=[1.0, 2.0, 3.0, 4.0, 5.0]).grown_mb(1e6) == {"laptop": 2.0}


def test_who_had_just_ended_at_the_last_look_is_judged_by_the_one_before() -> None:
    looked = memory(laptop=[31.7, 32.3, 32.9, 35.1, 37.0, None], agent=[27.1] * 6)
    assert looked.grown_mb(240.0) == {"agent": 0.0, "laptop": 4.7}


def test_who_was_gone_long_before_is_not_judged() -> None:
    looked = memory(laptop=[31.7, 32.3, 32.9, None, None, None], agent=[27.1] * 6)
    assert looked.grown_mb(240.0) == {"agent": 0.0}


def test_each_kind_has_its_own_bound() -> None:
    exactly = dict(FLAT_MB)
    assert flat(found(exactly)) == {"page_is_flat": True, "agent_is_flat": True, "laptop_is_flat": True}
    assert not flat(found({**exactly, "laptop": 4.7}))["laptop_is_flat"]


@pytest.mark.parametrize("kind", FLAT_MB)
def test_who_was_not_judged_has_not_kept_it(kind: str) -> None:
    judged = flat(found({each: 0.0 for each in FLAT_MB if each != kind}))
    assert [name for name, is_flat in judged.items() if not is_flat] == [f"{kind}_is_flat"]


def test_simulated_players_have_no_page_and_short_films_no_growth() -> None:
    assert set(flat(found({"agent": 0.0, "laptop": 0.0}, "simulated"))) == {"agent_is_flat", "laptop_is_flat"}
    assert flat({"players": ("chromium",)}) == {}
