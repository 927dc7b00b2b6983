"""A tile says exactly the words of the design, in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from trainer_app.domain.headset_state import Awaited, PlayMode
from trainer_app.domain.headset_state import HeadsetState as S
from trainer_app.looks.tokens import Tone
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.widgets.tile_words import TileFacts, battery_icon, tile_words

FACTS = {
    S.NOT_CONNECTED: TileFacts(last_contact="12.31"),
    S.GETTING_READY: TileFacts(done_bytes=1_344_000_000, whole_bytes=2_100_000_000, seconds=40),
    S.PLAYING: TileFacts(position_s=148, length_s=422),
    S.PAUSED: TileFacts(position_s=148, length_s=422),
    S.TAKEN_OFF: TileFacts(seconds=42),
    S.LOW_BATTERY: TileFacts(lasts_min=25, session_min=90),
    S.STORAGE_FULL: TileFacts(whole_bytes=2_100_000_000, free_bytes=800_000_000),
    S.FAULT: TileFacts(seconds=3),
}
NB = {
    S.NOT_CONNECTED: (
        "Ikke tilkoblet",
        "Ingen kontakt siden kl. 12.31.",
        "Slå på brillen, eller sett i kabelen.",
        "Prøv igjen",
    ),
    S.NOT_AUTHORISED: (
        "Ikke godkjent",
        "Brillen kjenner ikke denne maskinen.",
        "Ta på brillen. Velg «Tillat alltid», så «Tillat».",
        "Vis hvordan",
    ),
    S.ASLEEP: ("Sover", "Skjermen er av.", "Våkner av seg selv når du klargjør.", "Vekk nå"),
    S.GETTING_READY: ("Klargjøres 64 %", "Overfører filmen: 1,3 av 2,1 GB.", "Klar om ca. 40 s.", None),
    S.READY: ("Klar", "Filmen er verifisert. Lyd 60 %.", "Ingenting å gjøre.", None),
    S.PLAYING: ("Spiller", "2.28 av 7.02, i takt med de andre.", "Ingenting å gjøre.", None),
    S.PAUSED: ("På pause", "Filmen venter på 2.28.", "Ingenting å gjøre.", None),
    S.TAKEN_OFF: (
        "Tatt av",
        "Brillen har vært av i 42 s.",
        "Ta den på, så blir den med på riktig sted.",
        None,
    ),
    S.LOW_BATTERY: (
        "Lavt batteri",
        "Holder ca. 25 min. Økten varer 90 min.",
        "Sett den til lading, eller bytt brille.",
        "Bytt brille",
    ),
    S.STORAGE_FULL: (
        "Fullt lager",
        "Filmen trenger 2,1 GB. 0,8 GB er ledig.",
        "Fjern filmer som ikke er i bruk.",
        "Rydd plass",
    ),
    S.FAULT: ("Feil", "Filmen stanset etter 3 s.", "Start brillen på nytt.", "Start på nytt"),
}
EN = {
    S.NOT_CONNECTED: (
        "Not connected",
        "No contact since 12:31.",
        "Turn the headset on, or plug in the cable.",
        "Try again",
    ),
    S.NOT_AUTHORISED: (
        "Not authorised",
        "The headset does not know this computer.",
        'Put the headset on. Choose "Always allow", then "Allow".',
        "Show how",
    ),
    S.ASLEEP: ("Asleep", "The screen is off.", "Wakes by itself during set-up.", "Wake now"),
    S.GETTING_READY: ("Getting ready 64 %", "Sending the film: 1.3 of 2.1 GB.", "Ready in about 40 s.", None),
    S.READY: ("Ready", "The film is verified. Volume 60 %.", "Nothing to do.", None),
    S.PLAYING: ("Playing", "2:28 of 7:02, in step with the others.", "Nothing to do.", None),
    S.PAUSED: ("Paused", "The film waits at 2:28.", "Nothing to do.", None),
    S.TAKEN_OFF: (
        "Taken off",
        "The headset has been off for 42 s.",
        "Put it on and it rejoins at the right place.",
        None,
    ),
    S.LOW_BATTERY: (
        "Low battery",
        "Lasts about 25 min. The session takes 90 min.",
        "Charge it, or swap headset.",
        "Swap headset",
    ),
    S.STORAGE_FULL: (
        "Storage full",
        "The film needs 2.1 GB. 0.8 GB is free.",
        "Remove films that are not in use.",
        "Free space",
    ),
    S.FAULT: ("Fault", "The film stopped after 3 s.", "Restart the headset.", "Restart"),
}


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize(("lang", "wanted"), [("nb", NB), ("en", EN)])
def test_words_of_the_design(state: S, lang: str, wanted: dict[S, tuple[str, str, str, str | None]]) -> None:
    facts = FACTS.get(state, TileFacts())
    if lang == "en" and state is S.NOT_CONNECTED:
        facts = TileFacts(last_contact="12:31")
    words = tile_words(state, facts, Texts(lang))
    said = (words.word, words.cause.replace("\N{NO-BREAK SPACE}", " "), words.step, words.button)
    assert said == wanted[state]


def test_a_headset_that_plays_on_by_itself_stays_playing() -> None:
    words = tile_words(S.PLAYING, TileFacts(on_its_own=True, last_contact="13.31"), Texts("nb"))
    assert words.word == "Spiller"
    assert words.cause == "Spiller videre på egen hånd. Ingen kontakt siden 13.31."
    assert words.short_cause == "uten kontakt"


def test_only_urgent_states_ask_for_somebody() -> None:
    urgent = {state for state in S if tile_words(state, TileFacts(), Texts("nb")).sign.urgent}
    loud = {
        state
        for state in S
        if tile_words(state, TileFacts(), Texts("nb")).sign.tone in (Tone.ATTENTION, Tone.DANGER)
    }
    assert loud < urgent
    assert urgent - loud == {S.NOT_CONNECTED}


@pytest.mark.parametrize(
    ("mode", "foot"),
    [
        (PlayMode.VR, "VR, synkronisert"),
        (PlayMode.TETHERED, "VR via kabel, synkronisert"),
        (PlayMode.MANUAL, "Egen spiller, ikke synkronisert"),
        (PlayMode.NONE, "Kan ikke vise film"),
        (None, None),
    ],
)
def test_the_foot_names_the_play_mode(mode: PlayMode | None, foot: str | None) -> None:
    found = tile_words(S.READY, TileFacts(play_mode=mode), Texts("nb")).foot
    assert (found.words if found else None) == foot


def test_with_the_picture_there_is_nothing_to_press() -> None:
    words = tile_words(S.NOT_AUTHORISED, TileFacts(shows_how=True), Texts("nb"))
    assert words.button is None
    assert words.foot is not None
    assert words.foot.words == "Prøver igjen av seg selv"


def test_a_hundred_percent_means_that_all_is_there() -> None:
    facts = TileFacts(done_bytes=9_999, whole_bytes=10_000)
    assert tile_words(S.GETTING_READY, facts, Texts("nb")).word == "Klargjøres 99 %"


def test_a_film_of_unknown_size_is_no_crash() -> None:
    assert tile_words(S.GETTING_READY, TileFacts(), Texts("nb")).progress == 0.0
    assert tile_words(S.PLAYING, TileFacts(), Texts("nb")).progress == 0.0


def test_small_films_are_told_in_megabytes() -> None:
    facts = TileFacts(done_bytes=1_000_000, whole_bytes=9_000_000)
    cause = tile_words(S.GETTING_READY, facts, Texts("nb")).cause
    assert cause.replace("\N{NO-BREAK SPACE}", " ") == "Overfører filmen: 1 av 9 MB."


def test_batteries_look_their_charge() -> None:
    icons = [battery_icon(percent, charging=False) for percent in (None, 3, 19, 38, 71, 92)]
    assert icons == [
        "battery-empty",
        "battery-empty",
        "battery-low",
        "battery-medium",
        "battery-high",
        "battery-full",
    ]
    assert battery_icon(19, charging=True) == "battery-charging"


@pytest.mark.parametrize(
    ("awaited", "word", "step"),
    [
        (Awaited.CONSENT, "Venter", "Ta på brillen, og velg «Tillat»."),
        (Awaited.BUTTON, "Venter", "Ta på brillen, og trykk «Start VR-visning»."),
    ],
)
def test_wearer_who_is_awaited_is_said_before_the_film(awaited: Awaited, word: str, step: str) -> None:
    said = tile_words(S.READY, TileFacts(awaited=awaited), Texts("nb"))
    assert (said.word, said.step, said.sign.tone) == (word, step, Tone.ATTENTION)
    assert tile_words(S.FAULT, TileFacts(awaited=awaited), Texts("nb")).word == "Feil"


def test_a_headset_in_its_own_player_never_claims_to_be_in_step() -> None:
    facts = TileFacts(position_s=148, length_s=422, play_mode=PlayMode.MANUAL)
    words = tile_words(S.PLAYING, facts, Texts("nb"))
    assert words.cause == "Ca. 2.28 av 7.02 i egen spiller, ikke synkronisert."
    assert words.short_cause == "ikke i takt"
    held = tile_words(S.PLAYING, replace(facts, others_paused=True), Texts("nb"))
    assert "kan ikke settes på pause" in held.cause
    assert "egen spiller" in tile_words(S.READY, facts, Texts("nb")).cause
