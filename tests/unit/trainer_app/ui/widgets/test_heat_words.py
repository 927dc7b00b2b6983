"""Which seconds a moment of the heat map means, and what is said of them."""

from __future__ import annotations

import pytest

from trainer_app.domain.heat_map import HeatBin, HeatMap, cell_of
from trainer_app.domain.live_kit import Gaze
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.widgets.heat_words import heat_shown

NB = Texts("nb")


def looking(yaw_deg: float, pitch_deg: float = 0.0, headsets: int = 5) -> HeatBin:
    return HeatBin(headsets=headsets, looks={cell_of(Gaze(yaw_deg=yaw_deg, pitch_deg=pitch_deg)): 9})


@pytest.mark.parametrize(
    ("at_s", "from_s", "to_s"),
    [(316.0, 306, 316), (317.0, 308, 318), (0.0, 0, 10), (4.0, 0, 10), (10.0, 0, 10), (10.5, 2, 12)],
)
def test_a_moment_is_the_ten_seconds_up_to_it_in_whole_bins(at_s: float, from_s: float, to_s: float) -> None:
    moment = HeatMap().up_to(at_s)
    assert (moment.from_s, moment.to_s) == (from_s, to_s)


@pytest.mark.parametrize(
    ("lang", "label"),
    [("nb", "Fem briller samlet, 5.06–5.16"), ("en", "Five headsets together, 5:06–5:16")],
)
def test_the_label_says_how_many_and_when(lang: str, label: str) -> None:
    heat = HeatMap(bins={number: looking(0) for number in range(153, 158)})
    assert heat_shown(heat, 316.0, Texts(lang)).label == label


def test_a_number_that_changed_is_said_as_it_was() -> None:
    heat = HeatMap(bins={0: looking(0, headsets=3), 1: looking(0, headsets=4), 2: looking(0, headsets=5)})
    assert heat_shown(heat, 10.0, Texts("nb")).label == "Tre til fem briller samlet, 0.00–0.10"
    assert heat_shown(heat, 10.0, Texts("en")).label == "Three to five headsets together, 0:00–0:10"


def test_of_what_is_not_kept_is_said_why() -> None:
    shown = heat_shown(HeatMap(), 30.0, NB)
    assert shown.density is None
    assert "tre briller" in shown.label
    assert "De fleste" not in shown.said


@pytest.mark.parametrize(
    ("yaw", "pitch", "where"),
    [
        (10, 5, "fremover"),
        (-80, 0, "til venstre"),
        (100, 0, "til høyre"),
        (170, 0, "bakover"),
        (-170, 0, "bakover"),
        (60, 60, "oppover"),
        (0, -50, "nedover"),
    ],
)
def test_who_does_not_see_it_hears_where_most_looked(yaw: float, pitch: float, where: str) -> None:
    heat = HeatMap(bins={0: looking(yaw, pitch)})
    assert heat_shown(heat, 5.0, NB).said.endswith(f"De fleste så {where}.")


def test_the_first_place_is_a_stop_of_which_something_is_kept() -> None:
    heat = HeatMap(bins={number: looking(0) for number in range(100, 110)})
    assert heat.first_place((60.0, 210.0), 422.0) == 210.0
    assert heat.first_place((60.0,), 422.0) == 212.0
    assert HeatMap().first_place((), 422.0) == 0.0
