"""What a headset tells of itself, as people read it."""

from __future__ import annotations

import pytest

from trainer_app.domain.headset_state import Controller, Hand, HeadsetFacts, Wifi
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.headset_words import details_in_words

TEXTS = Texts("nb")


def test_what_is_not_known_has_no_words() -> None:
    assert not any(details_in_words(HeadsetFacts(), TEXTS).values())


def test_controllers_are_named_with_or_without_their_battery() -> None:
    both = (Controller(hand=Hand.LEFT, battery_percent=80), Controller(hand=Hand.RIGHT))
    assert details_in_words(HeadsetFacts(controllers=both), TEXTS)["controllers"] == "venstre 80 %, høyre"


@pytest.mark.parametrize(
    ("wifi", "words"),
    [
        (Wifi(on=False), "av"),
        (Wifi(on=True, connected=False), "ikke tilkoblet"),
        (Wifi(on=True), ""),
        (Wifi(connected=True), "tilkoblet"),
        (Wifi(connected=True, signal_dbm=-52, address="10.0.0.7"), "godt signal, 10.0.0.7"),
        (Wifi(connected=True, signal_dbm=-70), "middels signal"),
        (Wifi(connected=True, signal_dbm=-85), "svakt signal"),
    ],
)
def test_wifi_is_told_by_what_it_is_good_for(wifi: Wifi, words: str) -> None:
    assert details_in_words(HeadsetFacts(wifi=wifi), TEXTS)["wifi"] == words


def test_system_and_temperature() -> None:
    told = details_in_words(HeadsetFacts(android="14", build="207", temperature_c=31.6), TEXTS)
    assert (told["system"], told["temperature"]) == ("Android 14 (207)", "32 °C")
    assert details_in_words(HeadsetFacts(android="10"), TEXTS)["system"] == "Android 10"
